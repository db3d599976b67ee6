"""What a person may set in ``aurora.toml``, with bounds, and durations as people write them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Final, Literal, get_type_hints

import msgspec

from aurora.errors import InvalidInput
from aurora_events.learning import Exploring

FILE_NAME: Final = "aurora.toml"

TEMPLATE: Final = """\
# Settings of this Aurora workspace. Everything is optional; these are the defaults.

[synth]
max_evaluations = 3_000_000   # per function: the budget that decides (same budget, same result)
budget = "60s"                # per function: a guard by the clock only
jobs = 1                      # specs searched side by side; the result does not depend on it
seed = 0

[learning]                    # what searches try out of what earlier ones learned
epsilon = 0.15                # how often chance chooses, 0 to 0.5
decay = 0.98                  # what trust in it keeps with each searched function, 0.9 to 1
cooldown = 5                  # functions until the same is tried again, 1 to 50
drift = 0.10                  # by how much trust in it moves at most, 0.01 to 0.2
top_k = 10                    # among how many it is chosen, 1 to 50

[sandbox]
memory_mb = 2048              # of the search worker
floor = ["limits"]            # layers without which nothing is run (all of them: aurora doctor)

[artifacts]
object_format = "sha1"        # or "sha256": how Git names objects in a new artifact store

[batch]
chunk_threshold = 16_777_216  # bytes: larger outputs are stored in chunks of this size
largest_source = 16_777_216   # bytes: larger sources are measured, not parsed
lease = "10m"                 # how long a worker may be silent before others take its shards
"""


class SynthSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Budgets of a search, per function."""

    max_evaluations: Annotated[int, msgspec.Meta(ge=1)] = 3_000_000
    budget: str = "60s"
    jobs: Annotated[int, msgspec.Meta(ge=1, le=256)] = 1
    seed: Annotated[int, msgspec.Meta(ge=0)] = 0


class LearningSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the scheduler explores (see ``aurora.learning.exploring``)."""

    epsilon: Annotated[float, msgspec.Meta(ge=0, le=0.5)] = 0.15
    decay: Annotated[float, msgspec.Meta(ge=0.9, le=1)] = 0.98
    cooldown: Annotated[int, msgspec.Meta(ge=1, le=50)] = 5
    drift: Annotated[float, msgspec.Meta(ge=0.01, le=0.2)] = 0.10
    top_k: Annotated[int, msgspec.Meta(ge=1, le=50)] = 10

    @property
    def exploring(self) -> Exploring:
        """The settings as events hold them."""
        return Exploring(self.epsilon, self.decay, self.cooldown, self.drift, self.top_k)


class SandboxSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of the search worker, and the layers without which nothing runs."""

    memory_mb: Annotated[int, msgspec.Meta(ge=128)] = 2048
    floor: tuple[str, ...] = ("limits",)


class ArtifactSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How content too large for events is stored."""

    object_format: Literal["sha1", "sha256"] = "sha1"


class BatchSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What batches do unless ``--set`` says otherwise."""

    chunk_threshold: Annotated[int, msgspec.Meta(ge=64)] = 16_777_216
    largest_source: Annotated[int, msgspec.Meta(ge=0)] = 16_777_216
    lease: str = "10m"


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of ``aurora.toml``."""

    synth: SynthSettings = SynthSettings()
    learning: LearningSettings = LearningSettings()
    sandbox: SandboxSettings = SandboxSettings()
    artifacts: ArtifactSettings = ArtifactSettings()
    batch: BatchSettings = BatchSettings()


def read_config(path: Path) -> Config:
    """The settings in ``path``. Raises ``InvalidInput`` naming the key and what it may be."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(
            "CONFIG-001",
            f"not valid TOML: {error}",
            where=str(path),
            hint="correct it, or move it away and use the defaults: an empty file",
        ) from None
    try:
        config = msgspec.convert(data, Config)
    except msgspec.ValidationError as error:
        hint = _range(str(error)) or "aurora init writes a file with every setting"
        raise InvalidInput("CONFIG-002", str(error), where=str(path), hint=hint) from None
    parse_duration(config.synth.budget, where=f"{path}: synth.budget")
    parse_duration(config.batch.lease, where=f"{path}: batch.lease")
    if config.synth.seed >= 2**63:  # msgspec bounds only what fits into 64 bits
        raise InvalidInput(
            "CONFIG-002", "the seed is too large", where=f"{path}: synth.seed", hint="below 2**63"
        )
    return config


def _range(message: str) -> str:
    """From where to where the setting of ``[learning]`` goes that ``message`` complains about; "" for others."""
    found = re.search(r"`\$\.learning\.(\w+)`", message)
    hints = get_type_hints(LearningSettings, include_extras=True)
    if found is None or found[1] not in hints:
        return ""
    (bounds,) = hints[found[1]].__metadata__
    return f"learning.{found[1]} goes from {bounds.ge:g} to {bounds.le:g}"


def parse_duration(text: str, *, where: str = "") -> float:
    """Seconds of ``30``, ``30s``, ``500ms``, ``2m`` or ``1h``. Raises ``InvalidInput``."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|)\s*", text)
    if match is None:
        raise InvalidInput(
            "CONFIG-003", f"'{text}' is not a duration", where=where, hint="write 500ms, 30s, 2m or 1h"
        )
    factor = {"ms": 0.001, "": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0}[match[2]]
    return float(match[1]) * factor
