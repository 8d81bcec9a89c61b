"""Embed code in the strings of a page's own scripts: state that is assigned or pushed, and JSON that is parsed from a string."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shariff_py.gate.detect.javascript.syntax import LONGEST
from shariff_py.gate.rewrite.stores.code_strings import naming_literals
from shariff_py.gate.rewrite.stores.values import StoredEmbeds, StoredValues

ROWS_ARE_PUSHED = "__next_f"
"""In a script that pushes rows of React's server components (as Next does), strings are rows, or parts of rows."""

TEXT_ROW = re.compile(r"([0-9a-f]+:T)([0-9a-f]+),")
"""The beginning of a row with text, and how many bytes of UTF-8 the text has."""
OTHER_ROW = re.compile(r"([0-9a-f]+:[A-Z]*)([^\n]*+\n?)")
"""A row with JSON, which ends with its line."""


class _Row(NamedTuple):
    """A row: what is before its content, the content, and whether the former says how long the latter is."""

    head: str
    body: str
    counted: bool

    def saying(self, body: str) -> str:
        """The row with other content."""
        if not self.counted or body == self.body:
            return self.head + body
        return f"{self.head.rpartition('T')[0]}T{len(body.encode('utf-8', 'surrogatepass')):x},{body}"


def read_script(values: StoredValues, code: str) -> StoredEmbeds:
    """What the strings of a script hold, replaced where that is certain."""
    if len(code) > LONGEST:
        return StoredEmbeds(code)
    in_rows = ROWS_ARE_PUSHED in code
    return values.in_literals(
        code, naming_literals(code), lambda text: _read_rows(values, text) if in_rows else values.read(text)
    )


def _read_rows(values: StoredValues, text: str) -> StoredEmbeds:
    """Rows, with the length of each that is changed made true again. What is a part of a row only cannot be written back."""
    rows = list(_rows(text))
    if "".join([row.head + row.body for row in rows]) != text:
        return StoredEmbeds(text, tuple(map(values.reported, values.read(text).findings)))
    read = [values.read(row.body) for row in rows]
    changed = [row.saying(one.text) for row, one in zip(rows, read, strict=True)]
    return StoredEmbeds("".join(changed), tuple(finding for one in read for finding in one.findings))


def _rows(text: str) -> Iterator[_Row]:
    position = 0
    while row := _row(text, position):
        yield row
        position += len(row.head) + len(row.body)


def _row(text: str, position: int) -> _Row | None:
    counted = TEXT_ROW.match(text, position)
    if counted:
        encoded = text[counted.end() :].encode("utf-8", "surrogatepass")
        length = int(counted[2], 16)
        body = encoded[:length].decode("utf-8", "ignore")
        return _Row(counted[0], body, counted=True) if len(body.encode("utf-8", "surrogatepass")) == length else None
    other = OTHER_ROW.match(text, position)
    return _Row(other[1], other[2], counted=False) if other else None
