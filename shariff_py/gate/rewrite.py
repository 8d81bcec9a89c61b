"""The rewriter: one streaming pass over a page that turns a platform's embed code into our placeholder.

Nothing is decided on source text: the tokenizer gives elements and attribute values as a browser sees them, addresses go through a
browser's URL parser, and what is put in their place is rebuilt from the register.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from turbohtml.rewrite import rewrite

from shariff_py.gate.elements import Circumstances, Element, Pass
from shariff_py.gate.findings import Finding, Gated, Outcome
from shariff_py.gate.inline import look_into
from shariff_py.gate.source import without_unfinished_tag, written_back, written_for_the_pass
from shariff_py.settings.model import Settings
from shariff_py.urls import NOWHERE, parse

END = "shariff-end"
PROBE = f"<{END}>"
"""A tag put behind the page's last byte. Where the pass never meets it, the page ended inside something unfinished: a comment or a
script keeps it as text (and it is taken off again), an unfinished tag has swallowed it."""


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
    base = next(address for address in (page, settings.site.origin, NOWHERE) if parse(address))
    given = Circumstances(settings, language_tag, base, controller, numbers or count(1), references)
    result = _gated(written_for_the_pass(html), given)
    return Gated(written_back(result.html), result.findings) if result.findings else Gated(html, ())


def _gated(source: str, given: Circumstances) -> Gated:
    """Markup in the form of `written_for_the_pass`, gated: first what the pass cannot look into, then the pass."""
    looked, inside = look_into(source, lambda fragment: _gated(fragment, given))
    result = _passed(looked, given)
    return Gated(result.html, (*inside, *result.findings))


def _passed(source: str, given: Circumstances) -> Gated:
    """One pass over markup."""
    work = Pass(given)
    ended: list[bool] = []

    def on_end(probe: Element) -> None:
        ended.append(True)
        probe.replace("", html=True)

    rewritten = rewrite(f"{source}{PROBE}", elements=[*work.handlers(), (END, on_end)])
    if not ended:
        whole = without_unfinished_tag(source)
        if len(whole) < len(source):
            cut = _passed(whole, given)
            note = "The text ends inside it; browsers drop it, too."
            return Gated(cut.html, (*cut.findings, Finding(Outcome.DROPPED, "", "unfinished tag", note=note)))
        rewritten = rewritten.removesuffix(PROBE)
    return Gated(rewritten, tuple(work.findings))
