"""The demonstration's pages: complete in both languages, without anything foreign, every link leading somewhere."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urldefrag, urlsplit
from urllib.request import Request, urlopen

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

import demo_app
from demo_app import PAGE_POLICY, create_app
from demo_app.content import EVENTS, LANGUAGES, NEWS, RELEASES, SNIPPETS, Event
from demo_app.ics import LINE_OCTETS, calendar_file
from demo_app.months import Month, days, months, nearest, upcoming
from demo_app.pasted import LONGEST, sanitised
from demo_app.routes import PAGES
from demo_app.serve import fetch_once
from shariff_py.platforms.cached_count import Count
from shariff_py.testing import Received, StandIn

FETCHED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "link": "href",
    "source": "srcset",
    "video": "src",
    "form": "action",
}
CANARY = "canary-of-the-visitor"


def paths() -> list[str]:
    """The path of every page that is one document, in every language."""
    found = []
    for lang in LANGUAGES:
        values = {
            "article": [{"slug": item.slug} for item in NEWS[lang]],
            "month": [{"month": str(month)} for month in months(EVENTS[lang])],
            "event": [{"month": str(Month.of(event.first_day)), "slug": event.slug} for event in EVENTS[lang]],
        }
        for page in PAGES:
            if page.name in {"event_file", "events", "received"}:
                continue
            for value in values.get(page.name, [{}]):
                path = page.paths[lang]
                for name, text in value.items():
                    path = path.replace(f"<{name}>", text)
                found.append(path)
    return found


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    site = {"site": {"origin": "https://www.leinau.example"}, "journal": {"path": str(tmp_path / "outgoing.jsonl")}}
    return create_app({"SHARIFF": site, "TESTING": False})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def soup(client: FlaskClient, path: str, **values: Any) -> BeautifulSoup:
    return BeautifulSoup(client.get(path, **values).text, "html.parser")


@pytest.mark.parametrize("path", paths())
def test_every_page_is_complete_and_loads_nothing_foreign(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    page = BeautifulSoup(response.text, "html.parser")

    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"] == PAGE_POLICY
    assert "Set-Cookie" not in response.headers
    assert page.html is not None
    assert page.html["lang"] == ("en" if path.startswith("/en/") else "de")
    assert len(page.find_all("h1")) == 1
    assert page.title is not None
    assert page.title.text.strip()
    for tag, attribute in FETCHED.items():
        for element in page.find_all(tag):
            address = str(element.get(attribute, ""))
            # Other languages of a page are named by their whole address, which is this site's.
            assert not urlsplit(address).netloc or element.get("hreflang"), f"{tag} {attribute}={address}"
    assert not page.find_all(style=True)
    assert not page.find_all("style")
    assert all(script.get("src") for script in page.find_all("script"))
    assert not page.find_all("link", rel=re.compile("preconnect|prefetch|preload"))


def test_the_same_check_finds_a_page_that_loads_something_foreign(app: Flask) -> None:
    """Shown failing: the assertion above on a page with one foreign picture."""

    @app.get("/undicht")
    def leaking() -> str:
        return "<html lang=de><title>x</title><h1>x</h1><img src='https://www.facebook.com/tr.gif'>"

    with pytest.raises(AssertionError, match=r"img src=https://www\.facebook\.com"):
        test_every_page_is_complete_and_loads_nothing_foreign(app.test_client(), "/undicht")


@pytest.mark.slow
def test_every_link_within_the_portal_works_and_every_anchor_exists(client: FlaskClient) -> None:
    pages = {path: soup(client, path) for path in paths()}

    links = {
        str(link["href"]) if str(link["href"]).startswith("/") else path + str(link["href"])
        for path, page in pages.items()
        for link in page.find_all(["a", "link"], href=re.compile("^[/#]"))
    }

    assert len(links) > 100
    for link in links:
        path, anchor = urldefrag(link)
        response = client.get(path, follow_redirects=True)
        assert response.status_code == 200, link
        if anchor:
            found = pages.get(path) or BeautifulSoup(response.text, "html.parser")
            assert found.find(id=anchor), link
        response.close()


@pytest.mark.parametrize("path", paths())
def test_the_other_language_of_a_page_is_one_step_away(client: FlaskClient, path: str) -> None:
    page = soup(client, path)
    here, other = ("en", "de") if path.startswith("/en/") else ("de", "en")

    switch = page.select_one(f"nav.languages a[hreflang={other}]")
    named = {str(link["hreflang"]): urlsplit(str(link["href"])).path for link in page.find_all("link", hreflang=True)}

    assert switch is not None
    assert named == {here: path, other: switch["href"]}
    back = soup(client, str(switch["href"])).select_one(f"nav.languages a[hreflang={here}]")
    assert back is not None
    assert back["href"] == path


def test_both_languages_say_the_same_things() -> None:
    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: shape(below) for name, below in value.items() if name != "id"}
        return [shape(below) for below in value] if isinstance(value, list) else re.findall(r"\{\w+\}", str(value))

    folder = Path(demo_app.__file__).parent / "content" / "texts"
    german, english = (tomllib.loads((folder / f"{lang}.toml").read_text(encoding="utf-8")) for lang in LANGUAGES)

    assert shape(german) == shape(english)


def test_every_page_says_that_it_is_a_demonstration(client: FlaskClient) -> None:
    for path in paths():
        footer = soup(client, path).footer
        assert footer is not None
        words = " ".join(footer.text.split())
        assert re.search("Die Stadt Leinau gibt es nicht|There is no city of Leinau", words)
        assert re.search("Kein echtes Netzwerk wird kontaktiert|No real network is contacted", words)


def test_figures_are_labelled_as_demonstration_data_and_nothing_else_is(app: Flask) -> None:
    service, client = app.extensions["shariff"].service, app.test_client()
    counted = [path for path in paths() if not path.startswith("/en/")]
    service.import_pages({f"https://www.leinau.example{path}": None for path in counted})
    service.store.record(
        "facebook", {f"https://www.leinau.example{path}": Count(37) for path in counted}, service.clock()
    )

    with_figures, labelled = set(), set()
    for path in paths():
        page = soup(client, path).main
        assert page is not None
        if page.select(".share_count"):
            with_figures.add(path)
        if re.search("Vorführdaten|Demonstration data", page.text):
            labelled.add(path)

    assert labelled == with_figures
    assert "/aussehen" in labelled
    assert "/en/looks" not in labelled


@pytest.mark.parametrize(
    ("path", "lang", "title"), [("/nix", "de", "gibt es nicht"), ("/en/nix", "en", "no such page")]
)
def test_a_missing_page_is_shown_in_the_portals_look(client: FlaskClient, path: str, lang: str, title: str) -> None:
    response = client.get(path)
    page = BeautifulSoup(response.text, "html.parser")

    assert response.status_code == 404
    assert page.html is not None
    assert page.html["lang"] == lang
    assert page.h1 is not None
    assert title in page.h1.text
    assert page.find("nav", class_="menu")


@pytest.mark.parametrize(
    "path",
    [
        "/aktuelles/nix",
        "/veranstaltungen/2026-13",
        "/veranstaltungen/2031-01",
        "/veranstaltungen/2026-12/weihnachtsmarkt",
    ],
)
def test_an_address_with_nothing_behind_it_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_fault_of_ours_shows_no_traceback(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    @app.get("/en/kaputt")
    def broken() -> str:
        raise RuntimeError("inner workings")

    response = app.test_client().get("/en/kaputt")

    assert response.status_code == 500
    assert "Something has gone wrong" in response.text
    assert "inner workings" not in response.text
    assert "inner workings" in caplog.text


def test_the_calendar_lists_every_event_in_each_of_its_months(client: FlaskClient) -> None:
    listed = {}
    for month in months(EVENTS["de"]):
        page = soup(client, f"/veranstaltungen/{month}")
        listed[str(month)] = {str(link["href"]).split("/")[-1] for link in page.select(".agenda a")}

    assert list(listed) == ["2026-11", "2026-12", "2027-01"]
    assert sum(len(events) for events in listed.values()) == len(EVENTS["de"]) + 1
    assert "weihnachtsmarkt" in listed["2026-11"] & listed["2026-12"]
    assert len(EVENTS["de"]) >= 12


def test_months_follow_one_another_and_end_where_the_events_end(client: FlaskClient) -> None:
    steps = {
        month: [str(link["href"])[-7:] for link in soup(client, f"/veranstaltungen/{month}").select("nav.months a")]
        for month in ("2026-11", "2026-12", "2027-01")
    }

    assert steps == {"2026-11": ["2026-12"], "2026-12": ["2026-11", "2027-01"], "2027-01": ["2026-12"]}


def test_the_month_grid_has_every_day_once_under_its_weekday() -> None:
    weeks = Month(2026, 11).weeks()

    assert [day.day for week in weeks for day in week if day] == list(range(1, 31))
    assert all(len(week) == 7 for week in weeks)
    assert all(day is None or day.weekday() == place for week in weeks for place, day in enumerate(week))


def test_the_calendar_opens_at_the_month_nearest_to_today() -> None:
    available = months(EVENTS["de"])

    assert str(nearest(available, date(2026, 12, 24))) == "2026-12"
    assert str(nearest(available, date(2020, 1, 1))) == "2026-11"
    assert str(nearest(available, date(2031, 1, 1))) == "2027-01"


def test_an_event_that_began_last_month_stands_under_the_first_day() -> None:
    december = days(Month(2026, 12), EVENTS["de"])

    assert december[0].date == date(2026, 12, 1)
    assert [event.slug for event in december[0].events] == ["weihnachtsmarkt"]


def test_coming_events_are_never_an_empty_list() -> None:
    soon = upcoming(EVENTS["de"], date(2026, 12, 13), most=2)
    late = upcoming(EVENTS["de"], date(2040, 1, 1), most=2)

    assert [event.slug for event in soon] == ["weihnachtsmarkt", "stadtrat-dezember"]
    assert [event.slug for event in late] == ["buecherei-sonntag", "buergerforum-bus"]


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_event_is_a_calendar_file_as_the_standard_has_it(client: FlaskClient, lang: str) -> None:
    folder = "veranstaltungen" if lang == "de" else "en/events"
    for event in EVENTS[lang]:
        response = client.get(f"/{folder}/{Month.of(event.first_day)}/{event.slug}.ics")
        lines = unfolded(response.data)

        assert response.mimetype == "text/calendar"
        assert response.headers["Content-Disposition"] == f"attachment; filename={event.slug}.ics"
        assert b"\n" not in response.data.replace(b"\r\n", b"")
        assert all(len(line) <= LINE_OCTETS for line in response.data.split(b"\r\n"))
        assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
        for name in ("UID:", "DTSTAMP:", "DTSTART;", "DTEND;", "SUMMARY;"):
            assert sum(line.startswith(name) for line in lines) == 1, name
        assert [line.split(":")[1] for line in lines if line.startswith("BEGIN")].count("VEVENT") == 1
        assert f"URL:http://localhost/{folder}/{Month.of(event.first_day)}/{event.slug}" in lines


def test_an_event_of_whole_days_ends_on_the_first_day_it_is_over() -> None:
    market = next(event for event in EVENTS["de"] if event.slug == "weihnachtsmarkt")

    lines = unfolded(calendar_file(market, language="de", address="https://www.leinau.example/"))

    assert "DTSTART;VALUE=DATE:20261127" in lines
    assert "DTEND;VALUE=DATE:20261221" in lines
    assert "BEGIN:VTIMEZONE" not in lines


def test_an_event_with_times_names_its_zone() -> None:
    council = next(event for event in EVENTS["de"] if event.slug == "stadtrat-november")

    lines = unfolded(calendar_file(council, language="de", address="https://www.leinau.example/"))

    assert "DTSTART;TZID=Europe/Berlin:20261126T180000" in lines
    assert "DTEND;TZID=Europe/Berlin:20261126T203000" in lines
    assert "TZID:Europe/Berlin" in lines


def test_marks_with_a_meaning_are_escaped_and_long_lines_folded_between_characters() -> None:
    event = Event(
        slug="x",
        starts=date(2026, 11, 1),
        ends=date(2026, 11, 1),
        title="Grüße; mit Komma, und \\",
        place="ö" * 200,
        host="",
        costs="",
        text="erste Zeile\nzweite",
    )

    content = calendar_file(event, language="de", address="https://www.leinau.example/")
    lines = unfolded(content)

    assert "SUMMARY;LANGUAGE=de:Grüße\\; mit Komma\\, und \\\\" in lines
    assert "DESCRIPTION;LANGUAGE=de:erste Zeile\\nzweite" in lines
    assert f"LOCATION;LANGUAGE=de:{'ö' * 200}" in lines
    assert all(line.decode() for line in content.split(b"\r\n") if line)


def test_every_pasted_snippet_stands_as_text_and_is_gated_beside_it(client: FlaskClient) -> None:
    page = soup(client, "/eingefuegter-code")

    sections = {snippet.slug: page.find(id=snippet.slug).find_parent("section") for snippet in SNIPPETS["de"]}
    gates = {slug: len(section.find_all("shariff-gate")) for slug, section in sections.items()}

    assert [section.pre.text for section in sections.values()] == [snippet.html.strip() for snippet in SNIPPETS["de"]]
    assert gates == {"seite-rahmen": 1, "beitrag-skript": 1, "video-rahmen": 1, "like-knopf": 0, "teilen-knopf": 0}
    assert not page.select("iframe[src]")
    assert "fb-like" in sections["like-knopf"].select_one(".findings").text
    assert "entfernt" in sections["like-knopf"].select_one(".findings").text


def test_readers_can_paste_their_own_code(client: FlaskClient) -> None:
    code = '<p>Hallo</p><iframe src="https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2FLeser"></iframe>'

    response = client.post("/eingefuegter-code", data={"code": code})
    page = BeautifulSoup(response.text, "html.parser")

    assert response.status_code == 200
    assert page.textarea is not None
    assert page.textarea.text.strip() == code
    result = page.select_one(".own-result")
    assert result is not None
    assert result.find("shariff-gate")
    assert "Hallo" in result.text


@pytest.mark.parametrize(
    "code",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<iframe src="https://evil.example/"></iframe>',
        '<iframe src="/protokoll"></iframe>',
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        '<iframe src="https://www.facebook.com.evil.example/plugins/page.php"></iframe>',
        "<form action=/eingefuegter-code><button>x</button></form>",
        '<div class="button skip" id="main" style="position:fixed" onclick="alert(1)">x</div>',
        "<shariff-gate></shariff-gate><style>*{display:none}</style><base href=//evil.example>",
        '</textarea><script>alert(1)</script><link rel=stylesheet href="//evil.example">',
        "<svg><script>alert(1)</script></svg><math><mi xlink:href='javascript:alert(1)'>",
    ],
)
def test_nothing_can_be_smuggled_in_by_pasting(client: FlaskClient, code: str) -> None:
    response = client.post("/eingefuegter-code", data={"code": code})
    page = BeautifulSoup(response.text, "html.parser")
    result = page.select_one(".own-result")

    assert response.status_code == 200
    assert result is not None
    assert not result.find_all(["script", "img", "form", "style", "link", "base", "svg", "iframe", "button"])
    assert not result.find_all(lambda tag: {"onclick", "onerror", "style", "srcdoc"} & set(tag.attrs))
    assert not result.find_all(href=re.compile("^javascript"))
    assert len(page.find_all(id="main")) == 1
    assert all(script.get("src") for script in page.find_all("script"))


def test_a_text_without_embed_code_is_reported_as_unchanged(client: FlaskClient) -> None:
    page = soup_of_post(client, "<p>Nur ein Satz.</p>")

    assert "Nur ein Satz." in page.text
    assert "Nichts gefunden" in page.select_one(".own-result").text


def test_a_paste_of_which_nothing_remains_is_reported_as_such(client: FlaskClient) -> None:
    page = soup_of_post(client, "<script>alert(1)</script>")

    assert "nichts übrig geblieben" in page.select_one(".own-result").text


def soup_of_post(client: FlaskClient, code: str) -> Any:
    return BeautifulSoup(client.post("/eingefuegter-code", data={"code": code}).text, "html.parser")


def test_a_text_that_is_too_long_is_refused_and_not_lost(client: FlaskClient) -> None:
    code = "x" * (LONGEST + 1)

    response = client.post("/eingefuegter-code", data={"code": code})
    page = BeautifulSoup(response.text, "html.parser")

    assert response.status_code == 413
    assert f"{LONGEST + 1} Zeichen" in page.find(id="code-error").text
    assert page.textarea.text.strip() == code
    assert not page.select_one(".own-result")


def test_a_text_far_too_long_for_the_form_is_refused_in_the_portals_look(client: FlaskClient) -> None:
    response = client.post("/en/pasted-code", data={"code": "x" * 1_000_000})

    assert response.status_code == 413
    assert "too much at once" in response.text


def test_a_form_of_another_website_is_not_processed(client: FlaskClient) -> None:
    response = client.post(
        "/eingefuegter-code", data={"code": "<p>fremd</p>"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert response.status_code == 403
    assert "fremd<" not in response.text
    assert "anderen Website" in response.text


def test_sanitising_keeps_what_the_gate_needs() -> None:
    post = '<div class="fb-post hero" data-href="https://www.facebook.com/a/posts/1"><blockquote cite="https://www.facebook.com/a/posts/1">Text</blockquote></div>'

    kept = sanitised(post)

    assert 'class="fb-post"' in kept
    assert 'data-href="https://www.facebook.com/a/posts/1"' in kept
    assert "<blockquote" in kept


def test_only_released_platforms_of_the_list_are_in_the_rulebook(app: Flask) -> None:
    policy = app.extensions["shariff"].settings.policy

    released = {release.platform for release in RELEASES["de"] if policy.release(release.platform).is_open}

    assert released == {release.platform for release in RELEASES["de"] if release.state == "released"} == {"facebook"}


def test_without_a_mock_server_no_real_platform_can_be_reached(app: Flask) -> None:
    settings = app.extensions["shariff"].settings

    assert settings.origin_of("www.facebook.com") == settings.origin_of("graph.facebook.com") == "http://127.0.0.1:9"


def received(stand_in: StandIn, path: str, **headers: str) -> None:
    """Let the mock server receive one request, as from a browser."""
    request = Request(f"{stand_in.counts_origin}{path}", headers=headers)
    with urlopen(request, timeout=10) as reply:
        assert reply.status == 200


def test_the_panel_says_nothing_until_something_arrived_and_then_shows_it(stand_in: StandIn) -> None:
    client = create_app(stand_in=stand_in).test_client()
    page = soup(client, "/")
    refresh = page.find("a", attrs={"data-received-refresh": True})
    assert "Nichts." in page.find(id="received").text

    received(stand_in, "/plugins/page.php?href=x", **{"User-Agent": CANARY})
    again = soup(client, urldefrag(str(refresh["href"])).url).find(id="received")
    anew = soup(client, "/").find(id="received")

    assert "Eine Anfrage" in again.text
    assert "/plugins/page.php?href=x" in again.text
    assert CANARY in again.text
    assert [row.dt.text for row in again.select(".absent")] == ["Referer", "Cookie"]
    assert "Nichts." in anew.text


def test_a_header_that_was_sent_is_not_called_absent(stand_in: StandIn) -> None:
    client = create_app(stand_in=stand_in).test_client()

    received(stand_in, "/plugins/page.php", Referer="https://www.leinau.example/", Cookie="c_user=1")
    panel = soup(client, "/?since=0").find(id="received")

    assert not panel.select(".absent")
    assert "https://www.leinau.example/" in panel.text


def test_the_fragment_for_the_script_is_the_same_panel(stand_in: StandIn) -> None:
    client = create_app(stand_in=stand_in).test_client()

    received(stand_in, "/plugins/page.php")
    fragment = client.get("/en/log/received?since=0")

    assert "<html" not in fragment.text
    assert "One request" in fragment.text
    assert BeautifulSoup(fragment.text, "html.parser").div["data-count"] == "1"


@pytest.mark.parametrize("since", ["abc", "-1", "1e999", "nan"])
def test_any_mark_in_the_address_of_the_panel_is_survived(client: FlaskClient, since: str) -> None:
    assert client.get(f"/?since={since}").status_code == 200


def test_the_log_holds_both_sides_and_compares_them(stand_in: StandIn, tmp_path: Path) -> None:
    settings = {
        "site": {"origin": "https://www.leinau.example"},
        "counts": {"scheduler": "outside"},
        "journal": {"path": str(tmp_path / "outgoing.jsonl")},
    }
    app = create_app({"SHARIFF": settings}, stand_in=stand_in)
    client = app.test_client()
    assert "Nichts." in soup(client, "/protokoll").main.text

    client.get("/aktuelles/auenbruecke", headers={"User-Agent": CANARY})
    app.extensions["shariff"].service.refresh()
    page = soup(client, "/protokoll").main

    assert "Gesendet laut Journal: 1. Angekommen beim Stellvertreter: 1." in " ".join(page.text.split())
    assert "https://www.leinau.example/aktuelles/auenbruecke" in page.text
    assert CANARY not in page.text


def test_the_first_reader_sees_figures_fetched_in_one_cycle(stand_in: StandIn, tmp_path: Path) -> None:
    origin = "https://www.leinau.example"
    settings = {"site": {"origin": origin}, "journal": {"path": str(tmp_path / "outgoing.jsonl")}}
    app = create_app({"SHARIFF": settings}, stand_in=stand_in)
    stand_in.counts[f"{origin}/en/news/auenbruecke"] = 1234

    fetch_once(app, origin)
    requested = len(stand_in.received)
    bar = soup(app.test_client(), "/en/news/auenbruecke").select_one("div.share")

    assert requested == len(app.extensions["shariff"].service.journal.exchanges()) == 1
    assert bar is not None
    assert "1,234" in bar.text
    assert "Demonstration data" in bar.text
    assert len(stand_in.received) == requested


def test_a_journal_that_was_changed_is_not_shown_as_if_it_were_whole(stand_in: StandIn, tmp_path: Path) -> None:
    journal = tmp_path / "outgoing.jsonl"
    app = create_app({"SHARIFF": {"journal": {"path": str(journal)}}}, stand_in=stand_in)
    app.extensions["shariff"].service.journal.append("request", {"method": "POST", "host": "graph.facebook.com"})
    journal.write_text(journal.read_text().replace("POST", "HEAD"))

    response = app.test_client().get("/protokoll")

    assert response.status_code == 200
    assert "Das Journal wurde verändert" in response.text


def test_only_what_browsers_sent_is_called_so(stand_in: StandIn) -> None:
    client = create_app(stand_in=stand_in).test_client()

    with pytest.raises(HTTPError, match="400"):
        received(stand_in, "/v26.0/?id=https%3A%2F%2Fwww.leinau.example%2F")

    roles = [record.host_role for record in stand_in.received if isinstance(record, Received)]
    assert roles == ["counts"]
    assert "Nichts." in soup(client, "/?since=0").find(id="received").text
