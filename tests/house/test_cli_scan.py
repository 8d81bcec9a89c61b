"""The command `scan`: what it finds, what it could not read or did not open, and its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import CONFIGURATION, PAGE, shariff, shown_in_terminal

pytestmark = pytest.mark.subprocess


def test_scan_lists_unknown_third_parties_but_not_the_sites_own_hosts(folder: Path) -> None:
    (folder / "page.html").write_text(
        '<img src="https://www.leinau.example/a.png"><iframe src="https://maps.foreign.example/x"></iframe>'
    )

    done = shariff(folder, "scan", "page.html", "--json")

    assert done.returncode == 1
    (finding,) = json.loads(done.stdout)
    assert (finding["file"], finding["outcome"]) == ("page.html", "reported")
    assert "maps.foreign.example" in finding["address"]


def test_scan_needs_no_secret_and_says_what_each_would_become(folder: Path) -> None:
    (folder / "shariff.toml").write_text(CONFIGURATION.partition("[frame]")[0])
    (folder / "page.html").write_text(PAGE)

    done = shariff(folder, "scan", "page.html")

    assert done.returncode == 1
    assert "durch einen Platzhalter ersetzt" in done.stdout.decode()


def test_scan_names_a_file_it_cannot_read_and_does_not_call_the_rest_clean(folder: Path) -> None:
    (folder / "kaputt.html").write_bytes(b"\xff\xfe<\x00p\x00\x00\xd8x")
    (folder / "alt.html").write_bytes("<p>Grüße".encode("latin-1"))

    done = shariff(folder, "scan", "kaputt.html", "alt.html")

    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "kaputt.html: The file begins like UTF-16 and is not. Save it as UTF-8.",
        "0 found in 1 files. Not read: 1.",
    ]


def test_scan_finds_embeds_in_a_folder_and_changes_nothing(folder: Path) -> None:
    (folder / "site").mkdir()
    (folder / "site" / "page.html").write_bytes(PAGE.encode())

    found = shariff(folder, "scan", "site")

    assert found.returncode == 1
    assert b"page.html" in found.stdout
    assert (folder / "site" / "page.html").read_bytes() == PAGE.encode()


FORM = '<form><div class="fb-post" data-href="https://www.facebook.com/leinau/posts/1"></div></form>'
IN_A_FORM = (
    "Facebook: durch einen Link ersetzt. In einem Formular darf kein zweites stehen, und der Platzhalter ist eines."
)
GATED = "Facebook: durch einen Platzhalter ersetzt. Der Inhalt lädt erst nach Einwilligung."
BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def test_scan_shows_each_finding_below_its_file_in_one_line(folder: Path) -> None:
    (folder / "a.html").write_text(FORM + PAGE)
    (folder / "b.html").write_text(PAGE)

    assert shown_in_terminal(folder, 120, "scan", "a.html", "b.html").splitlines() == [
        f"{BOLD}a.html{PLAIN}",
        IN_A_FORM,
        f"{DIM}  fb-post  post  https://www.facebook.com/leinau/posts/1{PLAIN}",
        GATED,
        f"{DIM}  iframe  page  https://www.facebook.com/leinau{PLAIN}",
        "",
        f"{BOLD}b.html{PLAIN}",
        GATED,
        f"{DIM}  iframe  page  https://www.facebook.com/leinau{PLAIN}",
    ]


def test_scan_breaks_no_word_on_a_narrow_terminal(folder: Path) -> None:
    (folder / "a.html").write_text(FORM)

    assert shown_in_terminal(folder, 80, "scan", "a.html").splitlines() == [
        f"{BOLD}a.html{PLAIN}",
        "Facebook: durch einen Link ersetzt. In einem Formular darf kein zweites stehen,",
        "und der Platzhalter ist eines.",
        f"{DIM}  fb-post  post  https://www.facebook.com/leinau/posts/1{PLAIN}",
    ]


def test_scan_writes_whole_lines_into_a_file_and_nothing_a_terminal_would_obey(folder: Path) -> None:
    (folder / "a.html").write_text(f'{FORM}<div class="fb-like" data-href="https://www.leinau.example/\x1b[2J"></div>')

    assert shariff(folder, "scan", "a.html").stdout.decode().splitlines() == [
        "a.html",
        IN_A_FORM,
        "  fb-post  post  https://www.facebook.com/leinau/posts/1",
        "Facebook: entfernt. Das Plugin zeigt seit dem 10.02.2026 nichts mehr.",
        "  fb-like  like  https://www.leinau.example/\ufffd[2J",
    ]


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
