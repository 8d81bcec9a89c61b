"""Tokens and what visitors typed stay in the service, and what it sends depends on no visitor."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from support.counting import PAGE, TOKEN, Site

from shariff_py.errors import AddressRefused
from shariff_py.testing import StandIn


def test_secrets_and_what_visitors_typed_are_nowhere_but_in_the_request_itself(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    report: list[str] = []
    impatient = site.again(counts={"timeout_seconds": 0.5})
    query = "?q=canary-search&token=canary-session#canary-fragment"
    site.service.track(f"{PAGE}{query}")
    for day in ({}, {"status": 500}, {"silent": True}, {"drop": True}, {"garbage": True}, {"error": {"code": 190}}):
        site.stand_in.behave(**day)
        site.clock.step(hours=4)
        (impatient if "silent" in day else site.service).refresh()
    broken = site.again(platforms={"facebook": {"token": f"{TOKEN}\nsecond line"}})
    site.clock.step(hours=4)
    broken.refresh()
    with pytest.raises(AddressRefused) as refused:
        site.service.track(f"https://www.example.com/{query}")
    report.append(str(refused.value))

    report += [repr(thing) for thing in (site.service, site.service.store, site.service.journal, site.service.settings)]
    report += [repr(site.service.status()), repr(broken.status()), caplog.text]
    report += [path.read_bytes().decode("latin-1") for path in site.folder.iterdir() if path.is_file()]
    sent = [repr((r.path, r.query, r.body)) for r in site.stand_in.received]

    assert [text for text in report + sent if "canary" in text] == []
    assert {r.headers["authorization"] for r in site.stand_in.received} == {f"Bearer {TOKEN}"}


def test_what_is_sent_does_not_depend_on_who_visits(tmp_path: Path, stand_in: StandIn) -> None:
    bodies = []
    for visitor, query in (("first", "?ref=canary"), ("second", "?lang=en&session=1")):
        (tmp_path / visitor).mkdir()
        service = Site(tmp_path / visitor, stand_in).service
        service.track(f"{PAGE}{query}")
        stand_in.clear()
        service.refresh()
        (received,) = stand_in.received
        bodies.append((received.method, received.path, received.query, dict(received.headers), received.body))

    assert bodies[0] == bodies[1]
