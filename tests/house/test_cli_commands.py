"""What holds for every command, and the short ones: journal, doctor, counts, ranking, notice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import shariff, with_pages
from support.journals import write

from shariff_py.journal import Journal

pytestmark = pytest.mark.subprocess


@pytest.mark.parametrize(
    "command",
    ["demo", "serve", "gate", "scan", "audit", "counts", "refresh", "journal", "channels", "doctor", "blocked"],
)
def test_every_command_explains_itself(folder: Path, command: str) -> None:
    done = shariff(folder, command, "--help")

    assert done.returncode == 0
    assert b"Usage:" in done.stdout


def test_a_mistake_is_one_line_with_the_cure_and_no_traceback(folder: Path) -> None:
    (folder / "shariff.toml").write_text("[sit]\n")

    done = shariff(folder, "gate", given=b"x")

    assert done.returncode == 1
    assert done.stderr.decode().strip() == "shariff-py: sit: is not a setting. Check the spelling."


@pytest.mark.parametrize("arguments", [("journal", "show", "--json"), ("journal", "show"), ("--help",)])
def test_an_output_that_cannot_be_written_is_one_line_and_no_traceback(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    write(Journal(folder / "var" / "outgoing.jsonl"), 40)

    done = shariff(folder, *arguments, into="/dev/full")

    assert done.returncode == 1
    assert (
        done.stderr.decode().strip() == "shariff-py: the output: No space left on device. Make room and run it again."
    )


def test_an_archive_that_cannot_be_written_is_one_line_with_the_cure(folder: Path) -> None:
    (folder / "taken").write_text("")

    done = shariff(folder, "notice", "--archive", "taken")

    assert done.returncode == 1
    assert done.stderr.decode().startswith("shariff-py: taken/unfinished")
    assert done.stderr.decode().endswith(
        "Not a directory. A file has the name of a folder that is needed; rename or remove it.\n"
    )


def test_an_empty_journal_is_a_chain_that_holds(folder: Path) -> None:
    done = shariff(folder, "journal", "verify")

    assert done.returncode == 0
    assert b"0 records" in done.stdout


def test_a_broken_journal_sets_the_exit_code(folder: Path) -> None:
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


def test_audit_has_an_exit_code_of_its_own_for_usage_mistakes(folder: Path) -> None:
    assert shariff(folder, "audit").returncode == 3
    assert shariff(folder, "audit", "not an address").returncode == 3


def test_counts_of_an_unknown_page_are_unknown(folder: Path) -> None:
    done = shariff(folder, "counts", "https://www.leinau.example/")

    assert done.returncode == 0
    assert b"0" not in done.stdout.split(b"\n", 1)[1]
    assert b"have no token. Set SHARIFF_PLATFORMS__FACEBOOK__TOKEN_FILE" in done.stderr


def test_why_a_page_has_no_number_yet_is_said_with_the_way_to_one(folder: Path) -> None:
    with_pages(folder)

    unknown = shariff(folder, "counts", "https://www.leinau.example/new").stderr
    personal = shariff(folder, "counts", "https://www.leinau.example/reset/8f3a91c2d4").stderr

    assert b"first asked about 1 to 24 hours later" in unknown
    assert b"may belong to a person" in personal
    assert unknown.count(b"refresh --sitemap") == personal.count(b"refresh --sitemap") == 1


def test_counts_are_written_as_a_table_and_as_json(folder: Path) -> None:
    with_pages(folder)

    table = shariff(folder, "counts", "https://www.leinau.example/b")
    machine = json.loads(shariff(folder, "counts", "--json", "https://www.leinau.example/c").stdout)

    assert table.stdout.decode().split()[:7] == ["platform", "count", "as", "of", "last", "try", "reason"]
    assert table.stdout.decode().splitlines()[1].split()[:2] == ["vk", "17"]
    assert (machine["vk"]["count"], machine["vk"]["as_of"], machine["vk"]["reason"]) == (None, None, "timeout")


def test_the_ranking_names_the_pages_with_the_most_shares(folder: Path) -> None:
    with_pages(folder)

    table = shariff(folder, "ranking").stdout.decode().splitlines()
    machine = json.loads(shariff(folder, "ranking", "--most", "1", "--json").stdout)

    assert [line.split() for line in table[1:]] == [
        ["1", "17", "https://www.leinau.example/b"], ["2", "5", "https://www.leinau.example/a"]
    ]  # fmt: skip
    assert machine == [{"page": "https://www.leinau.example/b", "total": 17}]


def test_the_ranking_gives_all_pages_where_more_are_requested(folder: Path) -> None:
    with_pages(folder)

    done = shariff(folder, "ranking", "--most", "9" * 20)

    assert (done.returncode, len(done.stdout.decode().splitlines())) == (0, 3)


@pytest.mark.parametrize(
    ("kind", "piece"),
    [
        ("privacy", "Inhalte von Facebook"),
        ("record", "Verzeichnis von Verarbeitungstätigkeiten"),
        ("accessibility", "Barrierefreiheit"),
        ("data", '"controller": "city"'),
    ],
)
def test_notice_writes_each_compliance_document(folder: Path, kind: str, piece: str) -> None:
    done = shariff(folder, "notice", "--kind", kind)

    assert done.returncode == 0
    assert piece in done.stdout.decode()


def test_notice_archives_what_is_shown_and_detects_changes(folder: Path) -> None:
    done = shariff(folder, "notice", "--archive", "shown")
    (version,) = (folder / "shown").iterdir()
    (version / "released.json").write_text("{}")
    changed = shariff(folder, "notice", "--archive", "shown")

    assert done.stdout.decode().splitlines() == [
        f"shown/{version.name}",
        "Versions: 1, all unchanged.",
    ]
    assert changed.returncode == 1
    assert f"shown/{version.name}/released.json has been changed".encode() in changed.stderr


def test_notice_for_an_unknown_controller_is_a_one_line_error(folder: Path) -> None:
    done = shariff(folder, "notice", "--controller", "nobody")

    assert done.returncode == 1
    assert b"there is no controller 'nobody'" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["serve", "demo"])
@pytest.mark.parametrize("port", ["-1", "65536", "99999"])
def test_a_port_that_is_none_is_a_mistake_in_the_call(folder: Path, command: str, port: str) -> None:
    done = shariff(folder, command, "--port", port)

    assert done.returncode == 2
    assert b"0<=x<=65535" in done.stderr
    assert b"Traceback" not in done.stderr


def test_serve_without_a_secret_says_which_one_to_set_and_starts_nothing(folder: Path) -> None:
    (folder / "shariff.toml").write_text('[site]\norigin = "https://www.leinau.example"\n')

    done = shariff(folder, "serve", "--port", "0")

    assert done.returncode == 1
    assert b"SHARIFF_FRAME__SECRETS" in done.stderr
    assert b"Traceback" not in done.stdout + done.stderr
