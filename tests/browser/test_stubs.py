"""What stands in for a platform's script: the page's own scripts go on, whatever they call."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Page
from support.inert_scripts import OTHERS, gated_script

from shariff_py.web.assets import static_folder

pytestmark = pytest.mark.browser

Chromium = Callable[..., AbstractContextManager[Page]]

ADDRESS = "https://www.leinau.example/aktuelles?tag=1#oben"

CALLS = """
FB.init({appId: '1', xfbml: true}); FB.XFBML.parse(); FB.XFBML.parse(document.body, () => 0); FB.Event.subscribe('edge.create', () => never());
FB.AppEvents.logPageView(); FB.Canvas.setAutoGrow(); FB.CustomerChat.show(false); new FB.Something().do().more(); FB.a.b.c.d = 3;
`${FB.getUserID()}${FB.something}`; [...FB.list]; for (const one of FB.list) never(); FB.list.forEach(never); FB.api('/me').then((r) => r.name.first);
JSON.stringify(FB); FB.x instanceof FB.Y; class Own extends FB.Base {}; new Own(); delete FB.x; 'x' in FB; Object.keys(FB); FB.init.call(null, 1);
fbq('init', '1'); fbq('track', 'PageView', {value: 1}); fbq.push(['track']); fbq.queue.length; window._fbq.push(['track', 'x']); fbq.version + '';
FB.getLoginStatus((r) => said.push(r.status)); FB.login((r) => said.push(r.authResponse), {scope: 'email'}); FB.api('/me', (r) => said.push(r.error.code));
FB.ui({method: 'feed'}, (r) => said.push(r.error_code)); said.push(FB.getAuthResponse()); FB.ui(); FB.ui(null); FB.ui({method: 'apprequests'});
Promise.resolve(FB.api('/me')).catch(never).finally(() => said.push('settled'));
"""


@pytest.fixture
def stub() -> str:
    return (static_folder() / "shariff-stubs.min.js").read_text(encoding="utf-8")


def opened(page: Page, *scripts: str) -> list[str]:
    """A page with these scripts, one after the other; what went wrong on it."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    elements = "".join(f"<script>{script}</script>" for script in scripts)
    body = f"<!DOCTYPE html><title>Leinau</title><button>Teilen</button>{elements}"
    page.context.route(
        "**/*",
        lambda route: route.fulfill(body=body if "leinau" in route.request.url else "", content_type="text/html"),
    )
    page.goto(ADDRESS)
    return wrong


def test_every_call_of_the_pages_scripts_goes_through_and_the_rest_of_them_runs(chromium: Chromium, stub: str) -> None:
    with chromium() as page:
        wrong = opened(
            page,
            "var said = []; function never() { throw Error('called') }",
            stub,
            f"{CALLS} said.push('end')",
            "(async () => { await FB.api('/a'); await fbq('x'); said.push('awaited') })()",
        )
        page.wait_for_function("said.length >= 8")
        said: list[Any] = page.evaluate("said")
        pages = page.context.pages

    assert wrong == []
    assert said[:2] == [None, "end"]
    assert sorted(map(str, said[2:])) == ["2500", "4201", "None", "awaited", "settled", "unknown"]
    assert len(pages) == 1, "nothing was pressed, so nothing opens"


def test_a_share_dialogue_opens_the_share_link_in_a_window_of_its_own(chromium: Chromium, stub: str) -> None:
    press = "document.querySelector('button').onclick = () => FB.ui({method: 'share', href: '/markt?x=1'})"
    with chromium() as page:
        opened(page, stub, press)
        with page.context.expect_page() as popup:
            page.click("button")
        popup.value.wait_for_load_state()
        address, opener = popup.value.url, popup.value.evaluate("opener")

    assert address == "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fwww.leinau.example%2Fmarkt%3Fx%3D1"
    assert opener is None


@pytest.mark.parametrize("place", ["before", "after"])
def test_what_waits_for_the_platforms_script_is_called_once_wherever_it_stands(
    chromium: Chromium, stub: str, place: str
) -> None:
    waiting = "window.calls = 0; window.fbAsyncInit = () => { FB.init({}); calls++ }"
    with chromium() as page:
        wrong = opened(page, *([waiting, stub] if place == "before" else [stub, waiting]))
        page.wait_for_function("window.calls === 1")
        calls = page.evaluate("new Promise((done) => setTimeout(() => done(calls), 50))")

    assert (wrong, calls) == ([], 1)


def test_a_name_of_the_pages_own_stays_its_own(chromium: Chromium, stub: str) -> None:
    with chromium() as page:
        opened(page, "var FB = 1; function fbq() { return 'own' }", stub)
        assert page.evaluate("[FB, fbq()]") == [1, "own"]


def test_names_of_platforms_whose_scripts_the_page_did_not_have_are_not_defined(chromium: Chromium, stub: str) -> None:
    with chromium() as page:
        opened(page, "", f'0</script><script data-of="linkedin twitch">{stub}')
        assert page.evaluate("[typeof IN, typeof Twitch, typeof FB, typeof DM]") == [
            "object",
            "object",
            "undefined",
            "undefined",
        ]


MAPS = """
const map = new google.maps.Map(document.body, {center: new google.maps.LatLng(52.37, 9.73), zoom: 8, mapTypeId: google.maps.MapTypeId.ROADMAP});
const marker = new google.maps.Marker({map, position: map.getCenter()}); google.maps.event.addListener(marker, 'click', never);
class Own extends google.maps.OverlayView { draw() {} } new Own().setMap(map); map.fitBounds(new google.maps.LatLngBounds().extend(marker));
"""


def test_a_name_that_services_share_stays_that_of_the_others(chromium: Chromium, stub: str) -> None:
    with chromium() as page:
        wrong = opened(
            page,
            "var said = []; function never() { throw Error('called') } window.google = {accounts: {id: 7}};",
            f'0</script><script data-of="google_maps">{stub}',
            f"{MAPS} said.push(google.accounts.id, typeof google.charts)",
            "(async () => { const { Map } = await google.maps.importLibrary('maps'); new Map(document.body); said.push('awaited') })()",
        )
        page.wait_for_function("said.length === 3")
        said = page.evaluate("said")

    assert (wrong, said) == ([], [7, "undefined", "awaited"])


def test_such_a_name_is_made_where_no_script_has(chromium: Chromium, stub: str) -> None:
    with chromium() as page:
        wrong = opened(
            page,
            "function never() { throw Error('called') }",
            f'0</script><script data-of="google_maps">{stub}',
            f"{MAPS} var keys = Object.keys(google).join()",
        )
        assert (wrong, page.evaluate("keys")) == ([], "maps")


def test_a_page_without_it_would_stop(chromium: Chromium) -> None:
    with chromium() as page:
        assert opened(page, "FB.init({})") == ["FB is not defined"]


def test_a_script_of_which_an_address_was_exchanged_is_a_script_still(chromium: Chromium) -> None:
    """Those that were none before, pieces of code that end too early, are none afterwards."""
    compiles = """code => {
        try { new Function(code); return true } catch { return false }
    }"""
    with chromium() as page:
        page.goto("about:blank")
        before = [page.evaluate(compiles, code) for _, code in OTHERS]
        after = [page.evaluate(compiles, gated_script(code)) for _, code in OTHERS]

    assert before == after
    assert before.count(False) <= 1
