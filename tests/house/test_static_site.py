"""A folder of finished pages, gated: what changes, what stays byte for byte, and what is reported."""

from __future__ import annotations

import os
import shutil
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha384
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from support.golden import CONFIGURATION

from shariff_py.errors import ConfigurationError
from shariff_py.settings import Settings
from shariff_py.static_site import FileOutcome, FileResult, StaticSite

PLUGIN = '<iframe src="https://www.facebook.com/plugins/page.php?href=https://www.facebook.com/leinau"></iframe>'
POST = '<div class="fb-post" data-href="https://www.facebook.com/leinau/posts/1">Grüße</div>'
START = f'<!doctype html>\r\n<html lang="de">\n<head><meta charset="utf-8"><title>Ämter</title></head>\n<body>{PLUGIN}{POST}</body></html>\n'
OLD = f'<html><head><meta charset="iso-8859-1"><title>Über uns</title></head><body>{POST}</body></html>'.encode(
    "latin-1"
)
CLEAN = '<!doctype html><title>Nichts</title><p>Nur Text <a href="https://www.facebook.com/leinau">dort</a>'


def settings(**changes: Any) -> Settings:
    return Settings.from_mapping({**CONFIGURATION, **changes})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site as it lies on a server: folders, umlauts, an old page, a read-only one, hidden files, links, a picture."""
    folder = tmp_path / "site"
    (folder / "ämter" / "für alle").mkdir(parents=True)
    (folder / ".well-known").mkdir()
    (folder / "leer").mkdir()
    (folder / "index.html").write_text(START, newline="")
    (folder / "ämter" / "für alle" / "größe.HTM").write_bytes(OLD)
    (folder / "rein.html").write_text(CLEAN)
    (folder / "nur-lesen.html").write_text(START, newline="")
    (folder / "nur-lesen.html").chmod(0o444)
    (folder / ".well-known" / "security.txt").write_text("Contact: mailto:post@leinau.example\n")
    (folder / "bild.png").write_bytes(bytes(range(256)))
    (folder / "start.html").symlink_to("index.html")
    (folder / "vorlage.php").write_text(f"<?php echo 1; ?>{PLUGIN}")
    (folder / "alt.xhtml").write_text(f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{PLUGIN}</body></html>')
    return folder


def run(source: Path, target: Path, **options: Any) -> dict[str, FileResult]:
    """Gate a folder; what became of each file."""
    given = options.pop("settings", None) or settings()
    work = StaticSite(given, source, target, **options)
    done = [one for one in map(work.process, work.entries()) if one is not None]
    return {one.file: one for one in (*done, *work.write_own_files())}


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def dates(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.lstat().st_mtime_ns for p in sorted(folder.rglob("*")) if not p.is_dir()}


def soup(file: Path, encoding: str = "utf-8") -> BeautifulSoup:
    return BeautifulSoup(file.read_bytes().decode(encoding), "html.parser")


def test_a_copy_holds_gated_pages_and_everything_else_byte_for_byte(site: Path, tmp_path: Path) -> None:
    before = content(site)
    out = tmp_path / "out"

    run(site, out)

    assert content(site) == before
    copied = content(out)
    changed = {name for name in before if copied[name] != before[name]}
    assert changed == {"index.html", "nur-lesen.html", "ämter/für alle/größe.HTM", "start.html"}
    assert (out / "leer").is_dir()
    for name in changed:
        assert b"facebook.com/plugins" not in copied[name]


def test_in_place_only_pages_that_change_are_written(site: Path) -> None:
    before = dates(site)

    done = run(site, site)

    after = dates(site)
    rewritten = {name for name in before if after[name] != before[name]}
    assert rewritten == {"index.html", "nur-lesen.html", "ämter/für alle/größe.HTM"}
    assert {name for name, one in done.items() if one.page and one.outcome is FileOutcome.CHANGED} == rewritten
    assert (site / "start.html").is_symlink()


@pytest.mark.parametrize("in_place", [True, False], ids=["in place", "a copy"])
def test_running_twice_changes_nothing_the_second_time(site: Path, tmp_path: Path, in_place: bool) -> None:
    out = site if in_place else tmp_path / "out"
    (site / "_headers").write_text("/*\n  X-Frame-Options: SAMEORIGIN\n")
    run(site, out, meta=True)
    first, then = content(out), dates(out)

    done = run(site, out, meta=True, overwrite=True)

    assert content(out) == first
    assert dates(out) == then
    assert FileOutcome.CHANGED not in {one.outcome for one in done.values()}


def test_a_rewritten_page_keeps_its_rights_and_leaves_no_draft(site: Path) -> None:
    run(site, site)

    assert (site / "nur-lesen.html").stat().st_mode & 0o777 == 0o444
    assert list(site.rglob(".shariff-*")) == []


def test_an_old_page_keeps_its_letters_and_its_character_set(site: Path) -> None:
    run(site, site)

    raw = (site / "ämter" / "für alle" / "größe.HTM").read_bytes()
    assert b"<title>\xdcber uns</title>" in raw
    assert b">Gr\xfc\xdfe<" in raw
    page = BeautifulSoup(raw.decode("latin-1"), "html.parser")
    assert "erfährt Facebook nichts" in page.get_text()
    assert not any(byte > 127 for byte in raw.replace(b"\xdc", b"").replace(b"\xfc\xdf", b""))


def test_a_gated_page_loads_the_widget_once_from_where_it_was_written(site: Path) -> None:
    run(site, site)
    run(site, site)

    page = soup(site / "index.html")
    style, script = page.select("head link[rel=stylesheet]"), page.select("head script[src]")
    assert [str(tag["href"]).partition("?v=")[0] for tag in style] == ["/shariff/static/shariff.min.css"]
    assert [str(tag["src"]).partition("?v=")[0] for tag in script] == ["/shariff/static/shariff.min.js"]
    for tag, name in ((style[0], "href"), (script[0], "src")):
        content = (site / str(tag[name]).removeprefix("/").partition("?")[0]).read_bytes()
        assert tag["integrity"] == f"sha384-{b64encode(sha384(content).digest()).decode()}"
    assert "shariff" not in (site / "rein.html").read_text()


def test_a_page_that_loads_the_widget_already_is_given_no_second_one(site: Path) -> None:
    own = '<link rel="stylesheet" href="/shariff/static/shariff.min.css"><script src="/shariff/static/shariff.min.js" defer></script>'
    (site / "index.html").write_text(START.replace("<title>", f"{own}<title>"), newline="")

    run(site, site)

    assert (site / "index.html").read_text().count("shariff.min.js") == 1


def test_a_part_of_a_page_gets_no_head_and_that_is_said(site: Path) -> None:
    (site / "teil.shtml").write_text(f"<p>Vor</p>{PLUGIN}<p>Nach</p>")

    done = run(site, site, meta=True)

    text = (site / "teil.shtml").read_text()
    assert text.startswith("<p>Vor</p><div")
    assert "<link" not in text
    assert "no head" in done["teil.shtml"].note


def test_templates_and_xml_pages_are_left_and_named(site: Path) -> None:
    before = content(site)

    done = run(site, site)

    for name, word in (("vorlage.php", "finished pages"), ("alt.xhtml", "XML")):
        assert done[name].outcome is FileOutcome.SKIPPED
        assert word in done[name].note
        assert (site / name).read_bytes() == before[name]


def test_the_policy_is_written_for_three_kinds_of_server_and_the_sites_own_headers_stay(site: Path) -> None:
    theirs = "/*\n  X-Frame-Options: SAMEORIGIN\n"
    (site / "_headers").write_text(theirs)

    run(site, site)
    once = (site / "_headers").read_text()
    run(site, site, settings=settings(gate={"allow": ["cdn.leinau.example"]}))
    again = (site / "_headers").read_text()

    assert once.startswith(theirs)
    assert once.count("Content-Security-Policy: ") == again.count("Content-Security-Policy: ") == 1
    assert again.startswith(theirs)
    assert "cdn.leinau.example" in again
    assert "cdn.leinau.example" not in once
    for name in ("shariff-nginx.conf", "shariff-apache.conf"):
        assert "frame-src *; object-src *" in (site / name).read_text()


def test_with_meta_the_policy_stands_before_everything_that_is_fetched_and_once(site: Path) -> None:
    (site / "rein.html").write_text(
        '<!doctype html><html><head><script src="/a.js"></script><meta charset="utf-8"><title>x'
    )
    run(site, site, meta=True)
    run(site, site, meta=True, settings=settings(gate={"allow": ["cdn.leinau.example"]}))

    for name in ("index.html", "rein.html"):
        text = (site / name).read_text()
        assert text.count("Content-Security-Policy") == 2, "the hosts, and what frames may not have"
        assert text.count("default-src") == 1
        assert "cdn.leinau.example" in text
        assert text.index("Content-Security-Policy") < min(text.find(m) for m in ("<script", "<link") if m in text)
    start = (site / "index.html").read_bytes()
    assert start.index(b'<meta charset="utf-8">') < 1024 < len(start)


def test_a_site_below_a_path_keeps_its_files_where_their_addresses_lead(site: Path) -> None:
    below = settings(frame={"prefix": "/portal/shariff", "secrets": ["only for these tests"]})

    run(site, site, settings=below, base="/portal/")

    assert (site / "shariff" / "static" / "shariff.min.js").is_file()
    assert 'src="/portal/shariff/static/shariff.min.js?v=' in (site / "index.html").read_text()


def test_where_the_widgets_address_is_outside_the_folder_it_is_not_written_and_that_is_said(site: Path) -> None:
    done = run(site, site, base="/portal")

    assert not (site / "shariff").exists()
    assert "frame.prefix" in done["/shariff/static/shariff.min.js"].note


def test_a_share_button_shares_the_address_its_page_has_on_the_site(site: Path) -> None:
    (site / "ämter" / "index.html").write_text("<!doctype html><title>x</title><fb:share-button></fb:share-button>")

    run(
        site,
        site,
        base="/portal",
        settings=settings(frame={"prefix": "/portal/s", "secrets": ["only for these tests"]}),
    )

    assert (
        "https%3A%2F%2Fwww.leinau.example%2Fportal%2F%25C3%25A4mter%2F" in (site / "ämter" / "index.html").read_text()
    )


# What could do harm


def test_links_are_not_followed_out_of_the_folder(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "geheim.html").write_text(START, newline="")
    (site / "hinaus").symlink_to(outside)
    (site / "hinaus.html").symlink_to(outside / "geheim.html")
    (site / "hinein.html").symlink_to(site / "index.html")
    out = tmp_path / "out"

    done = run(site, out)
    run(site, site)

    assert (outside / "geheim.html").read_text() == START.replace("\r\n", "\n")
    assert not (out / "hinaus").exists()
    assert {done[name].outcome for name in ("hinaus", "hinaus.html")} == {FileOutcome.SKIPPED}
    assert (out / "hinein.html").resolve() == (out / "index.html").resolve()


def test_a_pipe_is_left_out_and_not_waited_for(site: Path, tmp_path: Path) -> None:
    os.mkfifo(site / "rohr.html")

    done = run(site, tmp_path / "out")

    assert done["rohr.html"].outcome is FileOutcome.SKIPPED


@pytest.mark.parametrize(
    ("target", "message"),
    [("site/out", "lie in each other"), (".", "lie in each other"), ("full", "not empty"), ("file", "is a file")],
)
def test_a_copy_is_never_written_where_it_could_destroy_something(
    site: Path, tmp_path: Path, target: str, message: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "file").touch()

    with pytest.raises(ConfigurationError, match=message):
        StaticSite(settings(), site, tmp_path / target)


SERVER = {"operator": "Verein", "address": "Weg 1, Leinau", "country": "DE", "privacy_url": "https://toot.example/p"}


@pytest.mark.parametrize(
    "released",
    [
        {},
        {"releases": {"mastodon": {"state": "pilot"}}, "platforms": {"mastodon": {"servers": {"toot.example": SERVER}}}},
    ],
)  # fmt: skip
def test_without_a_secret_nothing_is_touched(site: Path, released: dict[str, Any]) -> None:
    before = dates(site)

    with pytest.raises(ConfigurationError, match="SHARIFF_FRAME__SECRETS"):
        run(site, site, settings=settings(frame={}, **released))

    assert dates(site) == before


def test_without_a_secret_a_site_on_which_nothing_is_released_gets_links(site: Path) -> None:
    run(site, site, settings=settings(frame={}, releases={}))

    assert "facebook.com/plugins" not in (site / "index.html").read_text()


@contextmanager
def unprivileged() -> Iterator[None]:
    """As a user who may not do everything; the superuser reads whatever there is."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def unprivileged_folder() -> Iterator[Path]:
    """A folder everybody reaches."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def test_an_unreadable_file_and_folder_are_named_and_the_others_are_done(unprivileged_folder: Path) -> None:
    with unprivileged():
        (unprivileged_folder / "zu").mkdir()
        for name in ("a.html", "b.html", "zu/c.html"):
            (unprivileged_folder / name).write_text(START)
        (unprivileged_folder / "a.html").chmod(0o000)
        (unprivileged_folder / "zu").chmod(0o000)
        done = run(unprivileged_folder, unprivileged_folder)
        (unprivileged_folder / "zu").chmod(0o700)

    assert done["a.html"].outcome is FileOutcome.FAILED
    assert done["a.html"].note == "Permission denied. Give this user the right to read and write it."
    assert [one.outcome for name, one in done.items() if name.endswith("/zu")] == [FileOutcome.FAILED]
    assert done["b.html"].outcome is FileOutcome.CHANGED


def test_a_read_only_folder_keeps_its_pages_whole(unprivileged_folder: Path) -> None:
    with unprivileged():
        (unprivileged_folder / "fest").mkdir()
        (unprivileged_folder / "fest" / "a.html").write_text(START)
        (unprivileged_folder / "fest").chmod(0o555)
        done = run(unprivileged_folder, unprivileged_folder)
        (unprivileged_folder / "fest").chmod(0o755)

    assert done["fest/a.html"].outcome is FileOutcome.FAILED
    assert "facebook.com/plugins" in (unprivileged_folder / "fest" / "a.html").read_text()


def test_a_file_where_a_folder_is_needed_is_named_with_the_cure(site: Path) -> None:
    (site / "shariff").write_text("in the way")

    done = run(site, site)

    failed = done["shariff/static/shariff.min.js"]
    assert failed.outcome is FileOutcome.FAILED
    assert "rename or remove it" in failed.note
    assert done["index.html"].outcome is FileOutcome.CHANGED


def test_a_file_that_only_claims_to_be_utf_16_is_named_and_left(site: Path) -> None:
    raw = b"\xff\xfe<\x00p\x00\x00\xd8x"
    (site / "kaputt.html").write_bytes(raw)

    done = run(site, site)

    assert done["kaputt.html"].outcome is FileOutcome.FAILED
    assert "Save it as UTF-8" in done["kaputt.html"].note
    assert (site / "kaputt.html").read_bytes() == raw
