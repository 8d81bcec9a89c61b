"""The content of ``script``, ``style`` and ``noscript``, which is text to the rewriter and code, CSS or markup to a browser.

Inline scripts that load a platform's script are the most common pasted form of an SDK; ``noscript`` is markup to every visitor without
script. They are found by their position; pages with none of them are not read twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from turbohtml import TokenType, tokenize, unescape

from shariff_py.gate.browser_rules.foreign_content import unambiguous_until
from shariff_py.gate.browser_rules.script_types import EXAMINED_ELEMENTS, ContentKind, content_kind, kind_by_content
from shariff_py.gate.browser_rules.speculation_rules import may_prefetch_cross_origin
from shariff_py.gate.detect.javascript.content_calls import calls_content
from shariff_py.gate.detect.platform_css import without_platform_urls, without_platform_urls_anywhere
from shariff_py.gate.detect.script_scan import platform_in_url_list, platform_loaded_by
from shariff_py.gate.findings import Finding, Outcome, Reason
from shariff_py.gate.rewrite.attribute_rules import third_parties_named
from shariff_py.gate.rewrite.byte_fidelity import escape_for_rewriter, unescape_from_rewriter, without_unfinished_tag
from shariff_py.gate.rewrite.context import GateFragment, RewriteContext
from shariff_py.gate.rewrite.headings import PageHeadings
from shariff_py.gate.rewrite.placement import TOKEN_SEPARATOR
from shariff_py.gate.rewrite.script_edits import edited_script
from shariff_py.gate.rewrite.scripts.called_content import gates_before_script
from shariff_py.gate.rewrite.scripts.import_maps import inert_import_map
from shariff_py.gate.rewrite.scripts.surroundings import Surroundings
from shariff_py.gate.rewrite.stubs import stub_for
from shariff_py.platforms.record import Platform


class _Content(NamedTuple):
    """The content of an element: its kind, where the element starts, where the content starts and ends, where the element ends, the last heading
    before it, its nonce."""

    kind: ContentKind
    start: int
    inside: int
    outside: int
    end: int
    heading: int
    nonce: str = ""


@dataclass(slots=True)
class _Rewrite:
    """The page with pieces replaced: what is written so far, up to which position, and what was found."""

    html: str
    context: RewriteContext
    gate_fragment: GateFragment
    pieces: list[str] = field(default_factory=list)
    done: int = 0
    surroundings: Surroundings | None = None
    findings: list[Finding] = field(default_factory=list)

    def rewrite(self, content: _Content) -> None:
        """Gate or remove one element's content, or the element, if it loads something from a platform."""
        body = self.html[content.inside : content.outside]
        kind = content.kind
        self.context.heading = content.heading
        match kind_by_content(unescape_from_rewriter(body)) if kind is ContentKind.BY_CONTENT else kind:
            case ContentKind.MARKUP:
                # Without script a tag that is left open continues behind the element.
                inside = without_unfinished_tag(body)
                gated = self.gate_fragment(inside)
                if gated.findings:
                    self._replace(content.inside, content.inside + len(inside), gated.html, gated.findings)
            case ContentKind.CSS:
                self._rewrite_css(content, unescape_from_rewriter(body))
                self._name_third_parties("style", body)
            case ContentKind.CODE:
                self._rewrite_script(content, unescape_from_rewriter(body))
                self._name_third_parties("inline script", body)
            case ContentKind.URL_LIST:
                self._rewrite_url_list(content, unescape_from_rewriter(body))
                self._name_third_parties("inline script", body)

    def result(self) -> str:
        """The whole page."""
        return "".join([*self.pieces, self.html[self.done :]])

    def _rewrite_script(self, content: _Content, code: str) -> None:
        self._put_gates_before(content, code)
        foreign = "&" in code and content.inside > unambiguous_until(self.html)
        edit = edited_script(self.context, code, "inline script", references=foreign)
        if edit is None:
            return
        if edit.code is None:
            self._replace(
                content.start, content.end, stub_for(self.context, edit.platform, code, content.nonce), [edit.finding]
            )
        elif edit.code == code:
            self.findings.append(edit.finding)
        else:
            stub = stub_for(self.context, edit.platform, code, content.nonce)
            if stub != TOKEN_SEPARATOR:
                self._replace(content.start, content.start, stub, [])
            self._replace(content.inside, content.outside, escape_for_rewriter(edit.code), [edit.finding])

    def _put_gates_before(self, content: _Content, code: str) -> None:
        """Put gates before a script that has a platform's script show content. In a page's head nothing can stand."""
        if not calls_content(code):
            return
        self.surroundings = self.surroundings or Surroundings(self.html)
        around = self.surroundings.at(content.start)
        if around.in_head:
            return
        before = len(self.context.findings)
        gates = gates_before_script(self.context, code, in_paragraph=around.in_paragraph, in_form=around.in_form)
        found = self.context.findings[before:]
        del self.context.findings[before:]
        if gates:
            self._replace(content.start, content.start, gates, found)

    def _rewrite_css(self, content: _Content, source: str) -> None:
        css, platform = without_platform_urls_anywhere(source, self.context.base, self.context.allow)
        if css == source:
            return
        found = self.context.finding(Outcome.INERT, platform, "style", reason=Reason.WOULD_BE_FETCHED)
        self._replace(content.inside, content.outside, escape_for_rewriter(css), [found])

    def _rewrite_url_list(self, content: _Content, source: str) -> None:
        platform = platform_in_url_list(source, self.context.allow)
        if platform is not None and (changed := inert_import_map(source, self.context.allow)) is not None:
            size = str(len(changed.encode("utf-8", "replace")))
            reason = Reason.SCRIPT_ADDRESS
            found = self.context.finding(Outcome.INERT, platform, "inline script", reason=reason, bytes=size)
            self._replace(content.inside, content.outside, escape_for_rewriter(changed), [found])
        elif platform is not None:
            self._remove(content, platform, "inline script", Reason.SCRIPT_NAMES_IT)
        elif not self.context.names_no_platform and may_prefetch_cross_origin(source):
            self._remove(content, None, "speculation rules", Reason.PREFETCHES_LINKS)

    def _name_third_parties(self, found: str, body: str) -> None:
        self.findings += third_parties_named(self.context, found, unescape_from_rewriter(body))

    def _remove(self, content: _Content, platform: Platform | None, found: str, reason: Reason) -> None:
        finding = self.context.finding(Outcome.REMOVED, platform, found, reason=reason)
        self._replace(content.start, content.end, TOKEN_SEPARATOR, [finding])

    def _replace(self, start: int, end: int, piece: str, findings: Sequence[Finding]) -> None:
        self.pieces += [self.html[self.done : start], piece]
        self.done = end
        self.findings += findings


def gate_raw_text(html: str, context: RewriteContext, gate_fragment: GateFragment) -> tuple[str, list[Finding]]:
    """The page without inline scripts that load something from a platform, with its CSS cleaned, and with the markup in ``noscript`` and
    in templates gated; and the findings.

    ``html`` must be escaped by `escape_for_rewriter`: then the tokens' sources add up to it, character by character. ``gate_fragment``
    gates a piece of markup in that same form. Where the page may link to a platform, speculation rules that let browsers prefetch any link
    are removed.
    """
    rewrite = _Rewrite(html, context, gate_fragment)
    for content in _contents(html, context.heading):
        rewrite.rewrite(content)
    return rewrite.result(), rewrite.findings


def _contents(html: str, heading: int) -> Iterator[_Content]:
    headings = PageHeadings(heading)
    position = 0
    kind: ContentKind | None = None
    start = inside = 0
    nonce = ""
    for token in tokenize(html, resolve_references=False, capture_source=True):
        text = token.source if token.source is not None else token.data or ""
        if kind is not None and token.type is not TokenType.TEXT:
            yield _Content(kind, start, inside, position, position + len(text), headings.last, nonce)
            kind = None
        elif token.type is TokenType.START_TAG and token.tag in EXAMINED_ELEMENTS:
            kind, start, inside = content_kind(token.tag, token.attrs or []), position, position + len(text)
            nonce = next((unescape(value or "") for name, value in token.attrs or () if name == "nonce"), "")
        elif token.type is TokenType.START_TAG:
            headings.open(token.tag or "", token.attrs or ())
        elif token.type is TokenType.END_TAG:
            headings.close(token.tag or "")
        position += len(text)
    if kind is not None:
        # Left open, it would continue in whatever follows this fragment.
        yield _Content(kind, start, inside, position, position, headings.last)


def platform_in_content(
    tag: str,
    attributes: Sequence[tuple[str, str | None]],
    text: str,
    context: RewriteContext,
    gate_fragment: GateFragment,
) -> str | None:
    """The name of the platform that an element's text loads something from, as `gate_raw_text` decides it; empty if it is not known
    which, ``None`` if it loads nothing."""
    kind = content_kind(tag, attributes)
    match kind_by_content(text) if kind is ContentKind.BY_CONTENT else kind:
        case ContentKind.CODE:
            platform = platform_loaded_by(text, allow=context.allow, policy_enforced=context.info.policy_enforced)
        case ContentKind.URL_LIST:
            platform = platform_in_url_list(text, context.allow)
        case ContentKind.CSS:
            css, platform = without_platform_urls(text, context.base, context.allow)
            if css != text and platform is None:
                return ""
        case ContentKind.MARKUP if "<" in text:
            findings = gate_fragment(text).findings
            touched = [f.platform for f in findings if f.outcome not in {Outcome.REPORTED, Outcome.DROPPED}]
            return touched[0] if touched else None
        case _:
            return None
    return platform.name if platform else None
