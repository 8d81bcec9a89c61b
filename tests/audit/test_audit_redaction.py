"""Values of parameters, user names and passwords are removed wherever an address is written."""

from __future__ import annotations

import pytest
from support.audit_traces import NOON, contact, trace

from shariff_py.audit.evidence.declarations import Element, declarations
from shariff_py.audit.evidence.redaction import cleaned, redacted, without_values
from shariff_py.audit.evidence.storage import Snapshot, Stored
from shariff_py.audit.evidence.trace import FailureReason, Journal, Problem, ServerRequest, Step, StepName
from shariff_py.audit.runner.archive import TRACE


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://me:pw@host.example/p?a=1&b=#f", "https://host.example/p?a=…&b=…"),
        ("https://host.example/p?ERIKA-MUSTER-4711", "https://host.example/p?…"),
        ("https://host.example/p?a=1&user@example.org", "https://host.example/p?a=…&…"),
        ("https://host.example/p?user@example.org=1&=cmd", "https://host.example/p?…&…"),
        ("https://host.example/p?c2VjcmV0MTIz=&c2VjcmV0==&filter%5Bname%5D=x", "https://host.example/p?…&…&filter[name]=…"),
        ("https://host.example/a;jsessionid=42;v/b;4711?c=1", "https://host.example/a;jsessionid=…;…/b;…?c=…"),
        ("https://host.example/u/max.muster@example.org/x;v", "https://host.example/u/…/x;…"),
        ("https://host.example/u/max%2540example.org", "https://host.example/u/…"),
        ("https://host.example/npm/vue@3.2.min.js", "https://host.example/npm/vue@3.2.min.js"),
        ("https://host.example/@town/9b1deb4d-3b7d-4bad", "https://host.example/@town/9b1deb4d-3b7d-4bad"),
        ("https://host.example/#/video?id=42", "https://host.example/#/video?id=…"),
        ("https://host.example/#access_token=42", "https://host.example/"),
        ("mailto:max@example.org?subject=x", "mailto:…"),
        ("/p?token=42", "/p?token=…"),
        ("about:blank", "about:blank"),
        ("http://[broken/?token=42", "…"),
        ("", ""),
    ],
)  # fmt: skip
def test_an_address_keeps_the_names_of_its_parameters_and_nothing_that_may_be_a_value(address: str, shown: str) -> None:
    assert redacted(address) == shown
    assert redacted(shown) == shown


def test_addresses_lose_their_values_wherever_they_stand_in_a_sentence() -> None:
    assert cleaned("script https://x.example/a.js?v=secret:12 failed") == "script https://x.example/a.js?v=… failed"
    assert (
        cleaned("HTTPS://me:pw@X.example/?secret and //y.example/?secret") == "https://X.example/?… and //y.example/?…"
    )


def test_nothing_that_is_filed_has_a_value_in_it() -> None:
    there = "https://max:secret@www.example.org/p;s=secret?token=secret&secret#secret"
    sent = ServerRequest(NOON, "schedule", "counts", "facebook", "GET", "graph.facebook.com", "/?id=secret", (there,), (), "200", False)  # fmt: skip
    full = trace(
        contact("a.example", url=there, referrer=there, cause=f"script {there}:7"), url=there, links=(there, "mailto:secret@example.org"),
        control_contacts=(contact("a.example", url=there),), declarations=declarations((), [Element("img", there)]),
        steps=(Step(NOON, StepName.OPENED, there),), problems=(Problem(FailureReason.MOVED_AWAY, there),),
        snapshots=(Snapshot("before", NOON, (), (Stored("https://www.example.org", workers=(there,)),)),),
        journal=Journal((sent,), "0" * 64, 1),
    )  # fmt: skip

    assert "secret" not in TRACE.dump_json(without_values(full)).decode()
