"""The doctor says ok only of what can work, and leaves everything as it found it."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from support import redis_servers
from support.paths import TESTS

from shariff_py.cli import COMMANDS, commands
from shariff_py.counts.circuit_breaker import CircuitBreaker
from shariff_py.counts.platform_state import PlatformState
from shariff_py.doctor import Diagnosis, examine, examine_pages
from shariff_py.journal import Journal, checkpoints
from shariff_py.previews.folder import Folder, Kept
from shariff_py.settings import Settings
from shariff_py.stores import Finding, open_store
from shariff_py.texts import LANGUAGES

TODAY = date(2026, 11, 23)
CITY = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
CHECK = {"checked_on": date(2026, 11, 1), "checked_by": "Data protection officer"}
FACEBOOK = {"token": "EAAB", "transfer": CHECK}
CHANNELS = TESTS / "fixtures" / "channels.toml"
APPROVAL = {"approved_by": "Ada Beispiel", "approved_on": TODAY, "approved_text": LANGUAGES["de"].fingerprint}


def sound(folder: Path) -> dict[str, Any]:
    """Settings with nothing to find fault with."""
    return {
        "site": {"origin": "https://www.leinau.example"},
        "releases": {"facebook": {"state": "released"}},
        "controllers": {"city": CITY},
        "texts": {"de": APPROVAL},
        "frame": {"secrets": ["only for these tests"]},
        "platforms": {"facebook": FACEBOOK},
        "counts": {"store": f"sqlite:///{folder}/var/counts.sqlite"},
        "journal": {"path": f"{folder}/var/outgoing.jsonl"},
        "channels": str(CHANNELS),
    }


def examined(values: Mapping[str, Any], today: date = TODAY) -> dict[str, Diagnosis]:
    return {found.what: found for found in examine(Settings.from_mapping(values), today)}


def test_a_sound_configuration_is_well_and_nothing_is_made_by_looking(tmp_path: Path) -> None:
    found = examined(sound(tmp_path))

    assert [name for name, diagnosis in found.items() if not diagnosis.well] == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("stores", "finding"), [("report", 'stays; "shariff-py scan" lists it'), ("gate", "is replaced")]
)
def test_what_becomes_of_embed_code_in_data_is_named(tmp_path: Path, stores: str, finding: str) -> None:
    found = examined(sound(tmp_path) | {"gate": {"stores": stores}})

    assert found["gate.stores"].well
    assert found["gate.stores"].finding.startswith(f"{stores}: embed code that pages keep as data")
    assert finding in found["gate.stores"].finding


STORED = '<div data-html="&lt;div class=&quot;fb-post&quot; data-href=&quot;https://www.facebook.com/leinau/posts/1&quot;&gt;&lt;/div&gt;"></div>'
YAML = '<script type="text/yaml">a: <div class="fb-post" data-href="https://www.facebook.com/leinau/posts/1"></div></script>'
FORM = '<form action="https://www.facebook.com/leinau"></form>'


@pytest.mark.parametrize(
    ("stores", "pages", "finding", "cure"),
    [
        ("report", {"a": STORED, "b": "<p>x</p>"}, "embed code in data of 1 of 2 pages: a (1)", 'Set gate.stores to "gate"'),
        ("gate", {"a": STORED, "b": YAML}, "embed code in data of 1 of 2 pages: b (1)", "It cannot be replaced"),
        ("report", {"a": STORED, "b": STORED * 2, "c": YAML, "d": YAML}, "of 4 of 4 pages: a (1), b (1), c (1) and 1 more", ""),
        ("report", {"a": STORED, "b": None}, "of 1 of 1 pages: a (1); not read: 1", ""),
    ],
)  # fmt: skip
def test_pages_that_keep_embed_code_as_data_are_named(
    tmp_path: Path, stores: str, pages: dict[str, str | None], finding: str, cure: str
) -> None:
    found = examine_pages(Settings.from_mapping(sound(tmp_path) | {"gate": {"stores": stores}}), pages.items())

    assert not found.well
    assert finding in found.finding
    assert cure in found.cure


def test_pages_without_embed_code_in_data_are_well(tmp_path: Path) -> None:
    found = examine_pages(Settings.from_mapping(sound(tmp_path)), [("a", FORM), ("b", "<p>x</p>")])

    assert (found.well, found.finding) == (True, "embed code in data of 0 of 2 pages")


def test_the_doctor_reads_pages_that_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.html").write_text(STORED)
    Path("b.html").write_text("<p>x</p>")

    assert "embed code in data of 1 of 2 pages: a.html (1)" in CliRunner().invoke(commands, ["doctor", "."]).output
    assert "data of pages" not in CliRunner().invoke(commands, ["doctor"]).output


def test_the_table_suggests_a_fix_only_where_one_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shariff.toml").write_text('[site]\norigin = "https://www.leinau.example"\n')

    done = CliRunner().invoke(commands, ["doctor"])

    lines = {line.split()[1]: line for line in done.output.splitlines()}
    assert done.exit_code == 1
    assert "Add a controller for the pages." in lines["controllers"]
    assert lines["site.origin"].split() == ["ok", "site.origin", "https://www.leinau.example"]


def test_what_is_in_use_is_counted(tmp_path: Path) -> None:
    values = sound(tmp_path)
    open_store(values["counts"]["store"]).track("https://www.leinau.example/", 0.0)
    Journal(values["journal"]["path"]).append("blocked", {"host": "example.org"})

    found = examined(values)

    assert found["counts.store"].finding.endswith("pages: 1")
    assert found["journal"].finding.startswith("1 records")
    assert found["channels"].finding.endswith("channels: 4")


@pytest.mark.parametrize(
    ("changes", "what", "finding"),
    [
        ({"site": {}}, "site.origin", "not set"),
        ({"controllers": {}}, "controllers", "none"),
        ({"services": ["facebook", "twitter", "print"]}, "services", "not released and so not shown: twitter"),
        ({"services": ["facebook", "xing", "xing"]}, "xing: ended", "XING is a job board now; its share address"),
        ({"frame": {}}, "frame.secrets", "not set"),
        ({"stand_in": {"www.facebook.com": "http://127.0.0.1:9"}}, "stand_in", "www.facebook.com"),
        ({"platforms": {"facebook": {"transfer": CHECK}}}, "facebook: token", "not set"),
        (
            {"platforms": {"facebook": {**FACEBOOK, "version": "v99.0"}}},
            "facebook: interface version",
            "unknown to this release",
        ),
        ({"platforms": {"facebook": {**FACEBOOK, "version": "v21.0"}}}, "facebook: interface version", "ends on"),
        ({"counts": {"store": "sqlite:////proc/nope/x.sqlite"}}, "counts.store", "/proc"),
        ({"counts": {"store": "postgres://x"}}, "counts.store", "no store for addresses"),
        ({"journal": {"path": "/proc/nope/outgoing.jsonl"}}, "journal", "/proc"),
        ({"channels": "nope.toml"}, "channels", "nope.toml"),
    ],
)
def test_what_cannot_work_is_named_with_a_cure(
    tmp_path: Path, changes: dict[str, Any], what: str, finding: str
) -> None:
    found = examined(sound(tmp_path) | changes)

    assert [name for name, diagnosis in found.items() if not diagnosis.well] == [what]
    assert finding in found[what].finding
    assert found[what].cure.endswith(".")


@pytest.mark.parametrize(
    ("transfer", "today", "well", "finding"),
    [
        ({}, TODAY, False, "not set, and visitors are told so"),
        (CHECK, TODAY, True, "2026-11-01, 22 days ago"),
        (CHECK, date(2027, 1, 30), True, "2026-11-01, 90 days ago"),
        (CHECK, date(2027, 1, 31), False, "2026-11-01, 91 days ago"),
        (CHECK, date(2026, 10, 31), False, "2026-11-01, in the future"),
    ],
)
def test_the_sites_own_check_of_a_transfer_is_asked_for_and_repeated(
    tmp_path: Path, transfer: dict[str, Any], today: date, well: bool, finding: str
) -> None:
    values = sound(tmp_path) | {"platforms": {"facebook": {"token": "EAAB", "transfer": transfer}}}

    found = examined(values, today)["facebook: your check of the transfer"]

    assert (found.well, found.finding) == (well, finding)
    assert "platforms.facebook.transfer.checked_on" in found.cure
    assert "Meta Platforms Ireland Limited" in found.cure


def test_no_check_is_asked_for_where_there_is_nothing_to_check(tmp_path: Path) -> None:
    values = sound(tmp_path) | {"releases": {"komoot": {"state": "released"}, "youtube": {"state": "suspended"}}}

    assert [what for what in examined(values) if "your check" in what] == []


def test_a_check_of_a_basis_that_is_not_known_is_not_kept_silent(tmp_path: Path) -> None:
    values = sound(tmp_path) | {
        "releases": {"komoot": {"state": "released"}},
        "platforms": {"komoot": {"transfer": CHECK}},
    }

    found = examined(values)["komoot: your check of the transfer"]

    assert (found.well, found.finding) == (False, "not shown: no basis of a transfer is known")
    assert "Remove platforms.komoot.transfer" in found.cure


def test_a_text_on_an_arrangement_that_no_platform_offers_is_not_kept_silent(tmp_path: Path) -> None:
    said = {"joint_control": {"essence": "Wir beide.", "as_of": date(2026, 11, 1)}}
    values = sound(tmp_path) | {"releases": {"youtube": {"state": "released"}}, "platforms": {"youtube": said}}

    found = examined(values)["youtube: your text on joint control"]

    assert (found.well, found.finding) == (False, "not shown: the platform is not known to offer an arrangement")
    assert "Remove platforms.youtube.joint_control" in found.cure


def test_a_server_that_gate_allow_names_is_found_like_a_platform(tmp_path: Path) -> None:
    server = {"operator": "Verein", "address": "Markt 1", "country": "DE", "privacy_url": "https://toot.example/p"}
    values = sound(tmp_path) | {
        "releases": {"mastodon": {"state": "released"}},
        "platforms": {"mastodon": {"servers": {"toot.example": server}}},
    }

    held, let = examined(values), examined(values | {"gate": {"allow": ["toot.example"]}})

    assert "gate.allow" not in held
    assert (let["gate.allow"].well, let["gate.allow"].finding) == (
        False,
        "toot.example is a server of Mastodon: pages load from it without asking the visitor",
    )


def test_files_that_are_something_else_are_named(tmp_path: Path) -> None:
    values = sound(tmp_path)
    register = tmp_path / "channels.toml"
    register.write_text('[[channels]]\nid = "x"\n')
    store = tmp_path / "store.sqlite"
    store.write_text("no database, but a letter of some length to somebody")
    (tmp_path / "outgoing.jsonl").mkdir()

    found = examined(
        values
        | {
            "channels": str(register),
            "counts": {"store": f"sqlite:///{store}"},
            "journal": {"path": f"{tmp_path}/outgoing.jsonl"},
        }
    )

    assert {name for name, one in found.items() if not one.well} == {"channels", "counts.store", "journal"}


@pytest.mark.parametrize(
    ("breaker", "well", "said"),
    [
        (CircuitBreaker(), True, ""),
        (CircuitBreaker(failures=1, reason="timeout", failed_at=1.8e9), True, "failures in a row: 1 (timeout"),
        (
            CircuitBreaker(failures=3, reason="timeout", failed_at=1.8e9),
            False,
            "failures in a row: 3 (timeout, last on 2027-01-15",
        ),
        (CircuitBreaker(failures=1, reason="token", failed_at=1.8e9), False, "(token"),
    ],
)
def test_a_platform_that_does_not_respond_is_named_with_the_reason(
    tmp_path: Path, breaker: CircuitBreaker, well: bool, said: str
) -> None:
    values = sound(tmp_path)
    store = open_store(values["counts"]["store"])
    store.save_state("facebook", PlatformState(breaker=breaker))
    store.close()

    found = examined(values).get("facebook: replies")

    if not breaker.failures:
        assert found is None
    else:
        assert found is not None
        assert (found.well, found.cure[-1]) == (well, ".")
        assert said in found.finding


def test_a_platform_that_is_only_counted_is_examined_as_well(tmp_path: Path) -> None:
    values = sound(tmp_path)
    values["releases"] |= {"reddit": {"state": "released"}, "vk": {"state": "released"}}

    found = examined(values)

    assert not found["reddit: token"].well
    assert found["reddit: token"].cure == "Set SHARIFF_PLATFORMS__REDDIT__TOKEN_FILE."
    assert "vk: token" not in found


def test_the_password_of_the_store_is_not_shown(tmp_path: Path) -> None:
    found = examined(sound(tmp_path) | {"counts": {"store": "redis://:canary@127.0.0.1:9/0"}})

    assert not found["counts.store"].well
    assert "canary" not in repr(found)


@pytest.mark.parametrize(("mode", "finding"), [("report-only", "nothing is blocked yet"), ("off", "pages have none")])
def test_a_policy_that_blocks_nothing_is_reported(tmp_path: Path, mode: str, finding: str) -> None:
    found = examined(sound(tmp_path) | {"headers": {"policy": mode}})["headers.policy"]

    assert not found.well
    assert finding in found.finding
    assert "enforce" in found.cure


@pytest.mark.parametrize(
    ("mode", "finding"),
    [
        ("off", "pages have no list of whom they may contact"),
        ("report-only", "nothing is blocked yet"),
        ("enforce", "other browsers ignore it"),
    ],
)
def test_the_list_of_allowed_connections_is_named_and_no_mode_is_a_fault(
    tmp_path: Path, mode: str, finding: str
) -> None:
    found = examined(sound(tmp_path) | {"headers": {"connections": mode}})["headers.connections"]

    assert found.well
    assert found.finding.startswith(f"{mode}: ")
    assert finding in found.finding


def test_a_platform_that_the_policy_blocked_recently_is_named_with_the_page(tmp_path: Path) -> None:
    values = sound(tmp_path)
    store = open_store(values["counts"]["store"])
    pages = [f"https://www.leinau.example/{n}" for n in range(5)]
    for at, page in enumerate(pages):
        sdk = Finding("https://connect.facebook.net", "script-src-elem", page, enforced=True)
        store.reports.add([sdk] * (9 - at), TODAY - timedelta(days=30), 500)
    store.reports.add([Finding("https://maps.example", "frame-src", pages[0], enforced=True)] * 20, TODAY, 500)
    store.close()

    found = examined(values)["policy reports"]
    later = examined(values, TODAY + timedelta(days=1))

    assert not found.well
    assert found.finding.startswith(f"{pages[0]} tried https://connect.facebook.net (9 times, last on 2026-10-24); ")
    assert found.finding.endswith("; and 2 more")
    assert "maps.example" not in found.finding
    assert "shariff-py scan" in found.cure
    assert "policy reports" not in later


@pytest.mark.subprocess
def test_a_store_that_takes_nothing_new_is_named(tmp_path: Path) -> None:
    with redis_servers.Server("redis", "--maxmemory", "1", "--maxmemory-policy", "noeviction") as server:
        found = examined({**sound(tmp_path), "counts": {"store": server.url}})["counts.store"]

    assert not found.well
    assert "memory" in found.finding
    assert "Raise the server's maxmemory" in found.cure


def test_an_address_of_the_store_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    found = examined({**sound(tmp_path), "counts": {"store": "redis://:can[ary@host/0"}})["counts.store"]

    assert not found.well
    assert "is not the address of a Redis server" in found.finding
    assert "[ary" not in repr(found)


@pytest.mark.parametrize("mode", ["report-only", "off"])
def test_a_cure_names_only_commands_that_there_are(tmp_path: Path, mode: str) -> None:
    named = [
        word
        for found in examined(sound(tmp_path) | {"headers": {"policy": mode}}).values()
        for word in re.findall(r"shariff-py ([a-z]+)", found.cure)
    ]

    assert set(named) <= COMMANDS.keys()


def test_a_journal_that_was_cut_off_is_found_by_its_checkpoint(tmp_path: Path) -> None:
    settings = Settings.from_mapping(sound(tmp_path))
    journal = Journal(settings.journal.path)
    for _ in range(3):
        journal.append("blocked", {"host": "example.org"})
    checkpoints(settings, journal).advance()
    journal.path.write_bytes(journal.path.read_bytes().splitlines(keepends=True)[0])

    found = examined(sound(tmp_path))["journal"]

    assert not found.well
    assert "names record 3" in found.finding


def test_previews_that_may_be_shown_no_longer_are_named_with_the_cure(tmp_path: Path) -> None:
    place, now = Folder(tmp_path / "previews"), time.time()
    for name, age in (("new", 1), ("old", 31)):
        address = f"https://www.youtube.com/watch?v={name:A<11}"
        place.save(Kept("youtube", address, "Film", "", has_picture=False, fetched_at=now - age * 86_400), None)
    wanted = {"platforms": ["youtube"], "path": str(tmp_path / "previews")}

    found = examined({**sound(tmp_path), "previews": wanted})["previews"]

    assert found.finding == "kept of youtube: 1; and 1 that may be shown no longer"
    assert not found.well
    assert found.cure == "Run shariff-py previews refresh once a day."


def test_pictures_of_previews_need_pillow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {"platforms": ["peertube"], "path": str(tmp_path / "previews")}
    there = examined({**sound(tmp_path), "previews": wanted})["previews: pictures"]
    monkeypatch.setitem(sys.modules, "PIL", None)

    missing = examined({**sound(tmp_path), "previews": wanted})["previews: pictures"]

    assert (there.well, there.finding) == (True, "Pillow is installed")
    assert (missing.well, missing.finding) == (False, "Pillow is not installed")
    assert "pip install 'shariff_py[previews]'" in missing.cure
