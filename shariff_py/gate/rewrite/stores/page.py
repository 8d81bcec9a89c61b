"""Embed code that a page keeps as data: reported, or replaced and written back in the same form where the site asks for it.

A page's data are its own, so by default nothing of them is changed (``gate.stores``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from turbohtml import TokenType, tokenize

from shariff_py.consent_ui.lengths import MAX_GATE_BYTES
from shariff_py.gate.browser_rules.encoded_text import REFERENCES
from shariff_py.gate.detect.embed_addresses import EmbedAddress
from shariff_py.gate.detect.javascript.judgement import judged
from shariff_py.gate.detect.store_hints import may_keep_embed
from shariff_py.gate.detect.stores import Store, StoreForm, stores
from shariff_py.gate.findings import Finding, Outcome, Reason
from shariff_py.gate.rewrite.byte_fidelity import escape_for_rewriter, placeholders, unescape_from_rewriter
from shariff_py.gate.rewrite.context import GateFragment, RewriteContext
from shariff_py.gate.rewrite.placement import TOKEN_SEPARATOR
from shariff_py.gate.rewrite.stores.scripts import read_script
from shariff_py.gate.rewrite.stores.values import MAX_DEPTH, StoredEmbeds, StoredValues, is_json
from shariff_py.platforms.registry import REGISTRY

METADATA = frozenset({"script[application/ld+json]"})
"""Stores for search engines: what they name as a frame's address no script makes a frame of."""

MEASURED = (0, 1)
"""In how many attributes gates in stores are measured as if they stood there, until they are short enough. How a store is written is not known
before, and in some ways a letter takes six bytes."""

TAG_NAME = re.compile(r"<[^\s/>]+")
ATTRIBUTE = re.compile(r"[\s/]*([^\s=>/][^\s=>/]*)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>\"']+))?")
"""An attribute in a start tag, and its value with its quotes (WHATWG HTML 13.1.2.3)."""


def with_stores(html: str, context: RewriteContext, gate_fragment: GateFragment) -> str:
    """The page with its stores gated, if the settings say so; the very same string if not. Findings are added to the page's."""
    letters = placeholders(html)
    source = escape_for_rewriter(html.translate(letters) if letters else html)
    gates = context.gates
    # Where a script of the page puts what it stores is not known.
    context.heading = 0
    read = _short_enough(source, context, gate_fragment)
    if context.settings.gate.stores != "gate":
        context.gates = gates
    context.findings.extend(read.findings)
    if read.text == source:
        return html
    return unescape_from_rewriter(read.text).translate({letter: lone for lone, letter in letters.items()})


def _short_enough(source: str, context: RewriteContext, gate_fragment: GateFragment) -> StoredEmbeds:
    """Escaped markup with what its stores hold replaced by gates of at most `MAX_GATE_BYTES`, or by links."""
    reader, gates, size = _StoreReader(context, gate_fragment), context.gates, _size(source)

    def read(attributes: int, *, offers_gates: bool = True) -> StoredEmbeds:
        context.gates, context.in_attributes, context.offers_gates = gates, attributes, offers_gates
        found = reader.in_markup(source, MAX_DEPTH)
        context.in_attributes, context.offers_gates = 0, True
        return found

    with_gates = map(read, MEASURED)
    fits = (found for found in with_gates if _size(found.text) - size <= MAX_GATE_BYTES * (context.gates - gates))
    return next(fits, None) or read(0, offers_gates=False)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


class _StoreReader:
    """Reads the stores of one page, and of markup inside them."""

    def __init__(self, context: RewriteContext, gate_fragment: GateFragment) -> None:
        self._context = context
        self._gate_fragment = gate_fragment
        self._gates = context.settings.gate.stores == "gate"

    def in_markup(self, source: str, depth: int) -> StoredEmbeds:
        """Escaped markup with what its stores hold replaced, if the settings say so, and the findings."""
        pieces: list[str] = []
        findings: list[Finding] = []
        done = 0
        for store in stores(source) if depth > 0 else ():
            value = unescape_from_rewriter(store.text)
            read = self._read(store, value, depth)
            if not read.findings:
                continue
            named = [replace(found, found=store.found) for found in read.findings]
            written = None
            if self._gates and read.text != value and store.start >= done:
                written = _WRITERS[store.form](source[store.start : store.end], store, escape_for_rewriter(read.text))
            if written is None:
                reason = Reason.NOT_REWRITABLE if self._gates else Reason.IN_STORE
                findings += [self._reported(found, reason) for found in named]
            else:
                pieces += [source[done : store.start], written]
                done = store.end
                findings += named
        return StoredEmbeds("".join([*pieces, source[done:]]), tuple(dict.fromkeys(findings)))

    def _read(self, store: Store, value: str, depth: int) -> StoredEmbeds:
        values = self._values(store)
        if store.form is not StoreForm.CODE:
            return values.read(value, depth, store.attribute)
        if not may_keep_embed(value):
            return StoredEmbeds(value)
        kept = judged(value, allow=self._context.allow).keeps
        if not self._gates and kept is not None:
            # It is reported where scripts are judged.
            return StoredEmbeds(value)
        read = read_script(values, value)
        if kept is None or read.findings:
            return read
        uncertain = self._context.finding(Outcome.REPORTED, kept, store.found, reason=Reason.NOT_REWRITABLE)
        return StoredEmbeds(value, (uncertain,))

    def _values(self, store: Store) -> StoredValues:
        def reported(found: EmbedAddress | Finding) -> Finding:
            if isinstance(found, Finding):
                return self._reported(found, Reason.NOT_REWRITABLE)
            return self._context.finding(
                Outcome.REPORTED,
                found.platform,
                store.found,
                found.kind.name,
                found.content,
                reason=Reason.NOT_REWRITABLE,
            )

        def replaced(found: EmbedAddress) -> tuple[str, Finding] | None:
            if not self._gates or store.found in METADATA:
                return None
            finding = self._context.finding(
                Outcome.LINKED,
                found.platform,
                store.found,
                found.kind.name,
                found.content,
                reason=Reason.ADDRESS_IN_STORE,
            )
            query = urlencode({"lang": self._context.language.code, "embed": found.content})
            return f"{self._context.settings.frame.prefix}/frame/closed?{query}", finding

        return StoredValues(
            self._context.base, self._gate_fragment, replaced, reported, self._in_value, self._context.allow
        )

    def _in_value(self, markup: str, depth: int) -> StoredEmbeds:
        read = self.in_markup(escape_for_rewriter(markup), depth)
        return read._replace(text=unescape_from_rewriter(read.text))

    def _reported(self, found: Finding, reason: Reason) -> Finding:
        platform = REGISTRY[found.platform]
        return self._context.finding(Outcome.REPORTED, platform, found.found, found.kind, found.address, reason=reason)


def _in_attribute(written: str, store: Store, text: str) -> str | None:
    """A start tag with the new value; ``None`` where another tag would be read in it."""
    place = TAG_NAME.match(written)
    position = place.end() if place else len(written)
    while attribute := ATTRIBUTE.match(written, position):
        position = attribute.end()
        if attribute[1].lower() != store.attribute or attribute[2] is None:
            continue
        raw, quoted = attribute[2], attribute[2][0] in "\"'"
        value = REFERENCES.spliced(raw[1:-1], text) if quoted else f'"{REFERENCES.encode(text, raw)}"'
        if value is None:
            return None
        start, end = attribute.span(2)
        changed = f"{written[: start + quoted]}{value}{written[end - quoted :]}"
        return changed if _has_only_changed(written, changed, store.attribute, text) else None
    return None


def _has_only_changed(before: str, after: str, name: str, text: str) -> bool:
    old, new = list(tokenize(before)), list(tokenize(after))
    if len(old) != 1 or len(new) != 1 or old[0].tag != new[0].tag or old[0].self_closing != new[0].self_closing:
        return False
    wanted = []
    changed = False
    for given, value in old[0].attrs or ():
        wanted.append((given, text if given == name and not changed else value))
        changed |= given == name
    return wanted == list(new[0].attrs or ())


def _in_text(written: str, store: Store, text: str) -> str | None:
    changed = REFERENCES.spliced(written, text)
    return changed if changed is not None and _content(store.tag, changed) == text else None


def _in_raw_text(written: str, store: Store, text: str) -> str | None:
    # What is neither code nor JSON has rules of its own, which are not known here.
    known = store.tag != "script" or is_json(text)
    return text if known and _content(store.tag, text) == text else None


def _in_script(written: str, store: Store, text: str) -> str | None:
    return text if _content(store.tag, text) == text else None


def _in_comment(written: str, store: Store, text: str) -> str | None:
    # What separates tokens in markup would end a comment; where a tag could join, a space separates, too.
    text = text.replace(TOKEN_SEPARATOR, " ")
    start = written.find(store.text)
    changed = f"{written[:start]}{text}{written[start + len(store.text) :]}"
    tokens = list(tokenize(changed))
    same = start != -1 and len(tokens) == 1 and tokens[0].type is TokenType.COMMENT and tokens[0].data == text
    return changed if same else None


def _content(tag: str, text: str) -> str | None:
    """The content of an element with this text, as a tokenizer reads it; ``None`` where it would end before."""
    tokens = list(tokenize(f"<{tag}>{text}</{tag}>"))
    inside = tokens[1:-1]
    whole = tokens[-1].type is TokenType.END_TAG and all(token.type is TokenType.TEXT for token in inside)
    return "".join([token.data or "" for token in inside]) if whole else None


_WRITERS: dict[StoreForm, Callable[[str, Store, str], str | None]] = {
    StoreForm.ATTRIBUTE: _in_attribute,
    StoreForm.TEXT: _in_text,
    StoreForm.RAW_TEXT: _in_raw_text,
    StoreForm.COMMENT: _in_comment,
    StoreForm.CODE: _in_script,
    StoreForm.TEMPLATE: _in_script,
}
"""How the new text of a store is written; each answers ``None`` where it is not certain that a browser reads the same page around it."""
