"""Speculation rules: whether a browser may fetch what a page's links lead to before they are followed.

Source: WHATWG HTML, speculative loading. Measured in Chromium 156: such a fetch reaches another host, and no Content-Security-Policy of
the page blocks it.
"""

from __future__ import annotations

import json
from typing import Any

from shariff_py.errors import UNREADABLE

ORIGIN_COMPONENTS = frozenset({"protocol", "hostname", "port", "username", "password", "baseURL"})
"""Components of a pattern that can make it match other hosts (WHATWG URL Pattern)."""


def may_prefetch_cross_origin(rules: str) -> bool:
    """Whether rules let links to other hosts be fetched ahead, chosen from the page's own links. Invalid JSON has no rules."""
    try:
        parsed = json.loads(rules)
    except UNREADABLE:
        return False
    lists = parsed.values() if isinstance(parsed, dict) else ()
    found = [rule for rules in lists if isinstance(rules, list) for rule in rules if isinstance(rule, dict)]
    return any("urls" not in rule and not _same_origin_only(rule.get("where")) for rule in found)


def _same_origin_only(condition: Any) -> bool:
    """Whether a condition matches links to the page's own host only. An unknown condition does not."""
    match condition:
        case {"and": [*conditions]}:
            return any(map(_same_origin_only, conditions))
        case {"or": [*conditions]}:
            return all(map(_same_origin_only, conditions))
        case {"href_matches": [*patterns]}:
            return all(map(_is_relative, patterns))
        case {"href_matches": pattern}:
            return _is_relative(pattern)
    return False


def _is_relative(pattern: Any) -> bool:
    match pattern:
        case str():
            return pattern.startswith(("/", "?", "#")) and not pattern.startswith(("//", "/\\"))
        case dict():
            return ORIGIN_COMPONENTS.isdisjoint(pattern)
    return False
