"""What is inside a share button: its own link to the platform goes with it, everything else is the page's and stays behind our share link."""

from __future__ import annotations

import re

import pytest
from support.rows import REMOVED, gated

from shariff_py.gate import Outcome

SHARED_AT = re.compile(r'<a [^>]*href="https://www\.facebook\.com/sharer/sharer\.php\?u=[^"]*"')
OPENED = '<div class="fb-share-button" data-href="https://www.leinau.example/x">'
THEIR_LINK = '<a href="https://www.facebook.com/sharer/sharer.php?u=x&amp;src=sdkpreparse" class="fb-xfbml-parse-ignore">Teilen</a>'

OWN = [
    "<h2>Freibad</h2>",
    '<form action="/suche"><input name="q"></form>',
    "Ein Absatz der Seite.",
    "&copy;",
    '<img src="/a.png" alt="">',
    '<a href="/nachrichten">Nachrichten</a>',
    "<div><div>Text</div></div>",
    f"{THEIR_LINK}<p>Text</p>",
    f"<p>{THEIR_LINK} oder weitersagen</p>",
    "<ul><li>eins<li>zwei</ul>",
]

THEIRS = ["", " \n", "<!-- leer -->", THEIR_LINK, f" {THEIR_LINK} ", THEIR_LINK.replace("Teilen", "<b>Tei</b>len")]


@pytest.mark.parametrize("content", OWN)
def test_content_of_the_page_stays_behind_the_share_link(content: str) -> None:
    result = gated(f"<main>{OPENED}{content}</div></main>")

    assert SHARED_AT.search(result.html.removesuffix(f"{content}{REMOVED}</main>"))
    assert result.html.endswith(f"{content}{REMOVED}</main>")
    assert [found.outcome for found in result.findings] == [Outcome.SHARED]


@pytest.mark.parametrize("content", THEIRS)
def test_a_link_of_the_platforms_own_goes_with_its_button(content: str) -> None:
    after = gated(f"<main>{OPENED}{content}</div></main>").html

    assert len(SHARED_AT.findall(after)) == 1
    assert after.endswith("</a></shariff-share></main>")


def test_of_two_alike_the_content_of_neither_is_lost() -> None:
    after = gated(f"{OPENED}{THEIR_LINK}</div>{OPENED}<h2>Freibad</h2></div>").html

    assert f"{THEIR_LINK}{REMOVED}" in after
    assert after.endswith(f"<h2>Freibad</h2>{REMOVED}")


def test_a_button_without_end_leaves_the_rest_of_the_page() -> None:
    assert "<h2>Freibad</h2><p>Text</p>" in gated(f"<main>{OPENED}{THEIR_LINK}<h2>Freibad</h2><p>Text</p>").html


@pytest.mark.parametrize("inner", ["fb-share-button", "fb-post"])
def test_a_widget_in_a_share_button_is_replaced_by_itself(inner: str) -> None:
    page = f'{OPENED}<div class="{inner}" data-href="https://www.facebook.com/leinau/posts/7"></div></div>'

    assert [found.outcome for found in gated(page).findings] == [
        Outcome.SHARED,
        Outcome.SHARED if inner == "fb-share-button" else Outcome.GATED,
    ]
