"""The golden cases in a real Chromium: as pasted, gated, under the policy, and with both; contacts counted from the network log."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping

import pytest
from support.golden import CASES
from support.matrix import Column, application, measure
from werkzeug.serving import WSGIRequestHandler, make_server

pytestmark = pytest.mark.browser

OPENED: Mapping[str, frozenset[str]] = {
    "pasted": frozenset(CASES),
    "gate": frozenset(CASES),
    "policy": frozenset(name for name, case in CASES.items() if case.leaks),
    "both": frozenset(name for name, case in CASES.items() if case.contacts["gate"] or case.contacts["policy"]),
}
"""A policy only blocks: what causes no contact without one is not opened again. With both, everything is that either lets through."""


def contacting(column: str) -> set[str]:
    """The cases that contact a platform in this column, as they themselves say."""
    return {case.name for case in CASES.values() if case.contacts[column]}


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Requests are not news here."""


@pytest.fixture(scope="module", params=["pasted", "gate", "policy", pytest.param("both", marks=pytest.mark.full)])
def column(request: pytest.FixtureRequest) -> Iterator[tuple[str, Column]]:
    """One column of the table: its name, and what was measured."""
    contacting_without_gate = contacting(request.param)
    server = make_server(
        "127.0.0.1", 0, application(request.param), threaded=True, request_handler=_Quiet, ssl_context="adhoc"
    )
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield request.param, measure(server.server_port, request.param, OPENED[request.param], contacting_without_gate)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_platform_is_contacted_exactly_where_the_cases_say(column: tuple[str, Column]) -> None:
    name, measured = column
    contacting_without_gate = contacting(name)

    assert measured.whole
    assert sorted(measured.contacts.keys() - contacting_without_gate) == [], (
        f"{name}: contacted, though the case says none is"
    )
    assert sorted(contacting_without_gate - measured.contacts.keys()) == [], (
        f"{name}: not contacted, though the case says so"
    )


def test_every_contact_with_a_platform_belongs_to_a_case(column: tuple[str, Column]) -> None:
    assert column[1].stray == []
