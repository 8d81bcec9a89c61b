"""Which pages are visited: sitemaps, lists, links, and what of a run is saved to continue it."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
from support.audit_traces import trace

from shariff_py.audit.runner.archive import EvidenceArchive
from shariff_py.audit.runner.crawl import Robots, listed, sitemap_pages
from shariff_py.audit.runner.frontier import Frontier, Planned
from shariff_py.errors import AuditError, SitemapError

SITEMAP = "https://x.example/sitemap.xml"


def test_a_sitemap_and_those_it_lists_are_read_compressed_or_not() -> None:
    files = {
        "https://x.example/index.xml": b"<sitemapindex><sitemap><loc>https://x.example/a.xml.gz</loc></sitemap><sitemap><loc>/gone.xml</loc></sitemap><sitemap><loc>/page.html</loc></sitemap></sitemapindex>",
        "https://x.example/a.xml.gz": gzip.compress(b"<urlset><url><loc>https://x.example/1</loc></url><url><loc> https://x.example/2?a=1&amp;b=2 </loc></url><url><loc/></url></urlset>"),
        "https://x.example/page.html": b"<html><body>Not found",
    }  # fmt: skip

    assert sitemap_pages("https://x.example/index.xml", files.get) == ["https://x.example/1", "https://x.example/2?a=1&b=2"]  # fmt: skip
    with pytest.raises(SitemapError, match="no sitemap"):
        sitemap_pages("https://x.example/none.xml", files.get)


BILLION = b'<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>https://x.example/&b;</loc></url></urlset>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(BILLION, "document type", id="entities that grow"),
        pytest.param(b"<html><body>Not found</body></html>", "its root is 'html'", id="an error page"),
        pytest.param(zlib.compress(b" " * 52_428_801, 9, 31), "more than 52428800 bytes", id="too long once it is unpacked"),
    ],
)  # fmt: skip
def test_a_foreign_sitemap_is_read_within_the_same_bounds_as_our_own(content: bytes, why: str) -> None:
    with pytest.raises(SitemapError, match=rf"{SITEMAP} cannot be used: .*{why}"):
        sitemap_pages(SITEMAP, {SITEMAP: content}.get)


def test_an_index_that_lists_sitemaps_without_end_is_refused() -> None:
    def endless(url: str) -> bytes:
        number = int(url.rpartition("/")[2])
        return f"<sitemapindex><sitemap><loc>/{number + 1}</loc></sitemap></sitemapindex>".encode()

    with pytest.raises(SitemapError, match="more than 500"):
        sitemap_pages("https://x.example/0", endless)


def test_a_list_is_one_whole_address_a_line_or_the_quoted_first_column_of_a_table() -> None:
    whole = [
        "https://a.example/a,b.html",
        "https://a.example/?x=1,2",
        "https://a.example/c;v=2",
        "https://a.example/#/b",
    ]

    assert listed("# remark\n\n" + "\n".join(whole) + '\n"https://c.example/,1";"name"\n"https://d.example/"\n') == [
        *whole, "https://c.example/,1", "https://d.example/",
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["www.example.org/a", "file:///etc/passwd", "url", "https://a.example/, Name", '"https://a.example/'])  # fmt: skip
def test_a_line_that_is_no_address_is_named_by_its_number_and_never_left_out(line: str) -> None:
    with pytest.raises(ValueError, match=r"line 3: .*alone on its line"):
        listed(f"https://a.example/\n# remark\n{line}\n")


@pytest.mark.parametrize("entry", ["file:///etc/passwd", "javascript:1"])
def test_an_entry_of_a_sitemap_that_is_no_address_is_refused(entry: str) -> None:
    with pytest.raises(SitemapError, match="not an address"):
        sitemap_pages(SITEMAP, {SITEMAP: f"<urlset><url><loc>{entry}</loc></url></urlset>".encode()}.get)


def test_links_are_followed_within_the_site_and_as_robots_allows() -> None:
    robots = Robots({"https://x.example/robots.txt": b"User-agent: shariff-audit\nDisallow: /no\nCrawl-delay: 3\n"}.get)
    frontier = Frontier(depth=1, most=3, own=frozenset({"x.example"}))
    frontier.add(["https://x.example/"])
    assert frontier.take() == (1, "https://x.example/", 0)

    links = ["https://x.example/a#top", "https://x.example/a", "https://x.example/no/b", "https://x.example/c.pdf", "https://y.example/", "mailto:a@x.example", "https://x.example/d", "https://x.example/e"]  # fmt: skip
    frontier.follow(links, 0, robots.allows)
    frontier.done()

    assert [page.url for page in frontier.planned] == ["https://x.example/", "https://x.example/a", "https://x.example/d"]  # fmt: skip
    assert frontier.refused == ["https://x.example/no/b"]
    assert robots.delay("https://x.example/") == 3.0


@pytest.mark.parametrize(
    ("rules", "url", "allowed"),
    [
        ("Disallow: /\nAllow: /open/", "/open/a", True),
        ("Disallow: /\nAllow: /open/", "/a", False),
        ("Disallow: /*?print=", "/a?print=1", False),
        ("Disallow: /*.pdf$", "/a.pdf", False),
        ("Disallow: /*.pdf$", "/a.pdf.html", True),
        ("", "/a", True),
    ],
)
def test_of_the_rules_in_robots_the_longest_that_fits_decides(rules: str, url: str, allowed: bool) -> None:
    robots = Robots({"https://x.example/robots.txt": f"User-agent: *\n{rules}\n".encode()}.get)

    assert robots.allows(f"https://x.example{url}") is allowed


def test_what_was_handed_out_and_not_filed_is_missing_like_what_never_was() -> None:
    frontier = Frontier()
    frontier.add(f"https://x.example/{name}" for name in "abc")
    first, second = frontier.take(), frontier.take()
    assert first is not None
    frontier.saved(first)

    frontier.stop()

    assert [page.number for page in frontier.planned if not frontier.has(page)] == [second and second.number, 3]
    frontier.done()
    frontier.done()
    assert frontier.take() is None


def test_a_named_address_keeps_its_fragment_and_a_link_loses_it() -> None:
    frontier = Frontier(depth=1, own=frozenset({"x.example"}))
    frontier.add(["https://x.example/#/video", "https://x.example/#/b"])

    frontier.follow(["https://x.example/c#top", "https://x.example/c"], 0, lambda url: True)

    assert [page.url.removeprefix("https://x.example/") for page in frontier.planned] == ["#/video", "#/b", "c"]


def test_the_whole_addresses_of_a_run_are_kept_until_it_is_complete(tmp_path: Path) -> None:
    evidence = EvidenceArchive(tmp_path)
    evidence.begin({})
    frontier = Frontier(note=evidence.note)
    frontier.add(["https://x.example/?token=1"])
    frontier.add(["https://x.example/b"], depth=1)
    with (tmp_path / "unfinished.jsonl").open("a") as file:
        file.write('[3, "https://x.exam')

    assert evidence.planned() == frontier.planned
    evidence.note(Planned(3, "https://x.example/c", 1))
    assert [page.number for page in evidence.planned()] == [1, 2, 3]
    evidence.complete()
    with pytest.raises(AuditError, match="complete"):
        evidence.planned()


def test_a_file_of_another_page_is_not_taken_for_a_page_with_the_same_number(tmp_path: Path) -> None:
    evidence = EvidenceArchive(tmp_path)
    evidence.begin({})
    evidence.save(1, trace())

    assert evidence.kept(1, "https://www.example.org/") is not None
    assert evidence.kept(1, "https://www.example.org/other") is None
    assert evidence.kept(2, "https://www.example.org/") is None
