"""The share bar: ordinary links that send nothing, with numbers that are never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from markupsafe import Markup

from shariff_py.consent_ui.share import share_bar, share_link
from shariff_py.consent_ui.wording import times
from shariff_py.errors import AddressRefused
from shariff_py.platforms.count_sources.cached_count import NEVER_FETCHED, CachedCount
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

PAGE = "https://www.leinau.example/neues"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC).timestamp()


def settings(**more: Any) -> Settings:
    return Settings.from_mapping({"releases": {"facebook": {"state": "released"}}, **more})


def bar(
    counts: Mapping[str, CachedCount] | None = None,
    *,
    code: str = "de",
    title: str = "",
    url: str = PAGE,
    **more: Any,
) -> BeautifulSoup:
    html = share_bar(settings(**more), LANGUAGES[code], url=url, title=title, counts=counts or {})
    return BeautifulSoup(html, "html.parser")


def link(page: BeautifulSoup, service: str) -> Tag:
    found = page.select_one(f'a[data-service="{service}"]')
    assert found is not None
    return found


def spoken(element: Tag) -> str:
    """What a screen reader is given: everything that is not hidden from it."""
    for hidden in element.select("[aria-hidden]"):
        hidden.decompose()
    return " ".join(element.get_text().split())


def test_every_service_is_a_real_link_in_a_named_list() -> None:
    page = bar()

    entries = page.select("ul[aria-label='Diese Seite teilen'] > li > a[href]")

    assert [entry["data-service"] for entry in entries] == ["facebook", "mail"]
    assert [entry.get_text().split(",")[0] for entry in entries] == ["Auf Facebook teilen", "Per E-Mail weitergeben"]


def test_a_link_to_a_platform_opens_apart_and_says_so() -> None:
    facebook = link(bar(), "facebook")

    assert facebook["target"] == "_blank"
    assert set(facebook["rel"]) == {"noopener", "noreferrer"}
    assert facebook["referrerpolicy"] == "no-referrer"
    assert spoken(facebook) == "Auf Facebook teilen, öffnet ein neues Fenster"


def test_mail_stays_in_the_tab() -> None:
    mail = link(bar(title="Fest & Markt"), "mail")

    assert "target" not in mail.attrs
    assert mail["href"] == "mailto:?subject=Fest%20%26%20Markt&body=https%3A%2F%2Fwww.leinau.example%2Fneues"


def test_the_shared_address_carries_no_query_of_a_visitor() -> None:
    facebook = link(bar(url=f"{PAGE}?token=secret&seite=2#top", site={"query_allow": ["seite"]}), "facebook")

    assert facebook["href"] == (
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fwww.leinau.example%2Fneues%3Fseite%3D2"
    )


def test_an_address_that_cannot_be_shared_is_refused() -> None:
    with pytest.raises(AddressRefused):
        bar(url="javascript:alert(1)")


@pytest.mark.parametrize(
    ("code", "seen", "heard"),
    [
        ("de", "12.345", "12.345 Reaktionen, ungefährer Wert, Stand 23. November 2026"),
        ("en", "12,345", "12,345 interactions, approximate, as of 23 November 2026"),
    ],
)
def test_a_count_is_written_in_the_page_s_language_and_spoken_with_its_age(code: str, seen: str, heard: str) -> None:
    page = bar({"facebook": CachedCount(12345, NOON, NOON)}, code=code)

    count = page.select_one(".share_count")

    assert count is not None
    assert count.get_text() == seen
    assert heard in spoken(link(page, "facebook"))


def test_one_interaction_is_not_plural() -> None:
    page = bar({"facebook": CachedCount(1, NOON, NOON)}, code="en")

    assert "1 interaction," in spoken(link(page, "facebook"))


@pytest.mark.parametrize("service", ["facebook", "hackernews", "tumblr", "hatena", "pinterest"])
def test_what_a_platform_counts_otherwise_is_not_called_shares(service: str) -> None:
    """Reactions, points, notes, bookmarks, saves: each platform counts something else."""
    page = bar(
        {service: CachedCount(17, NOON, NOON)}, code="de", services=[service], releases={service: {"state": "released"}}
    )

    heard = spoken(link(page, service))
    assert "17 Reaktionen," in heard
    assert "geteilt" not in heard


COUNTED = {
    "ar": ("تفاعل واحد (1)", "17 تفاعلًا"), "bg": ("1 взаимодействие", "17 взаимодействия"), "cs": ("1 interakce", "17 interakcí"),
    "da": ("1 interaktion", "17 interaktioner"), "de": ("1 Reaktion", "17 Reaktionen"), "de-simple": ("1 Reaktion", "17 Reaktionen"),
    "en": ("1 interaction", "17 interactions"), "es": ("1 interacción", "17 interacciones"), "fa": ("1 تعامل", "17 تعامل"),
    "fi": ("1 reaktio", "17 reaktiota"), "fr": ("1 interaction", "17 interactions"), "hr": ("1 interakcija", "17 interakcija"),
    "hu": ("1 interakció", "17 interakció"), "it": ("1 interazione", "17 interazioni"), "ja": ("反応1件", "反応17件"),
    "ko": ("반응 1개", "반응 17개"), "nb": ("1 interaksjon", "17 interaksjoner"), "nl": ("1 interactie", "17 interacties"),
    "pl": ("1 interakcja", "17 interakcji"), "pt": ("1 interação", "17 interações"), "ro": ("1 interacțiune", "17 interacțiuni"),
    "ru": ("1 взаимодействие", "17 взаимодействий"), "sk": ("1 interakcia", "17 interakcií"), "sl": ("1 interakcija", "17 interakcij"),
    "sr-Latn": ("1 interakcija", "17 interakcija"), "sv": ("1 interaktion", "17 interaktioner"), "tr": ("1 etkileşim", "17 etkileşim"),
    "uk": ("1 взаємодія", "17 взаємодій"), "zh": ("1次互动", "17次互动"),
}  # fmt: skip


def test_each_language_has_such_a_word_for_one_and_for_several() -> None:
    assert {code: tuple(times(number, words) for number in (1, 17)) for code, words in LANGUAGES.items()} == COUNTED


def test_the_age_is_also_there_for_eyes() -> None:
    note = bar({"facebook": CachedCount(3, NOON, NOON)}).select_one(".shariff-note[aria-hidden]")

    assert note is not None
    assert note.get_text() == "Ungefähre Zahlen, Stand 23. November 2026"


def test_an_unknown_count_is_no_number_at_all() -> None:
    page = bar({"facebook": NEVER_FETCHED})

    assert not page.select(".share_count")
    assert not any(character.isdigit() for character in page.get_text())


def test_a_known_zero_is_shown_as_zero() -> None:
    count = bar({"facebook": CachedCount(0, NOON, NOON)}).select_one(".share_count")

    assert count is not None
    assert count.get_text() == "0"


def test_a_platform_that_is_not_released_is_not_offered() -> None:
    page = bar(releases={"facebook": {"state": "suspended"}})

    assert [entry["data-service"] for entry in page.select("a")] == ["mail"]


def test_icons_say_nothing_and_are_there_only_for_what_is_shown() -> None:
    page = bar(services=["mail"])

    icons = page.select("svg")

    assert len(icons) == 1
    assert icons[0]["aria-hidden"] == "true"


def test_a_title_cannot_become_markup() -> None:
    page = bar(title='"><script>alert(1)</script>')

    assert not page.select("script")


def test_nothing_in_the_bar_is_fetched_or_run() -> None:
    page = bar({"facebook": CachedCount(5, NOON, NOON)})

    assert not page.select("[src], [style], style, script, link, img, iframe")


def test_a_mock_server_replaces_the_platform() -> None:
    page = bar(stand_in={"www.facebook.com": "http://127.0.0.1:8001"})

    assert str(link(page, "facebook")["href"]).startswith("http://127.0.0.1:8001/sharer/sharer.php?u=")


def test_one_link_can_stand_alone() -> None:
    html = share_link(settings(), LANGUAGES["en"], REGISTRY["facebook"], url=PAGE)

    page = BeautifulSoup(html, "html.parser")

    assert spoken(link(page, "facebook")) == "Share on Facebook, opens a new window"


def test_a_platform_without_a_share_link_has_no_link_to_stand_alone() -> None:
    with pytest.raises(ValueError, match="lemmy has no share link"):
        share_link(settings(), LANGUAGES["en"], REGISTRY["lemmy"], url=PAGE)


def test_older_names_lead_to_living_services_and_local_ones_need_no_release() -> None:
    page = bar(services=["twitter", "fediverse", "copy", "print", "sms"], releases={"x": {"state": "released"}})

    assert [entry["class"][1] for entry in page.select("li")] == ["x", "clipboard", "print", "sms"]


def test_what_is_shared_besides_is_handed_on_encoded() -> None:
    more = {
        "media": "https://www.leinau.example/see.jpg?x=1&y",
        "subject": "Lies: {title}",
        "body": "{url}\nGruß",
        "track": "&von=x",
    }
    using = settings(
        services=["pinterest", "mail"], releases={"pinterest": {"state": "released"}}, share={"via": "@leinau"}
    )
    page = BeautifulSoup(share_bar(using, LANGUAGES["de"], url=PAGE, title="Fest", counts={}, **more), "html.parser")

    assert str(link(page, "pinterest")["href"]).endswith(
        "&media=https%3A%2F%2Fwww.leinau.example%2Fsee.jpg%3Fx%3D1%26y&description=Fest&von=x"
    )
    assert link(page, "mail")["href"] == (
        "mailto:?subject=Lies%3A%20Fest&body=https%3A%2F%2Fwww.leinau.example%2Fneues%0AGru%C3%9F"
    )


def test_a_known_zero_is_hidden_on_request_and_icons_alone_have_no_numbers() -> None:
    zero, some = {"facebook": CachedCount(0, NOON, NOON)}, {"facebook": CachedCount(7, NOON, NOON)}

    assert not bar(zero, share={"hide_zero": True}).select(".share_count")
    assert not bar(some, share={"button_style": "icon"}).select(".share_count")
    assert bar(some, share={"button_style": "icon-count"}).select(".share_count")


def test_further_files_are_loaded_only_where_they_are_used() -> None:
    assert not bar().select("link, script")
    (style,) = bar(share={"theme": "white"}).select("link")
    (script,) = bar(services=["print"]).select("script")
    assert str(style["href"]).startswith("/shariff/static/shariff-more.min.css?v=")
    assert str(script["src"]).startswith("/shariff/static/shariff-actions.min.js?v=")


@pytest.mark.parametrize("name", [name for name, record in REGISTRY.items() if record.share and record.share.template])
def test_every_link_hands_on_the_address_of_the_page_and_nothing_in_braces(name: str) -> None:
    html = share_link(settings(), LANGUAGES["de"], REGISTRY[name], url=PAGE, title="Fest")

    target = str(link(BeautifulSoup(html, "html.parser"), name)["href"])

    assert "https%3A%2F%2Fwww.leinau.example%2Fneues" in target
    assert not set("{}\0") & set(target)


def test_what_one_page_shares_is_not_in_the_bar_of_the_next() -> None:
    using = settings(services=["facebook", "x", "mail", "clipboard"], releases={"facebook": {"state": "released"}})
    counts = {"facebook": CachedCount(12345, NOON, NOON)}
    words = LANGUAGES["de"]

    first = share_bar(using, words, url=PAGE, title="Fest", counts=counts, subject="Lies das", track="&von=x")
    second = share_bar(using, words, url=f"{PAGE}/2", title="", counts={})

    assert not any(mine in second for mine in ("Fest", "Lies", "von=x", "12.345", "neues&"))
    assert share_bar(using, words, url=PAGE, title="Fest", counts=counts, subject="Lies das", track="&von=x") == first


def test_a_page_that_is_shown_again_has_the_number_that_is_known_by_then() -> None:
    using = settings(services=["facebook"], releases={"facebook": {"state": "released"}})

    bars = [
        share_bar(using, LANGUAGES["de"], url=PAGE, counts={"facebook": CachedCount(number, NOON, NOON)})
        for number in (1452, 1453, 1452)
    ]

    assert [("1.452" in shown, "1.453" in shown) for shown in bars] == [(True, False), (False, True), (True, False)]


def test_a_text_is_escaped_also_where_the_same_letters_came_as_markup_before() -> None:
    using = settings(services=["facebook"], releases={"facebook": {"state": "released"}})
    letters = '"><script>'

    shown = [
        share_bar(using, LANGUAGES["de"], url=PAGE, counts={}, track=track) for track in (Markup(letters), letters)
    ]

    assert ["<script>" in bar for bar in shown] == [False, False]


def test_a_title_that_looks_like_a_gap_in_the_form_is_a_title() -> None:
    page = bar(services=["clipboard"], title="\0track\0")

    action = page.select_one("shariff-action")

    assert action is not None
    assert action["data-title"] == "\0track\0"
