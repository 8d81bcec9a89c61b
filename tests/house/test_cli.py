"""The command line as people use it: a process of its own, its output, its exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.paths import DOCS

from shariff_py.cli.pages import gate
from shariff_py.journal import Journal
from shariff_py.platforms.cached_count import Count, Unavailable
from shariff_py.stores import open_store

pytestmark = pytest.mark.subprocess

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
        "Written: shariff/static/shariff.min.css, shariff/static/shariff.min.js, _headers, shariff-nginx.conf, shariff-apache.conf.",
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
    limit = 5_000
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
    assert b"gated" in done.stdout


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


def test_a_mistake_is_one_line_with_the_cure_and_no_traceback(folder: Path) -> None:
    (folder / "shariff.toml").write_text("[sit]\n")

    done = shariff(folder, "gate", given=b"x")

    assert done.returncode == 1
    assert done.stderr.decode().strip() == "shariff-py: sit: is not a setting. Check the spelling."


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


@pytest.mark.parametrize(
    "command", ["demo", "serve", "gate", "scan", "audit", "counts", "refresh", "journal", "channels", "doctor"]
)
def test_every_command_explains_itself(folder: Path, command: str) -> None:
    done = shariff(folder, command, "--help")

    assert done.returncode == 0
    assert b"Usage:" in done.stdout


def with_pages(folder: Path) -> None:
    """A site that may fetch from VK, whose host does not respond, and three pages of which two are counted."""
    (folder / "shariff.toml").write_text(
        f'{CONFIGURATION}\n[releases.vk]\nstate = "released"\n[counts]\nstore = "sqlite:///store.sqlite"\n'
        '[stand_in]\n"vk.com" = "http://127.0.0.1:9"\n'
    )
    store = open_store(f"sqlite:///{folder}/store.sqlite")
    for name, count in (("a", 5), ("b", 17), ("c", None)):
        page = f"https://www.leinau.example/{name}"
        store.track(page, 0.0)
        reading = Unavailable("timeout") if count is None else Count(count)
        store.record("vk", {page: reading}, time.time(), next_at={page: time.time() + 3600})
    store.close()


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


@pytest.mark.parametrize(
    ("kind", "piece"),
    [
        ("privacy", "Inhalte von Facebook"),
        ("record", "Verzeichnis von Verarbeitungstätigkeiten"),
        ("accessibility", "barrierefrei"),
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


def test_a_sitemap_of_an_index_that_is_missing_is_named_and_the_rest_taken(folder: Path) -> None:
    with_pages(folder)
    index = "<sitemapindex><sitemap><loc>https://elsewhere.example/s.xml</loc></sitemap></sitemapindex>"
    (folder / "index.xml").write_text(index)

    done = shariff(folder, "refresh", "--sitemap", "index.xml", "--sitemap", "/dev/null")

    assert done.stdout.decode().splitlines()[0] == "Pages in the sitemap: 0, new: 0."
    missing, unreadable = done.stderr.decode().splitlines()
    assert "elsewhere.example/s.xml" in missing
    assert "not a regular file" in unreadable


def test_the_ranking_gives_all_pages_where_more_are_requested(folder: Path) -> None:
    with_pages(folder)

    done = shariff(folder, "ranking", "--most", "9" * 20)

    assert (done.returncode, len(done.stdout.decode().splitlines())) == (0, 3)
