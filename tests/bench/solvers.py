"""Two SyGuS solvers under the same conditions: each task in a process of its own, limits on memory and processor time.

A time is processor time from reading the text of the problem to having a solution, in a process that has imported its
solver already: what other processes on the machine do changes it little. cvc5 is given the same problem, printed as
SyGuS 2.1, with ``incremental=false``: with the default of its Python API it does not use its method for examples.
"""

from __future__ import annotations

import os
import pickle
import resource
import select
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from aurora.service.sygus import read_file
from aurora.synthesis.sygus.literals import write_literal
from aurora.synthesis.sygus.printer import print_problem, print_solution
from aurora.synthesis.sygus.problem import Example, Problem
from aurora.synthesis.sygus.reader import NotByExamples
from aurora.synthesis.sygus.round import ALL_FEATURES, Features
from aurora.synthesis.sygus.solver import UNITS_PER_SECOND, solve
from aurora.synthesis.sygus.terms import Constant, conditionals, expand, size

MEMORY = 4 << 30

Result = TypeVar("Result")


class Run(NamedTuple):
    """What a solver made of a task; ``solution`` is a ``define-fun``."""

    result: str
    seconds: float
    solution: str = ""
    size: int = 0
    conditionals: int = 0
    units: int = 0


def in_a_process(work: Callable[[], Result], seconds: float) -> Result | None:
    """What ``work`` gives in a process of its own, or nothing when it needs too long or dies."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 2))
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(work(), pipe)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    until = time.monotonic() + 8 * seconds + 10
    with os.fdopen(reading, "rb") as pipe:
        if not select.select([pipe], [], [], max(0.0, until - time.monotonic()))[0]:
            os.kill(child, signal.SIGKILL)
        content = pipe.read()
    os.waitpid(child, 0)
    made: Result | None = pickle.loads(content) if content else None
    return made


def run_aurora(path: Path, seconds: float, features: Features = ALL_FEATURES) -> Run:
    """Aurora on one task; every solution was checked by its exact interpreter."""

    def work() -> Run:
        begin = time.process_time()
        try:
            problem = read_file(path)
        except NotByExamples:
            return Run("not by examples", time.process_time() - begin)
        outcome = solve(
            problem,
            units=int(seconds * UNITS_PER_SECOND),
            overdue=lambda: time.process_time() - begin > seconds,
            features=features,
        )
        used = time.process_time() - begin
        if outcome.term is None:
            return Run(outcome.result, used, units=outcome.units)
        count = conditionals(expand(outcome.term, problem.functions))
        solution = print_solution(problem, outcome.term)
        return Run("solved", used, solution, size(outcome.term), count, outcome.units)

    return _in_time(in_a_process(work, seconds), seconds)


def run_cvc5(path: Path, seconds: float) -> Run:
    """cvc5 on one task."""
    import cvc5

    def work() -> Run:
        try:
            text = print_problem(read_file(path))
        except NotByExamples:
            return Run("not by examples", 0.0)
        begin = time.process_time()
        solver = cvc5.Solver()
        solver.setOption("incremental", "false")
        solver.setOption("sygus", "true")
        output = _invoke(solver, cvc5.InputParser(solver), text)
        used = time.process_time() - begin
        if "define-fun" not in output:
            return Run("contradictory" if "infeasible" in output else "unsolved", used)
        solution = output[output.index("(define-fun") : output.rindex(")")].strip()
        return Run("solved", used, solution, conditionals=solution.count("(ite "))

    return _in_time(in_a_process(work, seconds), seconds)


def _in_time(run: Run | None, seconds: float) -> Run:
    """``run``, unless it was killed or came too late."""
    return run if run is not None and run.seconds <= seconds else Run("unsolved", seconds)


def right_answers(problem: Problem, solution: str, examples: list[Example]) -> int:
    """How many of ``examples`` a ``define-fun`` answers rightly, as cvc5 evaluates it."""
    import cvc5

    solver = cvc5.Solver()
    parser = cvc5.InputParser(solver)
    header = print_problem(problem).partition("(synth-fun")[0]
    _invoke(solver, parser, header + solution)
    right = 0
    sorts = [sort for _, sort in problem.parameters]
    for example in examples:
        inputs = " ".join(
            write_literal(Constant(v, sort)) for v, sort in zip(example.inputs, sorts, strict=True)
        )
        output = write_literal(Constant(example.output, problem.returns))
        call = f"({problem.name} {inputs})" if inputs else problem.name
        parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, f"(= {call} {output})", "example")
        answer = solver.simplify(parser.nextTerm(), True)  # with the definition applied
        right += str(answer) == "true"
    return right


def _invoke(solver: object, parser: object, text: str) -> str:
    import cvc5

    language = cvc5.InputLanguage.SYGUS_2_1 if "(synth-fun" in text else cvc5.InputLanguage.SMT_LIB_2_6
    parser.setStringInput(language, text, "task")  # type: ignore[attr-defined]
    output = ""
    while not (command := parser.nextCommand()).isNull():  # type: ignore[attr-defined]
        output += command.invoke(solver, parser.getSymbolManager())  # type: ignore[attr-defined]
    return output
