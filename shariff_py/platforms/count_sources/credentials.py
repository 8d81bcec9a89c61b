"""What a request needs besides the pages, and how credentials become a token (OAuth)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from shariff_py.platforms.count_sources.cached_count import Unavailable
from shariff_py.platforms.count_sources.exchange import Reply, Request


@dataclass(frozen=True, slots=True)
class Credentials:
    """The host of a platform's interface, the token it requires, the version of the interface."""

    host: str
    token: str = field(default="", repr=False)
    version: str = ""


class TokenRequest(NamedTuple):
    """How credentials become a token, where a platform requires that. ``read`` gives the token and for how many seconds it is valid, or why
    there is none; it never raises."""

    host: str
    paths: re.Pattern[str]
    build_request: Callable[[Credentials], Request]
    read: Callable[[Reply], tuple[str, float] | Unavailable]
