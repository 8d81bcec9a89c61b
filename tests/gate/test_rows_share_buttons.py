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


DIALOGUES = [
    "/sharer/sharer.php?u=", "/sharer.php?t=Freibad&u=", "/share.php?u=", "/dialog/share?app_id=7&display=popup&href=",
    "/v26.0/dialog/share?app_id=7&href=", "/dialog/feed?app_id=7&link=", "/dialog/send?app_id=7&link=",
]  # fmt: skip


@pytest.mark.parametrize("path", DIALOGUES)
def test_a_frame_with_a_dialogue_for_sharing_becomes_a_share_link(path: str) -> None:
    result = gated(f'<iframe src="https://www.facebook.com{path}https%3A%2F%2Fwww.leinau.example%2Fx"></iframe>')

    assert 'href="https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fwww.leinau.example%2Fx"' in result.html
    assert [(found.outcome, found.address) for found in result.findings] == [
        (Outcome.SHARED, "https://www.leinau.example/x")
    ]


@pytest.mark.parametrize(
    "path",
    ["/dialog/share?app_id=7", "/sharer.php?u=javascript:alert(1)", "/dialog/oauth?redirect_uri=https://x.example/"],
)
def test_a_dialogue_that_shares_no_page_leaves_nothing(path: str) -> None:
    result = gated(f'<iframe src="https://www.facebook.com{path}"></iframe>')

    assert (result.html, [found.outcome for found in result.findings]) == (REMOVED, [Outcome.REMOVED])
