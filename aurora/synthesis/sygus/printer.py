"""Prints terms, definitions and whole problems as SyGuS 2.1, which other solvers read."""

from __future__ import annotations

from collections.abc import Iterable

from aurora.synthesis.sygus.literals import write_literal, write_sort
from aurora.synthesis.sygus.problem import Problem
from aurora.synthesis.sygus.terms import Apply, Constant, Hole, Sort, Term


def print_term(term: Term) -> str:
    """``term`` as an s-expression; a hole is its nonterminal."""
    if isinstance(term, Constant):
        return write_literal(term)
    if isinstance(term, Hole):
        return term.nonterminal
    if isinstance(term, Apply):
        return f"({term.operator} {' '.join(map(print_term, term.arguments))})"
    return term.name


def print_solution(problem: Problem, term: Term) -> str:
    """The definition of the function sought, with ``term`` as its body."""
    return _definition(problem.name, problem.parameters, problem.returns, term)


def print_problem(problem: Problem) -> str:
    """The whole problem; ``read_problem`` reads the same problem from it."""
    grammar = problem.grammar
    names = list(dict.fromkeys([grammar.start, *(each.nonterminal for each in grammar.productions)]))
    declared = " ".join(f"({name} {write_sort(grammar.sorts[name])})" for name in names)
    lines = [f"(set-logic {problem.logic})"]
    lines += [_definition(f.name, f.parameters, f.returns, f.body) for f in problem.functions.values()]
    lines += [
        f"(synth-fun {problem.name} {_parameters(problem.parameters)} {write_sort(problem.returns)}",
        f" ({declared})",
        " (",
    ]
    for name in names:
        terms = " ".join(print_term(p.term) for p in grammar.productions if p.nonterminal == name)
        lines.append(f"  ({name} {write_sort(grammar.sorts[name])} ({terms}))")
    lines.append(" ))")
    sorts = [sort for _, sort in problem.parameters]
    for example in problem.examples:
        inputs = " ".join(
            write_literal(Constant(value, sort)) for value, sort in zip(example.inputs, sorts, strict=True)
        )
        output = write_literal(Constant(example.output, problem.returns))
        lines.append(f"(constraint (= ({problem.name} {inputs}) {output}))")
    return "\n".join([*lines, "(check-synth)", ""])


def _definition(name: str, parameters: Iterable[tuple[str, Sort]], returns: Sort, body: Term) -> str:
    return f"(define-fun {name} {_parameters(parameters)} {write_sort(returns)} {print_term(body)})"


def _parameters(parameters: Iterable[tuple[str, Sort]]) -> str:
    return "(" + " ".join(f"({name} {write_sort(sort)})" for name, sort in parameters) + ")"
