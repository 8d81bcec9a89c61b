"""The golden cases in a real Chromium, with each of the three walls alone and together; contacts counted from the network log."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import pytest
from support.golden import CASES
from support.matrix import Column, application, measure
from werkzeug.serving import WSGIRequestHandler, make_server

pytestmark = pytest.mark.browser

BOTH_MISS = frozenset(name for name, case in CASES.items() if case.contacts["both"])

OPENED: Mapping[str, frozenset[str]] = {
    "pasted": frozenset(CASES),
    "gate": frozenset(CASES),
    "policy": frozenset(name for name, case in CASES.items() if case.leaks),
    "both": frozenset(name for name, case in CASES.items() if case.contacts["gate"] or case.contacts["policy"]),
    "list": frozenset(name for name, case in CASES.items() if case.leaks),
    "all": frozenset(name for name, case in CASES.items() if case.contacts["gate"] or case.contacts["policy"]),
}
"""Headers only block: what causes no contact without one is not opened again. With several, everything is that one of them lets through."""


def contacting(column: str) -> set[str]:
    """The cases that contact a platform in this column, as they themselves say."""
    return {case.name for case in CASES.values() if case.contacts[column]}


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Requests are not news here."""


def measured_in(name: str, opened: frozenset[str]) -> Column:
    """One column, of these cases."""
    server = make_server("127.0.0.1", 0, application(name), threaded=True, request_handler=_Quiet, ssl_context="adhoc")
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        return measure(server.server_port, name, opened, contacting(name))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("pasted", marks=pytest.mark.full),
        "gate",
        pytest.param("policy", marks=pytest.mark.full),
        *(pytest.param(name, marks=pytest.mark.full) for name in ("both", "list", "all")),
    ],
)
def column(request: pytest.FixtureRequest) -> tuple[str, Column]:
    """One column of the table: its name, and what was measured."""
    return request.param, measured_in(request.param, OPENED[request.param])


def test_what_gate_and_policy_leave_open_the_list_of_connections_closes() -> None:
    measured = measured_in("all", BOTH_MISS)

    assert {"script-assembled-preconnect", "script-assembled-stun", "script-sends-visitor-away"} <= BOTH_MISS
    assert measured.whole
    assert measured.contacts == {}
    assert measured.stray == []


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
