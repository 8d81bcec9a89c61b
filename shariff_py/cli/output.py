"""How results are written: tables for people, JSON for programs."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable
from importlib.util import find_spec
from itertools import chain, islice
from shutil import get_terminal_size
from typing import Any

import click

SHORT_TABLE = 1000
"""Rows that are held in memory to fit their columns."""

PIPED_WIDTH = 200
"""Columns of a table that goes into a file or another program."""


def unusable(error: OSError) -> str:
    """What could not be read or written, why, and the cure."""
    from shariff_py.static_site import describe_error

    return f"{error.filename or 'the output'}: {describe_error(error)}"


def as_json(value: Any, *, indent: int | None = 2) -> str:
    """Non-ASCII letters are kept; what JSON has no form for is written as text."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=str)


def table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write a table to standard output: fitted to the terminal where the extra ``terminal`` is installed, in plain columns elsewhere."""
    if find_spec("rich") is None:
        _plain_table([columns, *rows])
        return
    from rich.console import Console
    from rich.table import Table

    shown = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        shown.add_row(*row)
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    Console(markup=False, highlight=False, width=width).print(shown)


def streamed_table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write a table of any length in constant memory: like `table` where it is short, in plain columns as wide as its beginning needs
    where it is not."""
    left = iter(rows)
    beginning = list(islice(left, SHORT_TABLE))
    if len(beginning) < SHORT_TABLE:
        table(columns, beginning)
        return
    widths = [max(map(len, column)) for column in zip(columns, *beginning, strict=True)]
    form = "  ".join(f"{{:<{width}}}" for width in widths)
    sys.stdout.writelines(form.format(*row).rstrip() + "\n" for row in chain([columns], beginning, left))


def grouped_list(entries: Iterable[tuple[str, str, str]]) -> None:
    """Write entries to standard output, each a heading, a sentence and details.

    Entries that follow each other with the same heading stand below it. A sentence has the whole width, and on a terminal no word of it is
    broken; details are indented on a line of their own. What no terminal prints becomes U+FFFD.
    """
    width = get_terminal_size().columns if sys.stdout.isatty() else 0
    above = None
    for heading, sentence, details in entries:
        if heading != above:
            click.echo("" if above is None else "\n", nl=False)
            click.secho(_printable(heading), bold=True)
            above = heading
        click.echo(textwrap.fill(sentence, width) if width else sentence)
        click.secho(f"  {_printable(details)}", dim=True)


def _printable(text: str) -> str:
    return "".join([letter if letter.isprintable() else "\ufffd" for letter in text])


def _plain_table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    if sys.stdout.isatty():
        click.echo("For tables that fit the terminal: pip install 'shariff_py[terminal]'.", err=True)
