"""One streaming pass over a page that replaces a platform's embed code by gates.

Nothing is decided on source text: the tokenizer gives elements and attribute values as a browser sees them, URLs go through a browser's
URL parser, and what is put in their place is built from the registry.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from turbohtml.rewrite import rewrite

from shariff_py.gate.browser_rules.foreign_content import unambiguous_until
from shariff_py.gate.browser_rules.script_types import EXAMINED_ELEMENTS
from shariff_py.gate.detect.candidate_visits import (
    all_visited,
    candidate_selectors,
    is_only_text,
    naming_texts,
    with_frames,
)
from shariff_py.gate.detect.context_tags import SPECULATION_RULES
from shariff_py.gate.detect.prefilter import CandidateSpans, candidate_spans
from shariff_py.gate.detect.store_hints import may_keep_embeds
from shariff_py.gate.findings import Gated, Outcome, Reason
from shariff_py.gate.page_info import PageInfo
from shariff_py.gate.rewrite.byte_fidelity import (
    UNREPRESENTABLE,
    escape_for_rewriter,
    placeholders,
    unescape_from_rewriter,
    without_unfinished_tag,
)
from shariff_py.gate.rewrite.context import Checkpoint, GateFragment, RewriteContext
from shariff_py.gate.rewrite.element_rules import ElementRewriter
from shariff_py.gate.rewrite.frames.blocked import blocked_frames
from shariff_py.gate.rewrite.handles import Element
from shariff_py.gate.rewrite.headings import heading_handlers
from shariff_py.gate.rewrite.parsed.parser_differentials import leaves_open, may_differ, may_wake, without_hidden_markup
from shariff_py.gate.rewrite.parsed.woken_code import GateAlone
from shariff_py.gate.rewrite.raw_text_elements import gate_raw_text
from shariff_py.gate.rewrite.stores.page import with_stores
from shariff_py.gate.rewrite.stubs import with_one_stub
from shariff_py.gate.text_bytes import TextBytes, text_bytes
from shariff_py.settings.model import Settings

END_TAG = "shariff-end"
END_PROBE = f"<{END_TAG}>"
"""A tag put behind the page's last byte. If the pass does not reach it, the page ended inside something unfinished: a comment or a script
keeps it as text (and it is taken off again), an unfinished tag has swallowed it."""

MAX_EMBED_LENGTH = 1_024
"""Characters behind the last candidate after which an embed has usually ended."""

MAX_DEPTH = 8
"""Nested documents that are gated: frames with ``srcdoc`` inside frames with ``srcdoc``."""

QUOTE = '<div class="shariff-quote" dir="auto" data-when="asking">'
EMPTY_QUOTE = re.compile(QUOTE + r"(?:\s|<!---->)*+</div>")
"""The block for a pasted quote that contains nothing but white space."""


def gate_html(
    html: str,
    settings: Settings,
    *,
    language_tag: str | None = None,
    page: str = "",
    controller: str | None = None,
    numbers: Iterator[int] | None = None,
    references: bool = False,
    policy_enforced: bool = False,
) -> Gated:
    """Gate a page or a fragment: every platform's embed code in it is replaced by a gate, everything else stays byte for byte.

    ``language_tag`` is the language of the gates (default: the page's own ``lang``, else the site's). ``page`` is the page's own URL;
    relative URLs and share buttons that name none refer to it. ``controller`` is the id of the page's controller. ``numbers`` number the
    gates of a page that is gated in several parts, so that all its frames have different names. ``references`` writes our own text as
    character references, for pages whose character set is not known for certain. ``policy_enforced`` says that our policy goes out with
    the page and is enforced: then scripts stay of which it cannot be told whether they load something of a platform.

    A tag left unfinished at the very end is dropped, as browsers do: in a fragment it would swallow what follows it.
    Raises `ConfigurationError` only; no input makes it fail.
    """
    return gate_page(html, settings, PageInfo(language_tag, page, controller, numbers, references, policy_enforced))


def gate_page(html: str, settings: Settings, info: PageInfo) -> Gated:
    """The same as `gate_html`, with all that is known of the page."""
    context = RewriteContext.of(settings, info)
    return Gated(gated(html, context), tuple(context.findings))


def gated(html: str, context: RewriteContext, *, use_prefilter: bool = True, complete: bool = True) -> str:
    """Markup gated in the context of its page; the very same string where there is nothing to do.

    In most cases the prefilter finds the tags that matter. Otherwise, and where unknown hosts are reported or ``use_prefilter`` is false,
    every element is read. The result is the same. ``complete`` is false for a piece of a page of which more will come.
    """
    text = text_bytes(html)
    spans = candidate_spans(text)
    context.names_no_platform = complete and spans is not None and not spans.counted and not spans.outside_tags
    if not use_prefilter or context.reports_unknown or (spans is not None and spans.noscript and leaves_open(html)):
        spans = None
    if spans is not None and (frames := blocked_frames(text, context)) is not None:
        spans = None if frames.in_text else spans.with_frames(frames)
    if not complete and spans is not None and SPECULATION_RULES in text.lowered:
        # What comes later may link to a platform.
        spans = None
    if spans is None or spans.counted or spans.outside_tags:
        context.presence.add(html)
    result, spans = _gated_elements(html, text, spans, context)
    return with_stores(result, context, _fragment_gate(context)) if may_keep_embeds(text, spans) else result


def _gated_elements(
    html: str, text: TextBytes, spans: CandidateSpans | None, context: RewriteContext
) -> tuple[str, CandidateSpans | None]:
    """What `gated` makes of everything but the page's stores, and the spans; ``None`` where every element was read."""
    if spans is not None and not spans.candidates and not spans.outside_tags and not spans.frames:
        return html, spans
    before = context.checkpoint()
    letters = placeholders(html)
    source = escape_for_rewriter(html.translate(letters) if letters else html, odd_tags=spans is None or spans.odd_tags)
    passed = _gated_at(spans, text, source, context, before) if spans else None
    if passed is None:
        spans, result = None, gated_markup(source, context)
    else:
        result, spans = passed
        if any(finding.outcome is Outcome.REMOVED for finding in context.findings[before.findings :]):
            result = with_one_stub(result, context)
        if spans.asleep and may_wake(source, result):
            result = _without_hidden_markup(result, source, context)
    found = context.findings[before.findings :]
    if all(finding.outcome is Outcome.REPORTED for finding in found):
        return html, spans
    if not letters:
        return unescape_from_rewriter(result), spans
    readable = dict.fromkeys(letters.values(), "\ufffd")
    context.findings[before.findings :] = [finding.translated(readable) for finding in found]
    return unescape_from_rewriter(result).translate({letter: lone for lone, letter in letters.items()}), spans


def read_page_tags(html: str, context: RewriteContext) -> None:
    """Read what a piece of a page says about everything that follows: its language and its base URL."""
    before = len(context.findings)
    # Nothing is written here, so bytes that are no letters can be what a browser reads in their place; the rewriter takes no others.
    readable = UNREPRESENTABLE.sub("\ufffd", html)
    rewrite(readable, elements=[("html,base", ElementRewriter(context, _fragment_gate(context)).on_element)])
    del context.findings[before:]


def gated_markup(source: str, context: RewriteContext) -> str:
    """Escaped markup, gated element by element: the pass, then the raw text elements, then what only a full parser sees."""
    result = _passed_with_raw_text(source, context)
    if not context.depth:
        result = with_one_stub(result, context)
    if may_differ(result) or may_wake(source, result):
        return _without_hidden_markup(result, source, context)
    return result


def _passed_with_raw_text(source: str, context: RewriteContext) -> str:
    heading = context.heading
    result, seen_tags = _passed(source, context)
    return result if EXAMINED_ELEMENTS.isdisjoint(seen_tags) else _with_raw_text_gated(result, context, heading)


def _with_raw_text_gated(html: str, context: RewriteContext, heading: int) -> str:
    """Markup after the pass, with its raw text elements gated; ``heading`` is the last one before it."""
    context.heading = heading
    html, inside = gate_raw_text(html, context, _fragment_gate(context))
    context.findings.extend(inside)
    return html


def _gated_alone(context: RewriteContext, source: str) -> str:
    """What the first passes make of one element. Nothing of it is the page's."""
    outer = context.checkpoint()
    findings, context.findings = context.findings, []
    try:
        return _passed_with_raw_text(source, context)
    finally:
        context.findings = findings
        context.rollback(outer)


def _without_hidden_markup(result: str, source: str, context: RewriteContext) -> str:
    documents: defaultdict[str, list[str]] = defaultdict(list)
    for (document, *_), (fragment, _) in context.fragments.items():
        documents[document].append(fragment.html)
    gate_alone = GateAlone(
        partial(_gated_alone, context), lambda document: documents.get(unescape_from_rewriter(document), ())
    )
    return without_hidden_markup(result, source, context, _fragment_gate(context), gate_alone)


def _fragment_gate(context: RewriteContext) -> GateFragment:
    """What gates markup inside an attribute or a ``noscript``. The same fragment is gated once, however often its page is read."""

    def gate_fragment(source: str) -> Gated:
        outer = context.checkpoint()
        if context.depth == MAX_DEPTH and source:
            too_deep = context.finding(
                Outcome.REMOVED, None, "page within pages", reason=Reason.TOO_DEEP, depth=str(MAX_DEPTH)
            )
            return Gated("", (too_deep,))
        place = context.in_attributes, context.heading, context.offers_gates
        key = (source, outer.gates, outer.language.code, outer.base, *place)
        known = context.fragments.get(key)
        if known is not None:
            fragment, context.gates = known
            return fragment
        findings, context.findings = context.findings, []
        context.depth += 1
        try:
            fragment = Gated(gated_markup(source, context), tuple(context.findings))
        finally:
            context.findings = findings
            context.depth -= 1
        gates = context.gates
        context.rollback(outer._replace(gates=gates))
        context.fragments[key] = fragment, gates
        return fragment

    return gate_fragment


def _gated_at(
    spans: CandidateSpans, text: TextBytes, source: str, context: RewriteContext, before: Checkpoint
) -> tuple[str, CandidateSpans] | None:
    """Escaped markup gated at its candidate spans, and the spans with those that are in texts after all counted as outside of tags; ``None``,
    and all as ``before``, where the pass did not visit all of them.

    Then one is where parsers disagree. What comes well after the last span is not read at all, if nothing is open any more by then. Where
    one is in a script, a style or a ``noscript``, their content is gated, too.
    """
    selectors = candidate_selectors(spans.candidates)
    if spans.frames:
        selectors = with_frames(selectors)
    page = text.lowered
    still_open = f":is({','.join(selectors.containers)}) {END_TAG}" if selectors.containers else ""
    first, last = text.characters(spans.start), text.characters(spans.end)
    enough = source.find(">", last + MAX_EMBED_LENGTH) + 1
    end, with_text = enough or len(source), bool(spans.outside_tags)
    while True:
        rewriter = ElementRewriter(context, _fragment_gate(context), selectors, source)
        rewritten, finished = _rewritten(source[:end], page, rewriter, still_open=still_open, with_text=with_text)
        naming = naming_texts(rewriter.texts, spans)
        visited = finished and all_visited(spans, rewriter.visited, naming.occurrences)
        if visited:
            result = _without_empty_quotes(rewritten, context, before, first, source[end:])
            # Our own markup ends a drawing or a formula that it is put into.
            ends_foreign = rewriter.in_foreign_content or (naming.texts and unambiguous_until(page) < len(page))
            seen = spans._replace(outside_tags=naming.occurrences, asleep=spans.asleep or bool(ends_foreign))
            if all(is_only_text(text, context.base) for text in naming.texts):
                return result, seen
            if not may_differ(source):
                result = _with_raw_text_gated(result, context, before.heading)
                if not may_differ(result):
                    return result, seen
        context.rollback(before)
        if visited or (with_text if finished else end == len(source)):
            return None
        # What is not in an element may be in a text; what is unfinished may end later.
        end, with_text = (end, True) if finished else (len(source), with_text)


def _passed(source: str, context: RewriteContext) -> tuple[str, set[str]]:
    """Escaped markup after one pass over all its elements, and which of `EXAMINED_ELEMENTS` occurred."""
    rewriter = ElementRewriter(context, _fragment_gate(context), source=source)
    before = context.checkpoint()
    rewritten, finished = _rewritten(source, text_bytes(source).lowered, rewriter)
    if not finished:
        shortened = without_unfinished_tag(source)
        if len(shortened) < len(source):
            context.rollback(before)
            result, seen_tags = _passed(shortened, context)
            context.findings.append(context.finding(Outcome.DROPPED, None, "unfinished tag", reason=Reason.UNFINISHED))
            return result, seen_tags
    return _without_empty_quotes(rewritten, context, before), rewriter.seen_tags


def _rewritten(
    source: str, page: bytes, rewriter: ElementRewriter, *, still_open: str = "", with_text: bool = False
) -> tuple[str, bool]:
    """Markup after a pass, and whether it ends outside of tags, comments, raw text elements and what ``still_open`` selects.

    ``page`` is all of the page in lower case. ``with_text`` passes on text and comments, too.
    """
    ended: list[bool] = []

    def on_end(probe: Element) -> None:
        ended.append(True)
        probe.replace("", html=True)

    def on_open(probe: Element) -> None:
        ended.append(False)

    headings = heading_handlers(page, rewriter.context)
    elements = [
        *rewriter.handlers(page),
        *headings,
        (END_TAG, on_end),
        *([(still_open, on_open)] if still_open else []),
    ]
    on_text = rewriter.on_text if with_text else None
    rewritten = rewrite(source + END_PROBE, elements=elements, text=on_text, comments=on_text)
    return rewritten.removesuffix(END_PROBE), ended == [True]


def _without_empty_quotes(
    html: str, context: RewriteContext, before: Checkpoint, first: int = 0, rest: str = ""
) -> str:
    """Gated markup without the blocks for quotes that were not pasted, from position ``first`` on, and the ``rest`` of the page."""
    if all(finding.outcome is not Outcome.GATED for finding in context.findings[before.findings :]):
        return html + rest
    kept: list[str] = []
    done = 0
    start = html.find(QUOTE, first)
    while start != -1:
        if empty := EMPTY_QUOTE.match(html, start):
            kept.append(html[done:start])
            done = empty.end()
        start = html.find(QUOTE, start + len(QUOTE))
    return "".join([*kept, html[done:], rest]) if kept else html + rest
