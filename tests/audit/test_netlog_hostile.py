"""A network log that is damaged anywhere: nothing is raised, and a line that cannot be read makes the log incomplete."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shariff_py.audit.evidence.declarations import declarations
from shariff_py.audit.evidence.log import Log
from shariff_py.audit.evidence.netlog.events import BEGIN, END
from shariff_py.audit.evidence.netlog.reader import READERS, read

NUMBERS = {name: number for number, name in enumerate(READERS, start=1)}
DIGITS = "7" * 5000
START = json.dumps({"constants": {"logEventTypes": NUMBERS, "timeTickOffset": 0}})[:-1] + ",\n"
GOOD = json.dumps(
    {
        "params": {"url": "https://a.example/"},
        "phase": 1,
        "source": {"id": 9, "type": 1},
        "time": "5",
        "type": NUMBERS["URL_REQUEST_START_JOB"],
    },
    separators=(",", ":"),
)


def log_of(*lines: str, start: str = START) -> Log:
    return read([start, '"events": [\n', *(f"{line},\n" for line in lines), "]}\n", "}\n"])


VALUES = [
    DIGITS,
    f"-{DIGITS}",
    f'"{DIGITS}"',
    "1e999",
    "NaN",
    "null",
    "true",
    '"x"',
    "[]",
    "{}",
    '{"id":[]}',
    "[" * 100_000,
    '"\\ud800"',
    "\u0661",
    "-1.5",
]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
@pytest.mark.parametrize("field", ["time", "phase", "source", "source.id", "type", "params"])
def test_a_line_with_a_foreign_value_is_damage_or_is_left_out(field: str, value: str) -> None:
    event = json.loads(GOOD)
    place = event["source"] if "." in field else event
    place[field.rpartition(".")[2]] = "HERE"
    line = json.dumps(event, separators=(",", ":")).replace('"HERE"', value)

    log = log_of(GOOD, line)

    assert [contact.host for contact in log.contacts][:1] == ["a.example"]
    assert not log.whole or len(log.contacts) in {1, 2}


@pytest.mark.parametrize(
    "value", [value for value in VALUES if value not in ("null", '"x"')], ids=range(len(VALUES) - 2)
)
@pytest.mark.parametrize("name", ["constants", "logEventTypes", "timeTickOffset", "logSourceType", "clientInfo"])
def test_a_beginning_with_a_foreign_value_is_no_log(name: str, value: str) -> None:
    constants: dict[str, Any] = {"logEventTypes": NUMBERS, "timeTickOffset": 0, "logSourceType": {}, "clientInfo": {}}
    whole = {"constants": "HERE"} if name == "constants" else {"constants": {**constants, name: "HERE"}}

    log = log_of(GOOD, start=json.dumps(whole)[:-1].replace('"HERE"', value) + ",\n")

    assert not log.whole or name in {"clientInfo", "logSourceType", "logEventTypes", "timeTickOffset"}


def test_a_number_of_five_thousand_digits_makes_the_log_incomplete() -> None:
    for line in (
        GOOD.replace('"5"', DIGITS),
        GOOD.replace('"5"', f'"{DIGITS}"'),
        GOOD.replace('"id":9', f'"id":{DIGITS}'),
    ):
        log = log_of(GOOD, line)

        assert (len(log.contacts), log.whole, log.damaged) == (1, False, 1)


def test_a_type_of_five_thousand_digits_is_none_that_is_read() -> None:
    line = GOOD[: GOOD.rindex(":") + 1] + DIGITS + "}"

    assert len(log_of(GOOD, line).contacts) == 1


@pytest.mark.parametrize(
    "status", [f"HTTP/1.1 {DIGITS}", "HTTP/1.1 \u0662\u0660\u0660", "HTTP/1.1 ", "", "x y z", "HTTP/1.1 2e2"]
)
def test_a_status_that_is_none_is_zero(status: str) -> None:
    answered = {
        **json.loads(GOOD),
        "type": NUMBERS["HTTP_TRANSACTION_READ_RESPONSE_HEADERS"],
        "params": {"headers": [status]},
    }

    (contact,) = log_of(GOOD, json.dumps(answered, separators=(",", ":"))).contacts

    assert contact.status == 0


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["https://a.example:99999/", "[::1", "a.example:x", "10.9.8.7:1"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "address", "endpoints", "domain_name", "alias_target"]) | st.text(), inner, max_size=2),
)  # fmt: skip
NAMES = [
    "url", "host", "hostname", "address", "address_list", "headers", "results", "source_dependency", "traffic_annotation", "initiator",
    "network_anonymization_key", "network_isolation_key", "group_id", "destination", "logical_destination", "port", "is_preconnect", "method",
]  # fmt: skip
events = st.fixed_dictionaries(
    {
        "params": st.dictionaries(st.sampled_from(NAMES), json_values, max_size=2) | json_values,
        "phase": st.sampled_from([0, BEGIN, END]) | json_values,
        "source": st.fixed_dictionaries({"id": st.integers(0, 3), "type": st.integers(0, 3)}) | json_values,
        "time": st.just("5") | json_values,
        "type": st.sampled_from(list(NUMBERS.values())) | json_values,
    }
)


@given(st.lists(events, max_size=3))
def test_no_event_breaks_the_reading(happened: list[dict[str, Any]]) -> None:
    log = log_of(*(json.dumps(event, separators=(",", ":")) for event in happened))

    declarations(log.responses)
    assert [contact for contact in log.contacts if not contact.host] == []


RECORDED = Path(__file__).with_name("test_audit_netlog.json").read_text(encoding="utf-8")


@given(st.integers(0, len(RECORDED)), st.text(max_size=20), st.integers(0, 40))
def test_no_change_of_a_recorded_log_breaks_the_reading(at: int, put: str, instead_of: int) -> None:
    log = read((RECORDED[:at] + put + RECORDED[at + instead_of :]).splitlines(keepends=True))

    assert [contact for contact in log.contacts if not contact.host] == []
