"""Gates in golden pages as one short element each, so that a case says what is gated and not how a gate is written.

A gate is only shortened where it is, letter by letter, what `shariff_py.consent_ui.gate` makes of that content; anything else stays as it
is and so differs from what is expected. The level of its heading is left out: `tests/gate/test_heading_levels.py` has rows of them. How a gate is written is pinned by the one case that has a ``markup.html``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from shariff_py.consent_ui.frame import load_embed_token
from shariff_py.consent_ui.gate import gate, gate_parts
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

NAME = "shariff-gate-placeholder"
LEVELS = range(2, 7)
END = f"</{NAME}>"

GATE = re.compile(
    r"name=\"embed\" value=\"(?P<token>[^\"]+)\">\s*<input type=\"hidden\" name=\"lang\" value=\"(?P<language>[\w-]+)\">"
    r".*?<iframe class=\"shariff-frame\" name=\"shariff-\w+-(?P<number>[0-9]+)\"",
    re.DOTALL,
)
QUOTE, QUOTE_END = '<div class="shariff-quote" dir="auto" data-when="asking">', "</div>"
"""The block for a pasted quote, which the rewriter takes out again where nothing was pasted."""


def _in_attribute(markup: str) -> str:
    return escape(markup, quote=False).replace('"', "&quot;")


WRITTEN: tuple[Callable[[str], str], ...] = (
    str,
    lambda markup: markup.encode("ascii", "xmlcharrefreplace").decode(),
    _in_attribute,
    lambda markup: _in_attribute(_in_attribute(markup)),
)
"""How our markup stands in a page: as it is, with references for letters beyond ASCII, in a document in an attribute, in one inside that."""


def shortened(html: str, settings: Settings) -> str:
    """A gated page with every gate as one element that names its kind, address, options, language and number."""
    decoded_variants = (html, unescape(html), unescape(unescape(html)))
    for token, language, number in {match.groups() for reading in decoded_variants for match in GATE.finditer(reading)}:
        embed = load_embed_token(token, settings)
        options = " ".join(f"{name}={value}" for name, value in embed.options)
        short = (
            f'<{NAME} {embed.platform}="{embed.kind}" address="{escape(embed.address)}" options="{options}"'
            f' lang="{language}" number="{number}">'
        )
        for level in LEVELS:
            whole = gate(settings, LANGUAGES[language], embed, nth=int(number), level=level)
            head, tail = gate_parts(settings, LANGUAGES[language], embed, nth=int(number), level=level)
            unquoted = head.partition(QUOTE)[0] + tail.removeprefix(QUOTE_END)
            forms = ((whole, short + END), (unquoted, short + END), (head, short), (tail, END))
            for markup, instead in forms[: 3 if level != LEVELS[-1] else 4]:
                for written in WRITTEN:
                    html = html.replace(written(str(markup)), written(instead))
    return html
