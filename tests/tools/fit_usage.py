"""Write aurora/synthesis/usage/counts.py: what stands where in the Python of the trees that are given.

Run: PYTHONPATH=. python tests/tools/fit_usage.py TREE[=WEIGHT] ... Tests of the trees are left out. The table in the
repository was made from the functions of TheAlgorithms/Python (commit f5988cc09713, MIT) with weight 3 and from the
standard library of Python 3.11 with weight 1. Neither has to do with the everyday suite, nor with the public tasks of
the benches. Counts alone are kept, no code.
"""

from __future__ import annotations

import ast
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from aurora.synthesis.usage.productions import steps

TABLE = Path(__file__).parents[2] / "aurora/synthesis/usage/counts.py"
LEAST_PLACE = 12
"""Places seen less often say nothing that their role does not."""

LEAST = 3
NUMBERS = 60
WIDTH = 110


def main() -> int:
    """Count, and write the table."""
    places: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    integers: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    for tree, weight in map(_weighted, sys.argv[1:]):
        for module in _modules(Path(tree)):
            for step in steps(module):
                places[step.parent or "-", step.role][step.production] += weight
                match step.node:
                    case ast.Constant(value=int() as number) if not isinstance(number, bool):
                        integers[str(number)] += weight
                    case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as number)):
                        integers[str(-number)] += weight
                    case ast.Constant(value=str() as letter) if len(letter) == 1:
                        letters[str(ord(letter))] += weight
    TABLE.write_text("\n".join(_table(places, integers, letters)) + "\n")
    return 0


def _weighted(argument: str) -> tuple[str, int]:
    tree, _, weight = argument.partition("=")
    return tree, int(weight or 1)


def _modules(tree: Path) -> Iterator[ast.Module]:
    for file in sorted(tree.rglob("*.py")):
        if not any("test" in part for part in file.relative_to(tree).parts):
            try:
                yield ast.parse(file.read_text(errors="replace"))
            except (SyntaxError, ValueError):
                print(f"no Python 3: {file}", file=sys.stderr)


def _table(
    places: dict[tuple[str, str], Counter[str]], integers: Counter[str], letters: Counter[str]
) -> Iterator[str]:
    yield '"""What stands where in people\'s Python: counts, written by tests/tools/fit_usage.py, which says whence."""'
    yield "\nfrom __future__ import annotations\n\nfrom typing import Final\n"
    yield "# Each line: parent, role, then productions with their counts. A dash is the outside of an expression."
    yield 'PLACES: Final = """\\'
    for (parent, role), counts in sorted(places.items()):
        kept = Counter({name: count for name, count in counts.items() if count >= LEAST})
        if kept and (parent == "-" or counts.total() >= LEAST_PLACE):
            head = f"{parent} {role} "
            yield from (head + line for line in _lines(kept, WIDTH - len(head)))
    yield '"""\n'
    yield f'INTEGERS: Final = """\\\n{_listed(integers)}\n"""\n'
    yield f'LETTERS: Final = """\\\n{_listed(letters)}\n"""'


def _listed(counts: Counter[str]) -> str:
    return "\n".join(_lines(Counter(dict(counts.most_common(NUMBERS))), WIDTH))


def _lines(counts: Counter[str], width: int) -> Iterator[str]:
    """Names with their counts, the most frequent first; no line parts a name from its count."""
    pairs = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    whole = " ".join(f"{name}\0{count}" for name, count in pairs)
    for line in textwrap.wrap(whole, width, break_on_hyphens=False, break_long_words=False):
        yield line.replace("\0", " ")


if __name__ == "__main__":
    sys.exit(main())
