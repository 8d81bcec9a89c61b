"""Sitemaps: every form the protocol has, nothing that could harm, and only of the site itself."""

from __future__ import annotations

import gzip
import os
import threading
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shariff_py.counts.sitemap import LARGEST, Sitemap, read
from shariff_py.errors import FetchRefused, SitemapError
from shariff_py.http_client import Fetcher
from shariff_py.journal import Journal
from shariff_py.service import ImportResult, Service
from shariff_py.service.sitemaps import gather
from shariff_py.settings import Settings

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*entries: str, root: str = "urlset", more: str = NAMESPACE) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {more}>{"".join(entries)}</{root}>'.encode()


def url(address: str, lastmod: str = "", more: str = "") -> str:
    changed = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url>\n  <loc>{address}</loc>{changed}{more}</url>"


def moment(*parts: int) -> float:
    return datetime(*parts, tzinfo=UTC).timestamp()  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("lastmod", "expected"),
    [
        ("2026-11-23", moment(2026, 11, 23)),
        ("2026-11-23T08:30:00Z", moment(2026, 11, 23, 8, 30)),
        ("2026-11-23T08:30:00+01:00", moment(2026, 11, 23, 7, 30)),
        ("2026-11-23T08:30+01:00", moment(2026, 11, 23, 7, 30)),
        ("2026-11-23T08:30:00.5Z", moment(2026, 11, 23, 8, 30) + 0.5),
        ("", None),
        ("2026", None),
        ("yesterday", None),
        ("2026-13-45", None),
    ],
)
def test_a_page_is_named_with_when_it_last_changed(lastmod: str, expected: float | None) -> None:
    assert read(urlset(url("https://www.example.org/", lastmod))) == Sitemap({"https://www.example.org/": expected})


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(urlset(url("https://a.example/x?y=1&amp;z=2")), id="escapes"),
        pytest.param(urlset(url("<![CDATA[https://a.example/x?y=1&z=2]]>")), id="character data"),
        pytest.param(urlset(url(" \n https://a.example/x?y=1&amp;z=2 \n ")), id="blanks around it"),
        pytest.param(gzip.compress(urlset(url("https://a.example/x?y=1&amp;z=2"))), id="compressed"),
        pytest.param(urlset(url("https://a.example/x?y=1&amp;z=2"), more=""), id="without a namespace"),
        pytest.param(urlset(url("https://a.example/x?y=1&amp;z=2"), more='xmlns="http://www.google.com/schemas/sitemap/0.84"'), id="an old one"),
        pytest.param(
            urlset("<s:url><s:loc>https://a.example/x?y=1&amp;z=2</s:loc></s:url>", root="s:urlset", more='xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"'),
            id="with a prefix",
        ),
        pytest.param(
            urlset(
                url("https://a.example/x?y=1&amp;z=2", more="<i:image><i:loc>https://a.example/x.png</i:loc></i:image>"),
                more=f'{NAMESPACE} xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"',
            ),
            id="with pictures",
        ),
        pytest.param(b"https://a.example/x?y=1&z=2\n", id="plain text"),
        pytest.param(
            gzip.compress(urlset(url("https://a.example/x?y=1&amp;z=2"))[:80]) + gzip.compress(urlset(url("https://a.example/x?y=1&amp;z=2"))[80:]),
            id="compressed in several members",
        ),
        pytest.param(BOM_UTF8 + b"https://a.example/x?y=1&z=2\n", id="plain text with a byte order mark"),
        pytest.param(BOM_UTF8 + urlset(url("https://a.example/x?y=1&amp;z=2")), id="XML with a byte order mark"),
        pytest.param(gzip.compress(b"  https://a.example/x?y=1&z=2\r\n\r\n"), id="plain text, compressed"),
        pytest.param(urlset(url("https://a.example/x?y=1&amp;z=2")).decode().replace("UTF-8", "UTF-16").encode("utf-16"), id="UTF-16"),
    ],
)  # fmt: skip
def test_every_form_of_a_sitemap_is_read(content: bytes) -> None:
    assert read(content).pages == {"https://a.example/x?y=1&z=2": None}


def test_an_index_names_sitemaps_and_no_pages() -> None:
    entries = (
        f"<sitemap><loc>https://a.example/{n}.xml</loc><lastmod>2026-11-01</lastmod></sitemap>" for n in range(2)
    )

    found = read(urlset(*entries, root="sitemapindex"))

    assert found == Sitemap({}, ("https://a.example/0.xml", "https://a.example/1.xml"))


BILLION = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<urlset><url><loc>&b;</loc></url></urlset>"""
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><urlset><url><loc>&x;</loc></url></urlset>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(BILLION, "document type", id="entities that grow"),
        pytest.param(OUTSIDE, "document type", id="something from outside"),
        pytest.param(b"<html><body>Not found</body></html>", "its root is 'html'", id="an error page"),
        pytest.param(b"<rss><channel></channel></rss>", "its root is 'rss'", id="a feed"),
        pytest.param(b"", "no XML", id="nothing"),
        pytest.param(b"<urlset><url><loc>https://a.example/", "no XML", id="cut short"),
        pytest.param(gzip.compress(urlset(url("https://a.example/")))[:-9], "cut short", id="compressed and cut short"),
        pytest.param(b"\x1f\x8b nonsense", "cannot be unpacked", id="no gzip"),
        *(
            pytest.param(
                b'<?xml version="1.0" encoding="%b"?><urlset/>' % encoding,
                "encoding|no XML",
                id=f"in {encoding.decode()}",
            )
            for encoding in (b"shift_jis", b"gb2312", b"hex", b"idna", b"nobodys-own")
        ),
        pytest.param(b"<urlset>" + b" " * LARGEST, "more than", id="too long"),
        pytest.param(zlib.compress(b" " * (LARGEST + 1), 9, 31), "more than", id="too long once it is unpacked"),
    ],
)
def test_what_is_none_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(SitemapError, match=why):
        read(content)


LONGEST = b"<urlset/>".ljust(52_428_800)


def packed(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=1)


@pytest.mark.slow
def test_a_sitemap_as_long_as_the_protocol_allows_is_read() -> None:
    assert read(LONGEST) == read(packed(LONGEST)) == read(packed(LONGEST) + packed(b"")) == Sitemap()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(LONGEST + b" ", "more than", id="one byte more"),
        pytest.param(packed(LONGEST + b" "), "more than", id="one byte more once it is unpacked"),
        pytest.param(packed(LONGEST) + packed(b" "), "more than", id="one byte more in another member"),
        pytest.param(packed(LONGEST)[:-4], "cut short", id="compressed and cut short behind the last byte"),
    ],
)
def test_a_sitemap_longer_than_the_protocol_allows_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(SitemapError, match=why):
        read(content)


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"<urlset>{text}</urlset>".encode()))
def test_any_bytes_are_a_sitemap_or_refused(content: bytes) -> None:
    try:
        found = read(content)
    except SitemapError:
        return
    assert isinstance(found, Sitemap)


# From the site itself


class OwnSite:
    """The site's own web server, with what it serves: content, or a redirect."""

    def __init__(self) -> None:
        self.files: dict[str, bytes | str] = {}
        self.requested: list[str] = []
        self.headers: list[dict[str, str]] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.requested.append(self.path)
                owner.headers.append({name.lower(): value for name, value in self.headers.items()})
                found = owner.files.get(self.path)
                self.send_response(404 if found is None else 302 if isinstance(found, str) else 200)
                if isinstance(found, str):
                    self.send_header("location", found)
                body = found if isinstance(found, bytes) else b""
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Nothing is printed."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def own() -> Iterator[OwnSite]:
    site = OwnSite()
    yield site
    site.stop()


def index_of(*places: str) -> bytes:
    return urlset(*(f"<sitemap><loc>{place}</loc></sitemap>" for place in places), root="sitemapindex")


def settings(own: OwnSite, folder: Path) -> Settings:
    return Settings.from_mapping(
        {
            "site": {"origin": own.origin},
            "releases": {"vk": {"state": "released"}},
            "counts": {"store": f"sqlite:///{folder}/counts.sqlite"},
            "journal": {"path": f"{folder}/outgoing.jsonl"},
            "stand_in": {"vk.com": "http://127.0.0.1:9"},
        }
    )


def gathered(own: OwnSite, folder: Path, place: str) -> dict[str, float | None]:
    configured = settings(own, folder)
    found = gather(place, configured, Fetcher(configured, Journal(configured.journal.path)))
    assert found.missing == ()
    return dict(found.pages)


def test_an_index_is_followed_within_the_site_and_each_request_is_in_the_journal_before(
    own: OwnSite, tmp_path: Path
) -> None:
    index = [f"<sitemap><loc>{own.origin}/{name}.xml</loc></sitemap>" for name in ("news", "events", "news")]
    own.files = {
        "/sitemap.xml": f"{own.origin}/index.xml",
        "/index.xml": urlset(*index, root="sitemapindex"),
        "/news.xml": gzip.compress(urlset(url(f"{own.origin}/news/1", "2026-11-23"))),
        "/events.xml": urlset(url(f"{own.origin}/events/1")),
    }

    pages = gathered(own, tmp_path, f"{own.origin}/sitemap.xml")

    assert pages == {f"{own.origin}/news/1": moment(2026, 11, 23), f"{own.origin}/events/1": None}
    assert own.requested == ["/sitemap.xml", "/index.xml", "/news.xml", "/events.xml"]
    entries = list(Journal(tmp_path / "outgoing.jsonl").entries())
    assert [entry.path for entry in entries if entry.kind == "request"] == own.requested
    assert {(entry.purpose, entry.platform) for entry in entries if entry.kind == "request"} == {("sitemap", "")}
    assert set(own.headers[0]) == {"host", "user-agent", "accept", "accept-encoding"}


@pytest.mark.parametrize("place", ["https://elsewhere.example/sitemap.xml", "http://127.0.0.1:9/sitemap.xml"])
def test_nothing_is_fetched_from_another_site_not_even_where_the_own_one_says_so(
    own: OwnSite, tmp_path: Path, place: str
) -> None:
    own.files = {"/sitemap.xml": place, "/index.xml": index_of(place)}

    for start in (place, f"{own.origin}/sitemap.xml"):
        with pytest.raises(SitemapError, match="not on one of the site's own hosts"):
            gathered(own, tmp_path, start)
    (why,) = Service(settings(own, tmp_path)).import_sitemap(f"{own.origin}/index.xml").missing

    assert "not on one of the site's own hosts" in why
    assert own.requested == ["/sitemap.xml", "/index.xml"]


def test_an_index_chooses_no_file_of_this_machine(own: OwnSite, tmp_path: Path) -> None:
    (tmp_path / "private.txt").write_text(f"{own.origin}/internal\n")
    os.mkfifo(tmp_path / "fifo")
    places = [
        str(tmp_path / "private.txt"),
        str(tmp_path / "fifo"),
        "private.txt",
        "/etc/hostname",
        (tmp_path / "private.txt").as_uri(),
    ]
    own.files = {"/index.xml": index_of(*places)}
    (tmp_path / "index.xml").write_bytes(index_of(*places))
    service = Service(settings(own, tmp_path))

    for start in (f"{own.origin}/index.xml", str(tmp_path / "index.xml")):
        listed = service.import_sitemap(start)

        assert (listed.taken, len(listed.missing)) == (0, len(places))
        assert {"not on one of the site's own hosts" in why for why in listed.missing} == {True}


def test_without_one_of_its_sitemaps_the_rest_of_an_index_is_taken_and_the_missing_one_named(
    own: OwnSite, tmp_path: Path
) -> None:
    own.files = {
        "/index.xml": index_of(*(f"{own.origin}/{name}.xml" for name in ("gone", "broken", "there"))),
        "/broken.xml": b"<urlset>",
        "/there.xml": urlset(url(f"{own.origin}/1")),
    }

    listed = Service(settings(own, tmp_path)).import_sitemap(f"{own.origin}/index.xml")

    assert (listed.taken, listed.new) == (1, 1)
    gone, broken = listed.missing
    assert ("gone.xml" in gone, "status 404" in gone) == (True, True)
    assert ("broken.xml" in broken, "no XML" in broken) == (True, True)


def test_only_an_ordinary_file_is_read_and_only_within_bounds(own: OwnSite, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with (tmp_path / "long.xml").open("wb") as long:
        long.write(b"<urlset>")
        long.truncate(LARGEST + 2**30)

    for place, why in (
        (tmp_path / "fifo", "not a regular file"),
        (tmp_path, "not a regular file"),
        (tmp_path / "long.xml", "more than"),
    ):
        with pytest.raises(SitemapError, match=why):
            gathered(own, tmp_path, str(place))


def test_the_door_itself_refuses_another_site(own: OwnSite, tmp_path: Path) -> None:
    configured = settings(own, tmp_path)
    fetcher = Fetcher(configured, Journal(configured.journal.path))

    for address in (
        "https://elsewhere.example/",
        own.origin.replace("http://", "http://user:pw@"),
        "file:///etc/passwd",
    ):
        with pytest.raises(FetchRefused):
            fetcher.get_own(address, trigger="manual", purpose="sitemap", largest=100)

    assert not (tmp_path / "outgoing.jsonl").exists()


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({}, "status 404"),
        ({"/sitemap.xml": "/sitemap.xml"}, "more than 5 redirects"),
        ({"/sitemap.xml": b"<html></html>"}, "root is 'html'"),
    ],
)
def test_a_sitemap_that_cannot_be_had_is_named_with_the_reason(
    own: OwnSite, tmp_path: Path, files: dict[str, bytes | str], why: str
) -> None:
    own.files = files

    with pytest.raises(SitemapError, match=rf"sitemap\.xml.*{why}"):
        gathered(own, tmp_path, f"{own.origin}/sitemap.xml")


def test_a_file_is_read_without_any_request(own: OwnSite, tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml").write_bytes(urlset(url(f"{own.origin}/a")))

    assert gathered(own, tmp_path, str(tmp_path / "sitemap.xml")) == {f"{own.origin}/a": None}
    with pytest.raises(SitemapError, match=r"gone\.xml"):
        gathered(own, tmp_path, str(tmp_path / "gone.xml"))
    assert own.requested == []


def test_of_a_sitemap_only_the_sites_own_pages_are_taken_and_known_at_once(own: OwnSite, tmp_path: Path) -> None:
    pages = (
        f"{own.origin}/a?utm_source=x",
        f"{own.origin}/b",
        f"{own.origin}/A/../b",
        "https://elsewhere.example/c",
        "nonsense",
    )
    own.files = {"/sitemap.xml": urlset(*(url(page.replace("&", "&amp;")) for page in pages))}
    service = Service(settings(own, tmp_path))

    first, again = (service.import_sitemap(f"{own.origin}/sitemap.xml") for _ in range(2))

    assert (first, again) == (ImportResult(2, new=2), ImportResult(2, new=0))
    due = service.store.due("vk", service.clock(), 10)
    assert {known.page for known in due} == {f"{own.origin}/a", f"{own.origin}/b"}
