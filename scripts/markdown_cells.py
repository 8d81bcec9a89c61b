"""Markdown of the documents that are written from records: code in a line, and tables."""

from __future__ import annotations

from collections.abc import Iterable

NONE = "–"


def codes(texts: Iterable[str]) -> str:
    """Texts as code, with commas."""
    return ", ".join(f"`{text}`" for text in texts)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table; a vertical bar in a cell is escaped."""
    cells = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in cells)
