"""Each language that there is a table for: everything that a small file of it gives, in full."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tree_cases import CASES, Case

from aurora.batch.languages import lang_hint
from aurora.batch.records import Ast, Diagnostic
from aurora.batch.source import Fault, Source
from aurora.batch.tasks import PARSE, SYMBOLS
from aurora.batch.trees import choosing, outlining, reading
from aurora.batch.trees.language import Language
from aurora.batch.trees.tables import LANGUAGES, language_of
from aurora.errors import InvalidInput

needs_trees = pytest.mark.skipif(
    len(choosing.here().split()) < 2 + len(choosing.HINTS), reason="needs the extra trees"
)


def source(path: str, content: bytes) -> Source:
    return Source(path, lang_hint(path), len(content), content, lambda: iter((content,)))


def settings(task: Any = PARSE, **given: str) -> dict[str, str]:
    found = {**task.defaults, **given}
    task.check(found)
    return found


def parsed(path: str, content: bytes, kept: list[bytes] | None = None) -> list[Any]:
    keep = (lambda content: kept.append(content) or "x") if kept is not None else (lambda _: "x")  # type: ignore[func-returns-value]
    return list(PARSE.each(source(path, content), settings(), keep))


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@needs_trees
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path)
def test_a_file_gives_its_symbols_edges_and_measures(case: Case) -> None:
    found = source(case.path, case.code.encode())
    facts = found.tree_facts
    assert facts is not None
    assert [f"{s[0]}-{s[2]} {s[5]} {s[4]} in {s[6]}" for s in facts.symbols()] == lines(case.symbols)
    assert all(qualname.endswith(name) for _, _, _, name, qualname, _, _ in facts.symbols())
    edges = [
        f"{line} {scope} {kind} {target}" + (f" ({', '.join(names)})" if names else "")
        for line, kind, target, scope, names in facts.edges()
    ]
    assert edges == lines(case.edges)
    assert {name: complexity for _, name, complexity in facts.measured} == case.complexity
    assert (facts.complexity, facts.functions, facts.classes, facts.imports) == case.counts
    assert [type(record) for record in parsed(case.path, case.code.encode())] == [Ast]


def test_every_table_has_a_case() -> None:
    covered = {found.name for case in CASES if (found := language_of(case.path, lang_hint(case.path)))}
    assert covered == {language.name for language in LANGUAGES}


@needs_trees
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)
def test_a_table_names_only_nodes_that_its_grammar_has(language: Language) -> None:
    from aurora.grammars.reading import _language

    grammar = _language(language.grammar)
    for kind in (*language.rules, *language.blocks, *language.branches):
        assert grammar.id_for_node_kind(kind, True), kind
    for token in language.tokens:
        assert grammar.id_for_node_kind(token, False), token


@needs_trees
def test_the_outline_holds_statements_as_pythons_does() -> None:
    code = b"""\
function f(x) {
  // not a statement
  if (x) return 1;
  else { g(); }
  for (const y of x) {
    switch (y) { case 1: break; }
  }
}
export class A { m() {} }
"""
    kept: list[bytes] = []
    (record,) = parsed("a.js", code, kept)
    outline = msgspec.json.decode(kept[0])
    assert (outline["language"], outline["detail"], record.nodes) == ("javascript", "statements", 9)
    assert [("  " * row[0] + row[1], row[2], row[3], row[4], row[5]) for row in outline["rows"]] == [
        ("function_declaration", 1, 0, 8, "f"),
        ("  if_statement", 3, 2, 4, ""),
        ("    return_statement", 3, 9, 3, ""),
        ("    expression_statement", 4, 9, 4, ""),
        ("  for_in_statement", 5, 2, 7, ""),
        ("    switch_statement", 6, 4, 6, ""),
        ("      break_statement", 6, 25, 6, ""),
        ("export_statement", 9, 0, 9, "A"),
        ("  method_definition", 9, 17, 9, "m"),
    ]


@needs_trees
def test_every_node_is_kept_when_asked() -> None:
    kept: list[bytes] = []
    keep = lambda content: kept.append(content) or "x"  # type: ignore[func-returns-value]  # noqa: E731
    list(PARSE.each(source("a.go", b"package a\n"), settings(ast="full"), keep))
    outline = msgspec.json.decode(kept[0])
    assert (outline["detail"], outline["rows"]) == (
        "nodes",
        [
            [0, "", "source_file", 1, 0, 2, 0, {}],
            [1, "", "package_clause", 1, 0, 1, 9, {}],
            [2, "", "package_identifier", 1, 8, 1, 9, {"text": "a"}],
        ],
    )


@needs_trees
def test_errors_are_told_one_by_one_and_what_fits_is_read_all_the_same() -> None:
    records = parsed("a.js", b"function f() {}\nx = ;\nlet a = (1 + 2;\n")
    assert [(r.severity, r.code, r.line, r.column, r.message) for r in records[:-1]] == [
        *(
            ("error", "E0001", 2, 3, "invalid syntax: ="),
            ("error", "E0001", 3, 15, "invalid syntax: ) is missing"),
        )
    ]
    many = parsed("a.js", b"x = ;\n" * 50)
    assert len(many) == outlining.MOST + 2
    assert many[-2].message == "invalid syntax: 30 places more"
    assert isinstance(many[-1], Ast)


@needs_trees
def test_a_text_that_a_preprocessor_may_still_change_is_only_warned_of() -> None:
    records = parsed("a.c", b"int f( {\n")
    assert {r.severity for r in records if isinstance(r, Diagnostic)} == {"warning"}


@needs_trees
def test_a_header_may_be_one_of_cpp() -> None:
    header = source("a.h", b"namespace n { class A { public: int f() { return 1; } }; }\n")
    facts = header.tree_facts
    assert facts is not None
    assert [each[4] for each in facts.symbols()] == ["n::A", "n::A::f"]
    assert source("a.c", header.content or b"").tree_facts != facts


@needs_trees
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path)
@pytest.mark.parametrize(
    "pattern", [b"{", b"(", b"if (a) ", b"a.", b"f(x) ", b"'", b"/*", b"<a>", b"\xf0\x9f\x8e\x89"]
)
def test_strange_texts_of_any_language_give_records(case: Case, pattern: bytes) -> None:
    strange = source(case.path, pattern * 3000)
    records = list(PARSE.each(strange, settings(), lambda _: "x"))
    assert records
    list(SYMBOLS.each(strange, settings(SYMBOLS), lambda _: "x"))


@needs_trees
def test_what_is_cut_anywhere_gives_records() -> None:
    for case in CASES:
        content = case.code.encode()
        for end in range(0, len(content), 37):
            cut = source(case.path, content[:end])
            assert cut.tree_facts is not None


def test_bounds_are_counts_that_every_machine_keeps() -> None:
    large, open_ = b"x = 1\n" * 200_000, b"(" * (reading.MOST_OPEN + 1)
    for content, code in ((large, "E0002"), (open_, "E0003"), (b"a\0", "E0001"), (b"a\n\xff", "E0001")):
        fault = reading.read(source("a.rb", content))
        assert isinstance(fault, Fault)
        assert fault.code == code
    assert (fault.line, fault.column) == (2, 1)


@needs_trees
def test_a_parser_that_works_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_WORK", 3)
    (record,) = parsed("a.js", b"f(1);\n" * 1000)
    assert record.code == "E0003"


def test_settings_say_which_grammars_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "here", lambda: "")
    assert "trees" not in settings()
    assert settings(trees="off")["trees"] == "off"
    monkeypatch.setattr(choosing, "here", lambda: "1 tree-sitter=0.26.1 go=0.25.0")
    assert settings()["trees"] == "1 tree-sitter=0.26.1 go=0.25.0"
    assert choosing.used("go", settings())
    assert not choosing.used("rust", settings())
    assert not choosing.used("go", settings(trees="off"))
    assert (choosing.missed(settings(), "go"), choosing.missed(settings(), "rust")) == (False, True)
    with pytest.raises(InvalidInput):
        settings(trees="perhaps")


def test_a_worker_with_other_grammars_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    planned = {**settings(), "trees": "1 tree-sitter=0.0.1 go=0.0.1"}
    with pytest.raises(choosing.GrammarsDiffer):
        list(PARSE.each(source("a.go", b"package a\n"), planned, lambda _: "x"))
    assert list(PARSE.each(source("a.py", b"x = 1\n"), planned, lambda _: "x"))
