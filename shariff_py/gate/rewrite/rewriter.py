"""The rewriter: one streaming pass over a page that turns a platform's embed code into our placeholder.

Nothing is decided on source text: the tokenizer gives elements and attribute values as a browser sees them, addresses go through a
browser's URL parser, and what is put in their place is rebuilt from the register.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count

from turbohtml.rewrite import rewrite

from shariff_py.gate.detect import prefilter
from shariff_py.gate.detect.prefilter import Places
from shariff_py.gate.findings import Finding, Gated, Outcome
from shariff_py.gate.rewrite.byte_fidelity import stand_ins, without_unfinished_tag, written_back, written_for_the_pass
from shariff_py.gate.rewrite.context import Moment, Page
from shariff_py.gate.rewrite.element_rules import Handler, Pass, WordsHandler
from shariff_py.gate.rewrite.parser_differentials import could_hide, leaves_open, without_hidden
from shariff_py.gate.rewrite.raw_text_elements import LOOKED_INTO, look_into
from shariff_py.gate.rewrite.replacements import Element
from shariff_py.settings.model import Settings
from shariff_py.texts import language
from shariff_py.urls import NOWHERE, parse

END = "shariff-end"
REACH = 1_024
"""Characters behind the last place after which an embed has usually ended."""

DEEPEST = 8
"""Pages within pages that are looked into: frames in ``srcdoc`` inside of frames in ``srcdoc``."""

TOO_DEEP = f"Pages within pages are looked into to a depth of {DEEPEST}. What is deeper is left out."

PROBE = f"<{END}>"
"""A tag put behind the page's last byte. Where the pass never meets it, the page ended inside something unfinished: a comment or a
script keeps it as text (and it is taken off again), an unfinished tag has swallowed it."""

QUOTE = '<div class="shariff-quote">'
EMPTY_QUOTE = re.compile(
    QUOTE + r'<p class="shariff-quote-label">[^<]*</p><div class="shariff-quoted">(?:\s|<!---->)*+</div></div>'
)
"""The block for a pasted quote around which nothing was pasted but white space."""


def gate_html(
    html: str,
    settings: Settings,
    *,
    language_tag: str | None = None,
    page: str = "",
    controller: str | None = None,
    numbers: Iterator[int] | None = None,
    references: bool = False,
) -> Gated:
    """Gate a page or a fragment: every platform's embed code in it becomes a placeholder, everything else stays byte for byte.

    ``language_tag`` is the language of the placeholders (default: the page's own ``lang``, else the site's). ``page`` is the page's
    own address; relative addresses and share buttons that name none refer to it. ``controller`` names who answers for the page.
    ``numbers`` count the gates of a page that is gated piece by piece, so that all its frames have names of their own.
    ``references`` writes our own letters as character references, for pages whose character set is not known for certain.

    A tag left unfinished at the very end is dropped, as browsers do: in a fragment it would swallow what follows it.
    Raises `ConfigurationError` only; no input makes it fail.
    """
    state = page_state(settings, language_tag, page, controller, numbers, references)
    return Gated(gated(html, state), tuple(state.findings))


def page_state(
    settings: Settings,
    language_tag: str | None,
    page: str,
    controller: str | None,
    numbers: Iterator[int] | None,
    references: bool,
) -> Page:
    """What is known of a page before its first byte, from the arguments of `gate_html`."""
    fallback = settings.site.language
    return Page(
        settings=settings,
        language=language(language_tag or fallback, fallback),
        follows_lang=language_tag is None,
        base=next(address for address in (page, settings.site.origin, NOWHERE) if parse(address)),
        controller=controller,
        numbers=numbers or count(1),
        references=references,
        place=page,
    )


def gated(html: str, page: Page, *, by_text: bool = True, whole: bool = True) -> str:
    """Markup gated with what is known of its page; the very same string where there is nothing to do.

    The text tells in most cases which tags matter. Otherwise, where the setting wants to know of other hosts, and without ``by_text``,
    every element is read. The result is the same. Not ``whole`` is a piece of a page of which more will come.
    """
    places = prefilter.places(html)
    page.silent = whole and places is not None and not places.named
    if not by_text or page.reporting or (places is not None and places.noscript and leaves_open(html)):
        places = None
    if places is not None and not places.any:
        return html
    before = page.moment()
    letters = stand_ins(html)
    odd = places is None or places.odd_tags
    source = written_for_the_pass(html.translate(letters) if letters else html, odd_tags=odd)
    result = _gated_at(places, source, page) if places else None
    if result is None:
        page.back(before)
        result = gated_markup(source, page)
    if all(found.outcome is Outcome.REPORTED for found in page.findings[before.findings :]):
        return html
    if not letters:
        return written_back(result)
    unreadable = dict.fromkeys(letters.values(), "\ufffd")
    page.findings[before.findings :] = [found.translated(unreadable) for found in page.findings[before.findings :]]
    return written_back(result).translate({letter: lone for lone, letter in letters.items()})


def note_what_holds(html: str, page: Page) -> None:
    """Take over what a piece of a page says of all that follows: its language and its base."""
    before = len(page.findings)
    rewrite(html, elements=[("html,base", Pass(page, _gate_fragment(page)).on_element)])
    del page.findings[before:]


def gated_markup(source: str, page: Page) -> str:
    """Markup in the form of `written_for_the_pass`, gated element by element: the pass, then what the pass cannot look into, then what
    only a browser's whole parser sees.
    """
    result, met = _passed(source, page)
    if not LOOKED_INTO.isdisjoint(met):
        result, inside = look_into(result, _gate_fragment(page), page.platform_in, ahead=not page.silent)
        page.findings.extend(inside)
    return without_hidden(result, page, _gate_fragment(page)) if could_hide(result) else result


def _gate_fragment(page: Page) -> Callable[[str], Gated]:
    """What gates markup inside an attribute or a ``noscript`` with what is known of the page. What it finds is not yet the page's.

    The same fragment is gated once, however often a page is gone over.
    """

    def gate_fragment(source: str) -> Gated:
        outer = page.moment()
        if page.depth == DEEPEST and source:
            return Gated("", (Finding(Outcome.REMOVED, "", "page within pages", note=TOO_DEEP),))
        key = (source, outer.numbers, outer.language.code, outer.base)
        known = page.fragments.get(key)
        if known is not None:
            gated, numbers = known
            page.skip_to(numbers)
            return gated
        findings, page.findings = page.findings, []
        page.depth += 1
        try:
            gated = Gated(gated_markup(source, page), tuple(page.findings))
        finally:
            page.findings = findings
            page.depth -= 1
        numbers = page.moment().numbers
        page.back(outer._replace(numbers=numbers))
        page.fragments[key] = gated, numbers
        return gated

    return gate_fragment


def _gated_at(places: Places, source: str, page: Page) -> str | None:
    """Markup gated at the places its text tells of; ``None`` where the pass did not come by all of them.

    Then they stand in a script, or where parsers read different things. What comes well after the last place is not read at all, if
    nothing is open any more by then.
    """
    before = page.moment()
    enough = source.find(">", places.end + REACH) + 1
    for end in dict.fromkeys((enough or len(source), len(source))):
        page.back(before)
        work = Pass(page, _gate_fragment(page))
        on_words = work.on_words if places.elsewhere else None
        handlers = work.handlers(places.marked)
        rewritten, whole = _rewritten(source[:end], handlers, work.open_at(END, places.marked), on_words)
        if whole and work.came_by(places):
            return _without_empty_quotes(rewritten, page, before, places.start) + source[end:]
    return None


def _passed(source: str, page: Page) -> tuple[str, set[str]]:
    """One pass over all elements of some markup, and those met that want a closer look."""
    work = Pass(page, _gate_fragment(page))
    before = page.moment()
    rewritten, whole = _rewritten(source, work.handlers())
    if not whole:
        finished = without_unfinished_tag(source)
        if len(finished) < len(source):
            page.back(before)
            cut, met = _passed(finished, page)
            note = "The text ends inside it; browsers drop it, too."
            page.findings.append(Finding(Outcome.DROPPED, "", "unfinished tag", note=note))
            return cut, met
    return _without_empty_quotes(rewritten, page, before), work.met


def _rewritten(
    source: str, handlers: Iterable[tuple[str, Handler]], still_open: str = "", on_words: WordsHandler | None = None
) -> tuple[str, bool]:
    """Some markup after a pass, and whether it ends outside of tags, comments, text elements and what ``still_open`` selects."""
    ended: list[bool] = []

    def on_end(probe: Element) -> None:
        ended.append(True)
        probe.replace("", html=True)

    def on_open(probe: Element) -> None:
        ended.append(False)

    elements = [*handlers, (END, on_end), *([(still_open, on_open)] if still_open else [])]
    rewritten = rewrite(f"{source}{PROBE}", elements=elements, text=on_words, comments=on_words)
    return rewritten.removesuffix(PROBE), ended == [True]


def _without_empty_quotes(html: str, page: Page, before: Moment, first: int = 0) -> str:
    """Gated markup, from ``first`` on without the blocks of quotes that nobody pasted."""
    if all(found.outcome is not Outcome.GATED for found in page.findings[before.findings :]):
        return html
    kept: list[str] = []
    done = 0
    start = html.find(QUOTE, first)
    while start >= 0:
        if empty := EMPTY_QUOTE.match(html, start):
            kept.append(html[done:start])
            done = empty.end()
        start = html.find(QUOTE, start + len(QUOTE))
    return "".join([*kept, html[done:]]) if kept else html
