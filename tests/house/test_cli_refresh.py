"""The command `refresh`: what it says it did, stores that fail, sitemaps, platforms that rest."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.command_line import CONFIGURATION, shariff, with_pages

from shariff_py.journal import Journal
from shariff_py.stores import open_store

pytestmark = pytest.mark.subprocess


def test_refresh_prints_in_a_sentence_what_it_did(folder: Path) -> None:
    with_pages(folder)

    refreshed = [shariff(folder, "refresh") for _ in range(2)]

    assert [(done.returncode, done.stdout) for done in refreshed] == [(0, b"Nothing was due.\n")] * 2


@pytest.mark.parametrize("how", [(), ("--watch",), ("--retry",)])
def test_where_counts_can_be_fetched_from_no_platform_refresh_says_why(folder: Path, how: tuple[str, ...]) -> None:
    without_token = shariff(folder, "refresh", *how)
    (folder / "shariff.toml").write_text('[site]\norigin = "https://www.leinau.example"\n')
    unreleased = shariff(folder, "refresh", *how)

    assert (without_token.returncode, unreleased.returncode) == (1, 1)
    assert b"SHARIFF_PLATFORMS__FACEBOOK__TOKEN_FILE" in without_token.stderr
    assert b"none with counts is released" in unreleased.stderr


def with_a_store_that_fails(folder: Path) -> None:
    """A token, so that there is a target, and a folder where the store's file should be."""
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
            watching.terminate()

    assert all(b"store.sqlite" in failure and b"Traceback" not in failure for failure in failures)
    assert worked == b"Nothing was due.\n"


def test_while_watching_a_sitemap_is_imported_again_when_the_store_was_exchanged(folder: Path) -> None:
    with_a_store_that_fails(folder)
    (folder / "store.sqlite").rmdir()
    (folder / "sitemap.xml").write_text("<urlset><url><loc>https://www.leinau.example/a</loc></url></urlset>")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    program = "from shariff_py.cli import main; main()"
    command = [sys.executable, "-uc", program, "refresh", "--watch", "--every", "0.1", "--sitemap", "sitemap.xml"]

    with subprocess.Popen(
        command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as watching:
        assert watching.stdout is not None
        try:
            first, _ = watching.stdout.readline(), watching.stdout.readline()
            for file in folder.glob("store.sqlite*"):
                file.unlink()
            again = next(line for line in watching.stdout if line.startswith(b"Pages in the sitemap"))
        finally:
            watching.terminate()

    assert first == b"Pages in the sitemap: 1, new: 1.\n"
    assert again == b"Pages in the sitemap: 1, new: 0.\n", (
        "what the process still had open was written into the new file"
    )


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
    open_store(f"sqlite:///{folder}/store.sqlite").track("https://www.leinau.example/", time.time())

    done = shariff(folder, "refresh")

    assert done.stdout == b"Requests: 1, pages: 1, counts: 0. facebook ended early: connection.\n"
    assert {entry.trigger for entry in Journal(folder / "var" / "outgoing.jsonl").entries() if entry.trigger} == {
        "manual"
    }


def test_a_sitemap_makes_pages_known_before_their_first_view(folder: Path) -> None:
    with_pages(folder)
    (folder / "sitemap.txt").write_text("https://www.leinau.example/b\nhttps://www.leinau.example/new\n")

    done = shariff(folder, "refresh", "--sitemap", "sitemap.txt")

    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == [
        "Pages in the sitemap: 2, new: 1.",
        "Requests: 1, pages: 1, counts: 0. vk ended early: connection.",
    ]
    assert "new" in str(open_store(f"sqlite:///{folder}/store.sqlite").due("vk", time.time() + 1e6, 10))


def test_a_sitemap_longer_than_the_store_is_reported_with_the_cure(folder: Path) -> None:
    with_pages(folder)
    bounded = (folder / "shariff.toml").read_text().replace("[counts]", "[counts]\nmost_pages = 4")
    (folder / "shariff.toml").write_text(bounded)
    (folder / "sitemap.txt").write_text("".join(f"https://www.leinau.example/{name}\n" for name in "abxyz"))

    done = shariff(folder, "refresh", "--sitemap", "sitemap.txt")

    assert done.stdout.decode().splitlines()[0] == "Pages in the sitemap: 5, new: 2."
    assert "1 of its pages do not fit" in done.stderr.decode()
    assert "Raise counts.most_pages (now 4)" in done.stderr.decode()


def test_a_resting_platform_is_included_again_on_request(folder: Path) -> None:
    with_pages(folder)
    (folder / "sitemap.txt").write_text("https://www.leinau.example/x\nhttps://www.leinau.example/y\n")
    shariff(folder, "refresh", "--sitemap", "sitemap.txt")

    resting = shariff(folder, "refresh").stdout
    again = shariff(folder, "refresh", "--retry").stdout

    assert resting == b"No request was sent. vk ended early: connection.\n"
    assert again.startswith(b"Requests: 1, pages: 1")


@pytest.mark.parametrize("place", ["gone.xml", "https://www.elsewhere.example/sitemap.xml"])
def test_a_sitemap_that_cannot_be_had_is_one_line_and_an_exit_code(folder: Path, place: str) -> None:
    done = shariff(folder, "refresh", "--sitemap", place)

    assert done.returncode == 1
    assert place.encode() in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_sitemap_of_an_index_that_is_missing_is_named_and_the_rest_taken(folder: Path) -> None:
    with_pages(folder)
    index = "<sitemapindex><sitemap><loc>https://elsewhere.example/s.xml</loc></sitemap></sitemapindex>"
    (folder / "index.xml").write_text(index)

    done = shariff(folder, "refresh", "--sitemap", "index.xml", "--sitemap", "/dev/null")

    assert done.stdout.decode().splitlines()[0] == "Pages in the sitemap: 0, new: 0."
    missing, unreadable = done.stderr.decode().splitlines()
    assert "elsewhere.example/s.xml" in missing
    assert "not a regular file" in unreadable
