"""The corpus is found by types and by words, as fresh as its last event."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from aurora.learning.retrieval import about
from aurora.specs.parser import parse
from aurora.specs.signatures import SignatureError, read_signature
from aurora_events.base import Event
from aurora_events.corpus import record_id
from aurora_events.review import Invalidated, Promoted
from aurora_events.runs import FunctionSolved
from aurora_projections import queries
from aurora_projections.retrieval import Query, alike, permuted
from aurora_projections.views import Views
from aurora_projections.words import bag, words_of
from tests.bench import retrieval as bench
from tests.projection_log import RECORD, SECOND, START, Log, make


def solved(name: str, key: str, prose: str = "", n: int = 1, **fields: object) -> FunctionSolved:
    """A function of these types whose docstring is ``prose``, the ``n``-th of the log."""
    snippet = f'def {name}(a):\n    """{prose}"""\n    return {n}\n'
    record = replace(RECORD, func_name=name, sig_key=key, snippet=snippet, spec_hash=f"{n:064}", post_bow=())
    record = replace(record, **fields)
    event = make(FunctionSolved, record=record, at=START + n * SECOND)
    assert isinstance(event, FunctionSolved)
    return event


def given(*events: Event) -> sqlite3.Connection:
    return Views.in_memory(Log(events)).connection


def names(views: sqlite3.Connection, query: Query, k: int = 8) -> Sequence[str]:
    return [found.entry.func_name for found in queries.ranked(views, query, k)]


REVERSE = solved("reverse", "(S)->S", "The text from back to front.", 1)
SHOUT = solved("shout", "(S)->S", "A text in capitals.", 2)
BACKWARDS = solved("backwards", "(L[I])->L[I]", "A list from back to front.", 3)
LIMIT = solved("limit", "(L[I],I)->L[I]", "The first items.", 4)


def test_equal_types_whose_words_agree_come_first_then_what_words_and_types_say_together() -> None:
    views = given(REVERSE, SHOUT, BACKWARDS, LIMIT)
    query = Query("(S)->S", "mirror", ("Turns a text round, from back to front.",))
    assert names(views, query) == ["reverse", "backwards", "shout"]


def test_without_any_common_word_types_decide_then_evidence_then_cost_then_the_newest() -> None:
    untested = solved("untested", "(I)->I", n=3, score=0.5, passed=0, total=0)
    views = given(
        solved("dear", "(I)->I", n=1, score=9.0),
        solved("partial", "(I)->I", n=2, score=0.0, passed=2),
        make(Promoted, record=untested.record),
        solved("older", "(I)->I", n=4, score=1.0),
        solved("newer", "(I)->I", n=5, score=1.0),
        solved("other", "(S)->S", n=6),
    )
    found = names(views, Query("(I)->I", "zzz"))
    assert found == ["newer", "older", "dear", "partial", "untested"]


def test_an_entry_says_why_it_was_found() -> None:
    views = given(solved("power", "(I,S)->S", "How often."), solved("other", "(S,I)->S", n=2))
    first, second = queries.ranked(views, Query("(S,I)->S", "power", ("often",)), 8)
    assert (first.rank, first.same_types, first.permuted, first.same_name) == (1, False, True, True)
    assert first.text_score > 0
    assert (second.rank, second.same_types, second.permuted, second.text_score) == (2, True, False, 0.0)


def test_equal_code_counts_once_and_never_more_than_k_are_given() -> None:
    record = replace(RECORD, snippet="def f(a):\n    return 1\n")
    twins = [make(FunctionSolved, record=replace(record, spec_hash=f"{n:064}")) for n in range(3)]
    views = given(*twins, REVERSE, SHOUT)
    assert len(queries.ranked(views, Query(RECORD.sig_key, ""), 8)) == 1
    assert names(views, Query("(S)->S", ""), 1) == ["shout"]


def test_a_function_is_found_by_its_words_from_the_event_on_that_adds_it_until_the_one_that_withdraws_it() -> (
    None
):
    query = Query("", "", ("back to front",))
    withdrawn = make(Invalidated, corpus_id=record_id(REVERSE.record))
    assert names(given(SHOUT), query) == []
    assert names(given(SHOUT, REVERSE), query) == ["reverse"]
    assert names(given(SHOUT, REVERSE, withdrawn), query) == []
    assert names(given(SHOUT, REVERSE, withdrawn, REVERSE), query) == ["reverse"]


def test_words_of_post_conditions_and_names_find_a_function_too() -> None:
    views = given(solved("totalPrice", "(F)->F", post_bow=("discount", "größe")), SHOUT)
    assert names(views, Query("", "", ("price",))) == ["totalPrice"]
    assert names(views, Query("", "", ("Discounts",))) == ["totalPrice"]
    assert names(views, Query("", "", ("Größe",))) == ["totalPrice"]


def test_code_that_is_no_python_is_found_by_its_name() -> None:
    broken = make(FunctionSolved, record=replace(RECORD, func_name="broken", snippet="def broken(:"))
    assert names(given(broken), Query("", "broken")) == ["broken"]


def test_an_empty_corpus_and_an_empty_query_find_nothing() -> None:
    assert names(given(), Query("(S)->S", "reverse", ("text",))) == []
    assert names(given(REVERSE), Query("", "")) == []


def test_words_meet_in_spite_of_endings_case_and_joints() -> None:
    assert list(words_of("sorted_by Sorting sorts sort")) == ["sort", "by", "sort", "sort", "sort"]
    assert list(words_of("totalPrice HTTP2 x class")) == ["total", "pric", "http", "class"]
    assert bag("total_price", ("price", "of")) == {"total": 2, "pric": 3, "of": 1}


def test_likeness_of_types_is_one_for_equal_ones_and_none_for_strangers() -> None:
    assert alike("(S)->S", "(S)->S") == 1
    assert alike("(S)->S", "(I)->B") == 0
    assert alike("(S)->S", "(S,I)->S") > alike("(S)->S", "(I)->S") > 0
    assert alike("()->I", "()->S") == 0


def test_parameters_may_stand_in_another_order_but_not_be_others() -> None:
    assert permuted("(D[S,I],L[I])->I", "(L[I],D[S,I])->I")
    assert not permuted("(D[S,I],L[I])->I", "(D[S,I],L[I])->I")
    assert not permuted("(D[S,I])->I", "(D[I,S])->I")
    assert not permuted("(I,S)->I", "(S,I)->S")


def test_a_spec_is_asked_for_by_its_prose_and_the_conditions_about_the_function() -> None:
    text = (
        "# SpecV3: Twice\n\nDoubles a number.\n\ndef twice(n: int) -> int\n\n## Examples\ntwice(1) -> 2\n\n"
        "## Post\nassert twice(n) - n == n\n"
    )
    spec = parse(text, "twice.md").spec
    assert spec is not None
    assert about(spec, spec.functions[0]) == ("Doubles a number.", "twice")


@pytest.mark.parametrize(
    ("signature", "key"),
    [
        ("f(a:int,b:int)->int", "(I,I)->I"),
        ("def add( x : int , y : int ) -> int:", "(I,I)->I"),
        ("f(a: List[ list[float] ]) -> dict[str,int]", "(L[L[F]])->D[S,I]"),
        ("f(a: Dict[str, List[Tuple[int, str]]]) -> bool", "(D[S,L[P[I,S]]])->B"),
        ("f(a: typing.Dict[str, typing.List[int]]) -> t.Optional[int]", "(D[S,L[I]])->U[I,0]"),
        ("f(a: Optional[int]) -> int | None", "(U[I,0])->U[I,0]"),
        ("f(a: None | int) -> Union[int, None]", "(U[I,0])->U[I,0]"),
        ("f(a: Union[int]) -> Optional[Optional[int]]", "(I)->U[I,0]"),
        ("f(a: str | int) -> Union[int, str]", "(U[I,S])->U[I,S]"),
        ("f(a: tuple[int, ...]) -> tuple[()]", "(P[I,*])->P"),
        ("f(a: Set[str]) -> set[int]", "(T[S])->T[I]"),
        ("f(a: number, b: string) -> boolean", "(F,S)->B"),
        ('f(a: "list[int]") -> None', "(L[I])->0"),
    ],
)
def test_types_have_one_key_however_they_are_written(signature: str, key: str) -> None:
    assert read_signature(signature).key == key


@pytest.mark.parametrize("kind", ["other.List[int]", "typing.Any", "typing", "Union[()]"])
def test_what_is_no_type_of_specs_has_no_key(kind: str) -> None:
    with pytest.raises(SignatureError):
        read_signature(f"f(a: {kind}) -> int")


def test_the_labelled_set_is_large_enough_and_names_only_functions_that_are_there() -> None:
    known = {name for (name,) in bench.corpus().execute("SELECT func_name FROM corpus")}
    assert len(queries.corpus(bench.corpus())) >= 300
    assert len(bench.labelled()) >= 60
    assert set().union(*(each.relevant for each in bench.labelled())) <= known
    assert len({each.part for each in bench.labelled()}) == 3


def test_more_of_what_would_help_is_among_the_first_eight_than_by_the_seeds_scheme() -> None:
    found = bench.score(bench.ours)
    rivals = (bench.seeds_as_written, bench.seeds_repaired, bench.seeds_dashboard, bench.words_last)
    assert found.recall > 0.75
    assert found.reciprocal > 0.7
    for rival in rivals:
        assert found.recall > bench.score(rival).recall + 0.15
