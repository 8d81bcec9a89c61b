"""How much a page gets in place of pasted content: bounds of one gate, of all gates, and of the titles in them."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from shariff_py.consent_ui.gate import gate, languages_too_long, longest_gate
from shariff_py.consent_ui.lengths import shortened
from shariff_py.consent_ui.share import share_bar
from shariff_py.gate import Gated, Outcome, gate_html
from shariff_py.gate.rewrite.streaming import GateStream
from shariff_py.platforms.recognition import Embed, recognise
from shariff_py.settings import Settings
from shariff_py.static_site import StaticSite
from shariff_py.texts import LANGUAGES

FRAME = '<iframe src="https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1"></iframe>'
TOO_MANY = "Facebook: durch einen Link ersetzt. Eine Seite hat höchstens 100 Platzhalter."
CYRILLIC = "Жители города " * 40


def settings(**controller: Any) -> Settings:
    city = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a", **controller}
    return Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example"},
            "frame": {"secrets": ["only-for-these-tests-0123456789abcdef"]},
            "releases": {"facebook": {"state": "released"}},
            "controllers": {"city": city},
        }
    )


def post(characters: int) -> Embed:
    """A post whose address and frame parameters have so many characters."""
    usual = recognise("https://www.facebook.com/leinau/posts/1")
    options = sum(len(name) + len(value) for name, value in usual.options)
    digits = (str(number * 7919 % 10) for number in count())
    address = "https://www.facebook.com/leinau/posts/"
    return recognise(address + "".join(next(digits) for _ in range(characters - options - len(address))))


def gates_and_blocks(html: str) -> tuple[int, int]:
    page = BeautifulSoup(html, "html.parser")
    return len(page.select("shariff-gate")), len(page.select(".shariff-closed"))


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_a_gate_has_at_most_12_kilobytes_in_every_language(code: str) -> None:
    shown, site = LANGUAGES[code], settings()

    assert len(gate(site, shown, post(150), title=CYRILLIC).encode()) <= 12_000
    assert len(gate(site, shown, post(300), title="").encode()) <= 12_000
    assert len(gate(site, shown, post(301), title=CYRILLIC).encode()) <= 1_200


@pytest.mark.parametrize(("characters", "opens"), [(300, True), (301, False)])
def test_content_with_an_address_longer_than_any_post_has_becomes_a_link(characters: int, opens: bool) -> None:
    html = gate(settings(), LANGUAGES["de"], post(characters))

    assert gates_and_blocks(html) == ((1, 0) if opens else (0, 1))
    assert "https://www.facebook.com/leinau/posts/" in html


def test_a_title_is_cut_at_a_word_and_what_has_to_be_said_is_not() -> None:
    page = BeautifulSoup(gate(settings(name="Amt " * 300), LANGUAGES["de"], post(60), title=CYRILLIC), "html.parser")

    assert page.select_one(".shariff-title").text == "Жители города " * 7 + "Жители…"  # type: ignore[union-attr]
    assert ("Amt " * 300).strip() in page.select_one(".shariff-note").text  # type: ignore[union-attr]


def test_where_all_that_has_to_be_said_is_too_long_there_is_a_link() -> None:
    warnings: list[str] = []

    html = gate(settings(name="Amt " * 1_200), LANGUAGES["de"], post(60), title="Sommerfest", warn=warnings.append)

    assert gates_and_blocks(html) == (0, 1)
    assert "Sommerfest" in html
    assert warnings == ["too_long"]


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("kurz", 4, "kurz"),
        ("Das Rathaus", 11, "Das Rathaus"),
        ("Das Rathaus am Markt", 19, "Das Rathaus am…"),
        ("ohneleerzeichen", 10, "ohnelee…"),
        ("<<<<<<<<", 16, "<<<…"),
        ("ЖЖЖЖЖЖЖЖ", 10, "ЖЖЖ…"),
        ("", 4, ""),
    ],
)
def test_a_text_is_cut_by_the_bytes_it_has_when_written(text: str, most: int, cut: str) -> None:
    assert shortened(text, most) == cut


def gated(page: str) -> Gated:
    return gate_html(page, settings())


def streamed(page: str) -> Gated:
    stream = GateStream(settings())
    pieces = [stream.feed(page[start : start + 50_000]) for start in range(0, len(page), 50_000)]
    return Gated("".join([*pieces, stream.close()]), stream.findings)


@pytest.mark.slow
@pytest.mark.parametrize("gating", [gated, streamed])
def test_a_page_has_at_most_100_gates_and_the_rest_are_links(gating: Any) -> None:
    result = gating(f"<html lang=de>{FRAME * 1_000}")

    assert gates_and_blocks(result.html) == (100, 900)
    assert [f.outcome for f in result.findings] == [Outcome.GATED] * 100 + [Outcome.LINKED] * 900
    assert {f.note for f in result.findings[100:]} == {TOO_MANY}
    assert "facebook.com/plugins" not in result.html


@pytest.mark.slow
def test_the_hundredth_gate_opens_and_the_next_does_not() -> None:
    assert gates_and_blocks(gated(FRAME * 100).html) == (100, 0)
    assert gates_and_blocks(gated(FRAME * 101).html) == (100, 1)


@pytest.mark.slow
def test_a_page_made_of_several_parts_has_100_gates_together() -> None:
    numbers = count(1)
    parts = [gate_html(FRAME * 60, settings(), numbers=numbers).html for _ in range(3)]

    assert [gates_and_blocks(part) for part in parts] == [(60, 0), (40, 20), (0, 60)]


def test_gates_in_frames_with_a_document_of_their_own_count_as_well() -> None:
    inner = FRAME.replace('"', "'")

    html = gated(FRAME * 99 + f'<iframe srcdoc="{inner * 3}"></iframe>').html

    assert html.count("<shariff-gate") + html.count("&lt;shariff-gate") == 100


@pytest.mark.slow
@pytest.mark.parametrize(("found", "most_bytes"), [(FRAME, 700), ("<fb:post href=//fb.com/a/posts/1>", 700)])
def test_ten_thousand_embeds_cost_no_more_than_a_short_block_each(found: str, most_bytes: int) -> None:
    html = gated(found * 10_000).html

    assert len(html.encode()) <= 100 * 10_000 + 10_000 * most_bytes
    assert "facebook.com/plugins" not in html


@pytest.mark.slow
def test_a_folder_of_pages_has_the_same_bound(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "index.html").write_text(f"<html lang=de><body>{FRAME * 150}", encoding="utf-8")

    site = StaticSite(settings(), tmp_path / "in", tmp_path / "out")
    assert [site.process(entry) for entry in site.entries()]

    assert gates_and_blocks((tmp_path / "out" / "index.html").read_text(encoding="utf-8")) == (100, 50)


def test_a_title_in_a_share_bar_is_cut() -> None:
    services = ("facebook", "x", "mail", "whatsapp", "reddit", "telegram")

    bar = share_bar(
        settings(), LANGUAGES["de"], url="https://www.leinau.example/", title="Ж" * 100_000, counts={}, services=services
    )  # fmt: skip

    assert len(bar.encode()) < 25_000
    assert "%D0%96%E2%80%A6" in bar


def test_the_doctor_knows_the_longest_gate() -> None:
    usual, long = longest_gate(settings()), longest_gate(settings(name="Amt " * 2_000))

    assert str(usual) == f"{usual.size} bytes: Facebook, city, de"
    assert 4_000 < usual.size < 10_000 < long.size


def test_the_doctor_names_the_languages_in_which_not_everything_is_offered() -> None:
    assert languages_too_long(settings()) == []
    assert languages_too_long(settings(remember_days=30, offer_login=True)) == []
    assert len(languages_too_long(settings(name="Amt " * 2_000))) == 29
