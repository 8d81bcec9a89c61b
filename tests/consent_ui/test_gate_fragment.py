"""The gate's markup: complete without script, honest before the click, and an ordinary link wherever no gate may be."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from markupsafe import Markup

from shariff_py.consent_ui.closed_block import link_instead
from shariff_py.consent_ui.frame import load_embed_token
from shariff_py.consent_ui.gate import gate, gate_parts
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

POST = recognise("https://www.facebook.com/leinau/posts/123")
CITY = {
    "name": "Stadt Leinau",
    "contact_url": "/kontakt",
    "privacy_url": "/datenschutz",
    "alternative_url": "/aktuelles",
}
REGION = {**CITY, "name": "Region Leinau", "alternative_url": "/region"}


def settings(**more: Any) -> Settings:
    values = {
        "site": {"origin": "https://www.leinau.example"},
        "frame": {"secrets": ["only for these tests"]},
        "releases": {"facebook": {"state": "released"}},
        "controllers": {"city": CITY, "region": REGION},
    }
    return Settings.from_mapping({**values, **more})


def placed(code: str = "de", *, using: Settings | None = None, **options: Any) -> BeautifulSoup:
    return BeautifulSoup(gate(using or settings(), LANGUAGES[code], POST, **options), "html.parser")


def one(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def words(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def test_the_button_posts_an_embed_token_into_the_empty_frame_beside_it() -> None:
    page = placed()

    form, frame = one(page, "form"), one(page, "iframe")

    assert (form["method"], form["action"], form["target"]) == ("post", "/shariff/frame", frame["name"])
    assert load_embed_token(str(one(page, "input[name=embed]")["value"]), settings()) == POST
    assert one(page, "input[name=lang]")["value"] == "de"
    assert one(page, "button")["type"] == "submit"


def test_the_frame_holds_no_address_a_browser_could_load_by_itself() -> None:
    frame = one(placed(), "iframe")

    assert not {"src", "srcdoc", "loading"} & set(frame.attrs)
    assert frame["referrerpolicy"] == "no-referrer"
    assert "allow-top-navigation" not in str(frame["sandbox"])


def test_a_platform_is_named_only_in_links() -> None:
    page = placed(quote=Markup("<blockquote>Fest</blockquote>"))
    for anchor in page.select("a[href]"):
        del anchor["href"]

    assert "facebook.com" not in str(page)
    assert not page.select("[style], style, script, link, img")


def test_who_what_where_and_how_to_undo_it_stand_beside_the_button() -> None:
    page = placed()

    button = one(page, "button")
    information = one(page, f"#{button['aria-describedby']}")

    assert words(information) == (
        "Beim Laden erhält Facebook (Meta, Irland und USA) unter anderem Ihre IP-Adresse und Angaben zu Ihrem Gerät und kann sie für eigene "
        "Zwecke nutzen."
    )
    assert words(one(page, ".shariff-note:not(.shariff-paper)")) == (
        "Freiwillig. Ihre Einwilligung widerrufen Sie hier mit einem Klick. Verantwortlich: Stadt Leinau, gemeinsam mit Meta."
    )


def test_everything_else_is_one_press_away_in_a_list() -> None:
    details = one(placed(), "shariff-gate > form > details")

    rows = {words(heading): words(heading.find_next_sibling("dd")) for heading in details.select("dl > dt")}

    assert not details.has_attr("open")
    assert words(one(placed(), "summary")) == "Alle Angaben zur Einwilligung"
    assert rows == {
        "Empfänger": "Meta Platforms Ireland Limited",
        "Daten": "IP-Adresse, Browser und Gerät, Sprache, Uhrzeit, Adresse des Inhalts und in manchen Browsern der Name dieser Website; nicht die "
        "Adresse dieser Seite. Cookies und Ihre Anmeldung bei Facebook sendet Ihr Browser nicht mit. Ihr Browser kann Cookies mitsenden, an denen "
        "Facebook Sie erkennt.",
        "Zwecke": "Für uns: den Inhalt zeigen. Für Facebook: auch eigene Zwecke; dabei kann Facebook die Daten einem Konto zuordnen.",
        "Auf Ihrem Gerät": "Facebook kann Daten speichern und auslesen. Wie lange sie bleiben und wer sonst darauf zugreift, wissen wir nicht. "
        "Wir selbst speichern nichts.",
        "USA": "EU-US Data Privacy Framework, Beschluss (EU) 2023/1795. Von uns noch nicht geprüft.",
        "Gemeinsam verantwortlich": "Stadt Leinau und Meta Platforms Ireland Limited, für das Erheben und Übermitteln der Daten.",
        "Widerruf": "Hier jederzeit. Ihre Einwilligung gilt nur für diesen Inhalt, bis Sie ihn entfernen oder die Seite verlassen. Was einmal "
        "gesendet ist, können wir nicht zurückholen.",
    }


def test_a_site_may_have_the_list_unfolded() -> None:
    whole = one(placed(using=settings(gate={"information": "whole"})), "details")

    assert whole.has_attr("open")
    assert words(one(whole, "dl")) == words(one(placed(), "dl"))


def test_the_ways_around_the_platform_look_like_the_button() -> None:
    page = placed()

    choices = page.select(".shariff-choices > .shariff-choice")

    assert [choice.name for choice in choices] == ["button", "a"]
    assert len({tuple(choice["class"]) for choice in choices}) == 1
    assert [words(choice) for choice in choices][1] == "Ohne Facebook ansehen"
    assert choices[1]["href"] == "/aktuelles"


def test_links_to_the_original_disclose_nothing_about_the_page() -> None:
    original = placed().select("a[href='https://www.facebook.com/leinau/posts/123']")

    assert [words(link) for link in original] == ["Auf Facebook öffnen , öffnet ein neues Fenster"] * 2
    assert all(set(link["rel"]) == {"noopener", "noreferrer"} for link in original)


def test_the_controller_of_this_page_is_named() -> None:
    page = placed(controller="region")

    assert "Verantwortlich: Region Leinau," in words(one(page, ".shariff-note:not(.shariff-paper)"))
    assert page.select("a[href='/region']")


def test_a_live_region_is_there_and_empty_from_the_start() -> None:
    status = one(placed(), "[role=status]")

    assert status.get_text() == ""
    assert all(status.get(f"data-{state}") for state in ("opening", "open", "failed", "closed"))


def test_the_region_has_a_name_and_a_heading_of_the_wanted_level() -> None:
    page = placed(title="Sommerfest", level=4)

    region = one(page, "shariff-gate[role=region]")

    assert region["aria-label"] == "Facebook-Beitrag: Sommerfest"
    assert [words(one(page, place)) for place in ("p.shariff-kind", "h4.shariff-title")] == [
        "Facebook-Beitrag",
        "Sommerfest",
    ]
    assert words(one(placed(), "h3.shariff-kind")) == "Facebook-Beitrag"
    assert (region["state"], region["lang"], region["dir"]) == ("asking", "de", "ltr")


def test_several_gates_on_a_page_have_names_of_their_own_that_stay_the_same() -> None:
    first, again, second = placed(nth=1), placed(nth=1), placed(nth=2)

    names = [one(page, "iframe")["name"] for page in (first, again, second)]
    labels = [one(page, "shariff-gate")["aria-label"] for page in (first, second)]

    assert names[0] == names[1] != names[2]
    assert len(set(labels)) == 2
    ids = {element["id"] for element in first.select("[id]")}
    assert not ids & {element["id"] for element in second.select("[id]")}


def test_a_pasted_quote_stands_between_head_and_tail() -> None:
    head, tail = gate_parts(settings(), LANGUAGES["de"], POST)

    page = BeautifulSoup(f"{head}<blockquote>Das Fest beginnt.</blockquote>{tail}", "html.parser")

    assert words(one(page, ".shariff-quote")) == "Das Fest beginnt."
    assert len(page.select("shariff-gate > form")) == 1


def test_a_quote_and_a_title_have_their_own_direction_in_a_gate_of_another() -> None:
    head, tail = gate_parts(settings(), LANGUAGES["ar"], POST, title="Das Fest")

    page = BeautifulSoup(head + tail, "html.parser")

    assert one(page, "shariff-gate")["dir"] == "rtl"
    assert [one(page, place)["dir"] for place in (".shariff-quote", ".shariff-title")] == ["auto", "auto"]


def test_without_a_quote_there_is_no_box_for_one() -> None:
    head, tail = gate_parts(settings(), LANGUAGES["de"], POST)

    assert not placed().select(".shariff-quote")
    assert one(BeautifulSoup(head + tail, "html.parser"), ".shariff-quote").contents == []


def test_a_quote_that_is_plain_text_is_escaped() -> None:
    page = placed(quote="<script>alert(1)</script>", title="<img src=x>")

    assert not page.select("script, img")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"releases": {}}, "nicht freigegeben"),
        ({"releases": {"facebook": {"state": "suspended"}}}, "abgeschaltet"),
        ({"controllers": {}}, "niemand als verantwortlich"),
    ],
)
def test_where_no_gate_may_be_there_is_text_and_a_link(more: dict[str, Any], reason: str) -> None:
    page = placed(using=settings(**more), title="Sommerfest")

    assert not page.select("iframe, form, shariff-gate")
    assert reason in words(page)
    assert one(page, "a")["href"] == "https://www.facebook.com/leinau/posts/123"


@pytest.mark.parametrize("more", [{"releases": {}}, {"controllers": {}}])
def test_there_are_no_halves_of_a_gate_that_may_not_be(more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no gate of facebook may be offered"):
        gate_parts(settings(**more), LANGUAGES["de"], POST)


@pytest.mark.parametrize("address", ["mailto:presse@leinau.example", "tel:+49-511-168-0", "/kontakt"])
def test_the_controller_can_be_reached_by_page_mail_or_telephone(address: str) -> None:
    page = placed(using=settings(controllers={"city": {**CITY, "contact_url": address}}))

    links = one(page, "details > p:last-child").select("a")

    assert [(link["href"], link.get_text()) for link in links] == [
        ("/datenschutz", "Datenschutz"),
        (address, "Kontakt"),
    ]


def test_an_alternative_may_be_given_for_one_gate() -> None:
    assert placed(alternative="/fest").select("a[href='/fest']")
    assert not placed(alternative="javascript:alert(1)").select("a[href^=javascript]")


def test_without_a_secret_there_is_an_error_that_names_the_cure() -> None:
    with pytest.raises(ConfigurationError, match="SHARIFF_FRAME__SECRETS"):
        placed(using=settings(frame={}))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "", "https://a:b@www.facebook.com/x"])
def test_what_is_no_web_address_never_becomes_a_link(address: str) -> None:
    html = link_instead(
        settings(), LANGUAGES["de"], address=address, platform=REGISTRY["facebook"], reason_key="unavailable.refused"
    )

    assert not BeautifulSoup(html, "html.parser").select("a")
    assert "kann hier nicht gezeigt werden" in html


def test_an_unknown_platform_is_called_by_its_host() -> None:
    html = link_instead(
        settings(),
        LANGUAGES["en"],
        address="https://example.net/v/1",
        platform=None,
        reason_key="unavailable.refused",
    )

    assert "Open on example.net" in html


def test_a_demonstration_says_that_it_is_one() -> None:
    page = placed(using=settings(stand_in={"www.facebook.com": "http://127.0.0.1:8001"}))

    assert "Demo: Statt Facebook antwortet ein Testserver" in words(page)
    assert page.select("a[href='http://127.0.0.1:8001/leinau/posts/123']")
