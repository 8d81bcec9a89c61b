"""Speculation rules: whether a browser may fetch what a page's links lead to before anybody follows them.

Source: WHATWG HTML, speculative loading. Measured in Chromium 156: such a fetch reaches another host, and no Content-Security-Policy of
the page holds it.
"""

from __future__ import annotations

import json
from typing import Any

ELSEWHERE = frozenset({"protocol", "hostname", "port", "username", "password", "baseURL"})
"""Parts of a pattern that can make it match other hosts (WHATWG URL Pattern)."""


def reach_out(rules: str) -> bool:
    """Whether rules of a page let any of its links be fetched ahead, not only those to its own host. What is no JSON lets none."""
    try:
        listed = json.loads(rules)
    except (ValueError, RecursionError):
        return False
    kinds = listed.values() if isinstance(listed, dict) else ()
    found = [rule for kind in kinds if isinstance(kind, list) for rule in kind if isinstance(rule, dict)]
    return any("urls" not in rule and not _at_home(rule.get("where")) for rule in found)


def _at_home(where: Any) -> bool:
    """Whether a condition holds for links to the page's own host only. In doubt it does not."""
    match where:
        case {"and": [*conditions]}:
            return any(map(_at_home, conditions))
        case {"or": [*conditions]}:
            return all(map(_at_home, conditions))
        case {"href_matches": [*patterns]}:
            return all(map(_own, patterns))
        case {"href_matches": pattern}:
            return _own(pattern)
    return False


def _own(pattern: Any) -> bool:
    match pattern:
        case str():
            return pattern.startswith(("/", "?", "#")) and not pattern.startswith(("//", "/\\"))
        case dict():
            return ELSEWHERE.isdisjoint(pattern)
    return False
