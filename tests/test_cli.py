"""The command line as people use it: a process of its own, its output, its exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shariff_py.journal import Journal
from shariff_py.stores import open_store

PAGE = '<p>Vor</p><iframe src="https://www.facebook.com/plugins/page.php?href=https://www.facebook.com/leinau"></iframe>\r\n'

CONFIGURATION = """
[site]
origin = "https://www.leinau.example"

[releases.facebook]
state = "released"

[controllers.city]
name = "Stadt Leinau"
contact_url = "/kontakt"
privacy_url = "/datenschutz"
alternative_url = "/aktuelles"

[frame]
secrets = ["only for these tests"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shariff.toml").write_text(CONFIGURATION)
    return tmp_path


def shariff(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    command = [sys.executable, "-c", "from shariff_py.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, input=given, capture_output=True, env=environ, check=False)


def test_gate_writes_the_gated_page_and_lists_what_it_did(folder: Path) -> None:
    done = shariff(folder, "gate", "-", "--report", "json", given=PAGE.encode())

    assert done.returncode == 0
    assert done.stdout.startswith(b"<p>Vor</p><div")
    assert done.stdout.endswith(b"\r\n")
    assert b"facebook.com/plugins" not in done.stdout
    assert [finding["outcome"] for finding in json.loads(done.stderr)] == ["gated"]


def test_gate_passes_bytes_of_any_kind_through(folder: Path) -> None:
    raw = bytes(range(256)) * 4

    done = shariff(folder, "gate", given=raw)

    assert done.returncode == 0
    assert done.stdout == raw


def test_scan_finds_embeds_in_a_folder_and_changes_nothing(folder: Path) -> None:
    (folder / "site").mkdir()
    (folder / "site" / "page.html").write_bytes(PAGE.encode())

    found = shariff(folder, "scan", "site")

    assert found.returncode == 1
    assert b"page.html" in found.stdout
    assert (folder / "site" / "page.html").read_bytes() == PAGE.encode()


def test_scan_of_a_clean_folder_ends_with_nought(folder: Path) -> None:
    (folder / "clean.html").write_text("<p>Nur Text</p>")

    assert shariff(folder, "scan", "clean.html").returncode == 0


def test_scan_opens_templates_of_every_kind_and_says_what_it_left_out(folder: Path) -> None:
    site = folder / "site"
    site.mkdir()
    for name in ("t.jinja2", "x.php", "y.html.twig", "z.VUE"):
        (site / name).write_bytes(PAGE.encode())
    for name in ("a.css", "b.css", "LICENCE"):
        (site / name).write_bytes(PAGE.encode())

    done = shariff(folder, "scan", "site")

    assert done.returncode == 1
    assert all(name in done.stdout for name in (b"t.jinja2", b"x.php", b"y.html.twig", b"z.VUE"))
    assert done.stderr.decode().strip() == "4 found in 4 files. Not opened: 3 (.css 2, without ending 1)."


def test_serve_without_a_secret_says_which_one_to_set_and_starts_nothing(folder: Path) -> None:
    (folder / "shariff.toml").write_text('[site]\norigin = "https://www.leinau.example"\n')

    done = shariff(folder, "serve", "--port", "0")

    assert done.returncode == 1
    assert b"SHARIFF_FRAME__SECRETS" in done.stderr
    assert b"Traceback" not in done.stdout + done.stderr


def test_refresh_tells_in_a_sentence_what_it_did(folder: Path) -> None:
    done = shariff(folder, "refresh")

    assert done.returncode == 0
    assert done.stdout == b"Nothing was due.\n"


def with_a_store_that_fails(folder: Path) -> None:
    """A token, so that there is somebody to ask, and a folder where the store's file should be."""
    (folder / "store.sqlite").mkdir()
    (folder / "shariff.toml").write_text(
        f'{CONFIGURATION}\n[counts]\nstore = "sqlite:///store.sqlite"\n[platforms.facebook]\ntoken = "EAAB"\n'
        '[stand_in]\n"graph.facebook.com" = "http://127.0.0.1:9"\n'
    )


def test_watching_survives_a_store_that_fails(folder: Path) -> None:
    with_a_store_that_fails(folder)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    command = [sys.executable, "-c", "from shariff_py.cli import main; main()", "refresh", "--watch", "--every", "0.1"]

    with subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as watching:
        assert watching.stderr is not None
        assert watching.stdout is not None
        try:
            failures = [watching.stderr.readline() for _ in range(2)]
            (folder / "store.sqlite").rmdir()
            worked = watching.stdout.readline()
        finally:
            watching.send_signal(signal.SIGINT)

    assert all(b"store.sqlite" in failure and b"Traceback" not in failure for failure in failures)
    assert worked == b"Nothing was due.\n"


def test_a_single_refresh_of_a_store_that_fails_is_one_line_and_an_exit_code(folder: Path) -> None:
    with_a_store_that_fails(folder)

    done = shariff(folder, "refresh")

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(b"shariff-py: the store 'store.sqlite' cannot be used")
    assert b"Traceback" not in done.stderr


def test_a_refresh_by_hand_is_called_so_in_the_journal(folder: Path) -> None:
    (folder / "shariff.toml").write_text(
        f'{CONFIGURATION}\n[counts]\nstore = "sqlite:///store.sqlite"\n[platforms.facebook]\ntoken = "EAAB"\n'
        '[stand_in]\n"graph.facebook.com" = "http://127.0.0.1:9"\n'
    )
    open_store(f"sqlite:///{folder}/store.sqlite").register("https://www.leinau.example/", time.time())

    done = shariff(folder, "refresh")

    assert done.stdout == b"Requests: 1, pages: 1, counts: 0. facebook ended early: connection.\n"
    assert {entry.trigger for entry in Journal(folder / "var" / "outgoing.jsonl").entries() if entry.trigger} == {
        "manual"
    }


def test_a_mistake_is_one_line_with_the_cure_and_no_traceback(folder: Path) -> None:
    (folder / "shariff.toml").write_text("[sit]\n")

    done = shariff(folder, "gate", given=b"x")

    assert done.returncode == 1
    assert done.stderr.decode().strip() == (
        "shariff-py: sit: unexpected keyword argument. There is no such setting; check the spelling."
    )


def test_an_empty_journal_is_a_chain_that_holds(folder: Path) -> None:
    done = shariff(folder, "journal", "verify")

    assert done.returncode == 0
    assert b"0 records" in done.stdout


def test_a_broken_journal_is_told_by_the_exit_code(folder: Path) -> None:
    journal = Journal(folder / "var" / "outgoing.jsonl")
    for number in range(3):
        journal.append("blocked", {"host": f"host{number}.example"})
    journal.path.write_bytes(journal.path.read_bytes().replace(b"host1.example", b"host9.example"))

    done = shariff(folder, "journal", "verify")

    assert done.returncode == 1
    assert b"record 2" in done.stderr


def test_the_doctor_names_what_is_missing_and_the_cure(folder: Path) -> None:
    done = shariff(folder, "doctor")

    assert done.returncode == 1
    assert "SHARIFF_PLATFORMS__FACEBOOK__TOKEN_FILE" in done.stdout.decode()


def test_audit_tells_usage_mistakes_by_their_own_exit_code(folder: Path) -> None:
    assert shariff(folder, "audit").returncode == 3
    assert shariff(folder, "audit", "not an address").returncode == 3


def test_counts_of_an_unknown_page_are_unknown(folder: Path) -> None:
    done = shariff(folder, "counts", "https://www.leinau.example/")

    assert done.returncode == 0
    assert b"0" not in done.stdout.split(b"\n", 1)[1]


@pytest.mark.parametrize(
    "command", ["demo", "serve", "gate", "scan", "audit", "counts", "refresh", "journal", "channels", "doctor"]
)
def test_every_command_explains_itself(folder: Path, command: str) -> None:
    done = shariff(folder, command, "--help")

    assert done.returncode == 0
    assert b"Usage:" in done.stdout
