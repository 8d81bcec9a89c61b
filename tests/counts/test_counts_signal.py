"""The signal after each reply: whom it names, which numbers it carries, and that no listener stops a refresh."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from flask import Flask
from support.counting import PAGE, Site
from support.counting_proxy import SIX, Proxy

from shariff_py.service import counts_updated

pytestmark = pytest.mark.slow


def test_after_each_reply_a_signal_carries_the_new_numbers_and_those_before(site: Site) -> None:
    updates: list[tuple[object, dict[str, Any]]] = []

    def listen(sender: object, **report: Any) -> None:
        updates.append((sender, report))

    counts_updated.connect(listen, sender=site.service)
    site.stand_in.counts[PAGE] = 17
    site.service.track(PAGE)
    site.service.refresh()
    site.stand_in.counts[PAGE] = 18
    site.later(hours=1)
    site.stand_in.behave(status=503)
    site.later(hours=1)

    assert updates == [
        (site.service, {"platform": "facebook", "counts": {PAGE: 17}, "before": {PAGE: None}}),
        (site.service, {"platform": "facebook", "counts": {PAGE: 18}, "before": {PAGE: 17}}),
    ]


def test_a_listener_that_fails_does_not_stop_the_refresh(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    def fail(sender: object, **_: Any) -> None:
        raise ZeroDivisionError("canary")

    counts_updated.connect(fail, sender=site.service)
    site.service.track(PAGE)

    with caplog.at_level(logging.ERROR, "shariff_py"):
        result = site.service.refresh()

    assert result.counts == 1
    assert "receiver" in caplog.text


def test_the_signal_names_the_application_as_its_sender(proxy: Proxy) -> None:
    heard: list[dict[str, Any]] = []

    def listen(sender: Flask, **update: Any) -> None:
        heard.append({"sender": sender, **update})

    counts_updated.connect(listen, sender=proxy.app)
    proxy.counted()

    assert {update["platform"] for update in heard} == set(SIX)
    assert all(update["sender"] is proxy.app and update["counts"] == {PAGE: 17} for update in heard)
