"""The folder of a run: what may be written there, what is replaced, and what it is compared with."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from shariff_py.audit import run
from shariff_py.audit.evidence.trace import Trace
from shariff_py.audit.report import FILES, FORMATS, ReportOutput, as_json, clear, write
from shariff_py.audit.report.baseline import read_baseline
from shariff_py.audit.report.files import Printer, installed_version
from shariff_py.audit.runner.archive import EvidenceArchive
from shariff_py.audit.runner.frontier import Planned
from shariff_py.audit.verdict.judge import Audit, judge
from shariff_py.errors import AuditError

TRACE = Trace("https://www.example.org/", frozenset({"www.example.org"}), (), (), True, "Chromium 156")
AUDIT = Audit((judge(TRACE, frozenset()),), (), "Chromium 156", 1795435200.0, 5)


def nothing_printed(page: Path, target: Path) -> None:
    raise AssertionError("no PDF was asked for")


def written(folder: Path, *formats: str) -> dict[str, str]:
    """A run written to this folder; returns its manifest."""
    evidence = EvidenceArchive(folder)
    evidence.check()
    clear(folder)
    evidence.begin({})
    evidence.note(Planned(1, TRACE.url, 0))
    evidence.save(1, TRACE)
    write(
        AUDIT,
        ReportOutput(folder, "en", formats, lambda: AUDIT.pages, nothing_printed, None, {}, tuple(evidence.files())),
    )
    evidence.complete()
    return dict(line.split("  ")[::-1] for line in (folder / "MANIFEST.sha256").read_text().splitlines())


def contents(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["pages/home.json", "run.json", "index.html", "MANIFEST.sha256"])
def test_a_folder_with_other_files_is_refused_and_unchanged(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text('{"name": "mine"}')

    with pytest.raises(AuditError, match=r"do not belong to an audit.*Name a folder"):
        run(["https://www.example.org/"], out=tmp_path)

    assert contents(tmp_path) == {name: '{"name": "mine"}'}


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")

    with pytest.raises(AuditError, match="Name another folder"):
        run(["https://www.example.org/"], out=tmp_path / "out")


def test_an_earlier_audit_is_replaced_wholly_and_other_files_stay(tmp_path: Path) -> None:
    written(tmp_path, "html", "json", "csv")
    EvidenceArchive(tmp_path).save(2, replace(TRACE, url="https://www.example.org/earlier"))
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "pages" / "home.json").write_text("mine")

    listed = written(tmp_path, "csv")

    assert set(listed) == {"contacts.csv", "run.json", "pages/0001.json"}
    assert set(contents(tmp_path)) == {*listed, "MANIFEST.sha256", "notes.txt", "pages/home.json"}
    assert all(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())


def test_every_form_has_its_file() -> None:
    assert len(set(FILES.values())) == len(FILES)


def output(folder: Path, *formats: str, printer: Printer = nothing_printed) -> ReportOutput:
    return ReportOutput(folder, "en", formats, lambda: AUDIT.pages, printer, None, {})


def printed(page: Path, target: Path) -> None:
    """Prints the page's doctype only."""
    target.write_text(page.read_text(encoding="utf-8")[:15])


@pytest.mark.parametrize("formats", [FORMATS, *((form,) for form in FORMATS)], ids="-".join)
def test_what_was_asked_for_is_written_and_nothing_else(formats: tuple[str, ...], tmp_path: Path) -> None:
    write(AUDIT, output(tmp_path, *formats, printer=printed))

    assert set(contents(tmp_path)) == {*(FILES[form] for form in formats), "MANIFEST.sha256"}
    if "pdf" in formats:
        assert (tmp_path / "report.pdf").read_text() == "<!doctype html>"


def test_a_report_that_cannot_be_written_is_an_error_with_the_folder_and_the_cure(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match=r"could not be written to .*gone: No such file.*Name another folder"):
        write(AUDIT, output(tmp_path / "gone", "json"))


def test_what_is_not_installed_has_no_version() -> None:
    assert installed_version("no-package-has-this-name") == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{}", "is not the report.json"),
        ('{"format": "another", "pages": [], "began": null}', "is not the report.json"),
        ("not JSON", "is not the report.json"),
        (json.dumps({**json.loads(as_json(AUDIT)), "version": 1}), "version 1 and cannot be compared"),
    ],
)
def test_what_is_no_earlier_report_is_refused_before_anything_is_visited_or_written(
    text: str, why: str, tmp_path: Path
) -> None:
    (tmp_path / "old.json").write_text(text)

    with pytest.raises(AuditError, match=why):
        run(["https://www.example.org/"], baseline=tmp_path / "old.json", out=tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text(as_json(AUDIT), encoding="utf-8")

    assert read_baseline(tmp_path / "old.json") == as_json(AUDIT)
    with pytest.raises(AuditError, match="cannot be read"):
        read_baseline(tmp_path / "gone.json")


def test_a_run_is_gone_on_with_only_where_one_stopped(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="no run to continue"):
        run([], out=tmp_path, resume=True)
    written(tmp_path, "json")
    with pytest.raises(AuditError, match="complete"):
        run([], out=tmp_path, resume=True)
