"""One fault, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FOLDERS = re.compile(r"(?<![\w:/])/(?:[^\s/']+/)+")
"""The folders of a file's path. Addresses have a scheme before them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a fault came to, in words for the table.

    ``done`` is what was done and how often, ``lost`` what was gone afterwards, ``said`` what an operator or a visitor was told meanwhile,
    ``again`` after how many rounds, requests or attempts everything worked, ``growth`` what memory or disk it took, ``holds`` whether this
    is what is promised.
    """

    done: str
    lost: str
    said: str
    again: str
    growth: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: the ``kind`` it belongs to, its ``name``, and ``cause``, which brings it about in an empty folder."""

    kind: str
    name: str
    cause: Callable[[Path], Outcome]


def counted(number: int, one: str, many: str = "") -> str:
    """``3 records``, ``1 record``, ``none``."""
    return f"{number} {one if number == 1 else many or f'{one}s'}" if number else "none"


def shortened(text: object, most: int = 110) -> str:
    """A message as one short cell, without the names of folders that differ from run to run."""
    line = " ".join(FOLDERS.sub("…/", str(text)).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
