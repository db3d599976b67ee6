"""What conditions do in a search: prune, tell answers, and give inputs on which the right program shows itself."""

from __future__ import annotations

from search_problems import messages, outcome, problem

from aurora.synthesis.candidates import Inspector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.probes import naturalness, probe_inputs
from aurora.synthesis.problem import Callable, Outcome, Problem, Refuted, Rule
from aurora.synthesis.search.neighbours import places, replaced
from aurora.synthesis.search.telling import information
from aurora.synthesis.search.terms import Apply, constant, embeds, program, variable


def rule(text: str, **variables: str) -> Rule:
    return Rule(text, tuple(variables.items()), tuple(name for name in ("f", "g") if f"{name}(" in text))


def answer(of: Problem) -> tuple[str, str]:
    result = outcome(of)
    return result.result, result.found.program if result.found else ""


SORTED = (
    rule("sorted(f(xs)) == sorted(xs)", xs="list[int]"),
    rule("all(a <= b for a, b in zip(f(xs), f(xs)[1:]))", xs="list[int]"),
)


def test_a_refuted_program_does_not_hide_the_right_one() -> None:
    """On the examples ``abs(x)`` and ``x`` are one behaviour; the refuting input parts them."""
    even = rule("f(-x) == f(x)", x="int")
    said = messages(problem("f(x: int) -> int", "f(3) -> 3", "f(5) -> 5", post=[even]))
    assert any(isinstance(message, Refuted) and message.program == "x" for message in said)
    ended = said[-1]
    assert isinstance(ended, Outcome)
    assert ended.found is not None
    assert ended.found.program == "abs(x)"


def test_properties_that_determine_the_answer_need_no_example() -> None:
    assert answer(problem("f(xs: list[int]) -> list[int]", post=SORTED)) == ("solved", "sorted(xs)")


def test_properties_that_do_not_are_ambiguous() -> None:
    result = outcome(problem("f(x: int) -> int", post=[rule("f(x) > x", x="int")]))
    assert result.result == "ambiguous"
    assert len({*result.distinguishing[0].outputs}) > 1


def test_a_defining_condition_answers_like_examples() -> None:
    given = problem("f(a: int, b: int) -> int", post=[rule("f(a, b) == a * b + 1", a="int", b="int")])
    inspector = Inspector(given)
    assert inspector.stated == 0
    assert len(inspector.wanted) > 10
    assert all(
        wanted == a * b + 1 for (a, b), wanted in zip(inspector.examples, inspector.wanted, strict=True)
    )
    assert answer(given)[0] == "solved"


def test_an_inverse_is_found_by_what_it_undoes() -> None:
    turned = Callable("g", ("str",), "str", "def g(s: str) -> str:\n    return s[::-1]\n")
    given = problem("f(s: str) -> str", post=[rule("f(g(s)) == s", s="str")], library=[turned])
    assert answer(given) in {("solved", "g(s)"), ("solved", "s[::-1]")}


def test_not_equal_defines_a_truth_value_and_nothing_else() -> None:
    even = Callable("g", ("int",), "bool", "def g(n: int) -> bool:\n    return n % 2 == 0\n")
    odd = problem("f(n: int) -> bool", post=[rule("f(n) != g(n)", n="int")], library=[even])
    assert len(Inspector(odd).wanted) > 10
    assert not Inspector(problem("f(n: int) -> int", post=[rule("f(n) != n", n="int")])).wanted


def test_conditions_that_disagree_define_nothing() -> None:
    both = [rule("f(n) == n + 1", n="int"), rule("f(n) == n + 2", n="int")]
    assert not Inspector(problem("f(n: int) -> int", post=both)).wanted


def test_a_repeated_example_and_a_constant_answer_tell_little() -> None:
    def told(*examples: str) -> float:
        inspector = Inspector(problem("f(n: int) -> bool", *examples))
        return information(inspector.examples, inspector.wanted, 0)

    assert told("f(1) -> True", "f(1) -> True") == told("f(1) -> True")
    same = told(*(f"f({n}) -> True" for n in range(16)))
    mixed = told(*(f"f({n}) -> {n % 3 == 0}" for n in range(16)))
    assert same < 5 < 10 < mixed


def test_conditions_tell_as_much_as_they_refute() -> None:
    inspector = Inspector(problem("f(n: int) -> int", "f(3) -> 9"))
    given = inspector.examples, inspector.wanted
    assert information(*given, 255) == information(*given, 0) + 8


def test_probes_begin_near_the_examples_and_know_what_is_unlike_them() -> None:
    given = problem("f(xs: list[int], k: int) -> list[int]", "f([4, 5, 6], 1) -> []", "f([7, 8], 2) -> []")
    assert len(probe_inputs(given)) > 20
    examples = Inspector(given).examples
    near, empty, beyond = naturalness([([4, 6, 5], 1), ([], 0), ([4, 5], 9)], examples)
    assert near == 1 > empty > beyond


def test_dictionaries_sets_and_tuples_have_probes_as_well() -> None:
    for kind, value in [
        ("dict[str, int]", "{'a': 1}"),
        ("set[int]", "{1, 2}"),
        ("tuple[int, str]", "(1, 'a')"),
    ]:
        rows = probe_inputs(problem(f"f(x: {kind}) -> int", f"f({value}) -> 1"))
        assert len(rows) > 10


ADD = Op("{0} + {1}", ("int", "int"), "int", 2)
DOUBLE = Op("{0} * 2", ("int",), "int", 2)
A, B = variable("a", "int"), variable("b", "int")


def test_a_term_embeds_in_what_is_made_of_it() -> None:
    total = Apply(ADD, A, B)
    assert embeds(total, Apply(DOUBLE, total))
    assert embeds(total, Apply(ADD, Apply(DOUBLE, A), B))
    assert not embeds(Apply(DOUBLE, A), total)
    assert not embeds(total, Apply(ADD, B, A))


def test_every_subterm_has_its_place() -> None:
    term = Apply(ADD, Apply(DOUBLE, A), B)
    one = constant("1", "int", 1)
    changed = [program(replaced(term, place.path, one)) for place in places(term)]
    assert changed == ["1", "1 + b", "(a * 2) + 1", "(1 * 2) + b"]


def test_what_is_bound_inside_is_in_scope_there_only() -> None:
    each = Op("[{1} for x in {0}]", ("list[int]", "int"), "list[int]", 3, binds=("x",))
    term = Apply(each, variable("xs", "list[int]"), Apply(DOUBLE, variable("x", "int")))
    scopes = {program(place.term): dict(place.scope) for place in places(term)}
    assert scopes["xs"] == {}
    assert scopes["x * 2"] == {"x": "int"}
