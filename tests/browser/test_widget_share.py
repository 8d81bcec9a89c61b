"""The share bar in a real browser: links, what only script can do, and pages that were written for heise's Shariff."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page
from support.widget_stage import Stage

from shariff_py.platforms.registry import REGISTRY

SHARED = frozenset(name for name, record in REGISTRY.items() if record.share is not None)

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]

FEST = "https://www.leinau.example/fest"


@pytest.fixture
def stage(serve: Any) -> Stage:
    return Stage.set(serve)


def complaints(page: Page) -> list[str]:
    """What the browser complains about from now on."""
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def instead_of_opening(page: Page) -> None:
    """Windows are noted instead of opened: their addresses lead to real platforms."""
    page.add_init_script("window.opened = []; window.open = (...given) => { window.opened.push(given); return null }")


# --- our own bar -------------------------------------------------------------------------------------------------------------------


def test_only_what_this_browser_can_do_is_shown(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.add_init_script("navigator.share = data => { window.shared = data; return Promise.resolve() }")
        errors = complaints(page)
        page.goto(stage.site.url("/share"))
        shown = {name for name in SHARED if page.locator(f"li.{name}").is_visible()}
        page.get_by_role("button", name="Teilen mit …").click()

        assert shown == set(SHARED)
        assert page.evaluate("shared") == {"title": "Fest & Markt", "url": FEST}
        assert errors == []


def test_without_web_share_and_without_script_nothing_is_offered_that_does_not_work(
    stage: Stage, chromium: Chromium
) -> None:
    with chromium() as page:
        page.add_init_script("delete Navigator.prototype.share")
        page.goto(stage.site.url("/share"))
        native = page.locator("li.native").is_visible()
    with chromium(javascript=False) as page:
        page.goto(stage.site.url("/share"))
        missing = {name for name in SHARED if not page.locator(f"li.{name}").is_visible()}

    assert native is False
    assert missing == {"native", "clipboard", "print"}


ICONS = """() => [...document.querySelectorAll(".shariff-icon, .shariff-option input")].filter((icon) => icon.checkVisibility()).map((icon) => {
  const {width, height} = icon.getBoundingClientRect();
  const size = 1.25 * parseFloat(getComputedStyle(icon).fontSize);
  return [icon.closest("[lang]").lang, Math.abs(width - size) < 0.5 && Math.abs(height - size) < 0.5];
})"""


@pytest.mark.parametrize("width", [320, 360])
def test_a_label_that_needs_two_lines_takes_no_room_from_its_icon(stage: Stage, chromium: Chromium, width: int) -> None:
    with chromium(width=width) as page:
        page.goto(stage.site.url("/languages"))
        page.wait_for_selector("shariff-gate:defined")
        icons = page.evaluate(ICONS)

    assert len({language for language, _ in icons}) == 29
    assert len(icons) >= 29 * 4
    assert [language for language, whole in icons if not whole] == []


def test_what_is_said_below_a_bar_keeps_its_distance_whatever_the_page_gives_paragraphs(
    stage: Stage, chromium: Chromium
) -> None:
    with chromium() as page:
        page.goto(stage.site.url("/share"))
        page.evaluate(
            "() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('p { margin: 0 }'); document.adoptedStyleSheets = [sheet] }"
        )
        gap = page.evaluate(
            "() => { const bar = document.querySelector('.shariff-bar');"
            " return bar.parentElement.querySelector('p').getBoundingClientRect().top - bar.getBoundingClientRect().bottom }"
        )

    assert 9 <= gap <= 14


def test_copying_announces_whether_it_worked(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.add_init_script(
            "Clipboard.prototype.writeText = text => { window.copied = text; return Promise.resolve() }"
        )
        page.goto(stage.site.url("/share"))
        page.get_by_role("button", name="Link kopieren").click()
        announced = page.locator("li.clipboard [role=status]").inner_text()
        copied = page.evaluate("copied")
        page.evaluate("() => { Clipboard.prototype.writeText = () => Promise.reject() }")
        page.get_by_role("button", name="Link kopieren").click()
        page.get_by_text("Das Kopieren ist fehlgeschlagen.").wait_for()

        assert (copied, announced) == (FEST, "Der Link ist kopiert.")


def test_printing_prints(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.add_init_script("window.print = () => { window.printed = true }")
        page.goto(stage.site.url("/share"))
        page.get_by_role("button", name="Drucken").click()

        assert page.evaluate("printed") is True


def test_small_windows_have_no_way_back(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        instead_of_opening(page)
        page.goto(stage.site.url("/share?popup"))
        page.get_by_role("link", name="Auf LinkedIn teilen").click()
        opened = page.evaluate("opened")

    ((address, target, features),) = opened
    assert address == f"https://www.linkedin.com/sharing/share-offsite/?url={quote(FEST, safe='')}"
    assert target == "_blank"
    assert {"noopener", "noreferrer"} < set(features.split(","))


def test_mastodon_opens_the_visitors_own_server_and_no_other(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        instead_of_opening(page)
        page.goto(stage.site.url("/share"))
        page.get_by_role("button", name="Auf Mastodon teilen").click()
        field = page.get_by_label("Adresse Ihres Mastodon-Servers")
        focused = page.evaluate("document.activeElement.role")
        announced = {}
        for typed in ("", "kein server", "javascript:alert(1)", "mastodon"):
            field.fill(typed)
            field.press("Enter")
            announced[typed] = page.locator("li.mastodon [role=status]").inner_text()
        field.fill("@rathaus@social.leinau.example")
        page.get_by_role("button", name="Weiter zu Mastodon").click()

        assert focused == "textbox"
        assert set(announced.values()) == {
            "Das ist keine Serveradresse. Sie sieht zum Beispiel so aus: mastodon.social."
        }
        assert page.locator("li.mastodon [role=status]").inner_text() == ""
        assert page.evaluate("opened.map(given => given[0])") == [
            f"https://social.leinau.example/share?text={quote(f'Fest & Markt {FEST}', safe='')}"
        ]
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_without_script_the_mastodon_link_keeps_the_text_in_the_fragment(stage: Stage, chromium: Chromium) -> None:
    with chromium(javascript=False) as page:
        page.goto(stage.site.url("/share"))
        href = str(page.get_by_role("link", name="Auf Mastodon teilen").get_attribute("href"))

    assert href.startswith("https://share.joinmastodon.org/#text=Fest")


def test_a_step_before_leaving_says_who_receives_what(stage: Stage, chromium: Chromium) -> None:
    with chromium(javascript=False) as page:
        page.goto(stage.site.url("/share?link_mode=notice"))
        direct = page.get_by_role("link", name="Weiter zu X").count()
        page.locator("li.x summary").click()

        assert direct == 0
        assert page.get_by_text(
            "Dort erfährt X (mögliches Ziel der Daten: USA) Ihre IP-Adresse, welchen Browser Sie benutzen und welche Seite Sie teilen."
        ).is_visible()
        assert page.get_by_role("link", name="Weiter zu X").is_visible()


def test_a_page_can_stop_a_link(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        instead_of_opening(page)
        page.goto(stage.site.url("/share?popup"))
        page.evaluate(
            "addEventListener('shariff-share', event => { window.used = event.detail.service; event.preventDefault() })"
        )
        page.get_by_role("link", name="Auf Reddit teilen").click()

        assert page.evaluate("[used, opened.length]") == ["reddit", 0]
        assert len(page.context.pages) == 1


def test_a_share_link_sends_no_referrer(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        with page.context.expect_page() as opening:
            page.get_by_role("link", name="Auf Facebook teilen").click()
        opening.value.wait_for_load_state()

        assert opening.value.evaluate("[document.referrer, window.opener]") == ["", None]
    (requested,) = stage.platform.received
    assert requested.startswith("GET /sharer/sharer.php?u=https%3A%2F%2Fwww.leinau.example%2Ffest")
    assert "Referer" not in requested


def test_the_page_gets_an_event_for_a_used_share_link(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(stage.url)
        page.evaluate("addEventListener('shariff-share', event => (window.shared = event.detail.service))")
        page.evaluate("addEventListener('click', event => event.preventDefault())")
        page.get_by_role("link", name="Per E-Mail").click()

        assert page.evaluate("shared") == "mail"


# --- pages written for heise's Shariff ---------------------------------------------------------------------------------------------


def heise(stage: Stage, **options: Any) -> str:
    """The page with these ``data-*`` options."""
    written = " ".join(
        f"data-{name.replace('_', '-')}='{value if isinstance(value, str) else json.dumps(value)}'"
        for name, value in options.items()
    )
    return str(stage.site.url(f"/heise?options={quote(written)}"))


def links(page: Page) -> dict[str, str]:
    """Where each link of the bar leads, by the entry's first own class."""
    found: dict[str, str] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.shariff li')].map(li =>"
        " [li.classList[1], li.querySelector('a')?.getAttribute('href') ?? null]))"
    )
    return found


def test_a_page_works_after_exchanging_two_addresses(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        errors = complaints(page)
        page.goto(heise(stage, services=["twitter", "facebook", "mail", "clipboard", "print", "info"], url=FEST))
        page.wait_for_selector(".share_count")
        shown = page.locator(".shariff li").all_inner_texts()

        assert links(page) == {
            "x": f"https://x.com/intent/post?text=F%C3%AAte%20-%20Leinau&url={quote(FEST, safe='')}",
            "facebook": f"https://www.facebook.com/sharer/sharer.php?u={quote(FEST, safe='')}",
            "mail": f"mailto:?subject=F%C3%AAte%20-%20Leinau&body={quote(FEST, safe='')}",
            "clipboard": None,
            "print": None,
        }
        assert page.locator(".shariff ul").get_attribute("class") == (
            "shariff-bar theme-color orientation-horizontal button-style-standard shariff-col-5"
        )
        assert [" ".join(text.split()) for text in shown][:2] == [
            "X Partager sur X , ouvre une nouvelle fenêtre 7 , 7 interactions",
            "Facebook Partager sur Facebook , ouvre une nouvelle fenêtre 1 452 , 1 452 interactions",
        ]
        assert errors == []
    assert stage.portal.requested_counts == [FEST]


def test_every_option_of_shariff_does_what_it_did(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(
            heise(
                stage,
                services=["twitter", "facebook", "pinterest", "mastodon", "mail", "info"],
                mastodon_url="https://social.leinau.example/share?text={title}%20{url}",
                theme="grey",
                orientation="vertical",
                button_style="icon-count",
                lang="pl",
                url=f"{FEST}?seite=2",
                title="Titel",
                twitter_via="leinau",
                media_url="https://www.leinau.example/see.jpg",
                referrer_track="&von={service}",
                mail_subject="Betreff",
                mail_body="Lies {url}",
                mail_url="mailto:presse@leinau.example",
                info_url="/infos",
                info_display="self",
                flattr_user="gone",
            )
        )
        page.wait_for_selector(".share_count")
        found = links(page)

        address = quote(f"{FEST}?seite=2", safe="")
        assert found == {
            "x": f"https://x.com/intent/post?text=Titel&url={address}&via=leinau&von=x",
            "facebook": f"https://www.facebook.com/sharer/sharer.php?u={address}&von=facebook",
            "pinterest": "https://www.pinterest.com/pin/create/button/?url="
            f"{address}&media=https%3A%2F%2Fwww.leinau.example%2Fsee.jpg&description=Titel&von=pinterest",
            "mastodon": f"https://social.leinau.example/share?text=Titel%20{address}&von=mastodon",
            "mail": f"mailto:presse@leinau.example?subject=Betreff&body=Lies%20{address}",
            "info": "/infos",
        }
        assert page.locator(".shariff ul").get_attribute("class") == (
            "shariff-bar theme-grey orientation-vertical button-style-icon-count shariff-col-6"
        )
        assert page.locator(".shariff form").count() == 0
        assert page.locator(".shariff").get_attribute("lang") == "pl"
        assert page.get_by_role("link", name="Udostępnij na platformie Facebook").count() == 1
        assert page.get_by_role("link", name="Więcej informacji").get_attribute("target") is None


def test_services_written_carelessly_are_read_and_dead_ones_left_out(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        warned = complaints(page)
        page.goto(heise(stage, services="[facebook, xing, stumbleupon, nonsense]"))
        page.wait_for_selector(".shariff li")
        page.evaluate(
            "() => [1, 2].map(() => new Shariff(document.body.appendChild(document.createElement('div')), {services: ['xing']}))"
        )

        assert list(links(page)) == ["facebook"]
        assert [warning.split(" It")[0] for warning in warned] == [
            "Shariff: xing XING is a job board now; its share address does not work since spring 2026.",
            "Shariff: stumbleupon closed in June 2018.",
            "Shariff: nonsense is not a known service.",
        ]


def test_a_visitors_query_never_gets_into_a_link(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(f"{heise(stage, services=['facebook'])}&token=secret#secret")
        page.wait_for_selector(".shariff li")

        assert "secret" not in str(links(page))
    assert stage.portal.requested_counts == [stage.site.url("/heise")]


def test_a_bar_put_in_later_is_set_up_and_the_constructor_makes_one(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        page.goto(heise(stage, services=["facebook"]))
        page.evaluate(
            "() => { const later = document.createElement('div'); later.className = 'shariff'; later.dataset.services = '[\"reddit\"]';"
            " document.body.append(later); const own = document.createElement('div'); own.id = 'own'; document.body.append(own);"
            " window.made = new Shariff([own], {services: ['telegram'], theme: 'white'}) }"
        )
        page.get_by_role("link", name="Partager sur Reddit").wait_for()
        theme = page.locator("#own ul").get_attribute("class")
        page.evaluate("made.destroy()")

        assert "theme-white" in str(theme)
        assert page.locator("#own ul").count() == 0
        assert page.evaluate("document.querySelector('.shariff').shariff instanceof Shariff") is True


def test_the_event_and_the_small_window_are_there(stage: Stage, chromium: Chromium) -> None:
    with chromium() as page:
        instead_of_opening(page)
        page.goto(heise(stage, services=["facebook"], url=FEST))
        page.evaluate(
            "document.querySelector('.shariff').addEventListener('shariff-share', event => (window.used = event.detail.name))"
        )
        page.get_by_role("link", name="Partager sur Facebook").click()

        assert page.evaluate("used") == "facebook"
        assert "noopener" in page.evaluate("opened[0][2]")


@pytest.mark.parametrize("body", ["null", "[]", "{}", "<html>", '{"facebook": "<b>1</b>"}', ""])
def test_a_backend_that_returns_garbage_breaks_nothing(stage: Stage, chromium: Chromium, body: str) -> None:
    stage.portal.counts = body
    with chromium() as page:
        errors = complaints(page)
        page.goto(heise(stage, services=["facebook"]))
        page.wait_for_selector(".shariff li")
        page.wait_for_timeout(150)

        assert page.locator(".share_count").count() == 0
        assert errors == []
