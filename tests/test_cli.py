"""The command line as people use it: a process of its own, its output, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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
secrets = ["only for tests"]
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
    from shariff_py.journal import Journal

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
