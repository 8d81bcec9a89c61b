"""The commands of the journal: a period and totals, an export, checkpoints, a clock that is accepted. In this process."""

from __future__ import annotations

import csv
import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support.big_journals import fill

from shariff_py.cli.journal import journal as commands
from shariff_py.doctor.files import places
from shariff_py.journal import Journal
from shariff_py.settings import load

CONFIGURATION = """
[site]
origin = "https://www.leinau.example"
[frame]
secrets = ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site's folder, which is the current one, with a journal from 10 September to 19 November 2026."""
    (tmp_path / "shariff.toml").write_text(CONFIGURATION)
    begin = datetime(2026, 9, 10, tzinfo=UTC)
    fill(tmp_path / "var" / "outgoing.jsonl", 400, first=begin, last=begin + timedelta(days=70))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments)


def test_a_period_is_shown_as_a_table_and_as_objects(folder: Path) -> None:
    october = ("--since", "2026-10-01", "--until", "2026-11-01")

    table = run("show", *october, "--host", "vk.com").stdout.splitlines()
    objects = [json.loads(line) for line in run("show", "--json", *october, "--host", "vk.com").stdout.splitlines()]

    assert len(table) == 1 + 22
    assert all("https://vk.com/v26.0/?batch=1" in line and "200, 512 bytes" in line for line in table[1:])
    assert [one["kind"] for one in objects] == ["request", "outcome"] * 22
    assert {one["when"][:7] for one in objects} == {"2026-10"}


def test_totals_are_shown_by_host_and_purpose(folder: Path) -> None:
    totals = json.loads(run("show", "--totals", "--json", "--purpose", "token").stdout)

    assert totals == [
        {"host": "graph.facebook.com", "purpose": "token", "requests": 2, "failed": 0, "blocked": 0, "pages": 2, "bytes": 1024},
        {"host": "vk.com", "purpose": "token", "requests": 2, "failed": 0, "blocked": 0, "pages": 2, "bytes": 1024},
    ]  # fmt: skip
    assert "graph.facebook.com" in run("show", "--totals").stdout


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_has_each_request_with_its_outcome_and_is_private(folder: Path, form: str) -> None:
    done = run("export", f"out.{form}", "--format", form, "--since", "2026-11-01")
    text = (folder / f"out.{form}").read_text()

    rows = [*csv.DictReader(text.splitlines())] if form == "csv" else [json.loads(line) for line in text.splitlines()]
    assert done.stdout == f"out.{form}: {len(rows)} requests\n"
    assert len(rows) == 51
    assert {(row["host"], str(row["status"])) for row in rows if row["platform"] == "vk"} == {("vk.com", "200")}
    assert stat.S_IMODE((folder / f"out.{form}").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("keep_months", "said"),
    [
        (12, "although 12 months are to be kept"),
        (0, "although everything is to be kept"),
        (2, "although 2 months are to be kept"),
        (1, ""),
    ],
)
def test_verify_and_doctor_say_when_less_was_kept_than_is_set(folder: Path, keep_months: int, said: str) -> None:
    """Whoever can write the files can remove September and say in a record of retention, in November, that its time had come."""
    september = folder / "var" / "outgoing-2026-09.jsonl"
    (folder / "shariff.toml").write_text(f"{CONFIGURATION}[journal]\nkeep_months = {keep_months}\n")
    last = json.loads(september.read_bytes().splitlines()[-1])
    november = datetime(2026, 11, 20, tzinfo=UTC).timestamp()
    journal = Journal(folder / "var" / "outgoing.jsonl", clock=lambda: november)
    journal.append("retention", {"of": last["sequence"], "sha256": last["hash"]})
    september.unlink()

    done = run("verify")
    finding = next(one.finding for one in places(load()) if one.what == "journal")

    assert done.exit_code == 0
    assert done.stdout.startswith(f"The chain is intact from record {last['sequence'] + 1} on")
    assert said in done.stderr
    assert said in finding
    assert ("is of 2026-10-01; those before it were removed on 2026-11-20" in done.stderr) == bool(said)
    assert ("2026-11-20" in finding) == bool(said)


def test_an_export_that_cannot_be_written_is_one_line(folder: Path) -> None:
    done = run("export", "nowhere/out.csv")

    assert done.exit_code == 1
    assert done.stderr.startswith("Error: nowhere/out.csv cannot be written")


def test_a_journal_that_was_cut_off_after_its_checkpoint_is_named_with_the_cure(folder: Path) -> None:
    file = Path(load().journal.path)
    before = run("verify")
    assert (before.exit_code, before.stdout.count("There is no checkpoint in the store")) == (0, 1)

    written = run("checkpoint")
    assert written.stdout.startswith("record 400, head ")
    assert "record 400, is in the chain" in run("verify").stdout
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-5]))
    cut = run("verify")
    renewed = run("checkpoint")

    assert (cut.exit_code, "The chain is intact: 395 records" in cut.stdout) == (1, True)
    assert "names record 400" in cut.stderr
    assert "shariff-py journal checkpoint" in cut.stderr
    assert renewed.stdout.startswith("record 396, head ")
    assert run("verify").exit_code == 0


def test_the_clock_is_accepted_and_that_is_recorded(folder: Path) -> None:
    done = run("accept-clock")

    assert done.stdout.startswith(f"Recorded: {datetime.now(UTC):%Y-%m-%d}")
    last = json.loads(run("show", "--json").stdout.splitlines()[-1])
    assert (last["kind"], last["sequence"]) == ("clock", 401)
