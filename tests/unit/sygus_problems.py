"""Small SyGuS problems for tests, written here: one grammar of strings, one of bit-vectors, and their examples."""

from __future__ import annotations

from aurora.synthesis.sygus.problem import Problem
from aurora.synthesis.sygus.reader import read_problem

STRINGS = """
  (Start String (ntString))
  (ntString String ({texts} (str.++ ntString ntString) (str.replace ntString ntString ntString)
    (str.at ntString ntInt) (int.to.str ntInt) (ite ntBool ntString ntString) (str.substr ntString ntInt ntInt)))
  (ntInt Int ({numbers} (+ ntInt ntInt) (- ntInt ntInt) (str.len ntString) (str.to.int ntString)
    (ite ntBool ntInt ntInt) (str.indexof ntString ntString ntInt)))
  (ntBool Bool (true false (= ntInt ntInt) (str.prefixof ntString ntString) (str.suffixof ntString ntString)
    (str.contains ntString ntString)))
"""

BITS = """
(set-logic BV)
(define-fun half ((x (BitVec 8))) (BitVec 8) (bvlshr x #x01))
(define-fun twice ((x (BitVec 8))) (BitVec 8) (bvshl x #x01))
(define-fun one ((x (BitVec 8)) (y (BitVec 8)) (z (BitVec 8))) (BitVec 8) (ite (= x #x01) y z))
(synth-fun f ((x (BitVec 8))) (BitVec 8) ((Start (BitVec 8) (#x00 #x01 x (bvnot Start) (twice Start) (half Start)
  (bvand Start Start) (bvor Start Start) (bvxor Start Start) (bvadd Start Start) (one Start Start Start)))))
"""


def strings(
    *examples: str, parameters: str = "(s String)", returns: str = "String", texts: str = ""
) -> Problem:
    """A problem over the grammar of strings: ``examples`` are ``inputs -> output``, as literals."""
    pairs = [pair.split() for pair in parameters.strip("()").split(") (")]
    variables = {kind: " ".join(name for name, other in pairs if other == kind) for kind in ("String", "Int")}
    grammar = STRINGS.format(
        texts=f'{variables["String"]} {texts} "" " "', numbers=f"{variables['Int']} 0 1 2"
    )
    start = {"String": "ntString", "Int": "ntInt", "Bool": "ntBool"}[returns]
    grammar = grammar.replace("Start String (ntString)", f"Start {returns} ({start})")
    lines = ["(set-logic SLIA)", f"(synth-fun f ({parameters}) {returns} ({grammar}))"]
    return read_problem("\n".join([*lines, *map(_constraint, examples)]))


def bits(*examples: str) -> Problem:
    """A problem over the grammar of bit-vectors with eight bits: ``examples`` are ``#x01 -> #x02``."""
    return read_problem(BITS + "\n".join(map(_constraint, examples)))


def _constraint(example: str) -> str:
    inputs, output = example.split(" -> ")
    return f"(constraint (= (f {inputs}) {output}))"
