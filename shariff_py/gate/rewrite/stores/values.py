"""Embed code inside a stored value, however it is nested there: markup or a frame's address, in JSON, references, percent-encoding, base64."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from shariff_py.errors import UNREADABLE
from shariff_py.gate.browser_rules.data_urls import embedded_resource
from shariff_py.gate.browser_rules.encoded_text import (
    JSON_STRING,
    PERCENT,
    PERCENT_WITH_PLUS,
    REFERENCES,
    Encoding,
    as_base64,
    base64_text,
)
from shariff_py.gate.detect.embed_addresses import (
    EmbedAddress,
    content_in_setting,
    embed_address,
    may_be_address,
    may_be_embed_address,
)
from shariff_py.gate.detect.javascript.literals import Literal
from shariff_py.gate.detect.store_hints import named_places, names_platform
from shariff_py.gate.findings import Finding, Outcome
from shariff_py.gate.rewrite.byte_fidelity import UNREPRESENTABLE, escape_for_rewriter, unescape_from_rewriter
from shariff_py.gate.rewrite.context import GateFragment
from shariff_py.gate.rewrite.stores.code_strings import PutTogetherError, literals_of_value, spliced
from shariff_py.platforms.allowed_hosts import is_allowed

MAX_DEPTH = 6
"""Forms within forms that are read: HTML in JSON in an attribute of HTML in JSON are four."""

JSON_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*+)"(\s*+:)?', re.DOTALL)
"""A string in JSON, and the colon that makes it a key."""

CODE_LITERAL = re.compile(
    r"\"((?:[^\"\\]|\\.)*+)(?:\"|\\?\Z)|'((?:[^'\\]|\\.)*+)(?:'|\\?\Z)|`((?:[^`\\]|\\.)*+)(?:`|\\?\Z)", re.DOTALL
)
"""A string in JavaScript; an unclosed one extends to the end, so that nothing is read twice."""
ADDRESS_IN_TEXT = re.compile(r"(?:https?:)?//[^\s\"'<>`;,{}|\\^]+")
CODE_ESCAPE = re.compile(r"\\(?=['`])")

IN_CODE = re.compile(r"\s*+(?:\{|\[(?![\w-]++(?:\s[^\[\]{}]*+)?\]\s*+<)|[aOs]:[0-9]+:)|[^<]*+(?<=[\"'`])<")
"""Markup in a string of JavaScript, or of PHP's ``serialize``, which counts its letters: it could be written back only by their rules. A word
in square brackets before markup is a shortcode of a content management system.
"""

TAG = re.compile(r"</?[a-z]", re.IGNORECASE)
ENCODED_START = re.compile(r"\s*+%(?:3c|7b|5b|22)", re.IGNORECASE)
"""Markup or JSON that is percent-encoded as a whole."""


class StoredEmbeds(NamedTuple):
    """What is in a value: the value with each embed replaced that can be, and a finding for each. Those that stay are `Outcome.REPORTED`."""

    text: str
    findings: tuple[Finding, ...] = ()


class StoredValues:
    """Reads values of one page. ``gate_fragment`` gates markup, ``in_markup`` reads the stores of markup within a value, to a depth.

    ``replaced`` gives the address that takes the place of a frame's, and the finding, ``None`` where the frame's stays.
    ``reported`` makes a finding of a frame's address that stays, and of a finding about what cannot be written back one that says that it stays.
    Frames of the hosts that ``allow`` names are left out.
    """

    def __init__(
        self,
        base: str,
        gate_fragment: GateFragment,
        replaced: Callable[[EmbedAddress], tuple[str, Finding] | None],
        reported: Callable[[EmbedAddress | Finding], Finding],
        in_markup: Callable[[str, int], StoredEmbeds],
        allow: Sequence[str] = (),
    ) -> None:
        self._base = base
        self._allow = allow
        self._gate_fragment = gate_fragment
        self._replaced = replaced
        self.reported = reported
        self._in_markup = in_markup
        self._readings = (
            self._as_json,
            self._as_code,
            self._as_markup,
            self._as_references,
            self._as_percent_encoded,
            self._as_base64,
            self._as_data_url,
            self._as_unreadable_code,
            self._as_text_with_addresses,
        )

    def read(self, value: str, depth: int = MAX_DEPTH, name: str = "") -> StoredEmbeds:
        """What embed code a value holds. Each form is tried in turn; the first in which there is any counts. ``name`` is that of the
        attribute or key with the value."""
        if depth > 0 and names_platform(value):
            if may_be_address(name, value) and (address := self._as_address(name, value)) is not None:
                return address
            for reading in self._readings:
                found = reading(value, depth)
                if found is not None:
                    return found
        return StoredEmbeds(value)

    def _as_address(self, name: str, value: str) -> StoredEmbeds | None:
        embed = self._embed(value)
        if embed is None:
            # What a script makes of a public address is not known: it stays.
            content = self._held(content_in_setting(name, value, self._base))
            return StoredEmbeds(value, (self.reported(content),)) if content else None
        text, finding = self._replaced(embed) or (value, self.reported(embed))
        return StoredEmbeds(text, (finding,))

    def _embed(self, value: str) -> EmbedAddress | None:
        return self._held(embed_address(value, self._base))

    def _held(self, embed: EmbedAddress | None) -> EmbedAddress | None:
        return None if embed and is_allowed(embed.platform, embed.frame.host, self._allow) else embed

    def _as_json(self, value: str, depth: int) -> StoredEmbeds | None:
        if value.lstrip()[:1] not in {"{", "[", '"'} or not is_json(value):
            return None
        named = named_places(value)
        pieces: list[str] = []
        findings: list[Finding] = []
        done = 0
        key: re.Match[str] | None = None
        for literal in JSON_LITERAL.finditer(value):
            start, end = literal.span(1)
            first = bisect_left(named, start)
            before, key = key, literal if literal[2] is not None else None
            if key is not None or first == len(named) or named[first] >= end:
                continue
            name = before[1] if before and not value[before.end() : start - 1].strip() else ""
            inside = self._encoded(JSON_STRING, literal[1], depth, sample=value, name=name)
            if inside is not None:
                pieces += [value[done:start], inside.text]
                done = end
                findings += inside.findings
        text = "".join([*pieces, value[done:]])
        read = self._written(value, text, findings, lambda text: text if is_json(text) else None)
        return read or StoredEmbeds(value)

    def _as_markup(self, value: str, depth: int) -> StoredEmbeds | None:
        if TAG.search(value) is None:
            return None
        gated = self._gate_fragment(escape_for_rewriter(UNREPRESENTABLE.sub("\ufffd", value)))
        touched = [found for found in gated.findings if found.platform and found.outcome is not Outcome.REPORTED]
        whole = all(found.outcome is not Outcome.DROPPED for found in gated.findings)
        text = unescape_from_rewriter(gated.html) if touched else value
        if not whole or UNREPRESENTABLE.search(value) or IN_CODE.match(value):
            return self._written(value, text, touched, lambda text: None)
        further = self._in_markup(text, depth - 1)
        findings = (*touched, *further.findings)
        return StoredEmbeds(further.text, findings) if findings else None

    def _as_references(self, value: str, depth: int) -> StoredEmbeds | None:
        return self._encoded(REFERENCES, value, depth) if "&lt;" in value or "&quot;" in value else None

    def _as_percent_encoded(self, value: str, depth: int) -> StoredEmbeds | None:
        if ENCODED_START.match(value) is None:
            return None
        plus = "+" in value and "%20" not in value
        return self._encoded(PERCENT_WITH_PLUS if plus else PERCENT, value, depth)

    def _as_base64(self, value: str, depth: int) -> StoredEmbeds | None:
        text = base64_text(value)
        if text is None:
            return None
        inside = self.read(text, depth - 1)
        return self._written(value, inside.text, inside.findings, lambda text: as_base64(text, value), before=text)

    def _as_data_url(self, value: str, depth: int) -> StoredEmbeds | None:
        text = embedded_resource(value).text
        inside = self.read(text, depth - 1) if text else None
        return self._written(value, inside.text, inside.findings, lambda text: None, before=text) if inside else None

    def _as_code(self, value: str, depth: int) -> StoredEmbeds | None:
        """The strings of JavaScript, as in attributes of frameworks."""
        if not any(names_platform(literal[0]) for literal in CODE_LITERAL.finditer(value)):
            return None
        try:
            literals = literals_of_value(value)
        except PutTogetherError:
            return self._as_unreadable_code(value, depth)
        return (
            self.in_literals(value, literals, lambda text: self.read(text, depth - 1)) if literals is not None else None
        )

    def in_literals(self, code: str, literals: Iterable[Literal], read: Callable[[str], StoredEmbeds]) -> StoredEmbeds:
        """A script with what these strings of it hold replaced where that is certain. ``read`` reads what one says."""
        pieces: list[str] = []
        findings: list[Finding] = []
        done = 0
        for literal in literals:
            inside = read(literal.value)
            changed = spliced(code, literal, inside.text) if inside.text != literal.value else None
            if changed is not None:
                pieces += [code[done : literal.start], changed]
                done = literal.end
            stays = inside.text != literal.value and changed is None
            findings += map(self.reported, inside.findings) if stays else inside.findings
        return StoredEmbeds("".join([*pieces, code[done:]]), tuple(findings))

    def _as_unreadable_code(self, value: str, depth: int) -> StoredEmbeds | None:
        """The strings of what may be JavaScript and cannot be read as such. They are not written back."""
        findings: list[Finding] = []
        for literal in CODE_LITERAL.finditer(value):
            raw = CODE_ESCAPE.sub("", literal[1] or literal[2] or literal[3] or "")
            if raw != value and names_platform(raw):
                findings += self.read(JSON_STRING.decoded(raw) or raw, depth - 1).findings
        return self._written(value, "", findings, lambda text: None)

    def _as_text_with_addresses(self, value: str, depth: int) -> StoredEmbeds | None:
        """Addresses in a text with rules of its own, such as YAML. They are not written back."""
        words = ADDRESS_IN_TEXT.findall(value) if may_be_embed_address(value) else ()
        found = [embed for word in words if (embed := self._embed(word)) is not None]
        return self._written(value, "", list(map(self.reported, found)), lambda text: None)

    def _encoded(
        self, encoding: Encoding, raw: str, depth: int, sample: str = "", name: str = ""
    ) -> StoredEmbeds | None:
        """What is in text of one form, written back in that form."""
        text = encoding.decoded(raw)
        if text is None or (text == raw and encoding is not JSON_STRING):
            return None
        inside = self.read(text, depth - 1, name)
        return self._written(
            raw, inside.text, inside.findings, lambda new: encoding.spliced(raw, new, sample), before=text
        )

    def _written(
        self,
        raw: str,
        text: str,
        findings: Sequence[Finding],
        write: Callable[[str], str | None],
        before: str | None = None,
    ) -> StoredEmbeds | None:
        """A value with changed text written back; where that is not certain it stays, and each finding says so. ``None`` without findings.

        ``before`` is the text as it was, by default the value itself.
        """
        if not findings:
            return None
        written = raw if text == (raw if before is None else before) else write(text)
        if written is not None:
            return StoredEmbeds(written, tuple(findings))
        return StoredEmbeds(raw, tuple(map(self.reported, findings)))


def is_json(text: str) -> bool:
    """Whether a text is valid JSON."""
    try:
        json.loads(text)
    except UNREADABLE:
        return False
    return True
