"""The tree that hashes only what was touched is the tree hashed from scratch."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from aurora.ledger.replay import name
from aurora.ledger.tree import BLOB, Folder

parts = st.sampled_from(["a", "a.b", "a-b", "a0", "b", "ü"])
paths = st.lists(parts, min_size=1, max_size=4).map("/".join)
changes = st.lists(st.tuples(paths, st.none() | st.binary(max_size=1)), max_size=25)


class Store:
    """Objects in memory."""

    def __init__(self) -> None:
        self.objects: dict[bytes, bytes] = {}

    def write(self, kind: int, content: bytes) -> bytes:
        sha = name(kind, content)
        self.objects[sha] = content
        return sha


def apply(tree: Folder, path: str, content: bytes | None) -> None:
    if content is None:
        tree.remove(path)
    else:
        tree.put(path, name(BLOB, content))


def model_apply(model: dict[str, bytes], path: str, content: bytes | None) -> None:
    if content is None:
        model.pop(path, None)
        return
    for other in list(model):
        if other.startswith(path + "/") or path.startswith(other + "/"):
            del model[other]
    model[path] = name(BLOB, content)


@given(changes, st.integers(1, 5))
@settings(derandomize=True, max_examples=120)
def test_any_changes_in_any_sittings_give_the_same_tree(
    made: list[tuple[str, bytes | None]], each: int
) -> None:
    """Written and loaded again every few changes, or all at once from what is left in the end."""
    store, tree, model = Store(), Folder(), dict[str, bytes]()
    for number, (path, content) in enumerate(made):
        apply(tree, path, content)
        model_apply(model, path, content)
        if number % each == 0:
            tree = Folder(tree.write(store.write), store.objects.__getitem__)
    fresh = Folder()
    for path, blob in model.items():
        fresh.put(path, blob)
    assert tree.write(store.write) == fresh.write(store.write)
    assert list(tree.files().items()) == sorted((path.encode(), blob) for path, blob in model.items())
    for path, _ in made:
        assert tree.find(path) == model.get(path)


@given(changes, changes)
@settings(derandomize=True, max_examples=120)
def test_differences_lead_from_one_tree_to_the_other(
    first: list[tuple[str, bytes | None]], then: list[tuple[str, bytes | None]]
) -> None:
    store, tree = Store(), Folder()
    for path, content in first:
        apply(tree, path, content)
    old = Folder(tree.write(store.write), store.objects.__getitem__)
    for path, content in then:
        apply(tree, path, content)
    tree.write(store.write)
    files = old.files()
    for at, here, there in old.differences(tree):
        assert files.pop(at, None) == here
        if there is not None:
            files[at] = there
    assert files == tree.files()
