"""What stands where in people's Python: counts, written by tests/tools/fit_usage.py, which says whence."""

from __future__ import annotations

from typing import Final

# Each line: parent, role, then productions with their counts. A dash is the outside of an expression.
PLACES: Final = """\
- Assign var 11476 int 4529 item 2824 Add 2671 None 2079 text 1998 List:0 1829 Tuple:2 1175 Sub 1161 Mult 1123
- Assign True 1029 False 985 ListComp:1 927 len/1 826 int/1 798 List:4 639 Mod 637 blank 636 fstring 625
- Assign Dict:0 598 Div 535 if 510 List:1 493 slice:x__ 404 list/1 348 slice:_x_ 339 Dict:4 338 float 330
- Assign Or 317 FloorDiv 306 letter 304 .strip/0 289 .join/1 282 Tuple:4 249 negative 248 .get/1 245 max/2 242
- Assign Tuple:3 241 .replace/2 233 List:2 224 .split/1 222 .join/2 212 min/2 200 slice:xx_ 194 set/0 190
- Assign ListComp:1f 182 .get/2 179 str/1 154 float/1 150 List:3 143 divmod/2 141 Pow 130 .lower/0 125
- Assign re.compile/1 123 Tuple:0 117 tuple/1 107 sum/1 106 Dict:2 102 USub 95 .find/1 89 set/1 89 Tuple:1 87
- Assign .upper/0 85 DictComp:1 85 next/1 83 sorted/1 83 .split/0 77 round/1 76 Dict:1 75 slice:___ 71
- Assign re.compile/2 70 BitOr 69 .index/1 67 cmp:Eq 66 BitAnd 64 max/1 62 And 61 Dict:3 59 dict/1 52
- Assign GeneratorExp:1 51 fn:.append 49 .find/2 47 BitXor 47 .partition/1 45 min/1 45 .split/2 44
- Assign .format/1 42 pow/3 39 .count/1 38 lambda 38 LShift 36 map/2 33 .get/0 32 int/2 32 frozenset/1 30
- Assign round/2 30 .rstrip/1 29 ord/1 29 Not 26 iter/1 26 abs/1 25 .rfind/1 23 cmp:In 23 re.match/2 23
- Assign .format/2 22 RShift 22 str/2 22 .rstrip/0 21 sorted/1,key,reverse 21 bool/1 20 Set:1 18 .lstrip/1 17
- Assign DictComp:1f 17 math.floor/1 17 sorted/1,key 17 .lstrip/0 16 any/1 16 .get/1,timeout 15
- Assign .rpartition/1 15 .splitlines/0 15 Set:4 15 cmp:IsNot 15 cmp:NotEq 15 fn:.get 15 max/3 15 range/2 15
- Assign re.sub/3 15 slice:__x 15 .strip/1 14 chr/1 14 re.findall/2 14 Counter/1 13 cmp:GtE 13
- Assign .get/1,headers,timeout 12 Counter/0 12 MatMult 12 Set:2 12 int/1,base 12 math.gcd/2 12 min/3 12
- Assign .fromkeys/2 11 .items/0 11 .join/3 11 zip/1 11 cmp:Lt 10 ListComp:2 9 SetComp:1 9 math.log/2 9
- Assign math.sqrt/1 9 pow/2 9 re.search/2 9 .startswith/1 8 next/0 8 .endswith/1 7 .format/4 7 .join/4 7
- Assign .ljust/2 7 filter/2 7 fn:next 7 fn:str 7 isinstance/2 7 itertools.count/0 7 math.radians/1 7
- Assign .format/3 6 .get/0,headers,timeout,url 6 .get/1,follow_redirects,timeout 6 .get/1,params,timeout 6
- Assign DictComp:2 6 GeneratorExp:2 6 Invert 6 SetComp:1f 6 math.ceil/1 6 math.comb/2 6 max/1,key 6 max/4 6
- Assign .get/2,fallback,raw 5 cmp:Gt 5 itertools.count/1 5 .splitlines/0,keepends 4 Set:3 4 cmp:Is 4
- Assign fn:.join 4 fn:dict 4 reversed/1 4 string.encode/1 4 string.encode/2 4 .find/1,attrs 3 .fromkeys/1 3
- Assign .get/0,block 3 .get/1,follow_redirects,headers,timeout 3 .get/1,headers,params,timeout 3 .replace/1 3
- Assign .rfind/3 3 GeneratorExp:1f 3 SetComp:2 3 all/1 3 cmp:LtE,Lt 3 fn:.count 3 math.ldexp/2 3
- Assign math.log2/1 3 math.pow/2 3 min/1,key 3 range/3 3 re.split/2 3 round/1,ndigits 3 string.replace/2 3
- Assign zip/2 3
- AugAdd int 1482 var 635 item 302 Mult 221 Add 130 letter 120 text 74 len/1 59 Mod 42 Sub 41 int/1 40
- AugAdd fstring 37 Div 36 chr/1 36 str/1 22 if 19 Pow 16 .join/1 14 List:1 13 FloorDiv 12 max/2 10 Tuple:1 9
- AugAdd slice:_x_ 7 .lower/0 6 .upper/0 6 List:4 6 math.pow/2 6 min/2 6 sum/1 6 slice:xx_ 5 .rstrip/0 4
- AugAdd ListComp:1 4 slice:___ 4 .find/1 3 .format/1 3 .zfill/1 3 List:2 3 List:3 3 math.hypot/2 3 tuple/1 3
- AugBitAnd Invert 14 Sub 7 var 7
- AugBitOr var 70 item 6 int 5 BitOr 3 Pow 3 int/1 3
- AugBitXor var 19 RShift 9 BitXor 4 LShift 3
- AugDiv var 6 int 4 Mult 3
- AugFloorDiv int 76 var 59 Add 12 Mult 3
- AugLShift int 20
- AugMod int 36 var 14 len/1 3
- AugMult var 100 int 49 Div 27 negative 19 Sub 15 Pow 14 Add 6 int/1 6 item 4
- AugRShift int 47
- AugSub int 375 var 93 Mult 46 len/1 24 item 18 FloorDiv 9 Sub 4 .find/1 3 Add 3 Counter/1 3 Div 3 int/1 3
- Expr .append/1 3983 .replace/1 40 .join/0 31 .title/1 29 .append/1,output,params 15 .replace/2 8 next/1 6
- Expr .join/1 4 .append/1,other_params,output,params 3 .split/2 3 list/1 3 map/2 3 string.insert/2 3
- Expr string.pop/1 3
- For var 2583 range/1 1922 range/2 951 enumerate/1 431 range/3 394 .items/0 287 item 239 slice:x__ 67
- For .values/0 60 Tuple:4 50 reversed/1 48 Tuple:2 46 zip/2 46 Tuple:3 42 .split/1 41 list/1 35
- For enumerate/2 31 slice:_x_ 31 .keys/0 29 sorted/1 24 List:4 23 .split/0 18 List:2 16 slice:xx_ 14 Add 13
- For enumerate/1,start 12 .get/2 10 fn:list 10 slice:___ 10 .upper/0 9 GeneratorExp:1f 9 map/2 9
- For sorted/1,key 9 str/1 9 .splitlines/0 8 slice:__x 8 Or 7 sorted/1,reverse 7 ListComp:1f 6
- For itertools.count/1 6 set/1 6 List:3 4 Sub 4 sorted/1,key,reverse 4 text 4 .lower/0 3 GeneratorExp:1 3
- For ListComp:1 3 itertools.chain/2 3 itertools.permutations/1 3 slice:_xx 3 tuple/1 3
- If cmp:Eq 8085 var 3737 Not 3360 And 2401 cmp:Is 2381 Or 1624 cmp:Lt 1597 cmp:In 1511 cmp:IsNot 1483
- If cmp:NotEq 1391 cmp:Gt 1142 isinstance/2 967 cmp:NotIn 656 cmp:LtE 599 cmp:GtE 504 .startswith/1 189
- If BitAnd 120 item 88 any/1 77 cmp:Lt,Lt 54 all/1 53 .endswith/1 52 .get/1 39 cmp:LtE,LtE 33 cmp:LtE,Lt 25
- If Mod 21 .isupper/0 16 .startswith/2 15 slice:x__ 15 cmp:Lt,Lt,LtE 12 .isdigit/0 10 cmp:Eq,Eq 10
- If .islower/0 9 len/1 8 .isalpha/0 6 cmp:Lt,LtE 5 False 4 fn:all 4 .get/2 3 .isspace/0 3 cmp:Eq,Eq,Eq,Eq 3
- If cmp:Eq,Eq,Eq,Eq,Eq 3 fn:list 3 re.match/2 3
- While True 434 var 369 cmp:Lt 294 And 273 cmp:LtE 188 cmp:Gt 182 cmp:NotEq 141 Not 101 cmp:Eq 96
- While cmp:IsNot 65 int 65 cmp:GtE 46 Or 31 cmp:In 24 cmp:Is 9 cmp:NotIn 7 cmp:Gt,LtE 6 item 3 slice:x__ 3
- return var 6606 Tuple:2 1094 False 935 item 818 None 625 True 617 Add 591 int 479 Mult 353 .join/1 334
- return cmp:Eq 331 Mod 317 Div 304 if 268 Tuple:3 224 fstring 223 And 206 ListComp:1 196 Sub 192 sum/1 188
- return text 182 negative 180 Or 163 List:0 148 len/1 132 int/1 124 round/2 102 list/1 84 Not 81 cmp:In 80
- return blank 79 List:1 76 Tuple:4 74 cmp:Lt 71 str/1 69 List:2 66 Pow 66 Dict:1 65 ListComp:1f 62 float/1 58
- return tuple/1 54 bool/1 53 all/1 36 BitOr 33 cmp:Gt 32 .format/1 30 .get/2 29 cmp:Is 29 .format/2 28
- return FloorDiv 28 iter/1 28 BitAnd 27 USub 27 slice:x__ 27 cmp:LtE 26 max/1 25 max/2 25 cmp:GtE 24
- return slice:_x_ 23 .replace/2 22 isinstance/2 21 sorted/1 21 cmp:NotEq 19 .get/1 18 .join/2 18 Dict:0 18
- return DictComp:1 18 any/1 18 cmp:IsNot 18 slice:xx_ 17 next/1 16 List:3 15 round/1 15 min/2 13
- return math.sqrt/1 12 slice:__x 12 .lower/0 11 int/2 11 .keys/0 10 BitXor 10 re.sub/3 10 .split/1 9
- return .strip/0 9 DictComp:1f 9 dict/1 9 lambda 9 min/3 9 sorted/1,key 9 Tuple:1 8 .count/1 7
- return .startswith/1 7 .zfill/1 7 List:4 7 MatMult 7 chr/1 7 letter 7 set/1 7 .find/1 6 GeneratorExp:1 6
- return ListComp:2 6 Tuple:0 6 cmp:LtE,LtE 6 cmp:NotIn 6 fn:str 6 math.hypot/2 6 min/1 6 pow/2 6 UAdd 5
- return float 5 map/2 5 slice:___ 5 .get/0 4 .index/1 4 .isdigit/0 4 .join/3 4 Dict:3 4 Set:1 4 SetComp:1 4
- return abs/1 4 itertools.chain/2 4 set/0 4 str/3 4 sum/2 4 .center/1 3 .format/0,** 3 .format/3 3
- return .format/4 3 .replace/0,parameters 3 .split/2 3 .upper/0 3 Counter/1 3 DictComp:2 3 ListComp:2f 3
- return RShift 3 SetComp:2 3 SetComp:2f 3 filter/2 3 math.acos/1 3 math.degrees/1 3 math.floor/1 3
- return math.sin/1 3 min/1,default 3 re.compile/2 3 round/1,ndigits 3 str/2 3 string.rstrip/1 3
.append/1 arg0 var 1859 item 268 Tuple:2 254 text 135 Add 133 Mod 123 fstring 65 int 65 letter 61 Tuple:3 56
.append/1 arg0 List:2 49 Mult 46 List:4 37 int/1 27 slice:xx_ 25 str/1 24 Sub 21 None 20 .join/2 19 Div 18
.append/1 arg0 Tuple:4 18 if 16 tuple/1 16 List:0 12 float/1 11 .join/1 10 List:3 10 chr/1 10 Dict:2 9
.append/1 arg0 ListComp:1 9 blank 9 .format/1 7 slice:x__ 7 Dict:1 6 Dict:4 6 min/3 6 next/1 6 pow/3 6
.append/1 arg0 slice:___ 6 slice:_x_ 5 .get/1 4 .join/4 4 .lower/0 4 List:1 4 Tuple:0 4 int/2 4 list/1 4
.append/1 arg0 .split/1 3 FloorDiv 3 True 3 len/1 3 sorted/1 3 str/3 3
.append/1 self var 3753 item 207 fn:list 7 fn:.items 5
.append/1,output,params arg0 var 15
.append/1,output,params output= var 15
.append/1,output,params params= List:2 15
.append/1,output,params self var 15
.center/1 arg0 int 15 var 13
.center/1 self text 15 var 6 item 3 letter 3
.count/1 arg0 item 51 int 42 var 37 letter 35 List:2 9 None 8 False 3 Mod 3
.count/1 self var 111 Tuple:3 24 item 21 Tuple:2 6 Tuple:4 6 bin/1 6 fn:.values 6 .lower/0 3 slice:_x_ 3
.endswith/1 arg0 letter 57 var 36 text 35 tuple/1 6 Tuple:2 5
.endswith/1 self var 139 .lower/0 10 item 5 .strip/0 3
.find/1 arg0 letter 63 var 47 text 10 .upper/0 9 item 9
.find/1 self var 130 .find/1 6
.find/2 arg0 letter 22 text 15 var 10
.find/2 arg1 var 17 Dict:1 15 Add 13 int 4
.find/2 self var 51
.format/1 arg0 var 114 .join/1 13 item 3
.format/1 self text 127 var 20 Mult 3
.format/2 arg0 var 58
.format/2 arg1 var 40 .join/1 7
.format/2 self text 64
.format/3 arg1 var 11
.format/3 self text 12
.format/4 arg0 var 13
.format/4 arg1 var 10
.format/4 arg2 var 11
.format/4 arg3 var 12
.format/4 self text 7 var 7
.fromkeys/2 arg0 var 11
.fromkeys/2 self fn:dict 12
.get/0 self var 37
.get/1 arg0 text 210 var 176 item 11 Tuple:2 6 int 3 letter 3
.get/1 self var 408 .find/1 6 fn:map 4
.get/1,headers,timeout arg0 var 12 fstring 3
.get/1,headers,timeout headers= Dict:1 9 var 9
.get/1,headers,timeout self var 18
.get/1,headers,timeout timeout= int 18
.get/1,params,timeout arg0 var 15
.get/1,params,timeout params= var 9 Dict:1 6
.get/1,params,timeout self var 15
.get/1,params,timeout timeout= int 15
.get/1,timeout arg0 var 27 Add 12 fstring 3 text 3
.get/1,timeout self var 45
.get/1,timeout timeout= int 45
.get/2 arg0 var 179 text 129 item 20 .upper/0 3
.get/2 arg1 var 105 None 64 blank 43 int 34 text 22 Dict:0 13 List:0 12 False 11 Tuple:0 7 negative 7 List:1 4
.get/2 arg1 List:2 3
.get/2 self var 328 item 5
.index/1 arg0 var 139 .lower/0 10 item 10 letter 6 fn:next 3 max/1 3 min/1 3
.index/1 self var 168 item 6
.isalpha/0 self var 25 item 10 str/1 3
.isdigit/0 self var 42 item 8 .strip/0 3
.islower/0 self var 13 item 3
.isspace/0 self var 8 item 4
.isupper/0 self var 25
.items/0 self var 442 item 6
.join/0 self var 28 item 3
.join/1 arg0 var 575 GeneratorExp:1 263 ListComp:1 106 map/2 30 slice:xx_ 21 slice:x__ 19 slice:_x_ 15
.join/1 arg0 sorted/1 15 .split/0 13 GeneratorExp:1f 13 Add 8 List:2 8 ListComp:1f 7 item 7 Tuple:2 6
.join/1 arg0 Tuple:3 6 sorted/1,key 6 reversed/1 5 Mult 4 chr/1 3 list/1 3 re.findall/2 3 slice:__x 3 str/1 3
.join/1 self blank 507 letter 340 text 214 var 99
.join/2 arg0 var 296 item 4
.join/2 arg1 var 141 text 97 Add 40 str/1 14 fstring 6 Mod 5 letter 3 slice:x__ 3
.join/2 self var 336
.join/3 arg0 var 17
.join/3 arg1 text 8 var 6 slice:x__ 4
.join/3 arg2 var 10 text 4 Add 3
.join/3 self var 18
.join/4 arg0 var 12
.join/4 arg1 text 10 var 4
.join/4 arg2 text 9 Mod 3
.join/4 arg3 text 11
.join/4 self var 14
.keys/0 self var 129
.ljust/1 arg0 int 18 var 15
.ljust/1 self fstring 18 .join/1 12
.ljust/2 arg0 Mult 9
.ljust/2 self var 13
.lower/0 self var 356 item 46 .strip/0 40 .replace/2 9 slice:_x_ 8 .get/2 3 str/1 3
.lstrip/0 self var 22 slice:x__ 4
.lstrip/1 arg0 letter 17 var 7 text 4
.lstrip/1 self var 25 slice:x__ 3
.partition/1 arg0 letter 43 var 3
.partition/1 self var 45 item 4
.replace/1 arg0 var 13 Dict:2 3
.replace/1 self var 43
.replace/2 arg0 letter 284 text 60 var 48
.replace/2 arg1 text 123 blank 113 letter 103 var 53
.replace/2 self var 313 .replace/2 29 item 11 .lower/0 10 .strip/1 10 fstring 6 str/1 5 .strip/0 4 slice:_x_ 3
.rfind/1 arg0 letter 19 var 10
.rfind/1 self var 29
.rjust/1 arg0 int 20
.rjust/1 self blank 9 fstring 6 str/1 4
.rpartition/1 arg0 letter 34
.rpartition/1 self var 37
.rstrip/0 self var 22 item 4 slice:_x_ 3
.rstrip/1 arg0 letter 38 var 18 text 10
.rstrip/1 self var 58 .lower/0 6 slice:x__ 4
.split/0 self var 133 .strip/0 26 text 23 .rstrip/0 6 item 5 .replace/2 4
.split/1 arg0 letter 410 var 112 item 4 text 4
.split/1 self var 417 item 27 .strip/0 24 .rstrip/1 9 .replace/2 6 .strip/1 6 str/1 5 .get/2 3 bin/1 3
.split/1 self slice:x__ 3
.split/2 arg0 letter 50 var 8 None 4
.split/2 arg1 int 62 var 6
.split/2 self var 59 slice:x__ 4 item 3
.splitlines/0 self var 30 .strip/0 3
.startswith/1 arg0 letter 152 text 123 var 68 Tuple:2 14 Add 11 Tuple:3 6 .join/2 3 Tuple:4 3
.startswith/1 self var 363 .lower/0 37 item 7 .strip/0 4 .lstrip/0 3
.startswith/2 arg0 letter 7 text 7 var 7
.startswith/2 arg1 var 19
.startswith/2 self var 21
.strip/0 self var 190 str/1 33 item 24 slice:x__ 13 slice:_x_ 7 .lower/0 6 slice:xx_ 5 .join/1 4 Or 4
.strip/1 arg0 letter 32 text 7
.strip/1 self var 27 .lower/0 6 .strip/0 3 str/1 3
.title/0 self var 12 .replace/2 6
.title/1 arg0 text 18 fstring 6 item 3
.title/1 self var 29
.upper/0 self var 132 item 25 .replace/2 23 slice:_x_ 4 .zfill/1 3 slice:x__ 3
.values/0 self var 162 Counter/1 6
.zfill/1 arg0 int 34 var 22 Mult 3
.zfill/1 self slice:x__ 33 var 25
? *= var 299
? _normalize= False 14
? action= text 81
? activation= text 12
? alpha= float 15
? arg0 var 26586 text 5964 int 2656 fstring 1975 item 1024 Add 827 Mod 461 letter 400 Sub 391 Tuple:2 331
? arg0 Mult 291 None 197 List:3 194 negative 179 List:1 158 Div 149 float 145 List:2 117 slice:xx_ 116
? arg0 List:4 114 int/1 109 .join/1 101 slice:x__ 99 slice:_x_ 87 ListComp:1 70 blank 67 str/1 66 .join/2 65
? arg0 len/1 60 USub 55 GeneratorExp:1 53 Tuple:3 48 Tuple:4 47 False 46 .format/1 44 range/1 44 lambda 39
? arg0 Or 38 FloorDiv 37 Dict:4 34 list/1 34 True 32 Pow 30 Tuple:1 29 fn:list 29 .strip/0 24 BitAnd 24
? arg0 Dict:1 22 cmp:Eq 22 List:0 21 .rjust/1 19 .replace/2 18 if 18 .get/2 17 iter/1 16 .lower/0 15 cmp:Gt 15
? arg0 BitOr 14 abs/1 14 fn:len 14 .center/1 12 .get/1 12 fn:str 12 .upper/0 11 ListComp:1f 11 cmp:Is 11
? arg0 cmp:NotEq 11 Dict:3 10 fn:dict 10 range/2 10 BitXor 9 fn:int 9 min/2 9 set/1 9 .index/1 8 .rstrip/0 8
? arg0 fn:next 8 map/2 8 slice:__x 8 .format/2 7 .keys/0 7 .rstrip/1 7 ListComp:2 7 Tuple:0 7 fn:all 7
? arg0 fn:float 7 fn:set 7 .values/0 6 GeneratorExp:1f 6 LShift 6 MatMult 6 cmp:Lt 6 float/1 6 fn:.values 6
? arg0 max/1 6 Dict:0 5 Not 5 cmp:GtE 5 cmp:LtE 5 fn:.format 5 max/2 5 .ljust/2 4 .split/1 4 .title/0 4
? arg0 Dict:2 4 DictComp:1f 4 sorted/1 4 .format/0,** 3 .items/0 3 And 3 chr/1 3 cmp:In 3 fn:.append 3
? arg0 fn:.index 3 fn:frozenset 3 fn:round 3 pow/3 3 re.escape/1 3 round/2 3
? arg1 var 10016 text 1844 int 1557 Add 365 item 331 Sub 242 None 181 letter 162 Tuple:2 135 Mod 110 float 108
? arg1 Mult 77 List:1 53 len/1 52 False 50 List:0 47 negative 40 blank 39 Tuple:1 38 List:4 37 str/1 34
? arg1 slice:_x_ 33 List:3 31 Div 30 List:2 30 True 29 Or 27 Tuple:3 26 fstring 26 .ljust/1 24 FloorDiv 23
? arg1 int/1 22 BitOr 21 Tuple:4 21 slice:x__ 21 Pow 17 if 15 USub 14 .join/1 12 Dict:0 12 lambda 12
? arg1 slice:xx_ 10 Dict:1 9 Tuple:0 9 list/1 9 tuple/1 8 fn:all 7 fn:dict 7 .center/1 6 .join/2 6
? arg1 ListComp:1 6 abs/1 6 .format/1 5 .get/2 5 fn:int 5 LShift 4 float/1 4 fn:list 4 .items/0 3 .lower/0 3
? arg1 .strip/0 3 .upper/0 3 BitAnd 3 ListComp:2 3 chr/1 3 cmp:Eq 3 fn:map 3 fn:set 3 max/2 3 min/1 3 min/2 3
? arg1 next/1 3 range/1 3 round/2 3 sum/1 3
? arg10 var 13 text 7
? arg11 var 9 text 6
? arg12 var 11 text 5
? arg2 var 3562 int 520 None 229 text 213 Sub 137 Add 136 item 75 Tuple:2 50 letter 48 False 42 True 37
? arg2 Mult 34 float 30 len/1 28 lambda 26 List:2 21 blank 21 negative 21 Dict:0 19 List:0 18 .join/1 17
? arg2 Div 15 USub 12 List:1 10 int/1 9 Mod 8 Tuple:0 8 fn:float 7 if 7 min/2 7 .ljust/1 6 Tuple:1 6 fn:dict 6
? arg2 str/1 6 Or 5 .upper/0 4 BitOr 4 cmp:Eq 4 fn:int 4 slice:_x_ 4 .center/1 3 BitAnd 3 FloorDiv 3 LShift 3
? arg2 Not 3 Pow 3 Tuple:3 3 float/1 3 fn:map 3 max/2 3
? arg3 var 1358 int 114 Sub 87 text 51 Add 30 item 24 None 20 List:1 13 letter 13 float 12 Tuple:1 8 Tuple:2 8
? arg3 Div 6 True 6 lambda 6 False 5 blank 4 slice:x__ 4 Dict:0 3 List:0 3 List:2 3 ListComp:1 3 Mult 3 Pow 3
? arg3 USub 3 if 3 int/1 3 set/0 3
? arg4 var 568 int 63 text 27 Add 17 negative 12 None 8 Sub 8 False 6 float 6 item 6 True 5 Tuple:2 4 letter 3
? arg5 var 276 int 32 text 22 None 13 False 6 Sub 6 Add 3 Set:1 3 True 3 Tuple:2 3 float 3 letter 3
? arg6 var 95 text 18 int 6 Add 3
? arg7 var 60 text 8 None 3
? arg8 var 33 text 8
? arg9 var 20 text 7
? arg= None 34 var 34
? args= Tuple:4 20 Tuple:1 5 Tuple:2 5 var 5
? authkey= var 17
? axis= int 78 None 3
? c= var 6 int 3 item 3 text 3
? cache= var 12
? category= var 37
? chain= var 12
? cmap= text 15 var 9
? code= letter 68
? color= text 27 letter 6
? context= var 100
? cost= float 9 int 6 var 6
? data= float 9 Dict:2 3 var 3
? decode= var 121 True 5 False 4
? default= var 20 False 19 int 18 text 16 None 15 List:0 4
? degree= int 12
? depth= var 12 Sub 6 int 4
? description= text 15 var 7
? dest= text 47 var 12
? dir_fd= var 18
? doc= text 128 var 3
? dry_run= var 33
? dtype= var 57 fn:int 9 fn:float 6 Dict:1 3 fn:bool 3
? encode= var 120
? encoding= var 52 text 23
? end= letter 158 blank 50 text 3
? errors= var 38 text 15
? exc_info= True 20 var 5
? extra= var 8 Dict:1 4
? feed_dict= Dict:1 12 Dict:2 3
? file= var 181
? fill= var 7 blank 5
? find_max= False 12 True 9
? follow_symlinks= var 15 False 12
? force= True 11 var 9
? format= text 17 var 4
? function_to_optimize= var 21
? gamma= float 12
? globals= var 13
? goal= var 15
? graph= var 15
? header= var 9 None 6
? headers= var 10 Dict:1 3
? help= text 177 var 12
? hours= int 8
? incrementaldecoder= var 120
? incrementalencoder= var 120
? indent= int 9 var 7
? index= var 6 Sub 3 fn:str 3
? infinity= Mult 9 float 3
? kernel= text 12
? key= lambda 34 var 16 fn:.find 3
? label= letter 9 Add 3 text 3 var 3
? level= var 27 int 5
? limit= var 25 int 3
? loop= var 36
? message= text 13
? metavar= text 20 var 6 Tuple:2 4
? minutes= int 9
? mode= text 11 var 6
? n= var 22 int 15
? name= text 310 var 21
? nargs= letter 18 int 10 var 4
? newline= var 5 letter 4
? number= int 60 var 27
? obj= var 12
? obtype= var 6
? optimize= var 10
? option_strings= var 11
? parent= var 59
? policy= var 21
? prefix= var 59 letter 10 blank 5
? prey= var 6 False 3 True 3
? proto= int 68
? raiseit= True 78
? random_state= int 21
? reader= var 24
? remove= Tuple:2 18
? repeat= int 12 var 6
? required= True 11 var 10
? reverse= True 24
? safe= blank 11
? seconds= var 9
? self var 31355 item 366 .get/1,timeout 30 fn:str 24 fn:int 23 fn:dict 15 Div 14 str/1 11 Mod 10
? self .get/1,params,timeout 9 slice:_x_ 8 slice:xx_ 8 .join/1 7 slice:x__ 7 .get/1,headers,timeout 6 Mult 6
? self int/2 6 math.log2/1 6 Sub 5 fn:zip 5 .get/1 4 .lower/0 4 abs/1 4 fn:list 4 fn:next 4 .find/1,attrs 3
? self .find/1,id 3 .get/1,follow_redirects,timeout 3 .rstrip/1 3 .strip/0 3 Add 3 BitAnd 3 Pow 3 cmp:Eq 3
? self cmp:GtE 3 fn:.items 3 fn:tuple 3 if 3
? sep= text 36 letter 19 blank 3
? server_hostname= var 14
? setup= var 72 text 33
? show_caches= var 14
? sigma= float 6 int 6
? size= float 15 Tuple:2 9 int 7
? source= var 24 int 6
? stack_after= List:1 59 List:0 8
? stack_before= List:0 42 List:2 12 List:1 7 List:3 7
? stacklevel= int 91 Add 5
? start= var 15
? stderr= var 25
? stdin= var 13
? stdout= var 19
? step_size= int 21
? stmt= var 18
? streamreader= var 120
? streamwriter= var 120
? target= var 27
? timeout= var 17 int 9 float 3
? train= var 15
? type= fn:int 27 var 14 fn:str 6 text 3
? tz= var 12
? tzinfo= var 12
? verbose= True 102 var 9 int 3
? visualization= True 15
? width= var 16
? x= int 24
? y= int 21
Add left var 5914 Add 1027 Mult 671 item 611 text 496 int 298 Sub 263 letter 239 len/1 145 Pow 94 slice:_x_ 86
Add left List:1 85 FloorDiv 78 int/1 69 Mod 51 Div 45 str/1 37 .join/1 36 .index/1 34 math.sqrt/1 33
Add left slice:x__ 31 list/1 29 ord/1 23 Tuple:1 20 Or 17 negative 16 .get/2 15 float 15 float/1 15
Add left .upper/0 12 USub 12 LShift 11 slice:xx_ 11 .find/1 10 fstring 10 max/2 10 List:2 9 abs/1 9 pow/2 9
Add left .lower/0 8 slice:x_x 8 sum/1 7 List:4 5 ListComp:1 5 max/1 5 .count/1 4 .replace/2 4 RShift 4 if 4
Add left .center/1 3 .count/3 3 .find/2 3 .rfind/1 3 .rstrip/0 3 Tuple:2 3 chr/1 3 cmp:Gt 3 math.floor/1 3
Add left math.log/2 3 round/1 3 slice:__x 3
Add right int 4094 var 3100 Mult 738 item 504 letter 376 text 314 .join/1 144 len/1 120 Div 111 Pow 107
Add right slice:x__ 101 float 89 str/1 88 FloorDiv 74 List:1 60 Mod 56 int/1 31 slice:_x_ 27 slice:xx_ 23
Add right list/1 22 Or 21 ord/1 19 Add 18 abs/1 18 Sub 17 LShift 14 ListComp:1f 14 fstring 13 List:2 12
Add right Tuple:1 12 min/3 12 if 11 And 10 ListComp:1 9 .lower/0 7 .replace/2 7 BitAnd 7 List:3 7 chr/1 7
Add right .upper/0 6 cmp:NotEq 6 max/2 6 min/1 6 pow/2 6 slice:__x 6 List:4 5 USub 5 min/2 5 sum/1 5 max/1 4
Add right slice:xxx 4 .get/1 3 .get/2 3 .lstrip/0 3 .rstrip/0 3 ListComp:2 3 Tuple:2 3 float/1 3 math.exp/1 3
And of var 1292 cmp:Eq 1229 Not 738 cmp:IsNot 425 cmp:Gt 386 cmp:Lt 383 cmp:NotEq 347 cmp:In 330 cmp:Is 289
And of cmp:NotIn 231 isinstance/2 203 cmp:GtE 183 Or 107 cmp:LtE 105 cmp:LtE,Lt 98 cmp:LtE,LtE 73
And of .startswith/1 59 .endswith/1 33 BitAnd 29 item 24 text 23 all/1 22 .isdigit/0 12 letter 12 Mod 11
And of cmp:Lt,Lt 9 .isupper/0 8 .isalpha/0 7 Add 7 And 7 any/1 7 .get/1 5 .isspace/0 5 .get/2 4 cmp:Eq,Eq 4
And of int 4 slice:x__ 4 .islower/0 3 .strip/0 3 BitXor 3 RShift 3 bool/1 3
BitAnd left var 358 RShift 44 Add 22 cmp:NotEq 9 item 9 BitOr 8 Invert 8 len/1 7 Sub 6 cmp:Gt 6 int/2 4
BitAnd left BitAnd 3 cmp:Eq 3 int 3 int/1 3 ord/1 3
BitAnd right int 220 var 178 Invert 26 LShift 19 USub 11 cmp:NotEq 9 Sub 8 BitXor 7 Add 6 cmp:LtE 6 int/1 5
BitAnd right cmp:Eq 3 int/2 3
BitOr left var 128 BitOr 45 LShift 29 BitAnd 10 int 4 set/1 4 RShift 3 cmp:Lt 3 fn:float 3 item 3
BitOr right var 137 LShift 29 int 13 BitAnd 11 item 7 RShift 6 SetComp:1 6 set/1 5 Add 3 cmp:GtE 3 fn:int 3
BitOr right frozenset/1 3
BitXor left var 60 BitXor 31 ord/1 12 BitAnd 6 LShift 3 RShift 3 cmp:In 3 int/1 3 item 3
BitXor right var 61 BitAnd 15 item 13 RShift 11 int 7 LShift 4 BitOr 3 cmp:In 3
Counter/1 arg0 var 12 set/1 6 .lower/0 3 Dict:1 3 GeneratorExp:1 3 GeneratorExp:1f 3
Dict:1 key text 201 var 51 int 15 fstring 9 letter 7 next/1 3
Dict:1 value var 99 text 62 int 39 Div 12 Tuple:2 10 None 8 List:0 5 str/1 4 Mult 3 abs/1 3 float/1 3 fn:str 3
Dict:1 value item 3 next/1 3
Dict:2 key text 216 var 46 letter 36 int 14
Dict:2 value var 125 text 62 int 30 int/1,base 18 letter 13 item 11 List:0 6 int/1 6 negative 6 Tuple:2 4
Dict:2 value .replace/2 3 Add 3 Mod 3 float/1 3 fstring 3
Dict:3 key text 193 letter 22 int 18 var 5
Dict:3 value var 99 text 40 letter 19 int 12 List:2 9 Dict:0 6 Tuple:2 6 fstring 4 set/0 4 .join/2 3 Dict:4 3
Dict:3 value False 3 Tuple:3 3
Dict:4 key int 8559 text 7199 letter 1181 var 218 Tuple:2 101 Tuple:4 16
Dict:4 value int 8553 text 3494 letter 2977 var 532 Tuple:2 295 blank 237 List:2 236 List:1 181 float 163
Dict:4 value List:3 76 Tuple:1 65 List:4 60 List:0 41 None 40 Tuple:3 32 lambda 31 True 23 Dict:2 19 False 17
Dict:4 value negative 16 item 12 Dict:4 9 Tuple:4 8 .get/2 4 Dict:1 4 Dict:3 4 fstring 4 DictComp:1 3
Dict:4 value fn:float 3 fn:int 3 str/1 3
DictComp:1 in var 33 .items/0 31 range/1 15 zip/2 10 enumerate/1 9 Tuple:4 3
DictComp:1 key var 82 str/1 9 item 5 .index/1 3 .strip/0 3 fstring 3 slice:x__ 3
DictComp:1 value var 49 item 11 ListComp:1f 6 Sub 4 .strip/0 3 Pow 3 Set:1 3 float/1 3 slice:___ 3
DictComp:1f if cmp:Gt 6 cmp:NotIn 6 cmp:In 4 cmp:Lt 3 cmp:NotEq 3
DictComp:1f in var 14 .items/0 8 enumerate/1 3 range/1 3
DictComp:1f key var 29
DictComp:1f value var 19 item 8
DictComp:2 in zip/2 6 .items/0 4 var 4
Div left var 781 int 389 Mult 364 Sub 316 Add 129 item 53 float 36 sum/1 36 USub 29 float/1 25 len/1 22 Div 17
Div left Pow 17 int/1 7 .count/1 3 FloorDiv 3 MatMult 3 Mod 3 abs/1 3 math.sqrt/1 3 pow/2 3
Div right var 743 int 702 Mult 173 Add 165 item 96 Sub 91 float 75 len/1 55 Pow 49 text 20 float/1 13 Div 9
Div right abs/1 7 if 6 pow/2 6 LShift 3 Mod 3 math.factorial/1 3 math.sqrt/1 3 sum/1 3
FloorDiv left var 494 Add 119 Sub 108 len/1 65 Mult 60 item 14 USub 11 int 6 Pow 3 min/2 3
FloorDiv right int 659 var 167 Mult 27 Sub 13 Add 5 Pow 5 float 3
GeneratorExp:1 each Mult 66 str/1 64 item 62 cmp:In 58 int/1 57 fstring 52 cmp:Eq 43 int 36 isinstance/2 33
GeneratorExp:1 each var 30 cmp:Is 26 Tuple:2 24 if 24 cmp:NotEq 22 .zfill/1 21 Pow 21 Add 20 And 17 abs/1 15
GeneratorExp:1 each cmp:Lt 15 cmp:NotIn 15 len/1 14 Div 13 Mod 13 .get/2 10 cmp:Gt 10 Sub 9 cmp:LtE 9 Not 8
GeneratorExp:1 each FloorDiv 6 int/2 6 cmp:LtE,LtE 5 .join/1 4 BitXor 4 chr/1 4 .endswith/1 3 .format/0,** 3
GeneratorExp:1 each .isalnum/0 3 .isalpha/0 3 Or 3 cmp:GtE 3 ord/1 3 pow/2 3 round/1 3 round/2 3 slice:__x 3
GeneratorExp:1 each tuple/1 3
GeneratorExp:1 in var 573 range/1 71 zip/2 67 enumerate/1 39 str/1 36 range/2 31 .items/0 26 .values/0 21
GeneratorExp:1 in .split/1 17 .split/0 13 item 11 range/3 10 .upper/0 9 List:3 6 Tuple:4 6 slice:xx_ 5
GeneratorExp:1 in Tuple:3 4 reversed/1 4 .strip/1 3 enumerate/2 3 fn:.values 3 iter/1 3 pairwise/1 3
GeneratorExp:1 in slice:_x_ 3 sorted/1 3 zip/3 3
GeneratorExp:1f each var 79 int 22 int/1 4 Tuple:2 3 cmp:Eq 3
GeneratorExp:1f if cmp:Eq 33 cmp:In 16 cmp:Gt 15 Or 8 And 7 cmp:NotIn 6 cmp:IsNot 5 cmp:LtE,LtE 3 var 3
GeneratorExp:1f in var 47 range/2 27 .values/0 8 enumerate/1 4 fn:.values 3 range/1 3 range/3 3 slice:xx_ 3
GeneratorExp:2 each var 11 cmp:Eq 4 Mult 3 Tuple:2 3 sum/1 3
GeneratorExp:2 in var 28 range/1 6 range/2 6 zip/2 6 Tuple:2 5
Invert of var 35 LShift 8 BitOr 5 int 5 Sub 3
LShift left int 136 var 74 item 17 BitAnd 4 Sub 3 int/1 3
LShift right int 160 var 70 Sub 8 len/1 3
List:1 each int 635 var 504 text 150 Tuple:2 80 negative 68 List:2 63 False 47 True 39 None 38 blank 38
List:1 each item 37 letter 34 Add 27 float 24 Mult 12 List:0 9 List:1 9 Tuple:4 9 Mod 8 tuple/1 7 Div 6
List:1 each List:4 6 Tuple:3 6 fstring 4 slice:x__ 4 Dict:0 3 FloorDiv 3 List:3 3 ListComp:1 3 float/1 3
List:1 each fn:float 3 int/1 3 next/1 3 round/2 3
List:2 each int 1278 var 482 List:2 207 text 207 letter 193 float 135 item 80 negative 67 Add 43 None 38
List:2 each Tuple:2 38 Mult 27 List:3 21 Sub 19 Tuple:3 13 Mod 9 fstring 9 blank 7 List:4 6 .format/1 4
List:2 each False 3 True 3 USub 3
List:3 each int 915 var 329 text 296 List:3 186 List:2 162 negative 63 letter 59 item 39 Tuple:2 36 float 30
List:3 each List:4 27 Div 24 List:1 14 List:0 9 Tuple:3 9 int/1 6 Add 4 Mod 4 blank 4 None 3 Sub 3 fn:max 3
List:3 each fn:min 3
List:4 each int 5728 text 3348 List:4 510 var 503 letter 372 Tuple:2 359 negative 335 Tuple:3 203 List:2 129
List:4 each float 90 item 36 None 19 blank 16 List:3 15 Dict:4 12 List:1 12 float/1 12 Add 9 List:0 9 Mult 7
List:4 each int/1 6 Sub 3 len/1 3
ListComp:1 each ListComp:1 237 int/1 188 item 99 Mult 97 int 93 var 84 Add 60 list/1 45 str/1 42 float/1 36
ListComp:1 each Sub 30 slice:xx_ 30 False 27 chr/1 25 if 23 Tuple:2 21 Mod 20 sum/1 19 negative 15 Div 13
ListComp:1 each .join/1 12 .lower/0 10 List:1 10 List:0 9 List:3 9 Pow 9 ord/1 9 round/2 9 .get/2 7 int/2 7
ListComp:1 each slice:x__ 7 .count/1 6 .replace/2 6 .upper/0 6 .zfill/1 6 Or 6 Tuple:3 6 .split/1 5 round/1 5
ListComp:1 each .strip/0 4 fstring 4 .capitalize/0 3 .split/0 3 .strip/1 3 Dict:4 3 FloorDiv 3 Set:1 3 True 3
ListComp:1 each USub 3 letter 3 slice:___ 3 slice:__x 3 slice:_x_ 3 tuple/1 3
ListComp:1 in range/1 667 var 492 .split/1 127 range/2 44 range/3 36 .split/0 30 item 23 zip/2 23 zip/1 22
ListComp:1 in enumerate/1 16 .items/0 12 Tuple:4 6 map/2 6 re.split/2 6 slice:_x_ 6 .splitlines/0 5
ListComp:1 in slice:x__ 5 slice:xx_ 5 Tuple:3 4 list/1 4 .upper/0 3 Add 3 sorted/1 3 sorted/1,key,reverse 3
ListComp:1f each var 245 item 13 Tuple:2 11 Add 7 .strip/0 3 .upper/0 3 ListComp:1f 3 fstring 3 int 3 int/1 3
ListComp:1f each slice:xx_ 3
ListComp:1f if cmp:In 41 cmp:Eq 38 var 35 cmp:NotEq 31 And 26 Not 19 .startswith/1 15 item 15 cmp:Gt 12
ListComp:1f if cmp:NotIn 12 cmp:GtE 10 cmp:IsNot 7 cmp:Lt 7 Or 5 .isalpha/0 3 cmp:LtE 3
ListComp:1f in var 169 range/1 28 range/2 21 enumerate/1 14 .split/1 11 .items/0 10 range/3 6 .split/0 3
ListComp:1f in .upper/0 3 .values/0 3 ListComp:1 3 enumerate/1,start 3 fn:.values 3 list/1 3 slice:x__ 3
ListComp:1f in zip/2 3
ListComp:2 each Add 7 Mult 6 var 5 Tuple:2 4
ListComp:2 in var 44 Tuple:3 6 sorted/1 3
ListComp:2f in var 14 range/2 6
MatMult left var 22 MatMult 9 Mult 3
MatMult right var 43 MatMult 3
Mod left text 1415 var 912 Add 220 Sub 79 Mult 70 len/1 68 Div 18 item 14 Mod 9 Pow 6 .count/1 3 BitXor 3
Mod left int/2 3
Mod right var 957 int 790 Tuple:2 432 Tuple:3 142 len/1 79 Tuple:4 69 Tuple:1 61 item 46 Add 40 .join/1 27
Mod right Mult 17 slice:_x_ 17 str/1 14 Pow 13 text 10 int/2 7 Sub 6 .replace/2 5 Dict:2 5 float 5
Mod right dict/0,prog 4 int/1 4 re.escape/1 4 USub 3
Mult left var 2412 int 1078 Mult 685 List:1 540 item 415 Div 250 letter 215 Sub 195 float 176 Add 121
Mult left negative 102 Pow 48 USub 40 float/1 27 int/1 27 Mod 21 text 19 FloorDiv 18 len/1 17 abs/1 13
Mult left math.sqrt/1 6 pow/2 6 BitAnd 5 Tuple:1 4 round/1 4 cmp:NotEq 3 math.floor/1 3 math.log/2 3
Mult left math.pow/2 3 ord/1 3
Mult right var 3443 int 706 Sub 459 item 377 Add 345 Pow 270 len/1 123 float 79 int/1 45 pow/2 34 Div 29
Mult right Mult 24 FloorDiv 22 letter 22 abs/1 21 math.sin/1 19 negative 19 math.cos/1 18 math.sqrt/1 15
Mult right Mod 13 List:1 12 text 7 math.log10/1 6 math.log2/1 6 sum/1 6 pow/3 4 USub 3 if 3 math.ceil/1 3
Mult right math.exp/1 3 math.floor/1 3
Not of var 2366 isinstance/2 954 item 124 And 113 cmp:LtE,LtE 93 .startswith/1 84 all/1 79 cmp:In 44 Or 41
Not of cmp:Lt,Lt 39 .endswith/1 37 cmp:LtE,Lt 29 any/1 19 .isdigit/0 18 BitAnd 18 .strip/0 15 Mod 15 len/1 15
Not of cmp:Lt 14 cmp:GtE 13 cmp:Lt,LtE 11 .get/1 10 cmp:Eq 8 cmp:Gt 8 .isalnum/0 6 cmp:LtE 6 re.match/2 5
Not of re.search/2 5 slice:x__ 5 .startswith/2 4 .isalpha/0 3 .islower/0 3 cmp:Eq,Eq 3 sum/1 3
Or of var 880 Not 650 cmp:Lt 636 cmp:Eq 599 cmp:Is 298 cmp:NotEq 246 And 224 cmp:Gt 211 cmp:In 180 cmp:LtE 168
Or of cmp:GtE 98 text 82 List:0 80 blank 77 cmp:IsNot 61 cmp:NotIn 59 isinstance/2 52 letter 48 item 47
Or of .startswith/1 45 int 36 .get/1 31 .endswith/1 25 cmp:LtE,Lt 22 cmp:LtE,LtE 15 .strip/0 13 None 13
Or of List:1 12 cmp:Lt,Lt 12 Dict:0 11 .isalpha/0 9 cmp:Eq,Eq 8 Tuple:0 7 all/1 7 len/1 7 .isdigit/0 6
Or of .lower/0 6 Add 6 float 6 .lstrip/1 5 BitAnd 5 Mod 5 any/1 5 slice:_x_ 5 .join/1 4 Sub 4 lambda 4
Or of re.search/2 4 Counter/0 3 Div 3 ListComp:1 3 abs/1 3 float/1 3 set/0 3 slice:x__ 3
Pow left var 567 int 263 Sub 108 Add 68 Div 42 negative 22 abs/1 15 Mult 9 item 9 int/1 6 sum/1 6 float 5
Pow left FloorDiv 3 USub 3 int/2 3 math.cos/1 3
Pow right int 654 var 252 float 86 Div 63 Sub 48 USub 23 Add 14 len/1 10 Mult 6 negative 6 FloorDiv 3 Mod 3
RShift left var 103 item 12 Add 10 Sub 6
RShift right int 96 var 26 Sub 14
Set:1 each var 29 int 9 text 4
Set:2 each text 60 var 39 int 24 letter 22 item 14 slice:__x 3
Set:3 each text 28 var 23 int 22 letter 15 item 9
Set:4 each text 147 int 131 letter 36 var 26 Tuple:2 4
SetComp:1 each item 6 fstring 5 var 5 .lower/0 4 tuple/1 3
SetComp:1 in var 20 .splitlines/0 3
SetComp:1f each var 17 int/1 3 item 3
SetComp:1f if cmp:Eq 4 .isalpha/0 3 Not 3 cmp:GtE 3 cmp:NotIn 3
SetComp:1f in var 7 .lower/0 3 enumerate/1 3 itertools.permutations/1 3 set/1 3
SetComp:2 in var 15 item 3
Sub left var 4458 len/1 621 int 397 item 298 Mult 294 Sub 274 Add 210 Pow 72 ord/1 66 Div 45 USub 31 float 30
Sub left FloorDiv 29 float/1 27 int/1 13 .index/1 12 Mod 11 LShift 9 abs/1 9 math.pow/2 9 pow/2 9 negative 8
Sub left RShift 6 min/2 6 set/1 6 BitAnd 3 Counter/1 3 List:3 3 SetComp:2 3 cmp:Eq 3 max/1 3 slice:xx_ 3
Sub right int 3360 var 2360 Mult 411 item 309 len/1 147 Div 71 Pow 50 Mod 37 FloorDiv 30 float 30 Add 29
Sub right int/1 26 ord/1 21 LShift 13 if 9 pow/2 9 cmp:Lt 8 set/1 8 MatMult 6 Set:1 6 abs/1 6 Sub 5 sum/1 4
Sub right .get/1 3 BitAnd 3 Counter/1 3 RShift 3 Set:3 3 cmp:Eq 3 float/1 3 int/2 3 max/2 3 max/3 3 min/3 3
Sub right slice:_x_ 3
Tuple:1 each var 215 text 63 int 49 Tuple:2 22 Add 9 List:1 9 item 5 letter 4 list/1 4 None 3 blank 3 str/1 3
Tuple:2 each var 5107 int 1648 text 1602 item 670 Sub 259 Add 255 letter 198 None 173 negative 159 fn:int 112
Tuple:2 each len/1 111 blank 88 fn:float 87 float 79 Tuple:2 72 List:0 71 fn:list 65 fn:tuple 63 Mult 52
Tuple:2 each List:1 40 True 39 Tuple:3 37 fn:str 37 Div 36 slice:x__ 36 .join/1 35 slice:_x_ 34 False 31
Tuple:2 each FloorDiv 29 Tuple:1 28 next/1 26 Mod 23 slice:xx_ 22 float/1 20 min/1 19 Dict:0 18 USub 18 if 17
Tuple:2 each int/1 16 ListComp:1 14 Tuple:0 14 str/1 14 list/1 13 max/1 13 List:4 12 Or 12 BitAnd 11 max/2 11
Tuple:2 each List:2 10 ord/1 10 Tuple:4 9 cmp:Eq 9 min/2 8 .lower/0 6 .strip/0 6 Set:1 6 Set:3 6 fn:range 6
Tuple:2 each round/1 6 tuple/1 6 RShift 5 int/2 5 set/0 5 BitOr 4 Pow 4 fn:dict 4 .index/1 3 abs/1 3
Tuple:2 each math.cos/1 3 math.sin/1 3 set/1 3 slice:__x 3 sorted/1 3 sorted/1,reverse 3
Tuple:3 each var 1602 text 857 int 440 None 198 letter 162 item 87 Tuple:2 57 blank 55 Add 46 fn:float 27
Tuple:3 each negative 22 Mod 20 List:0 18 fn:str 18 False 17 int/1 17 fn:int 16 True 14 Dict:1 13 slice:x__ 13
Tuple:3 each if 12 Sub 11 Tuple:3 11 fstring 10 .join/1 9 slice:_x_ 9 Mult 8 float 7 USub 6 cmp:Eq 6 set/0 6
Tuple:3 each List:1 5 len/1 5 str/1 5 Tuple:0 4 fn:.count 4 Or 3 Tuple:1 3 fn:dict 3 fn:max 3 fn:min 3
Tuple:4 each var 1389 text 1138 int 547 Tuple:2 212 letter 99 item 72 None 48 negative 48 True 44 False 39
Tuple:4 each List:1 33 BitAnd 26 List:3 24 List:2 22 Add 21 blank 21 float 19 Sub 15 Tuple:3 14 int/1 10
Tuple:4 each List:0 9 Mod 9 FloorDiv 8 Mult 8 Tuple:1 8 min/2 7 Div 6 Or 6 max/2 5 Dict:0 4 Tuple:4 4 bool/1 4
Tuple:4 each fn:.count 4 fn:float 4 fn:int 4 fn:str 4 List:4 3 fn:tuple 3 if 3 max/1 3 slice:x__ 3 slice:xx_ 3
Tuple:4 each sum/1 3
USub of var 370 len/1 32 Sub 17 Add 16 item 14 Pow 11 Mult 6 FloorDiv 4
abs/1 arg0 var 143 Sub 119 item 24 Add 18 Mult 7
all/1 arg0 GeneratorExp:1 175 Tuple:3 9 var 6 GeneratorExp:1f 3 GeneratorExp:2 3 List:4 3
any/1 arg0 GeneratorExp:1 125 .values/0 4 GeneratorExp:2 3 var 3
bin/1 arg0 var 61 .index/1 9 Sub 6 int/1 6 ord/1 6 Add 3 item 3
bool/1 arg0 var 36 BitAnd 12 item 5 And 4 cmp:Eq 3 cmp:Gt 3 cmp:Lt 3 cmp:Lt,Lt 3 re.search/2 3
chr/1 arg0 var 46 Add 44 BitXor 12 Sub 12 int/2 8 BitAnd 4
cmp:Eq left var 7953 item 906 len/1 607 Mod 501 slice:_x_ 109 .lower/0 62 Add 54 slice:xx_ 47 BitAnd 36
cmp:Eq left slice:x__ 33 sum/1 21 Mult 19 .count/1 17 Sub 17 Tuple:2 17 .get/1 12 pow/3 12 .strip/0 10 abs/1 9
cmp:Eq left list/1 9 fn:.count 8 .upper/0 6 Pow 6 sorted/1 6 str/1 6 fn:.format 5 set/1 5 cmp:Eq 4 int/1 4
cmp:Eq left And 3 Div 3 SetComp:1 3 fn:next 3 round/2 3 tuple/1 3
cmp:Eq right text 4274 int 2743 var 1962 letter 796 item 215 negative 150 len/1 101 Sub 85 blank 85 Tuple:2 34
cmp:Eq right Add 33 float 25 int/1 19 slice:__x 18 Mult 16 List:0 15 List:4 12 Mod 12 .lower/0 10 Pow 10
cmp:Eq right set/1 9 FloorDiv 6 ord/1 6 fn:.count 5 List:1 4 Tuple:3 4 cmp:Gt 4 slice:x__ 4 .count/1 3 Div 3
cmp:Eq right abs/1 3 int/2 3 sorted/1 3 sum/1 3
cmp:Eq,Eq left var 19 item 3 len/1 3 slice:_x_ 3
cmp:Eq,Eq right int 21 var 19 letter 5 item 3 len/1 3 slice:x__ 3 text 3
cmp:Eq,Eq,Eq,Eq right item 9 int 3
cmp:Eq,Eq,Eq,Eq,Eq right sorted/1 15
cmp:Gt left var 1333 len/1 294 item 225 Add 80 Sub 38 .count/1 28 Mult 21 abs/1 18 ord/1 10 Mod 9 Pow 9
cmp:Gt left sum/1 6 fn:len 5 int/1 4 .index/1 3 FloorDiv 3
cmp:Gt right int 1069 var 709 item 136 len/1 54 float 44 Sub 40 Add 38 negative 8 Pow 6 abs/1 6 Mult 5
cmp:Gt right .index/1 3 Div 3
cmp:Gt,LtE right var 12
cmp:GtE left var 677 item 71 len/1 54 Add 31 Sub 24 Mult 22 .find/1 11 int/1 7 Div 4 max/1 3
cmp:GtE right int 377 var 367 len/1 98 item 37 Sub 12 float 12 Tuple:2 8 Mult 7 text 7 int/1 6 Pow 4
cmp:In left var 1474 text 309 letter 202 item 196 Tuple:2 29 .lower/0 22 slice:_x_ 15 Add 12 int 12 Sub 9
cmp:In left len/1 9 .upper/0 8 slice:xx_ 8 slice:x__ 7 ord/1 6 .get/1 4 BitAnd 3 None 3 Tuple:1 3 tuple/1 3
cmp:In right var 1706 Tuple:2 258 text 79 item 54 Set:2 53 Tuple:3 44 Tuple:4 40 List:2 31 .lower/0 12
cmp:In right List:3 10 Set:3 9 Set:4 9 slice:x__ 8 List:1 5 fn:dict 4 .values/0 3 slice:_x_ 3 slice:xx_ 3
cmp:In right str/1 3
cmp:Is left var 2846 item 133 .get/1 8 fn:map 7
cmp:Is right None 2456 var 487 True 68 False 50 fn:str 13 fn:int 10 fn:tuple 7 fn:list 3
cmp:IsNot left var 1994 item 35 .get/1 9 fn:all 5 fn:dict 3
cmp:IsNot right None 1925 var 179 False 4 fn:str 3 item 3
cmp:Lt left var 2431 item 226 len/1 152 Add 90 abs/1 32 .count/1 29 Sub 26 Mult 23 ord/1 12 int/1 10 Div 9
cmp:Lt left min/1 6 Tuple:2 5 BitXor 3 LShift 3 Pow 3 fn:.count 3 min/2 3 sum/1 3
cmp:Lt right int 1544 var 954 item 202 len/1 164 Sub 71 float 28 Mult 21 USub 18 LShift 15 Pow 9 float/1 9
cmp:Lt right Tuple:2 7 fn:max 7 negative 7 .get/2 6 abs/1 6 Add 4 Div 3 fn:.count 3 int/1 3 letter 3 max/1 3
cmp:Lt right sum/1 3
cmp:Lt,Lt left int 74 var 27 float 11 .index/1 3
cmp:Lt,Lt right var 143 int 79 len/1 7 .index/1 6 Mod 3 item 3
cmp:Lt,Lt,LtE left int 12
cmp:Lt,Lt,LtE right var 36
cmp:Lt,LtE left int 14 var 3
cmp:Lt,LtE right var 22 len/1 9
cmp:LtE left var 823 len/1 97 item 83 Mult 45 Add 31 Sub 7 LShift 6 Pow 6 abs/1 5 set/1 5 min/1 3
cmp:LtE right int 650 var 359 item 49 float 21 Sub 10 Mult 8 len/1 7 negative 4 set/1 4 USub 3 int/1 3
cmp:LtE,Lt left int 147 Div 18 var 11 USub 4
cmp:LtE,Lt right var 254 int 29 len/1 28 Div 21 LShift 9 item 6 Add 5 Pow 3
cmp:LtE,LtE left int 155 letter 21 negative 20 min/2 12 Div 6 var 6
cmp:LtE,LtE right var 226 int 106 Sub 36 letter 21 len/1 17 max/2 12 item 8 float 7 int/1 6 .lower/0 3 Div 3
cmp:LtE,LtE right Mult 3
cmp:NotEq left var 1150 len/1 375 item 332 Mod 91 .count/1 44 list/1 30 slice:xx_ 22 .lower/0 19 slice:_x_ 19
cmp:NotEq left Sub 17 slice:x__ 16 BitAnd 14 Add 7 Tuple:2 7 cmp:Gt 6 cmp:Eq 4 .find/1 3 .get/1 3 .strip/0 3
cmp:NotEq left Div 3 RShift 3 int/1 3 math.floor/1 3 min/1 3
cmp:NotEq right var 781 int 628 letter 173 text 166 item 116 len/1 110 negative 82 blank 38 float/1 21
cmp:NotEq right sorted/1 20 Add 17 List:4 12 Sub 10 Mult 7 Tuple:2 7 List:0 6 cmp:Gt 6 int/1 6 BitAnd 4
cmp:NotEq right .find/1 3 .lower/0 3 Mod 3 Tuple:1 3 cmp:Is 3 set/0 3
cmp:NotIn left var 753 letter 68 item 60 text 58 Tuple:2 10 int 9 .lower/0 6 List:2 6 slice:_x_ 5 len/1 4
cmp:NotIn left Mod 3 Sub 3 tuple/1 3
cmp:NotIn right var 784 Tuple:2 67 Tuple:3 23 Tuple:4 23 text 20 range/2 18 List:2 15 Set:2 13 item 12 Add 8
cmp:NotIn right Set:4 4 List:3 3 Set:3 3 str/1 3
dict/1 arg0 var 30 zip/2 15 enumerate/1 7 GeneratorExp:1 4 .items/0 3
divmod/2 arg0 var 110 len/1 13 .index/1 12 Sub 7 Mult 3
divmod/2 arg1 int 77 var 30 Pow 11 Mult 7 len/1 6 LShift 4 negative 3
enumerate/1 arg0 var 454 item 20 slice:_x_ 12 zip/2 7 slice:___ 6 reversed/1 5 slice:x__ 5 .split/1 4
enumerate/1 arg0 sorted/1 4 range/1 3
enumerate/1,start arg0 var 12 slice:x__ 3
enumerate/1,start start= int 15
enumerate/2 arg0 var 24 item 3 slice:x__ 3
enumerate/2 arg1 int 33
filter/2 arg0 None 12 var 7
filter/2 arg1 var 8
float/1 arg0 var 155 text 103 item 58 .strip/0 36 Div 24 Mult 24 Sub 11 .replace/2 9 round/2 9 sum/1 6 int 3
float/1 arg0 round/1 3
frozenset/1 arg0 text 9 var 9 Set:4 5 Set:3 4
fstring shown var 2862 item 263 len/1 96 Add 70 list/1 44 if 42 .join/1 38 Mult 34 Sub 26 abs/1 13 .title/0 12
fstring shown Div 12 tuple/1 10 round/1 9 slice:xx_ 8 Or 7 slice:x__ 7 Tuple:2 6 cmp:IsNot 6 fn:.count 6
fstring shown int/1 6 slice:_x_ 4 .get/1 3 .replace/2 3 Tuple:3 3 math.log/1 3 pow/2 3 sorted/1 3 sum/1 3
hex/1 arg0 var 17 int/1 4 int/2 3
if else var 264 int 179 text 117 None 86 blank 50 Add 46 item 40 letter 28 Mult 22 Sub 15 negative 15
if else List:0 12 False 9 Tuple:2 9 if 8 ListComp:1 7 True 7 float 7 int/1 7 float/1 5 Div 4 Mod 4 min/2 4
if else slice:_x_ 4 .lower/0 3 UAdd 3 len/1 3 math.floor/1 3 sum/1 3
if test var 328 cmp:Eq 166 cmp:Gt 72 cmp:Is 70 cmp:Lt 51 cmp:In 40 Not 36 cmp:GtE 33 cmp:IsNot 33 cmp:NotEq 28
if test isinstance/2 20 cmp:LtE 19 Mod 12 slice:x__ 9 And 8 Or 6 cmp:Lt,Lt 6 cmp:LtE,LtE 6 cmp:NotIn 5
if test .startswith/1 4 item 4 .endswith/1 3 .isalpha/0 3 .isdigit/0 3 cmp:LtE,Lt 3 len/1 3
if then var 225 int 157 item 96 text 91 Add 57 blank 49 letter 36 int/1 20 round/2 16 negative 15 fstring 14
if then None 13 USub 10 slice:_x_ 9 float 8 Mult 7 chr/1 7 float/1 7 FloorDiv 6 Tuple:2 6 str/1 6 sum/1 6
if then False 5 List:0 5 .format/1 4 .join/1 4 Dict:0 4 Div 4 List:1 4 Sub 4 True 4 cmp:Eq 4 min/2 4
if then slice:x__ 4 .rstrip/1 3 .upper/0 3 ListComp:1 3 RShift 3 Tuple:1 3 max/1 3 set/1 3 slice:__x 3
int/1 arg0 var 724 .strip/0 211 item 172 Div 128 Add 85 Mult 77 .join/1 42 slice:_x_ 30 math.sqrt/1 27
int/1 arg0 slice:xx_ 23 cmp:NotEq 21 slice:x__ 20 Or 17 Pow 15 cmp:Eq 15 math.pow/2 12 FloorDiv 11 And 9 Sub 9
int/1 arg0 Mod 6 Not 6 float 6 if 6 cmp:In 5 .replace/2 3 all/1 3 cmp:Eq,Eq 3 cmp:Gt 3 math.log/2 3 max/2 3
int/1 arg0 min/2 3 slice:__x 3 str/1 3 sum/1 3
int/1,base arg0 text 18 var 10
int/1,base base= int 31
int/2 arg0 var 66 Add 12 slice:x__ 11 slice:xx_ 9 item 7 fstring 3
int/2 arg1 int 106 var 12
isinstance/2 arg0 var 2202 item 56
isinstance/2 arg1 var 894 fn:str 426 fn:int 365 Tuple:2 220 fn:list 132 fn:tuple 71 fn:float 59 fn:dict 37
isinstance/2 arg1 Tuple:3 17 fn:Counter 10 fn:bool 7 fn:set 7 Tuple:4 6
item at var 8144 int 5898 Sub 1128 text 770 negative 695 Add 578 Tuple:2 576 item 247 Mod 71 Tuple:3 51
item at FloorDiv 36 Mult 27 letter 24 cmp:Eq 19 .lower/0 15 len/1 13 fn:int 12 BitAnd 11 slice:xx_ 10 Or 9
item at int/1 7 cmp:Gt 6 int/2 6 slice:_x_ 6 True 4 next/1 4 str/1 4 tuple/1 4 .index/1 3 BitOr 3 BitXor 3
item at False 3 List:2 3 None 3 Tuple:1 3 USub 3 fn:float 3 max/1 3
item of var 15591 item 2089 .split/0 51 .split/1 51 fn:list 44 fn:.values 39 fn:tuple 34 .rpartition/1 21
item of .split/2 17 .partition/1 8 .most_common/1 6 List:2 6 fn:dict 6 Dict:2 5 List:4 5
item of .splitlines/0,keepends 4 .get/2 3 .strip/0 3 Mult 3 cmp:Gt 3 divmod/2 3 fn:set 3 fn:str 3 max/1 3
item of max/1,key 3 slice:_x_ 3 sorted/1,key 3 str/1 3
iter/1 arg0 var 82 .keys/0 17 .values/0 15 Tuple:0 6 .items/0 3 ListComp:2f 3
lambda of item 61 var 19 cmp:Eq 14 Add 13 Div 9 And 8 None 7 Mult 6 Sub 6 .startswith/1 5 True 4 cmp:In 4
lambda of int 4 Mod 3 Pow 3 Tuple:2 3 cmp:Is 3 cmp:Lt 3 list/1 3 str/1 3
len/1 arg0 var 5455 item 378 str/1 93 ListComp:1f 19 set/1 18 slice:x__ 15 fn:list 13 slice:_x_ 9 .lstrip/0 5
len/1 arg0 fn:.values 4 fn:str 4 tuple/1 4 .keys/0 3 .split/1 3 ListComp:2f 3 Or 3 Set:3 3 SetComp:1 3
len/1 arg0 SetComp:1f 3 range/3 3 re.findall/2 3
list/1 arg0 var 306 range/1 61 map/2 55 range/2 35 .keys/0 32 .items/0 30 .values/0 25 set/1 14 range/3 12
list/1 arg0 item 11 zip/2 7 Or 6 reversed/1 6 text 6 slice:_x_ 5 enumerate/1 4 .split/0 3 Add 3 Sub 3
list/1 arg0 accumulate/1 3 filter/2 3 slice:__x 3 str/1 3
map/2 arg0 var 85 fn:int 61 fn:str 19 fn:.join 18 fn:list 6 fn:ord 3
map/2 arg1 var 101 .split/0 22 .split/1 21 zip/1 21 str/1 3
math.ceil/1 arg0 math.log2/1 6 Mult 4 Div 3
math.cos/1 arg0 var 21 math.radians/1 3
math.floor/1 arg0 Div 15 math.sqrt/1 6 var 5 Add 3 Mult 3 math.pow/2 3
math.gcd/2 arg0 var 9 Sub 3
math.gcd/2 arg1 var 12
math.log/2 arg0 float 6 FloorDiv 3 abs/1 3 int 3 len/1 3
math.log/2 arg1 int 18
math.log2/1 arg0 var 15 Add 3 len/1 3
math.pow/2 arg0 var 15 int 12 Sub 6 sum/1 3
math.pow/2 arg1 int 18 var 9 Sub 6 math.ceil/1 3
math.radians/1 arg0 var 12
math.sin/1 arg0 var 21 Mult 4
math.sqrt/1 arg0 var 90 Add 9 sum/1 6 Div 3 Mult 3 Sub 3 abs/1 3
max/1 arg0 var 70 GeneratorExp:1 30 List:2 7 .keys/0 6 .values/0 6 item 6 GeneratorExp:1f 3 GeneratorExp:2 3
max/1 arg0 slice:xx_ 3
max/2 arg0 var 193 int 45 item 36 Sub 21 len/1 17 float 9 Add 6 if 4 abs/1 3
max/2 arg1 var 152 int 41 Sub 39 item 39 Add 25 len/1 16 Mult 11 FloorDiv 4 min/2 4 abs/1 3
max/3 arg0 var 14 item 3
max/3 arg1 var 13 Add 3 item 3
max/3 arg2 var 14 Add 3
min/1 arg0 var 70 List:2 6 List:3 6 GeneratorExp:1 3 GeneratorExp:1f 3 slice:__x 3
min/2 arg0 var 185 item 57 Add 26 Sub 9 int 8 len/1 8 Mult 5 FloorDiv 3 float 3 int/1 3 max/2 3
min/2 arg1 var 133 Sub 52 Add 41 item 33 len/1 19 int 16 Div 3 FloorDiv 3 Mult 3 if 3
min/3 arg0 var 26 Add 12 Mult 4
min/3 arg1 var 27 Add 12 Mult 3
min/3 arg2 var 26 Add 12 Mult 3
next/1 arg0 var 89 iter/1 63 itertools.islice/3 5 GeneratorExp:1f 4
ord/1 arg0 var 119 item 79 letter 38 slice:xx_ 3
pow/2 arg0 var 69 int 18 Div 6 Add 3 Sub 3 float/1 3
pow/2 arg1 int 75 var 12 negative 6 Sub 4 Div 3 int/1 3
pow/3 arg0 var 55 int 9
pow/3 arg1 var 42 int 7 FloorDiv 6 Sub 4 Mult 3
pow/3 arg2 var 64
range/1 arg0 var 1441 len/1 569 int 302 Add 285 Sub 173 item 30 FloorDiv 25 int/1 21 Mult 9 min/2 9 Pow 3
range/1 arg0 max/2 3
range/2 arg0 int 860 var 161 Add 110 item 17 negative 7 FloorDiv 6 len/1 4 max/2 3 min/2 3
range/2 arg1 Add 444 var 367 int 156 len/1 132 Sub 46 FloorDiv 9 item 6 min/2 5 int/1 3
range/3 arg0 int 271 Sub 105 var 59 Mult 30 Add 12 FloorDiv 6 Pow 6 Mod 3 int/1 3
range/3 arg1 negative 95 int 93 len/1 82 Add 76 var 67 int/1 45 Sub 24 FloorDiv 6 Mult 4
range/3 arg2 int 189 negative 186 var 118 Add 3
re.compile/1 arg0 text 93 var 11 Mod 7
re.compile/2 arg0 text 47 var 8 .format/0,delim 4 Mod 3
re.compile/2 arg1 var 59 BitOr 14
re.escape/1 arg0 var 16
re.findall/2 arg0 text 15 Add 3 var 3
re.findall/2 arg1 var 16 str/1 3
re.match/2 arg0 text 29 var 6
re.match/2 arg1 var 33
re.search/2 arg0 var 13 text 9
re.search/2 arg1 var 22
re.sub/3 arg0 text 24
re.sub/3 arg1 blank 9 letter 7 var 6 text 5
re.sub/3 arg2 var 20 str/1 3
reversed/1 arg0 var 42 range/1 26 item 3 tuple/1 3
round/1 arg0 Mult 73 var 16 Div 13 float/1 9 Sub 3 item 3
round/2 arg0 Div 54 var 34 Add 30 Mult 21 Sub 21 float/1 6 math.degrees/1 5 abs/1 3 math.sqrt/1 3
round/2 arg1 int 117 var 66
set/1 arg0 var 107 range/3 18 Add 16 text 14 GeneratorExp:1 7 .split/0 6 map/2 6 letter 4 range/1 4 str/1 3
slice:___ of var 111 list/1 6 item 5
slice:__x of var 83 .split/0 6 str/1 6 ListComp:1 3
slice:__x step negative 100 int 7
slice:_x_ of var 937 item 28 str/1 18 .split/1 7 list/1 6 .join/1 3 fn:list 3 fstring 3
slice:_x_ stop int 361 var 331 negative 255 Sub 43 USub 24 Add 16 FloorDiv 6 len/1 5 .index/1 3 Mult 3 int/1 3
slice:_x_ stop item 3
slice:x__ of var 990 bin/1 63 str/1 27 hex/1 21 item 18 .split/1 6 .strip/1 3
slice:x__ start int 615 var 240 Add 113 negative 93 len/1 27 Sub 24 USub 18 FloorDiv 3
slice:xx_ of var 660 str/1 6 item 5 fn:hex 3 fn:str 3
slice:xx_ start var 334 int 283 Add 37 Sub 15 Mult 9 len/1 4 negative 3
slice:xx_ stop Add 263 int 167 var 152 negative 75 Sub 18 len/1 6 .index/1 3
sorted/1 arg0 var 99 str/1 27 .items/0 21 .keys/0 14 set/1 10 GeneratorExp:1 9 SetComp:1f 9 List:3 6 Add 4
sorted/1 arg0 item 4 GeneratorExp:2 3 List:2 3 SetComp:1 3 map/2 3 string.lower/0 3
sorted/1,key arg0 var 23 .items/0 13 set/1 6 GeneratorExp:1 3
sorted/1,key key= lambda 24 var 11 fn:.find 6 fn:abs 3
sorted/1,key,reverse arg0 var 15 .items/0 7 GeneratorExp:1 3 zip/2 3
sorted/1,key,reverse key= lambda 16 var 6
sorted/1,key,reverse reverse= True 30
str/1 arg0 var 680 item 70 Mult 31 abs/1 28 bin/1 27 Mod 19 int/1 12 Sub 10 len/1 10 Pow 9 Add 8 Div 6 Or 6
str/1 arg0 max/2 6 slice:__x 6 FloorDiv 5 BitAnd 4 next/1 4 .strip/0 3 ListComp:1 3 fstring 3 list/1 3 sum/1 3
str/2 arg0 var 26
str/2 arg1 text 22 var 10
sum/1 arg0 GeneratorExp:1 235 var 94 GeneratorExp:1f 52 slice:_x_ 18 item 9 slice:xx_ 9 .values/0 8 map/2 4
sum/1 arg0 GeneratorExp:2 3 GeneratorExp:2f 3 SetComp:1f 3 Tuple:2 3 divmod/2 3 range/2 3 slice:x__ 3
tuple/1 arg0 var 122 GeneratorExp:1 50 map/2 21 item 13 sorted/1 8 GeneratorExp:1f 6 itertools.islice/2 5
tuple/1 arg0 .values/0 4 ListComp:1 4 iter/1 4 slice:___ 3 slice:xx_ 3
zip/2 arg0 var 162 .zfill/1 9 range/3 8 range/1 6 map/2 3 slice:_x_ 3
zip/2 arg1 var 159 .zfill/1 9 slice:x__ 6 .values/0 3 Mult 3 range/1 3 range/2 3 range/3 3 slice:_x_ 3
"""

INTEGERS: Final = """\
1 18875 0 16832 2 6728 -1 2538 3 2449 4 1635 5 1342 10 1225 6 841 8 825 7 624 9 497 100 352 16 349 12 328
20 325 -2 307 255 298 32 256 11 250 15 246 13 231 50 172 30 170 24 162 14 155 64 154 256 145 1000 127 22 121
17 120 60 120 31 119 26 114 23 103 128 101 90 100 200 99 40 99 18 93 21 93 19 91 25 91 -3 79 97 79 80 78
127 76 180 76 4294967295 76 160 75 36 74 1024 73 250 73 251 73 65 71 41 70 45 70 171 68 176 68 183 67
"""

LETTERS: Final = """\
32 702 10 486 46 469 45 323 44 311 47 257 48 236 49 176 58 168 42 159 95 159 92 135 66 134 65 133 67 130
97 127 34 126 68 124 98 123 114 114 70 111 40 107 41 104 62 103 119 98 61 96 120 89 69 88 100 86 43 83 102 74
115 74 60 74 35 72 101 68 59 67 99 66 110 65 39 65 113 64 64 63 91 62 124 61 63 58 93 58 37 56 88 56 50 55
105 53 116 53 52 53 51 52 109 51 121 51 71 51 73 51 76 51 117 49 9 49 122 47
"""
