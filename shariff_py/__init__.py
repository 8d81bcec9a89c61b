"""Social sharing and Facebook content on a page, without Facebook learning anything until the visitor says so.

What takes long to load is loaded when it is asked for: a command, or the plugin in anybody's tests, needs little of it.
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
"""Each name that is loaded when it is asked for, and where it is."""


if not TYPE_CHECKING:  # Type checkers know the names above, and no others.

    def __getattr__(name: str) -> Any:
        """The value of a name in `_LATER`, loaded (PEP 562). Raises `AttributeError` for any other."""
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
        return found


def __dir__() -> list[str]:
    """Everything there is, loaded or not."""
    return sorted({*globals(), *_LATER})
