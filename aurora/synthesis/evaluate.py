"""Entry of a sandboxed child: what a function answers to given inputs. Light: without Hypothesis."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import msgspec

from aurora.sandbox.loading import load_module
from aurora.synthesis.answers import Function, call
from aurora.synthesis.tasks import EvaluateTask


def evaluate(payload: bytes, send: Callable[[bytes], None]) -> bytes:
    """An ``EvaluateTask`` in, a list of answers out: a literal or ``raises NAME`` for each input."""
    task = msgspec.msgpack.decode(payload, type=EvaluateTask)
    function = cast(Function, load_module(task.source)[task.function])
    return msgspec.msgpack.encode([call(function, row, task.steps).text for row in task.inputs])
