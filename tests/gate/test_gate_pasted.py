"""What Facebook's own "embed" dialogue has given out since 2015, after the gate."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from support.golden import SETTINGS
from support.pasted import PASTED, loadable
from turbohtml import parse as browser_tree

from shariff_py.gate import Outcome, gate_html
from shariff_py.settings import Settings

BECOMES = {
    "page-frame": [(Outcome.GATED, "page")],
    "page-sdk": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.GATED, "page")],
    "page-sdk-2015": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.GATED, "page")],
    "like-box-sdk-2015": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.GATED, "page")],
    "post-frame": [(Outcome.GATED, "post")],
    "post-sdk": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.GATED, "post")],
    "post-sdk-2015": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.GATED, "post")],
    "video-frame": [(Outcome.GATED, "video")],
    "video-frame-2014": [(Outcome.GATED, "video")],
    "video-sdk": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.GATED, "video")],
    "share-frame": [(Outcome.SHARED, "share-button")],
    "share-sdk": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.SHARED, "share-button")],
    "like-frame": [(Outcome.REMOVED, "like")],
    "like-sdk": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.REMOVED, "like")],
    "comments-sdk": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.REMOVED, "comments")],
}
"""What each pasted form becomes: one finding for each thing that was touched (root element and script first, where there are any)."""


def words(html: str) -> str:
    """What a reader sees, scripts aside, spaces levelled."""
    soup = BeautifulSoup(html, "html.parser")
    for script in soup(["script", "style"]):
        script.decompose()
    return " ".join(soup.get_text(" ").split())


def test_every_pasted_form_has_its_expectation() -> None:
    assert sorted(BECOMES) == sorted(PASTED)


@pytest.mark.parametrize("name", PASTED)
class TestAnyPastedForm:
    def test_it_becomes_what_the_registry_says(self, name: str) -> None:
        found = gate_html(PASTED[name], SETTINGS).findings

        assert sorted((f.outcome, f.kind) for f in found) == sorted(BECOMES[name])

    def test_nothing_of_a_platform_remains_loadable(self, name: str) -> None:
        assert loadable(PASTED[name]), "the form would load something if it were not gated"

        assert loadable(gate_html(PASTED[name], SETTINGS).html) == []

    def test_gating_twice_changes_nothing(self, name: str) -> None:
        once = gate_html(PASTED[name], SETTINGS).html

        twice = gate_html(once, SETTINGS)

        assert twice.html == once
        assert twice.findings == ()

    def test_its_words_are_kept(self, name: str) -> None:
        """The words of a share button are our own afterwards, in the page's language."""
        shared = BECOMES[name][-1][0] is Outcome.SHARED

        kept = words(gate_html(PASTED[name], SETTINGS).html)

        assert ("Facebook teilen" if shared else words(PASTED[name])) in kept

    def test_bytes_outside_it_are_identical(self, name: str) -> None:
        before, after = (
            "<!DOCTYPE html>\r\n<P CLASS=x>Füße &amp; &eacute;</>\t\0",
            "\f<br/>\r<A HREF='/y'\r\n>z</A\n>&am",
        )

        gated = gate_html(before + PASTED[name] + after, SETTINGS).html

        assert gated.startswith(before)
        assert gated.endswith(after)

    def test_where_nothing_is_released_only_links_remain(self, name: str) -> None:
        closed = Settings.from_mapping({"site": {"origin": "https://www.leinau.example"}})

        result = gate_html(PASTED[name], closed)

        assert loadable(result.html) == []
        assert "<iframe" not in result.html
        assert "<form" not in result.html


@pytest.mark.parametrize("page", ["", "/news/1", "www.leinau.example/a", "https://a b/", "javascript:1", "data:,x"])
def test_whatever_the_page_is_called_its_embeds_are_gated(page: str) -> None:
    for name, html in PASTED.items():
        assert loadable(gate_html(html, SETTINGS, page=page).html) == [], name


def test_our_letters_can_be_written_for_any_character_set() -> None:
    assert gate_html(PASTED["post-frame"], SETTINGS, references=True).html.isascii()


def test_a_like_button_is_removed_and_the_note_says_since_when_it_is_dead() -> None:
    (finding,) = gate_html(PASTED["like-frame"], SETTINGS).findings

    assert finding.note == "Facebook: entfernt. Das Plugin zeigt seit dem 10.02.2026 nichts mehr."


def test_a_share_button_becomes_a_link_to_the_address_it_named() -> None:
    html = gate_html(PASTED["share-frame"], SETTINGS).html

    link = BeautifulSoup(html, "html.parser").find("a")

    assert link is not None
    assert link["href"] == (
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fwww.leinau.example%2Fnachrichten%2Ffreibad"
    )
    assert {"noopener", "noreferrer"} <= set(link["rel"])


def test_the_pasted_quote_stays_readable_inside_the_placeholder() -> None:
    soup = BeautifulSoup(gate_html(PASTED["post-sdk"], SETTINGS).html, "html.parser")

    gate = soup.find("shariff-gate")

    assert gate is not None
    assert "Am Sonntag öffnet das Freibad & der Eintritt ist frei." in gate.get_text()


def test_a_frame_inside_a_paragraph_does_not_tear_the_placeholder_apart() -> None:
    html = f"<p>Davor {PASTED['post-frame']} danach</p>"

    tree = browser_tree(gate_html(html, SETTINGS).html)

    gate = tree.select_one("shariff-gate")
    assert gate is not None
    assert gate.select_one("form button") is not None
    assert gate.select_one("iframe") is not None


def test_two_gates_on_a_page_have_frames_of_different_names() -> None:
    html = gate_html(PASTED["post-frame"] * 2, SETTINGS).html

    soup = BeautifulSoup(html, "html.parser")

    assert len({frame["name"] for frame in soup.find_all("iframe")}) == 2
    assert [form["target"] for form in soup.find_all("form")] == [frame["name"] for frame in soup.find_all("iframe")]


def test_the_placeholder_is_in_the_language_of_the_page() -> None:
    page = '<html lang="en-GB"><body>' + PASTED["post-frame"]

    assert "Remove and withdraw" in gate_html(page, SETTINGS).html
    assert "Entfernen und widerrufen" in gate_html(PASTED["post-frame"], SETTINGS).html
