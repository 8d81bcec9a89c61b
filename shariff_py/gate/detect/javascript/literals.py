"""The string literals of a script, with what they say, and a way to write another value in the same quotes."""

from __future__ import annotations

import re
from typing import NamedTuple

_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\n\r\u2028\u2029])|([0-7]{1,3})|(.))",
    re.DOTALL,
)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v"}
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")

_WRITTEN = {
    "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\v": "\\v", "\0": "\\x00", "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}  # fmt: skip
_ENDS_SCRIPT = re.compile(r"<(?=/script|script|!--)", re.IGNORECASE)
"""What ends a script element, or changes how it ends, wherever it stands in it (WHATWG HTML 13.2.5.4)."""


class Literal(NamedTuple):
    """A string or template without substitutions: its place in the script, quotes included, the quote, and what it says."""

    start: int
    end: int
    quote: str
    value: str


def literal_at(code: str, start: int, end: int) -> Literal | None:
    """The literal from ``start`` to ``end``; ``None`` where it is not closed."""
    quote = code[start : start + 1]
    if end - start < 2 or code[end - 1] != quote:
        return None
    return Literal(start, end, quote, decoded(code[start + 1 : end - 1]))


def decoded(inside: str) -> str:
    """What stands between the quotes of a literal means (ECMAScript 12.9.4)."""
    return _joined(_ESCAPE.sub(_meaning, inside)) if "\\" in inside else inside


def written(literal: Literal, value: str) -> str:
    """The source of a literal that says ``value``, in the same quotes, safe inside a script element."""
    escapes = {**_WRITTEN, literal.quote: f"\\{literal.quote}"}
    if literal.quote == "`":
        # Line feeds stand as they are in templates; a substitution would begin with a dollar sign.
        escapes |= {"$": "\\$", "\n": "\n", "\t": "\t"}
    text = value.translate({ord(letter): escape for letter, escape in escapes.items()})
    return f"{literal.quote}{_ENDS_SCRIPT.sub(lambda _: chr(92) + 'x3c', text)}{literal.quote}"


def _meaning(escape: re.Match[str]) -> str:
    braced, four, two, line, octal, other = escape.groups()
    if braced or four or two:
        code = int(braced or four or two, 16)
        return chr(code) if code < 0x110000 else "\ufffd"
    if line:
        return ""
    if octal:
        return chr(int(octal, 8))
    return _SIMPLE.get(other, other)


def _joined(text: str) -> str:
    """Two escapes that are one character beyond the first plane, as that character."""
    return _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
