"""What a run will search, decided once from the log as of its start, so that a rerun decides the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from aurora.learning.bias import SEED_BIAS
from aurora.learning.choosing import Candidate, Offer, choose
from aurora.service.targets import Target
from aurora.specs.model import Function
from aurora_projections import queries
from aurora_projections.views import Views

POOL: Final = 200
"""How many corpus entries are looked at before trust decides which are offered."""


class Plan(msgspec.Struct, frozen=True):
    """The seeds that each function is offered, by (spec, function), and the trust they start from."""

    corpus_position: int
    seed_bias: float
    offers: Mapping[tuple[str, str], tuple[Offer, ...]]


def make_plan(views: Views, targets: Sequence[Target], *, seeding: bool) -> Plan:
    """Read bias and corpus in one transaction: other processes may move the views on while we read."""
    connection = views.connection
    connection.execute("BEGIN")
    try:
        position = min(views.positions().values())
        biases = {bias.key: bias.value for bias in queries.biases(connection)}
        offers = {}
        if seeding:
            for target in targets:
                if target.spec is not None and not target.diagnostics:
                    for function in target.spec.functions:
                        offers[target.name, function.signature.name] = _offers(connection, function, biases)
    finally:
        connection.execute("COMMIT")
    return Plan(position, biases.get(SEED_BIAS, 0.0), offers)


def _offers(
    connection: sqlite3.Connection, function: Function, biases: Mapping[str, float]
) -> tuple[Offer, ...]:
    signature = function.signature
    rows = [
        Candidate(row.id, row.func_name, row.sig_key, row.passed, row.total, row.score, row.snippet)
        for row in queries.retrieve(connection, signature.key, signature.name, POOL)
    ]
    return choose(rows, signature.key, signature.name, biases, biases.get(SEED_BIAS, 0.0))
