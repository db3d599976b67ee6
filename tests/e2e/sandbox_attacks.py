"""Attack programs by name. One that got what it wanted sets ``out = "ESCAPED"``, or has an effect that shows.

The names CANARY (a file), HOME (its folder), TCP, UDP (ports), ABSTRACT (a socket) and CALLER (a process id)
are given to programs that are run without the audit.
"""

from __future__ import annotations

# What would touch the world: without the audit these must fail at the walls of the operating system.
OUTSIDE = {
    "write a file": "open(CANARY, 'w').write('x'); out = 'ESCAPED'",
    "append to a file": "open(CANARY, 'a').write('x'); out = 'ESCAPED'",
    "read a file": "out = 'ESCAPED' + open(CANARY).read()",
    "read the password file": "out = 'ESCAPED' + open('/etc/passwd').read()",
    "list the root folder": "import os; out = 'ESCAPED' + str(os.listdir('/'))",
    "make a file beside": "open(HOME + '/new', 'w'); out = 'ESCAPED'",
    "make a file in the working directory": "open('new', 'w'); out = 'ESCAPED'",
    "make a file in tmp": "import tempfile; tempfile.mkstemp(); out = 'ESCAPED'",
    "make a folder": "import os; os.mkdir(HOME + '/new'); out = 'ESCAPED'",
    "make a pipe": "import os; os.mkfifo(HOME + '/new'); out = 'ESCAPED'",
    "remove a file": "import os; os.remove(CANARY); out = 'ESCAPED'",
    "remove a tree": "import shutil; shutil.rmtree(HOME, ignore_errors=True)",
    "rename a file": "import os; os.rename(CANARY, HOME + '/new'); out = 'ESCAPED'",
    "truncate a file": "import os; os.truncate(CANARY, 0); out = 'ESCAPED'",
    "change the mode": "import os; os.chmod(CANARY, 0o777); out = 'ESCAPED'",
    "change the owner": "import os; os.chown(CANARY, 1, 1); out = 'ESCAPED'",
    "change the times": "import os; os.utime(CANARY, (0, 0)); out = 'ESCAPED'",
    "set an attribute of a file": "import os; os.setxattr(CANARY, 'user.x', b'x'); out = 'ESCAPED'",
    "symbolic link": "import os; os.symlink('/etc/passwd', HOME + '/new'); out = 'ESCAPED'",
    "hard link": "import os; os.link(CANARY, HOME + '/new'); out = 'ESCAPED'",
    "walk up by chdir": "import os; os.chdir('/'); out = 'ESCAPED' + str(os.listdir('.'))",
    "change the root": "import os; os.chroot('/'); out = 'ESCAPED'",
    "own memory as a file": "open('/proc/self/mem', 'r+b'); out = 'ESCAPED'",
    "memory of the caller": "open(f'/proc/{CALLER}/mem', 'rb'); out = 'ESCAPED'",
    "environment of the caller": "out = 'ESCAPED' + open(f'/proc/{CALLER}/environ').read()",
    "open files of the caller": "import os; out = 'ESCAPED' + str(os.listdir(f'/proc/{CALLER}/fd'))",
    "inherited descriptors": """
import os
for number in range(4, 4096):
    try:
        os.fstat(number)
        out = 'ESCAPED'
    except OSError:
        pass
""",
    "leaked secrets in the environment": """
import os
out = 'ESCAPED' if 'AURORA_TEST_SECRET' in os.environ else 'nothing'
""",
    "connect over TCP": "import socket; socket.create_connection(('127.0.0.1', TCP)); out = 'ESCAPED'",
    "send over UDP": """
import socket
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', UDP))
out = 'ESCAPED'
""",
    "listen on a port": """
import socket
listener = socket.socket()
listener.bind(('127.0.0.1', 0))
out = 'ESCAPED'
""",
    "connect to an abstract socket": """
import socket
socket.socket(socket.AF_UNIX).connect('\\0' + ABSTRACT)
out = 'ESCAPED'
""",
    "download": "import urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{TCP}', timeout=1)",
    "netlink socket": "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0); out = 'ESCAPED'",
    "fork": "import os; os.fork(); out = 'ESCAPED'",
    "fork bomb": """
import os
while True:
    try:
        os.fork()
        out = 'ESCAPED'
    except OSError:
        break
""",
    "daemon": """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(60)
""",
    "shell command": "import os; out = 'ESCAPED' if os.system(f'echo x > {CANARY}') == 0 else 'nothing'",
    "subprocess": "import subprocess; subprocess.run(['/bin/sh', '-c', 'true'], check=True); out = 'ESCAPED'",
    "become another program": "import os; os.execv('/bin/sh', ['sh', '-c', 'sleep 60'])",
    "spawn": "import os; os.posix_spawn('/bin/sleep', ['sleep', '60'], {}); out = 'ESCAPED'",
    "thread bomb": """
import threading, time
for _ in range(100000):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    out = 'ESCAPED'
""",
    "process pool": "import multiprocessing; multiprocessing.Process(target=int).start(); out = 'ESCAPED'",
    "kill the fork server": "import os; os.kill(os.getppid(), 9); out = 'ESCAPED'",
    "kill the caller": "import os; os.kill(CALLER, 9); out = 'ESCAPED'",
    "kill everything": "import os; os.kill(-1, 9); out = 'ESCAPED'",
    "signal the group of the caller": "import os; os.killpg(os.getpgid(CALLER), 9); out = 'ESCAPED'",
    "signal by owner of a descriptor": """
import fcntl, os
reading, writing = os.pipe()
fcntl.fcntl(reading, fcntl.F_SETOWN, CALLER)
out = 'ESCAPED'
""",
    "raise the limits": """
import resource
resource.setrlimit(resource.RLIMIT_NPROC, (100, 100))
out = 'ESCAPED'
""",
    "become root": "import os; os.setuid(0); os.setgid(0); os.setgroups([0]); out = 'ESCAPED'",
    "lower the niceness": "import os; os.setpriority(os.PRIO_PROCESS, CALLER, 19); out = 'ESCAPED'",
    "walk to Popen": """
for each in ().__class__.__base__.__subclasses__():
    if each.__name__ == 'Popen':
        each(['/bin/sh', '-c', 'true']); out = 'ESCAPED'
else:
    import subprocess
    subprocess.Popen(['/bin/sh', '-c', 'true']); out = 'ESCAPED'
""",
    "run code at exit": "import atexit; atexit.register(lambda: open(CANARY, 'w'))",
    "unraisable hook": """
import sys
sys.unraisablehook = lambda _: open(CANARY, 'w')
class Late:
    def __del__(self): raise ValueError
Late()
""",
}

# System calls by number (x86_64), for what Python has no function.
SYSTEM_CALLS = {
    "ptrace": (101, "0, 0, 0, 0"),
    "attach to the fork server": (101, "16, os.getppid(), 0, 0"),
    "clone": (56, "17, 0, 0, 0, 0"),
    "vfork-like clone3": (435, "0, 88"),
    "read memory of the caller": (310, "CALLER, 0, 0, 0, 0, 0"),
    "write memory of the caller": (311, "CALLER, 0, 0, 0, 0, 0"),
    "open a process": (434, "CALLER, 0"),
    "steal a descriptor": (438, "CALLER, 0, 0"),
    "new namespaces": (272, "0x10000000"),
    "enter a namespace": (308, "0, 0"),
    "mount": (165, "0, 0, 0, 0, 0"),
    "pivot the root": (155, "0, 0"),
    "load a BPF program": (321, "0, 0, 0"),
    "performance events": (298, "0, 0, -1, -1, 0"),
    "keyring": (250, "0, -3, 0"),
    "set up io_uring": (425, "8, 0"),
    "anonymous file": (319, "0, 0"),
    "user page faults": (323, "0"),
    "shared memory": (29, "0, 4096, 0o1000"),
    "open for writing by openat2": (437, "-100, 0, 0, 24"),
    "undo the privileges": (157, "4, 1, 0, 0, 0"),
    "reboot": (169, "0, 0, 0, 0"),
    "x32 calling convention": (0x40000000 + 39, ""),
}

# What uses up time, memory or patience; it names nothing forbidden, so the audit lets some of it pass.
BOMBS = {
    "endless loop": "while True:\n    pass",
    "endless call of a built-in": "out = sum(iter(int, 1))",
    "huge power": "out = len(str(10 ** 10 ** 10))",
    "many digits": "out = str(2 ** 10 ** 6)",
    "huge text": "out = len('a' * 10 ** 11)",
    "huge list": "out = len([0] * 10 ** 11)",
    "doubling text": "text = 'ab'\nwhile True:\n    text += text",
    "growing list": "items = []\nwhile True:\n    items += [items] * 1000",
    "growing dict": "table = {}\nfor number in range(10 ** 9):\n    table[number] = [number] * 100",
    "growing set": "out = len(set(range(10 ** 9)))",
    "nested lists": "items = []\nfor _ in range(500000):\n    items = [items]\nout = len(repr(items))",
    "endless regular expression": "import re\nout = re.match('(a+)+$', 'a' * 40 + 'b')",
    "endless recursion": "def f(x):\n    return f(x + 1)\nout = f(0)",
    "mutual recursion": "def f(x):\n    return g([x])\ndef g(x):\n    return f([x])\nout = f(0)",
    "swallowed exceptions": """
while True:
    try:
        1 / 0
    except ZeroDivisionError:
        pass
""",
    "return from finally": (
        "def f():\n    while True:\n        try:\n            while True:\n                pass\n"
        "        finally:\n            continue\nout = f()"
    ),
    "message to draw on the terminal": "raise ValueError('\\x1b[2J\\x1b]0;owned\\x07\\nsecond line')",
    "huge result": "out = 'a' * (4 * 1024 * 1024)",
}

# The same, by means that the audit refuses.
FLOODS = {
    "sleep": "import time; time.sleep(60)",
    "replace built-in functions": """
import builtins, os
builtins.len = os.write = lambda *_: 0
os._exit = None
""",
    "deaf to signals": """
import signal
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True: pass
""",
    "flood of output": "import sys\nwhile True: sys.stdout.write('x' * 65536); sys.stderr.write('x' * 65536)",
    "flood of messages": "while True: send(b'x' * 65536)",
    "flood of empty messages": "while True: send(b'')",
    "flood of the result pipe": "import os\nwhile True: os.write(3, b'\\0' * 65536)",
    "half a result": "import os, struct; os.write(3, struct.pack('<cQ', b'r', 100)); os._exit(0)",
    "a result of all lengths": "import os, struct; os.write(3, struct.pack('<cQ', b'r', 2 ** 63))",
    "forged second result": "import os, struct; os.write(3, struct.pack('<cQ', b'r', 1) + b'1')",
    "closed result pipe": "import os; os.close(3)",
    "exit": "import os; os._exit(0)",
    "polite exit": "raise SystemExit(0)",
    "abort": "import os; os.abort()",
    "crash": "import ctypes; ctypes.string_at(0)",
    "recursion without limit": "import sys; sys.setrecursionlimit(10 ** 9)\ndef f(): return f()\nf()",
    "map memory": "import mmap; keep = [mmap.mmap(-1, 2 ** 30) for _ in range(1000)]",
    "open many files": "import os\nkeep = [os.dup(0) for _ in range(100000)]",
    "exception that fails to print": "class E(Exception):\n    def __str__(self): raise E\nraise E",
}

# Ways round the language's own fences: nothing may pass the audit.
TRICKS = {
    "subclasses": "().__class__.__base__.__subclasses__()",
    "format walk": "'{0.__class__.__base__}'.format(1)",
    "nested format walk": "'{:{0.__class__}}'.format(1)",
    "format by index": "'{0[0].__class__}'.format([1])",
    "format as a value": "walk = '{0.__class__}'.format\nwalk(1)",
    "format through the type": "str.format('{0.__class__}', 1)",
    "format over a map": "list(map(str.format, ['{0.__class__}'], [1]))",
    "format with a map": "'{a.__class__}'.format_map({'a': 1})",
    "format walk in an f-string": "f'{().__class__}'",
    "getattr": "getattr(1, '__cl' + 'ass__')",
    "getattr from the built-ins": "__builtins__['getattr']",
    "eval": "eval('1')",
    "exec": "exec('import os')",
    "compile": "compile('1', '', 'eval')",
    "built-in import": "__import__('os')",
    "globals": "globals()['__builtins__']",
    "vars": "vars()",
    "type with three arguments": "type('X', (), {})",
    "class": "class X:\n    pass",
    "metaclass by type of type": "type(type(1))('X', (), {})",
    "object": "object()",
    "super": "super()",
    "code object": "(lambda: 1).__code__",
    "replaced code": "def f(): pass\nf.__code__ = 1",
    "generator frame": "(x for x in []).gi_frame",
    "coroutine frame": "async def f(): pass\nf().cr_frame",
    "traceback": "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    e.__traceback__.tb_frame",
    "frame of a traceback": "def f(trace):\n    return trace.tb_frame",
    "globals of a frame": "def f(frame):\n    return frame.f_globals",
    "frame by with_traceback": "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    e.with_traceback",
    "object of an exception": "try:\n    1 .x\nexcept AttributeError as e:\n    e.obj",
    "catch everything": "try:\n    pass\nexcept:\n    pass",
    "catch the base of exceptions": "try:\n    pass\nexcept BaseException:\n    pass",
    "dunder name": "__name__",
    "dunder argument": "def f(__builtins__): pass",
    "dunder keyword": "dict(__class__=1)",
    "dunder through an alias": "import math as __builtins__",
    "dunder in other letters": "().__ｃlass__",
    "import os": "import os",
    "import inside a function": "def f():\n    import os",
    "import of a submodule": "import os.path",
    "import with an alias": "import math, sys as math",
    "import of everything": "from math import *",
    "relative import": "from . import x",
    "import of a private name": "from functools import _make_key",
    "module inside a module": "from statistics import sys",
    "module inside a module, by attribute": "import re\nre.enum.sys.modules",
    "attribute getter": "from operator import attrgetter",
    "method caller": "import operator\noperator.methodcaller('__class__')",
    "wrapper that copies attributes": "from functools import update_wrapper",
    "formatter": "import string\nstring.Formatter().format('{0.__class__}', 1)",
    "evaluated annotations": "from typing import get_type_hints",
    "named tuple": "from collections import namedtuple",
    "class by a typed dict": "from typing import TypedDict",
    "decorator": "@list\ndef f(): pass",
    "decorator with a walk": "@(lambda f: f.__globals__)\ndef f(): pass",
    "match on attributes": "match 1:\n    case int(real=x): pass",
    "with": "with open('x'): pass",
    "global": "def f():\n    global x\n    x = 1",
    "nonlocal": "def f():\n    x = 1\n    def g():\n        nonlocal x",
    "yield": "def f():\n    yield 1",
    "replaced function of a module": "import math\nmath.sqrt = 1",
    "deleted function of a module": "import math\ndel math.sqrt",
    "loop into an attribute": "import math\nfor math.pi in [3]:\n    pass",
    "input": "input()",
    "open": "open('x')",
    "breakpoint": "breakpoint()",
    "memoryview": "memoryview(b'')",
    "print to a file": "print('x')",
    "clock": "import datetime",
    "chance": "import random",
    "address": "id(1)",
    "too deep for the parser": "(" * 500 + ")" * 500,
    "too deep for the compiler": "-" * 20000 + "1",
    "too long": "x = 1\n" * 50000,
    "null byte": "x = 1\0",
    "literal with too many digits": "9" * 5000,
    "not Python": "def",
}
