"""Social sharing and Facebook content on a page, without Facebook learning anything until the visitor says so."""

from __future__ import annotations

from shariff_py.errors import (
    AddressRefused,
    AuditError,
    ConfigurationError,
    DescriptionRefused,
    EmbedRefused,
    FetchFailed,
    FetchRefused,
    JournalBroken,
    JournalError,
    ShariffError,
    StoreError,
)
from shariff_py.gate import Finding, Gated, Outcome, gate_html
from shariff_py.settings import Settings
from shariff_py.web.flask import Shariff

__all__ = [
    "AddressRefused",
    "AuditError",
    "ConfigurationError",
    "DescriptionRefused",
    "EmbedRefused",
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
