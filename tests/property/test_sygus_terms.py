"""What is printed of a SyGuS problem is read as the same: literals, terms, whole problems."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aurora.synthesis.sygus.grammar import Scope, read_term
from aurora.synthesis.sygus.literals import read_literal, write_literal
from aurora.synthesis.sygus.printer import print_problem, print_term
from aurora.synthesis.sygus.problem import Example, Grammar, Problem, production
from aurora.synthesis.sygus.reader import read_problem
from aurora.synthesis.sygus.sexpr import Sexpr, Unreadable, read, write
from aurora.synthesis.sygus.terms import BOOL, INT, STRING, Apply, Constant, Hole, Term, Variable, bit_vector

LETTERS = st.characters(max_codepoint=0x2FFFF, exclude_categories=["Cs"])
"""SMT-LIB's alphabet ends there."""

TEXTS = st.text(LETTERS)

CONSTANTS = st.one_of(
    st.builds(Constant, TEXTS, st.just(STRING)),
    st.builds(Constant, st.integers(), st.just(INT)),
    st.builds(Constant, st.booleans(), st.just(BOOL)),
    st.integers(1, 70).flatmap(
        lambda width: st.builds(Constant, st.integers(0, (1 << width) - 1), st.just(bit_vector(width)))
    ),
)

STRING_LEAVES = st.one_of(
    st.builds(Constant, TEXTS, st.just(STRING)), st.just(Variable("s")), st.just(Hole("N", 0))
)


def _larger(terms: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    one = Constant(-1, INT)
    return st.one_of(
        st.builds(lambda a, b: Apply("str.++", (a, b)), terms, terms),
        st.builds(lambda a: Apply("str.at", (a, one)), terms),
        st.builds(lambda a, b, c: Apply("str.replace", (a, b, c)), terms, terms, terms),
    )


TERMS = st.recursive(STRING_LEAVES, _larger, max_leaves=12)


def numbered(term: Term) -> Term:
    """``term`` with its holes counted from the left, as a reader counts them."""
    numbers = iter(range(1_000))

    def count(part: Term) -> Term:
        if isinstance(part, Apply):
            return Apply(part.operator, tuple(map(count, part.arguments)))
        return Hole(part.nonterminal, next(numbers)) if isinstance(part, Hole) else part

    return count(term)


def parsed(text: str) -> Sexpr:
    """The s-expression of one term."""
    ((_, sexpr),) = read(f"(term {text})")
    return sexpr


@given(CONSTANTS)
def test_a_literal_is_read_as_it_was_written(constant: Constant) -> None:
    assert read_literal(parsed(write_literal(constant))) == constant


@given(TERMS)
def test_a_term_is_read_as_it_was_printed(term: Term) -> None:
    scope = Scope({"s": STRING}, {"N": STRING}, {})
    assert read_term(parsed(print_term(numbered(term))), scope) == numbered(term)


@given(st.lists(TERMS, min_size=1, max_size=4), st.lists(st.tuples(TEXTS, TEXTS), min_size=1, unique=True))
def test_a_problem_is_read_as_it_was_printed(terms: list[Term], pairs: list[tuple[str, str]]) -> None:
    kept = [numbered(term) for term in terms if not isinstance(term, Hole)] or [Variable("s")]
    grammar = Grammar("N", {"N": STRING}, tuple(dict.fromkeys(production("N", term, {}) for term in kept)))
    examples = tuple(Example((given_,), wanted) for given_, wanted in pairs)
    problem = Problem("SLIA", "f", (("s", STRING),), STRING, {}, grammar, examples)
    assert read_problem(print_problem(problem)) == problem


@given(st.text(st.sampled_from('()";ab |#x1-\n'), max_size=40))
def test_the_reader_never_raises_anything_but_its_own_error(text: str) -> None:
    try:
        forms = read(text)
    except Unreadable:
        return
    assert read("\n".join(map(write, forms))) == forms


@given(
    st.lists(
        st.sampled_from(
            ["(", ")", "synth-fun", "f", "Int", "x", "1", "=", "constraint", "define-fun", "_", '"a"']
        )
    )
)
def test_no_text_makes_a_trace(words: list[str]) -> None:
    from aurora.errors import InvalidInput

    try:
        read_problem(" ".join(words))
    except InvalidInput:
        return
