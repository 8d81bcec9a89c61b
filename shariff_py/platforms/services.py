"""Services that only share: one row each of ``services.json``, made into records. The widget's tables are built from the same rows.

JSON, because it is read at every start: 0.1 ms of CPU time for these rows, against 20 ms for importing ``tomllib`` and reading TOML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pkgutil import get_data
from typing import Any

from shariff_py.errors import UNREADABLE, ConfigurationError
from shariff_py.platforms.record import GREY, Icon, Platform, ShareLink

FILE = "services.json"

ROW: Mapping[str, type] = {
    "title": str, "note": str, "aliases": list, "checked_on": str, "link_hosts": list, "any_server": bool, "share": dict, "colour": str,
    "icon": str,
}  # fmt: skip
"""The fields of a row with their types: those of `Platform`, and ``note``, a remark for editors of the file."""

SHARE: Mapping[str, type] = {
    "template": str, "action": str, "receiver": str, "country": str, "phrase": str, "longest": int, "opens_window": bool,
}  # fmt: skip
"""The fields of ``share``, as in `ShareLink`."""

REQUIRED = ("title", "checked_on")

SHAPES: Mapping[str, tuple[str, str]] = {
    "colour": (r"#[0-9a-f]{6}", "six hexadecimal digits in lower case, like #0a66c8"),
    "checked_on": (r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])", "a date, like 2026-11-22"),
    "share.country": (r"[A-Z]{2}", "an ISO 3166 code, like DE"),
    "link_hosts": (r"(?:[a-z0-9-]+\.)+[a-z]{2,}", "hosts without a scheme, like example.org"),
    "share.action": (r"copy|print|native|info|server", "copy, print, native, info or server"),
}
"""What the text of a field, or each in its list, has to look like, as a pattern and in words."""


def read(text: str) -> tuple[dict[str, Platform], dict[str, str]]:
    """The records of the services by name, and what happened to services that have ended.

    Raises `ConfigurationError` naming the row and the field that cannot be used.
    """
    try:
        content = json.loads(text, object_pairs_hook=_unique)
    except UNREADABLE as error:
        raise ConfigurationError(f"is not JSON: {error}.", setting=FILE) from None
    return {name: _record(name, row) for name, row in content["services"].items()}, content["ended"]


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object as a mapping. In JSON the last of two equal names silently wins."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name in found if sum(name == other for other, _ in pairs) > 1)
        raise ConfigurationError(f"{twice!r} is there twice.", setting=FILE, cure="Remove one of the two.")
    return found


def _record(name: str, row: Mapping[str, Any]) -> Platform:
    _check(name, row, ROW, "")
    for field in REQUIRED:
        if field not in row:
            raise _unusable(name, field, "is missing", "Add it")
    share = row.get("share")
    if share is not None:
        _check(name, share, SHARE, "share.")
    try:
        checked_on = date.fromisoformat(row["checked_on"])
    except ValueError as error:
        raise _unusable(name, "checked_on", f"is not a date: {error}", "Correct it") from None
    return Platform(
        name=name,
        title=row["title"],
        checked_on=checked_on,
        share=ShareLink(**share) if share is not None else None,
        icon=Icon(row["icon"]) if "icon" in row else None,
        aliases=tuple(row.get("aliases", ())),
        link_hosts=tuple(row.get("link_hosts", ())),
        any_server=row.get("any_server", False),
        colour=row.get("colour", GREY),
    )


def _check(name: str, row: Mapping[str, Any], fields: Mapping[str, type[Any]], within: str) -> None:
    """Known fields of the right type and shape only."""
    for field, value in row.items():
        if field not in fields:
            raise _unusable(name, within + field, "is not a known field", f"Known: {', '.join(fields)}")
        if type(value) is not fields[field]:
            raise _unusable(name, within + field, f"is not of the type {fields[field].__name__}", "Correct it")
        if shape := SHAPES.get(within + field):
            pattern, words = shape
            for text in value if isinstance(value, list) else [value]:
                if not re.fullmatch(pattern, str(text)):
                    raise _unusable(name, within + field, f"cannot be {text!r}", f"Write {words}")


def _unusable(name: str, field: str, what: str, cure: str) -> ConfigurationError:
    return ConfigurationError(f"{what}.", setting=f"{FILE}: {name}.{field}", cure=f"{cure}.")


SERVICES, ENDED = read((get_data(__package__, FILE) or b"").decode())
"""The records by name, and services that heise's Shariff still names and that have ended, with what happened to them."""
