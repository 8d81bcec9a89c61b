"""Embed code in the strings of a page's own scripts: state that is assigned or pushed, and JSON that is parsed from a string."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shariff_py.gate.browser_rules.encoded_text import Encoding, in_style
from shariff_py.gate.detect.javascript.literals import Literal, decoded, literal_at, written
from shariff_py.gate.detect.javascript.syntax import LONGEST, Syntax
from shariff_py.gate.detect.store_hints import named_places
from shariff_py.gate.findings import Finding
from shariff_py.gate.rewrite.stores.values import StoredEmbeds, StoredValues

LITERAL_UNITS = re.compile(
    r"\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|\\u\{[0-9A-Fa-f]{1,6}\}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}"
    r"|\\\r\n|\\[0-7]{1,3}|\\.|[^\\]+|\\",
    re.DOTALL,
)
"""The inside of a string, escape by escape (ECMAScript 12.9.4)."""

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
    pieces: list[str] = []
    findings: list[Finding] = []
    done = 0
    for literal in _naming_literals(code):
        read = _read_rows(values, literal.value) if ROWS_ARE_PUSHED in code else values.read(literal.value)
        changed = _spliced(code, literal, read.text) if read.text != literal.value else None
        if changed is not None:
            pieces += [code[done : literal.start], changed]
            done = literal.end
        stays = read.text != literal.value and changed is None
        findings += map(values.reported, read.findings) if stays else read.findings
    return StoredEmbeds("".join([*pieces, code[done:]]), tuple(findings))


def _naming_literals(code: str) -> Iterator[Literal]:
    """The strings in which something stands that names a platform, in document order."""
    syntax = Syntax(code)
    done = 0
    for place in named_places(code):
        if place < done:
            continue
        path = syntax.path(place, place + 1)
        node = next((node for node in reversed(path) if node.type in {"string", "template_string"}), None)
        if node is None or any(child.type == "template_substitution" for child in node.children):
            continue
        done = node.end_byte
        literal = literal_at(code, node.start_byte, node.end_byte)
        if literal is not None:
            yield literal


def _spliced(code: str, literal: Literal, value: str) -> str | None:
    """The literal with another value, what is the same at both ends of it as it is written now."""
    encoding = Encoding(LITERAL_UNITS, decoded, lambda text, sample: in_style(written(literal, text)[1:-1], sample))
    inside = encoding.spliced(code[literal.start + 1 : literal.end - 1], value)
    return f"{literal.quote}{inside}{literal.quote}" if inside is not None else None


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
