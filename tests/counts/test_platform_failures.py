"""Every failure the mock server can produce, on every platform at once; and a search for secrets in all output."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from support import redis_servers
from support.constants import DAY
from support.counting import PAGE, SITE, TOKEN, Site
from werkzeug.test import Client

from shariff_py.errors import ShariffError
from shariff_py.platforms.registry import REGISTRY
from shariff_py.service import Service
from shariff_py.settings import Settings
from shariff_py.stores import open_store
from shariff_py.testing import Behaviour, StandIn
from shariff_py.web.standalone import create_app

pytestmark = pytest.mark.slow

ALL = tuple(name for name, record in REGISTRY.items() if record.counts)


def everybody(site: Site, **counts: Any) -> Service:
    """A service that fetches counts from every platform."""
    return site.again(
        releases={name: {"state": "released"} for name in ALL},
        platforms={"facebook": {"token": TOKEN}, "reddit": {"token": "an-id:a-secret"}},
        counts={"timeout_seconds": 20.0, **counts},
    )


GOOD: dict[str, Any] = {"slow": 0.05, "content_type": "image/png"}
"""Days that are odd, but not bad: the number is there."""

BAD: list[tuple[dict[str, Any], set[str]]] = [
    ({"slow": 1.0}, {"timeout"}),
    ({"silent": True}, {"timeout"}),
    ({"drop": True}, {"connection"}),
    ({"drip": "head"}, {"timeout"}),
    ({"drip": "body"}, {"timeout"}),
    ({"status": 403}, {"refused"}),
    ({"status": 429, "retry_after": "120"}, {"rate-limited"}),
    ({"status": 503}, {"temporary"}),
    ({"redirect": "https://elsewhere.example/"}, {"redirect"}),
    ({"garbage": True}, {"malformed"}),
    ({"html": True}, {"malformed"}),
    ({"huge": True}, {"too-large"}),
    ({"error": {"code": 2, "message": "…"}}, {"temporary", "malformed"}),
    ({"body": b'{"count":-1}'}, {"malformed"}),
]
"""What each source makes of each kind of reply is in test_sources.py; here the whole path is tested, for all of them at once."""


def test_no_switch_of_the_mock_server_is_left_out() -> None:
    used = {name for day, _ in BAD for name in day} | GOOD.keys()

    assert used == {field.name for field in fields(Behaviour)} - {"on", "times"}


@pytest.mark.parametrize(("day", "reasons"), BAD, ids=[str(sorted(day.items()))[:60] for day, _ in BAD])
def test_a_failure_of_all_platforms_is_a_reason_each_and_never_a_number_and_the_last_ones_stay(
    site: Site, day: dict[str, Any], reasons: set[str]
) -> None:
    service = everybody(site)
    site.stand_in.counts |= {PAGE: 17, f"{PAGE}/new": 99}
    service.track(PAGE)
    service.refresh()
    impatient = everybody(site, timeout_seconds=0.2 if reasons == {"timeout"} else 20.0)
    site.clock.step(days=2)
    site.stand_in.behave(**day)
    service.track(f"{PAGE}/new")

    started = time.monotonic()
    result = impatient.refresh()
    took = time.monotonic() - started

    assert result.failures.keys() == set(ALL)
    # Reddit is signed in to first, and may call it a matter of credentials.
    assert {reason for name, reason in result.failures.items() if name != "reddit"} <= reasons
    assert {name: reading.value for name, reading in service.counts(PAGE).items()} == dict.fromkeys(ALL, 17)
    assert {reading.value for reading in service.counts(f"{PAGE}/new").values()} <= {None}
    assert took < 30

    site.stand_in.behave()
    site.clock.step(days=2)
    service.refresh()
    service.refresh()
    assert {reading.value for reading in service.counts(f"{PAGE}/new").values()} == {99}


@pytest.mark.parametrize(("switch", "value"), GOOD.items())
def test_an_odd_day_is_none_that_costs_a_number(site: Site, switch: str, value: Any) -> None:
    service = everybody(site)
    site.stand_in.counts[PAGE] = 17
    site.stand_in.behave(**{switch: value})
    service.track(PAGE)

    result = service.refresh()

    assert result.failures == {}
    assert {reading.value for reading in service.counts(PAGE).values()} == {17}


# Secrets

CANARIES = {
    "facebook's token": "canary-graph-token",
    "reddit's secret": "canary-reddit-secret",
    "reddit's token": "stand-in-token",
    "the store's password": "canary-store-password",
    "the signing key": "canary-signing-key-of-this-site",
    "what the visitor searched for": "canary-search",
    "the visitor's session": "canary-session",
    "the visitor's browser": "canary-browser",
    "where the visitor comes from": "192.0.2.66",
}

VISITOR = {
    "User-Agent": "canary-browser/1.0",
    "Cookie": "session=canary-session",
    "X-Forwarded-For": "192.0.2.66",
    "Referer": f"{PAGE}?q=canary-search",
    "Origin": SITE,
    "Authorization": "Bearer canary-session",
}

QUESTIONS = (
    f"url={PAGE}?q=canary-search%26session=canary-session%23canary-search",
    "url=https://www.foreign.example/?q=canary-search&strict=1",
    "url=canary-search&strict=1",
    "url=https://canary-session:canary-search@www.example.org/&strict=1",
    f"url={PAGE}?q=canary-search&services=facebook|canary-search",
    "url=https://www.foreign.example/?q=canary-search&services=facebook",
)


def mentions(written: dict[str, str]) -> list[str]:
    """Which canary sings where."""
    return [
        f"{what} in {where}" for where, text in written.items() for what, canary in CANARIES.items() if canary in text
    ]


def configured(folder: Path, stand_in: StandIn, store: str) -> dict[str, Any]:
    return {
        "site": {"origin": SITE},
        "frame": {"secrets": [CANARIES["the signing key"]]},
        "releases": {name: {"state": "released"} for name in ALL},
        "platforms": {
            "facebook": {"token": CANARIES["facebook's token"]},
            "reddit": {"token": "an-id:" + CANARIES["reddit's secret"]},
        },
        "counts": {"store": store, "scheduler": "outside", "timeout_seconds": 0.5},
        "journal": {"path": str(folder / "outgoing.jsonl")},
        "stand_in": dict(stand_in.settings),
    }


@pytest.fixture
def server() -> Iterator[redis_servers.Server]:
    with redis_servers.Server("redis", "--requirepass", CANARIES["the store's password"]) as running:
        yield running


@pytest.mark.subprocess
def test_secrets_and_visitors_are_in_no_log_line_no_error_no_journal_entry_and_no_response(
    tmp_path: Path, stand_in: StandIn, server: redis_servers.Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    written: dict[str, str] = {}
    store = server.url.replace("redis://", "redis://:" + CANARIES["the store's password"] + "@")
    settings = Settings.from_mapping(configured(tmp_path, stand_in, store))
    app = create_app(settings)
    service, client = app.site.service, Client(app)

    for number, day in enumerate(
        ({}, {"status": 503}, {"drop": True}, {"error": {"code": 190}}, {"status": 401}, {"html": True})
    ):
        stand_in.behave(**day)
        service.retry_failed()
        service.track(f"{PAGE}/{number}")
        service.refresh()
    for number, question in enumerate(QUESTIONS):
        for method in ("GET", "OPTIONS", "HEAD"):
            response = client.open(f"/shariff/counts?{question}", method=method, headers=VISITOR)
            written[f"response {number} to {method}"] = f"{response.headers}{response.text}"
    for path in ("/shariff/status", "/shariff/channels.json", "/shariff/frame", "/shariff/nothing", "/nothing"):
        response = client.get(f"{path}?q=canary-search", headers=VISITOR)
        written[path] = f"{response.headers}{response.text}"
    server.stop()
    for call in (
        service.refresh,
        lambda: service.ranking(3),
        lambda: service.import_sitemap("https://x.example/?q=canary-search"),
    ):
        with pytest.raises(ShariffError) as error:
            call()
        written[f"error {error.value!r}"[:60]] = f"{error.value}{error.value!r}{error.value.__context__!r}"
    response = client.get(f"/shariff/counts?{QUESTIONS[0]}", headers=VISITOR)
    written["response without a store"] = f"{response.headers}{response.text}{client.get('/shariff/status').text}"
    things = (service, service.store, service.journal, service.settings, service.targets, *service.targets.values())
    written["what is printed"] = repr(things) + repr([target.credentials for target in service.targets.values()])
    written["the journal"] = (tmp_path / "outgoing.jsonl").read_text()
    written["the log"] = caplog.text

    # A sitemap's address is named in the error for its author; everything else is silent.
    allowed = {key for key in written if key.startswith("error SitemapError")}
    assert mentions({where: text for where, text in written.items() if where not in allowed}) == []
    assert len(caplog.records) > 20
    assert written["the journal"].count("\n") > 100


def test_what_was_sent_carries_each_platforms_own_secret_and_nothing_of_a_visitor(
    tmp_path: Path, stand_in: StandIn
) -> None:
    settings = Settings.from_mapping(configured(tmp_path, stand_in, f"sqlite:///{tmp_path}/counts.sqlite"))
    app = create_app(settings)
    Client(app).get(f"/shariff/counts?{QUESTIONS[0]}", headers=VISITOR)
    Service(settings, clock=lambda: time.time() + DAY).refresh()

    sent = {f"{received.path} {n}": repr(received) for n, received in enumerate(stand_in.received)}
    carrying = mentions(sent)

    assert len(sent) == len(ALL) + 1
    assert sorted(carrying) == sorted(
        [f"facebook's token in {where}" for where in sent if where.startswith("/v26.0/")]
        + [f"reddit's token in {where}" for where in sent if where.startswith("/api/info")]
    )


@pytest.mark.subprocess
def test_the_command_line_shows_no_secret_either(tmp_path: Path, stand_in: StandIn) -> None:
    values = configured(tmp_path, stand_in, f"sqlite:///{tmp_path}/counts.sqlite")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    for table, settings in values.items():
        environ[f"SHARIFF_{table.upper()}"] = json.dumps(settings)
    open_store(values["counts"]["store"]).track(PAGE, 0.0)
    stand_in.behave(error={"code": 190})
    commands = (["refresh"], ["doctor"], ["counts", PAGE], ["counts", "--json", PAGE], ["ranking"], ["journal", "show"],
                ["journal", "show", "--json"], ["refresh", "--sitemap", "gone.xml"])  # fmt: skip
    program = (
        "import json, sys\nfrom shariff_py.cli import main\n"
        "for arguments in json.loads(sys.argv[1]):\n"
        "    sys.argv[1:] = arguments\n    print(*arguments)\n    try: main()\n    except SystemExit as end: print('exit', end.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, json.dumps(commands)],
        cwd=tmp_path, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    written = {"output": done.stdout, "errors": done.stderr}

    assert done.stdout.count("exit ") == len(commands)
    assert "facebook: replies" in done.stdout
    assert "gone.xml" in done.stderr
    assert all(written.values())
    assert mentions(written) == []


def test_the_search_itself_finds_what_it_looks_for() -> None:
    assert mentions({"a place": "… canary-graph-token …"}) == ["facebook's token in a place"]
