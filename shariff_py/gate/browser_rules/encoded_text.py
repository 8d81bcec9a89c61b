"""Text written inside other text: in JSON strings, as character references, percent-encoded, in base64.

Each form is read unit by unit, so that a changed text can be written back into it with everything else left letter for letter.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from turbohtml import unescape

UNRESERVED = "-_.!~*'()"
"""Punctuation that JavaScript's ``encodeURIComponent`` leaves as it is (ECMA-262)."""

BASE64_TEXT = re.compile(r"[A-Za-z0-9+/_-]{20,}+={0,2}")
"""Base64 in either alphabet (RFC 4648) that is long enough for markup or a URL."""

RAW_TEXT_TAGS = re.compile(r"<(?=/|!--|script)", re.IGNORECASE)
"""What may not stand in the text of a script (WHATWG HTML 13.1.2.3)."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """One form. ``units`` matches the raw text piece by piece; ``decode`` makes text of one piece, and raises `ValueError` where it is none;
    ``encode`` writes text in the style of a sample of raw text.
    """

    units: re.Pattern[str]
    decode: Callable[[str], str]
    encode: Callable[[str, str], str]

    def decoded(self, raw: str) -> str | None:
        """The text; ``None`` where the raw text is not in this form."""
        try:
            return "".join([self.decode(unit) for unit in self.units.findall(raw)])
        except ValueError:
            return None

    def spliced(self, raw: str, new: str, sample: str = "") -> str | None:
        """Raw text that decodes to ``new``: what is the same at both ends stays letter for letter. ``None`` where that is not certain.

        ``sample`` is raw text whose style is followed, by default ``raw``.
        """
        old = self.decoded(raw)
        if old is None:
            return None
        units = [(unit, self.decode(unit)) for unit in self.units.findall(raw)]
        head = _common_start(old, new)
        tail = _common_start(old[head:][::-1], new[head:][::-1])
        raw_head, kept_head = _kept(units, head)
        raw_tail, kept_tail = _kept([(unit[::-1], text[::-1]) for unit, text in reversed(units)], tail)
        middle = self.encode(new[kept_head : len(new) - kept_tail], sample or raw)
        spliced = raw[:raw_head] + middle + raw[len(raw) - raw_tail :]
        return spliced if self.decoded(spliced) == new else None


def _common_start(one: str, other: str) -> int:
    """The length of the longest common beginning, found by halving: comparing slices is fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _kept(units: list[tuple[str, str]], length: int) -> tuple[int, int]:
    """How much raw text, and how much text, of the first ``length`` characters of the text can stay: whole units, and any part of a plain one."""
    raw = text = 0
    for unit, decoded in units:
        if text + len(decoded) > length:
            part = length - text if unit == decoded else 0
            return raw + part, text + part
        raw, text = raw + len(unit), text + len(decoded)
    return raw, text


def _json_unit(unit: str) -> str:
    if not unit.startswith("\\"):
        return unit
    text: str = json.loads(f'"{unit}"')
    return text


def _json_text(text: str, sample: str) -> str:
    """The inside of a JSON string that escapes what the sample escapes, and that cannot end a script."""
    ascii_only = "\\u" in sample and sample.isascii()
    written = json.dumps(text, ensure_ascii=ascii_only)[1:-1]
    written = in_style(written, sample)
    if '\\"' not in sample and "\\u0022" in sample:
        written = written.replace('\\"', "\\u0022")
    if "\\/" in sample:
        written = written.replace("/", "\\/")
    return RAW_TEXT_TAGS.sub(r"\\u003c", written)


def in_style(written: str, sample: str) -> str:
    """The inside of a string in JSON or JavaScript with those letters escaped by number that are in a sample."""
    for letter in "<>&'/":
        for code in (
            f"\\u{ord(letter):04x}",
            f"\\u{ord(letter):04X}",
            f"\\x{ord(letter):02x}",
            f"\\x{ord(letter):02X}",
        ):
            if code in sample and f"\\{letter}" not in written:
                written = written.replace(letter, code)
                break
    return written


def _reference_unit(unit: str) -> str:
    # Without a semicolon it depends on what follows whether it is one.
    return unescape(unit) if unit.startswith("&") and unit.endswith(";") else unit


def _referenced(text: str, sample: str) -> str:
    """Text with character references for what could end an attribute in either kind of quotes, or a text element."""
    written = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    written = written.replace('"', "&#34;" if "&#34;" in sample else "&quot;")
    return written.replace("'", "&#x27;" if "&#x27;" in sample else "&#39;")


def _percent_encoded(text: str, sample: str) -> str:
    written = quote(text, safe=UNRESERVED)
    return written.replace("%20", "+") if "+" in sample and "%20" not in sample else written


def _percent_unit(unit: str) -> str:
    return unquote(unit, errors="strict") if unit.startswith("%") and len(unit) > 1 else unit


JSON_STRING = Encoding(
    re.compile(
        r"\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\.|[^\\]+|\\", re.DOTALL
    ),
    _json_unit,
    _json_text,
)
"""The inside of a JSON string (RFC 8259)."""

REFERENCES = Encoding(re.compile(r"&#?\w+;?|[^&]+|&"), _reference_unit, _referenced)
"""Text with character references (WHATWG HTML 13.5)."""

PERCENT = Encoding(re.compile(r"(?:%[0-9A-Fa-f]{2})+|[^%]+|%"), _percent_unit, _percent_encoded)
"""Percent-encoded UTF-8 (WHATWG URL)."""

PERCENT_WITH_PLUS = Encoding(
    re.compile(r"(?:%[0-9A-Fa-f]{2})+|\+|[^%+]+|%"),
    lambda unit: " " if unit == "+" else _percent_unit(unit),
    _percent_encoded,
)
"""The same with ``+`` for a space, as in forms."""


def base64_text(raw: str) -> str | None:
    """The text in base64; ``None`` where it is none, or not one that can be written again in the same way."""
    if BASE64_TEXT.fullmatch(raw) is None:
        return None
    try:
        text = base64.b64decode(raw.translate(_STANDARD) + "=" * (-len(raw) % 4), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    return text if as_base64(text, raw) == raw else None


def as_base64(text: str, sample: str) -> str:
    """Text in base64, in the alphabet of a sample and padded as it is."""
    written = base64.b64encode(text.encode()).decode()
    if "-" in sample or "_" in sample:
        written = written.translate(_URL_SAFE)
    return written if sample.endswith("=") or len(sample) % 4 == 0 else written.rstrip("=")


_STANDARD = str.maketrans("-_", "+/")
_URL_SAFE = str.maketrans("+/", "-_")
