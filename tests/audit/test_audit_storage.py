"""What is stored on the device, when it counts as a finding, and what withdrawal removes."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
from support.audit_traces import NOON, audit, trace

from shariff_py.audit.evidence.storage import Cookie, Snapshot, Stored, snapshot
from shariff_py.audit.report import as_json, html, text
from shariff_py.audit.report.baseline import compare_with_baseline
from shariff_py.audit.report.ci import as_junit, as_sarif
from shariff_py.audit.report.wording import WORDS
from shariff_py.audit.verdict.judge import Audit, judge
from shariff_py.audit.verdict.policy import AuditPolicy


def test_names_of_what_is_stored_are_kept_and_values_never() -> None:
    cookies = [{"name": "id", "value": "secret", "domain": ".x.example", "path": "/", "expires": -1}, {"name": "own", "value": "secret", "domain": "f.example", "ephemeral": True}]  # fmt: skip
    frames = [{"origin": "https://x.example", "local": ["a"], "session": [], "databases": ["d"], "caches": [], "workers": []}, {"origin": "null"}]  # fmt: skip

    found = snapshot("before", NOON, cookies, frames)

    assert found.names == {
        "cookie id (.x.example)",
        "localStorage a (https://x.example)",
        "IndexedDB d (https://x.example)",
    }
    assert "secret" not in repr(found)


def test_what_outlasts_withdrawal_and_is_not_declared_is_reported() -> None:
    kept = Cookie("kept", "www.example.org", "/", None, False, False, "")
    gone, session = replace(kept, name="gone"), replace(kept, name="session_7")
    snapshots = (
        Snapshot("before", 1, (session,)),
        Snapshot("after", 2, (kept, gone, session)),
        Snapshot("withdrawn", 3, (kept, session)),
    )
    policy = AuditPolicy.from_mapping(
        {"storage": "judge", "keep": [{"name": "session_*", "purpose": "login", "legal_basis": "25(2)"}]}
    )

    result = judge(trace(snapshots=snapshots), frozenset(), policy)

    assert {(item.what, item.left) for item in result.stored} == {
        ("cookie kept (www.example.org)", True),
        ("cookie gone (www.example.org)", False),
    }
    assert result.verdict == "finding"


def test_what_a_removed_frame_stored_is_never_reported_as_removed() -> None:
    answer = {"origin": "https://f.example", "local": ["uid"], "databases": ["track"]}
    private = {**answer, "origin": "https://g.example", "ephemeral": True}
    own = {"origin": "https://www.example.org", "local": ["since"]}
    after = snapshot("after", NOON, (), [own, answer, private])
    withdrawn = snapshot("withdrawn", NOON, (), [{**own, "local": []}], [after])
    reloaded = snapshot("reloaded", NOON, (), [{**own, "local": []}], [after, withdrawn])
    visit = trace(snapshots=(snapshot("before", NOON, (), [{**own, "local": []}]), after, withdrawn, reloaded))

    found = audit(visit)

    assert (withdrawn.unasked, reloaded.unasked) == (("https://f.example",), ("https://f.example",))
    assert {(item.what, item.left) for item in found.pages[0].stored} == {
        ("localStorage uid (https://f.example)", None),
        ("IndexedDB track (https://f.example)", None),
        ("localStorage since (https://www.example.org)", False),
    }
    assert html(found, "de").count(f"<td>{WORDS['de']['stored.unasked']}</td>") == 4
    assert json.loads(as_json(found))["pages"][0]["undeclared_storage"][0]["left"] is None


def test_what_a_frame_still_has_after_withdrawal_was_left_even_if_it_is_gone_after_the_reload() -> None:
    answer = {"origin": "https://f.example", "local": ["uid"]}
    after = snapshot("after", NOON, (), [answer])
    withdrawn = snapshot("withdrawn", NOON, (), [answer], [after])
    reloaded = snapshot("reloaded", NOON, (), [], [after, withdrawn])

    (item,) = judge(trace(snapshots=(after, withdrawn, reloaded)), frozenset()).stored

    assert item.left is True


def test_frames_of_one_origin_are_reported_together() -> None:
    frames = [{"origin": "https://f.example", "local": ["a"]}, {"origin": "https://f.example", "local": ["b"]}]

    assert snapshot("after", NOON, (), frames).stored == (Stored("https://f.example", ("a", "b")),)


COOKIE = Cookie("new", "www.example.org", "/", None, False, False, "")


def storing(policy: str = "judge", *cookies: Cookie) -> Audit:
    kept = cookies or (COOKIE,)
    one = trace(snapshots=tuple(Snapshot(phase, NOON, kept) for phase in ("before", "after", "withdrawn", "reloaded")))
    page = judge(one, frozenset(), AuditPolicy.from_mapping({"storage": policy}))
    return Audit((page,), (), "Chromium 156", NOON, 5, NOON + 40)


@pytest.mark.parametrize("lang", WORDS)
def test_a_page_that_only_stores_is_not_reported_as_having_contacted_third_parties(lang: str) -> None:
    words, found = WORDS[lang], storing()

    for written in (text(found, lang), html(found, lang)):
        assert words["verdict.finding"] in written
        assert words["meaning.stored"] in written
        assert words["meaning.finding"] not in written
        assert words["stored.undeclared"].format(what="cookie new (www.example.org)") in written
    assert words["advice.stored"] in html(found, lang)
    assert words["meaning.stored"] not in html(storing("list"), lang)


def test_what_is_stored_without_a_word_fails_in_continuous_integration() -> None:
    (suite,) = ElementTree.fromstring(as_junit(storing(), WORDS["en"]).encode())
    (result,) = json.loads(as_sarif(storing(), WORDS["en"], "1"))["runs"][0]["results"]

    assert (suite.attrib["failures"], suite[0][0].attrib["message"]) == ("1", "cookie new (www.example.org)")
    assert (result["ruleId"], result["level"]) == ("stored", "error")
    assert result["partialFingerprints"] == {"phaseAndEndpoint/v1": "before cookie new (www.example.org)"}
    for written in (as_junit(storing("list"), WORDS["en"]), as_sarif(storing("list"), WORDS["en"], "1")):
        assert "cookie new" not in written


def test_a_new_entry_on_the_device_is_new_to_the_comparison_if_storage_is_judged() -> None:
    another = replace(COOKIE, name="another")

    found = compare_with_baseline(storing("judge", COOKIE, another).pages, as_json(storing()))

    assert (found.new, found.gone) == ((("before", "cookie another (www.example.org)"),), ())
    assert found.same == (("before", "cookie new (www.example.org)"),)
    assert compare_with_baseline(storing("list").pages, as_json(storing("list"))).same == ()
