"""The command `gate`: single pages and folders, what it writes, lists and refuses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.command_line import PAGE, shariff
from support.paths import DOCS

from shariff_py.cli.pages import gate

pytestmark = pytest.mark.subprocess


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


def test_gate_reads_a_page_in_the_character_set_it_declares(folder: Path) -> None:
    raw = f'<meta charset="iso-8859-1"><p>Grüße</p>{PAGE}'.encode("latin-1")
    (folder / "alt.html").write_bytes(raw)

    done = shariff(folder, "gate", "alt.html")

    assert done.stdout.startswith(b'<meta charset="iso-8859-1"><p>Gr\xfc\xdfe</p>')
    assert "erfährt".encode() not in done.stdout
    assert b"erf&#228;hrt" in done.stdout


def a_site(folder: Path) -> Path:
    site = folder / "site"
    (site / "ämter").mkdir(parents=True)
    (site / "index.html").write_text(f"<!doctype html><title>Leinau</title>{PAGE}")
    (site / "ämter" / "rat.html").write_text(f"<!doctype html><title>Rat</title>{PAGE}{PAGE}")
    (site / "bild.png").write_bytes(b"\x89PNG")
    return site


def test_gate_writes_a_gated_copy_of_a_folder_and_sums_up(folder: Path) -> None:
    a_site(folder)

    done = shariff(folder, "gate", "site", "--out", "out")

    assert done.returncode == 0
    assert done.stdout == b""
    assert done.stderr.decode().splitlines() == [
        "Pages read: 2, changed: 2, gated: 3.",
        "Written: shariff/static/shariff.min.css, shariff/static/shariff.min.js, shariff/static/shariff-opened.min.js, shariff/static/shariff-fit.min.js, shariff/static/shariff-stubs.min.js, _headers, shariff-nginx.conf, shariff-apache.conf.",
    ]
    assert (folder / "out" / "bild.png").read_bytes() == b"\x89PNG"
    assert b"facebook.com/plugins" not in (folder / "out" / "ämter" / "rat.html").read_bytes()
    assert b"facebook.com/plugins" in (folder / "site" / "ämter" / "rat.html").read_bytes()


def test_gate_in_place_changes_nothing_the_second_time(folder: Path) -> None:
    site = a_site(folder)
    assert shariff(folder, "gate", "site", "--in-place", "--meta").returncode == 0
    first = {path: path.read_bytes() for path in site.rglob("*.*")}

    done = shariff(folder, "gate", "site", "--in-place", "--meta")

    assert done.stderr.decode() == "Pages read: 2, changed: 0.\n"
    assert {path: path.read_bytes() for path in site.rglob("*.*")} == first


def test_gate_of_a_folder_lists_each_finding_with_its_file(folder: Path) -> None:
    site = a_site(folder)
    (site / "seite.php").write_text(PAGE)

    done = shariff(folder, "gate", "site", "--in-place", "--report", "json")

    assert [(entry["file"], entry["outcome"]) for entry in json.loads(done.stderr)] == [
        ("index.html", "gated"),
        ("seite.php", "left"),
        ("ämter/rat.html", "gated"),
        ("ämter/rat.html", "gated"),
    ]


@pytest.mark.parametrize(
    ("arguments", "refreshed"),
    [
        (("site",), "add --out DIR for a gated copy, or --in-place"),
        (("site", "--in-place", "--out", "out"), "add --out DIR for a gated copy, or --in-place"),
        (("site/index.html", "--in-place"), "are for a folder"),
        (("site", "--out", "site/out"), "Choose another folder"),
        (("nowhere.html",), "nowhere.html: No such file or directory"),
        (("site", "--in-place", "--base", "portal"), 'Write it like "/portal"'),
    ],
)
def test_a_mistake_in_calling_gate_is_a_sentence_and_changes_nothing(
    folder: Path, arguments: tuple[str, ...], refreshed: str
) -> None:
    before = {path: path.read_bytes() for path in a_site(folder).rglob("*.*")}

    done = shariff(folder, "gate", *arguments)

    assert done.returncode != 0
    assert refreshed in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in (folder / "site").rglob("*.*")} == before
    assert not (folder / "out").exists()


def test_a_disk_that_is_full_spoils_no_page_and_ends_with_one(folder: Path) -> None:
    """A limit on the size of files stands in for the end of a disk: the write that crosses it fails halfway."""
    site = a_site(folder)
    before = (site / "ämter" / "rat.html").read_bytes()
    limit = 8_000
    program = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); from shariff_py.cli import main; main()"
    command = [sys.executable, "-c", program, "gate", "site", "--in-place"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}

    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, check=False)

    assert done.returncode == 1
    assert "ämter/rat.html: File too large. Raise the limit" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert (site / "ämter" / "rat.html").read_bytes() == before
    assert b"shariff-gate" in (site / "index.html").read_bytes()
    assert list(site.rglob(".shariff-*")) == []


def test_every_option_for_a_folder_is_documented_and_no_other_is() -> None:
    document = (DOCS / "static-sites.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(--[a-z-]+)", document, re.MULTILINE))

    assert documented == {option for parameter in gate.params for option in parameter.opts if option.startswith("--")}
