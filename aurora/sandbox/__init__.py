"""Untrusted code, kept in: an allow-list, then limits and walls of the operating system.

The names load on first use: the fork server lives in this package too, and every module that it need not
import (threading above all) makes each fork dearer.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aurora.sandbox.audit import audit_code, audit_expression
    from aurora.sandbox.loading import CodeRefused, load_expression, load_module
    from aurora.sandbox.protocol import Limits, Verdict
    from aurora.sandbox.report import LayerReport, available
    from aurora.sandbox.sandbox import Sandbox, SandboxTooWeak
    from aurora.sandbox.server import SandboxBroken
    from aurora.sandbox.steps import StepLimit, step_limit

__all__ = [
    "CodeRefused",
    "LayerReport",
    "Limits",
    "Sandbox",
    "SandboxBroken",
    "SandboxTooWeak",
    "StepLimit",
    "Verdict",
    "audit_code",
    "audit_expression",
    "available",
    "load_expression",
    "load_module",
    "step_limit",
]

_HOMES = {
    "audit": ("audit_code", "audit_expression"),
    "loading": ("CodeRefused", "load_expression", "load_module"),
    "protocol": ("Limits", "Verdict"),
    "report": ("LayerReport", "available"),
    "sandbox": ("Sandbox", "SandboxTooWeak"),
    "server": ("SandboxBroken",),
    "steps": ("StepLimit", "step_limit"),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            found: object = getattr(import_module(f"{__name__}.{home}"), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
