"""Content that a page's script has a platform's script show: a gate before the script, or in place of what is pressed, where the call says what."""

from __future__ import annotations

import pytest
from support.platform_content import closed, is_untouched, opened, released

from shariff_py import gate_html
from shariff_py.gate.snippet import read_snippet

CHANNEL = "https://www.twitch.tv/musterstadt"
PAGE = "https://calendly.com/leinau/30min"
SDK = '<script src="https://embed.twitch.tv/embed/v1.js"></script>'
PLAYER = '<script>new Twitch.Player("film", {channel: "musterstadt"})</script>'
GATE = '<div class="shariff-block"><shariff-gate'


def gates(html: str, platform: str = "twitch") -> list[str]:
    """The addresses of a page's gates."""
    return [address for outcome, _, address in opened(html, platform)[1] if outcome == "gated"]


def test_the_gate_stands_before_the_script_which_stays() -> None:
    html, _ = opened(f'<div id="film"></div>{SDK}{PLAYER}<p>Danach</p>', "twitch")

    assert html.startswith('<div id="film"></div><script src="/shariff/static/shariff-stubs.min.js"')
    assert html.endswith(f"</div>{PLAYER}<p>Danach</p>")
    assert html.count(GATE) == 1


def test_each_content_has_one_gate_however_often_it_is_called_for() -> None:
    calls = "".join(f"new Twitch.Player('film', {{channel: '{name}'}});" for name in ("leinau", "neustadt", "leinau"))

    assert gates(f"{SDK}<script>{calls}</script>") == ["https://www.twitch.tv/leinau", "https://www.twitch.tv/neustadt"]


@pytest.mark.parametrize(
    "code",
    [
        'var options = {width: 854, height: 480, channel: "musterstadt"}; var player = new Twitch.Player("film", options);',
        "const channel = 'musterstadt'; new Twitch.Embed('film', {channel, layout: 'video'})",
        "let name = `musterstadt`; addEventListener('load', () => new window.Twitch.Embed('film', {\"channel\": name}))",
    ],
)
def test_what_stands_in_a_variable_is_read_where_it_has_one_value(code: str) -> None:
    assert gates(f"{SDK}<script>{code}</script>") == [CHANNEL]
    assert gates(f"{SDK}<script>{code}; options = channel = name = other()</script>") == []


def test_a_past_broadcast_is_named_with_a_letter_before_its_number() -> None:
    assert gates(f"{SDK}<script>new Twitch.Player('film', {{collection: 'AbC', video: 'v123456789'}})</script>") == [
        "https://www.twitch.tv/videos/123456789"
    ]


def test_where_nothing_is_released_a_link_stands_there() -> None:
    assert closed(f"{SDK}{PLAYER}")[1][-1] == ("linked", "channel", CHANNEL)


def test_in_a_form_a_link_stands_there() -> None:
    assert opened(f"<form><p>Name</p>{SDK}{PLAYER}</form>", "twitch")[1][-1] == ("linked", "channel", CHANNEL)
    assert gates(f"<form></form>{SDK}{PLAYER}") == [CHANNEL]


def test_a_paragraph_around_the_script_is_closed_and_opened_again() -> None:
    html, _ = opened(f"{SDK}<p>Film: {PLAYER} Ende</p>", "twitch")

    assert f"<p>Film: </p>{GATE}" in html
    assert html.endswith(f"<p>{PLAYER} Ende</p>")


@pytest.mark.parametrize(
    "head", ["<!DOCTYPE html><html><head><title>Leinau</title>{}</head><body>", "<title>Leinau</title>{}"]
)
def test_in_the_head_of_a_page_nothing_can_stand(head: str) -> None:
    html, _ = opened(f"{head.format(SDK + PLAYER)}<p>Text</p>", "twitch")

    assert GATE not in html
    assert PLAYER in html


@pytest.mark.parametrize(
    "pressed",
    [
        f"""<a href="" onclick="Calendly.initPopupWidget({{url: '{PAGE}'}});return false;">Termin</a>""",
        f"""<a href="javascript:Calendly.initPopupWidget({{url:'{PAGE}'}})">Termin</a>""",
        f"""<button onClick='event.preventDefault(); window.Calendly.showPopupWidget("{PAGE}")'>Termin</button>""",
        f"""<span role="button" onclick="Calendly.initPopupWidget({{&quot;url&quot;: &quot;{PAGE}?hide_gdpr_banner=1&quot;}})">Termin</span>""",
        f"""<a href="{PAGE}?a=1" onclick="Calendly.initPopupWidget({{url: this.href}}); return false;">Termin</a>""",
        f"""<button data-url="{PAGE}" onclick="Calendly.showPopupWidget(this.dataset.url)">Termin</button>""",
        f"""<input type="button" value="Termin" onclick="Calendly.initPopupWidget({{url: '{PAGE}'}})">""",
    ],
)
def test_what_shows_it_when_it_is_pressed_becomes_the_gate(pressed: str) -> None:
    html, found = opened(f"<p>Davor</p>{pressed}<p>Danach</p>", "calendly")

    assert found == [("gated", "calendar", PAGE)]
    assert html.startswith(f"<p>Davor</p>{GATE}")
    assert html.endswith("</div><p>Danach</p>")
    assert "Calendly.init" not in html


@pytest.mark.parametrize("tag", ["body", "form", "td"])
def test_what_holds_more_than_that_stays(tag: str) -> None:
    document = f"""<{tag} onload="Calendly.initBadgeWidget({{url: '{PAGE}'}})">"""

    assert "Calendly.initBadgeWidget" in opened(f"<table><tr>{document}Text", "calendly")[0]


@pytest.mark.parametrize(
    "document",
    [
        "{}" + f"<pre>{PLAYER.replace('<', '&lt;')}</pre>",
        "{}<script>new Twitch.Player('film', {channel: channelOf(page)})</script>",
        "{}<script>new Twitch.Player('film', options)</script>",
        "{}<script>new Twitch.Player('film', {channel: `${name}`})</script>",
        "{}<script>new Twitch.Player('film', {channel: 'settings'})</script>",
        "{}<script>new My.Twitch.Player('film', {channel: 'musterstadt'})</script>",
        "{}<script>var text = \"new Twitch.Player('film', {channel: 'musterstadt'})\"</script>",
        "{}<script>// new Twitch.Player('film', {channel: 'musterstadt'})</script>",
    ],
)
def test_what_says_no_content_has_no_gate(document: str) -> None:
    html, found = opened(document.replace("{}", SDK), "twitch")

    assert [outcome for outcome, _, _ in found] == ["removed"]
    assert html.endswith(document.removeprefix("{}"))


def test_a_page_that_only_has_such_words_stays_as_it_is() -> None:
    assert is_untouched(f"<p>Twitch.Player( und mehr</p>{PLAYER}", "twitch")


def test_a_host_that_is_allowed_is_called_as_before() -> None:
    settings = released("calendly")
    allowed = settings.from_mapping(
        {"site": {"origin": "https://www.leinau.example"}, "gate": {"allow": ["calendly.com", "assets.calendly.com"]}}
    )
    page = f"""<a onclick="Calendly.initPopupWidget({{url: '{PAGE}'}})">Termin</a>"""

    assert gate_html(page, allowed).html == page


def test_in_pasted_code_the_content_is_read_from_the_call() -> None:
    assert read_snippet(f"{SDK}{PLAYER}")[0].address == CHANNEL
    assert read_snippet(f"""<a onclick="Calendly.initPopupWidget({{url: '{PAGE}'}})">x</a>""")[0].address == PAGE
