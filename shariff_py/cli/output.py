"""How results are written: tables for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.console import Console
from rich.table import Table

PIPED_WIDTH = 200
"""Columns of a table that goes into a file or another program."""


def as_json(value: Any, *, indent: int | None = 2) -> str:
    """Letters stay letters; what JSON has no form for is written as text."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=str)


def table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write a table to standard output."""
    shown = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        shown.add_row(*row)
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    Console(markup=False, highlight=False, width=width).print(shown)
