"""Who receives what is shared: told beside the links and before one is followed, with where data may go; and a share page of the site's choice."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from shariff_py.consent_ui.share import share_bar, share_link
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

PAGE = "https://www.leinau.example/neues"
ENCODED = "https%3A%2F%2Fwww.leinau.example%2Fneues"


def settings(*services: str, **more: Any) -> Settings:
    released = {
        name: {"state": "released"} for name in services if REGISTRY[name].share and not REGISTRY[name].is_local
    }
    return Settings.from_mapping({"services": list(services), "releases": released, **more})


def bar(using: Settings, code: str = "en", **shared: str) -> BeautifulSoup:
    html = share_bar(using, LANGUAGES[code], url=PAGE, title="Fest", counts={}, **shared)
    return BeautifulSoup(html, "html.parser")


def mastodon(page: str, *services: str, **more: Any) -> Settings:
    return settings("mastodon", *services, platforms={"mastodon": {"share_page": page}}, **more)


def notes(page: BeautifulSoup) -> list[str]:
    return [note.get_text() for note in page.select(".shariff-note")]


def address(page: BeautifulSoup, service: str) -> str:
    link = page.select_one(f'a[data-service="{service}"]')
    assert isinstance(link, Tag)
    return str(link["href"])


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("en", "Leads to other providers: Facebook, Threads (data may go to: USA); Threema (data may go to: Switzerland); diaspora*."),
        ("de", "Führt zu anderen Anbietern: Facebook, Threads (mögliches Ziel der Daten: USA); "
         "Threema (mögliches Ziel der Daten: Schweiz); diaspora*."),
    ],
)  # fmt: skip
def test_the_note_says_of_a_country_that_data_may_go_there_and_not_that_the_recipient_is_there(
    code: str, note: str
) -> None:
    assert notes(bar(settings("facebook", "threema", "diaspora", "threads", "mail"), code)) == [note]


def test_a_step_before_leaving_says_who_learns_what_also_where_no_country_is_known() -> None:
    page = bar(settings("threads", "diaspora", "mail", share={"link_mode": "notice"}))

    assert [said.get_text() for said in page.select("details.shariff-leave p")] == [
        "There, Threads (data may go to: USA) learns your IP address, which browser you use and which page you share. Your browser also "
        "sends any cookies it has stored from Threads.",
        "There, diaspora* learns your IP address, which browser you use and which page you share. Your browser also sends any cookies it has "
        "stored from diaspora*.",
    ]


@pytest.mark.parametrize(
    ("page", "leads"),
    [
        ("https://social.leinau.example/share?text={title}%20{url}", f"https://social.leinau.example/share?text=Fest%20{ENCODED}"),
        ("https://social.leinau.example/share?text={title} {url}", f"https://social.leinau.example/share?text=Fest%20{ENCODED}"),
        ("https://teilen.leinau.example/#text={url}", f"https://teilen.leinau.example/#text={ENCODED}"),
        ("https://share.joinmastodon.org/?text={url}", f"https://share.joinmastodon.org/?text={ENCODED}"),
    ],
)  # fmt: skip
def test_a_share_page_of_the_sites_choice_takes_the_place_of_the_usual_one(page: str, leads: str) -> None:
    shown = bar(mastodon(page))

    assert address(shown, "mastodon") == leads
    assert not shown.select("form, shariff-action")
    alone = share_link(mastodon(page), LANGUAGES["en"], REGISTRY["mastodon"], url=PAGE, title="Fest")
    assert address(BeautifulSoup(alone, "html.parser"), "mastodon") == leads


def test_the_host_of_such_a_page_is_named_as_the_recipient() -> None:
    using = mastodon("https://social.nachbarn.example/share?text={url}", "threema")

    assert notes(bar(using)) == [
        "Leads to other providers: Mastodon (social.nachbarn.example); Threema (data may go to: Switzerland)."
    ]


def test_the_sites_own_share_page_is_no_other_provider() -> None:
    using = mastodon(
        "https://www.leinau.example/teilen?text={url}", site={"origin": "https://www.leinau.example"},
        share={"link_mode": "notice"},
    )  # fmt: skip

    page = bar(using)

    assert notes(page) == []
    assert not page.select("details")
    assert address(page, "mastodon") == f"https://www.leinau.example/teilen?text={ENCODED}"


def test_another_service_that_anybody_can_run_takes_a_page_as_well() -> None:
    using = settings(
        "diaspora", platforms={"diaspora": {"share_page": "https://pod.leinau.example/bookmarklet?url={url}&title={title}"}}
    )  # fmt: skip

    assert address(bar(using), "diaspora") == f"https://pod.leinau.example/bookmarklet?url={ENCODED}&title=Fest"


@pytest.mark.parametrize(
    ("name", "page", "message"),
    [
        ("mastodon", "http://social.leinau.example/share?text={url}", "is not an https address with a place for the page"),
        ("mastodon", "social.leinau.example", "is not an https address with a place for the page"),
        ("mastodon", "https://social.leinau.example/share?text=", "is not an https address with a place for the page"),
        ("mastodon", "https://social.leinau.example/share?text={url}&by={account}", "is not an https address with a place"),
        ("mastodon", "https://social.leinau.example/share?text={url}}", "is not an https address with a place"),
        ("mastodon", "https://{url}/share", "is not an https address with a place"),
        ("mastodon", "https://social.leinau.example/{url}", "is not an https address with a place"),
        ("mastodon", "https://{title}.leinau.example/?text={url}", "is not an https address with a place"),
        ("mastodon", "https://stadt@social.leinau.example/share?text={url}", "is not an https address with a place"),
        ("mastodon", "https://www.facebook.com/sharer/sharer.php?u={url}", "is on Facebook. Name a page of Mastodon."),
        ("mastodon", "https://x.com/intent/post?url={url}", "is on X. Name a page of Mastodon."),
        ("x", "https://x.leinau.example/?url={url}", "platforms.x.share_page: X has no other share page. Remove it."),
        ("lemmy", "https://lemmy.leinau.example/create_post?url={url}", "Lemmy has no other share page. Remove it."),
    ],
)  # fmt: skip
def test_a_share_page_that_cannot_be_one_is_refused_with_the_cure(name: str, page: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        Settings.from_mapping({"platforms": {name: {"share_page": page}}})

    assert f"platforms.{name}.share_page" in str(refused.value)
    assert message in str(refused.value)


def test_each_link_with_a_recipient_ends_with_the_track_and_the_services_name_in_it() -> None:
    using = settings("facebook", "x", "mastodon", "mail", "sms", "clipboard", "print", "native")

    page = bar(using, track="&from={service}&again={service}")

    ends = {str(link["data-service"]): str(link["href"]).partition("&from=")[2] for link in page.select("a")}
    assert ends == {
        "facebook": "facebook&again=facebook", "x": "x&again=x", "mastodon": "mastodon&again=mastodon", "mail": "", "sms": "",
    }  # fmt: skip
    assert "{service}" not in str(page)


def test_a_track_without_the_name_and_none_at_all_are_the_same_for_every_service() -> None:
    using = settings("facebook", "x")

    assert [str(link["href"])[-11:] for link in bar(using, track="&von=portal").select("a")] == ["&von=portal"] * 2
    assert [address(bar(using), name).endswith(ENCODED) for name in ("facebook", "x")] == [True, True]
