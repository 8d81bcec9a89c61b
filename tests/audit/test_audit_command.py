"""The command's exit codes: a mistake or a failure is never taken for something about the site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from shariff_py.audit import run
from shariff_py.cli.exit_codes import AuditCommand
from shariff_py.errors import AuditError, ConfigurationError

PAGE = "http://127.0.0.1:1/"


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    program = "from shariff_py.cli import main; main()"
    return subprocess.run([sys.executable, "-c", program, *arguments], cwd=folder, env=environ, capture_output=True, encoding="utf-8", check=False)  # fmt: skip


@pytest.mark.parametrize(
    "error",
    [RuntimeError("x"), OSError(28, "No space left"), AuditError("x"), ConfigurationError("x"), RecursionError()],
)
def test_an_error_in_a_command_with_results_is_none_of_them(error: Exception) -> None:
    def fails() -> None:
        raise error

    assert AuditCommand("audit", callback=fails).main([], standalone_mode=False) == 3


def test_a_disk_that_is_full_is_one_line_with_the_cure(capsys: pytest.CaptureFixture[str]) -> None:
    def fails() -> None:
        raise OSError(28, "No space left on device", "evidence/pages/0001.part")

    AuditCommand("audit", callback=fails).main([], standalone_mode=False)

    assert capsys.readouterr().err == (
        "shariff-py: evidence/pages/0001.part: No space left on device. Make room and run it again.\n"
    )


@pytest.mark.parametrize("result", [0, 1, 2])
def test_a_result_stays_a_result(result: int) -> None:
    def ends() -> None:
        raise click.exceptions.Exit(result)

    assert AuditCommand("audit", callback=ends).main([], standalone_mode=False) == result


@pytest.mark.subprocess
def test_an_unexpected_failure_is_reported_whole_and_is_no_finding() -> None:
    program = (
        "from shariff_py.cli.exit_codes import AuditCommand\n"
        "def fails(): raise KeyError('unforeseen')\n"
        "AuditCommand('audit', callback=fails).main([])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 3
    assert "KeyError: 'unforeseen'" in done.stderr
    assert "has no result" in done.stderr.splitlines()[-1]


@pytest.mark.subprocess
def test_an_option_before_the_command_changes_no_exit_code(tmp_path: Path) -> None:
    (tmp_path / "shariff.toml").write_text("")

    assert command(tmp_path, "--config", "shariff.toml", "audit", "no address").returncode == 3


@pytest.mark.parametrize(
    ("field", "option", "value"),
    [
        ("idle_seconds", "--idle", float("nan")), ("idle_seconds", "--idle", -1.0), ("idle_seconds", "--idle", float("inf")),
        ("interval", "--interval", -1.0), ("depth", "--depth", -1), ("most", "--most", 0), ("at_once", "--at-once", 0),
    ],
)  # fmt: skip
def test_a_number_that_means_nothing_is_refused_by_its_name(field: str, option: str, value: float) -> None:
    with pytest.raises(AuditError, match=f"{option} is .* Give a number from"):
        run([PAGE], **{field: value})


@pytest.mark.subprocess
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"https://a.example/\nwww.example.org\n", "line 2: 'www.example.org' is not an address"),
        ("https://a.example/\nhttps://köln.example/\n".encode("latin-1"), "not in UTF-8 (line 2)"),
        (b"\xef\xbb\xbffile:///etc/passwd\n", "line 1: 'file:///etc/passwd' is not an address"),
    ],
)
def test_a_mistake_in_a_list_is_reported_with_its_line_and_its_cure(
    content: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / "pages.txt").write_bytes(content)

    done = command(tmp_path, "audit", "--list", "pages.txt")

    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert message in done.stderr
    assert "pages.txt" in done.stderr


@pytest.mark.subprocess
def test_a_list_begins_with_its_first_address_after_any_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "pages.txt").write_bytes(b"\xef\xbb\xbfhttps://a.example/\nno address\n")

    assert "line 2" in command(tmp_path, "audit", "--list", "pages.txt").stderr


@pytest.mark.subprocess
@pytest.mark.parametrize("more", [(), ("--out", "out")])
def test_what_is_no_earlier_report_is_a_mistake_with_and_without_a_folder(
    more: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "old.json").write_text("{}")

    done = command(tmp_path, "audit", PAGE, "--baseline", "old.json", *more)

    assert done.returncode == 3
    assert "old.json is not the report.json" in done.stderr
    assert not (tmp_path / "out").exists()
