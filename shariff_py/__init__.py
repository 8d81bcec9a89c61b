"""Share links and social media content for websites. Embedded content stays silent until the visitor agrees.

Names that take long to import are imported at first use (PEP 562): a command, or the pytest plugin, needs few of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from shariff_py.errors import (
    AddressRefused,
    AuditError,
    ConfigurationError,
    EmbedRefused,
    EmbedTokenRefused,
    FetchFailed,
    FetchRefused,
    JournalBroken,
    JournalError,
    ShariffError,
    StoreError,
)

if TYPE_CHECKING:
    from shariff_py.gate import Finding, Gated, Outcome, gate_html
    from shariff_py.settings import Settings
    from shariff_py.web.flask import Shariff

__all__ = [
    "AddressRefused",
    "AuditError",
    "ConfigurationError",
    "EmbedRefused",
    "EmbedTokenRefused",
    "FetchFailed",
    "FetchRefused",
    "Finding",
    "Gated",
    "JournalBroken",
    "JournalError",
    "Outcome",
    "Settings",
    "Shariff",
    "ShariffError",
    "StoreError",
    "gate_html",
]

_LATER = {
    "Finding": "gate",
    "Gated": "gate",
    "Outcome": "gate",
    "Settings": "settings",
    "Shariff": "web.flask",
    "gate_html": "gate",
}
"""Each name that is imported at first use, and its module."""


if not TYPE_CHECKING:  # Type checkers know the names above, and no others.

    def __getattr__(name: str) -> Any:
        """The value of a name in `_LATER`. Raises `AttributeError` for any other."""
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
        return found


def __dir__() -> list[str]:
    """All names, imported or not."""
    return sorted({*globals(), *_LATER})
