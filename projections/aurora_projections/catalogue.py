"""All projections, in the order in which they are shown."""

from __future__ import annotations

from typing import Final

from aurora_projections import (
    abstractions,
    attempts,
    audit,
    batches,
    corpus,
    review,
    run_meta,
    runs,
    scheduler,
    seeds,
    snapshots,
    specs,
    taught,
    used_seeds,
)
from aurora_projections.base import Projection

PROJECTIONS: Final[tuple[Projection, ...]] = (
    specs.PROJECTION,
    runs.PROJECTION,
    attempts.PROJECTION,
    corpus.PROJECTION,
    seeds.PROJECTION,
    scheduler.PROJECTION,
    abstractions.PROJECTION,
    run_meta.PROJECTION,
    used_seeds.PROJECTION,
    taught.PROJECTION,
    review.PROJECTION,
    snapshots.PROJECTION,
    batches.PROJECTION,
    audit.PROJECTION,
)
