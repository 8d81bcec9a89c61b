"""What the fuzzer feeds: each reader of texts from outside, as a function of bytes that raises only where a promise is broken.

A target takes whatever bytes there are. Errors that a reader promises are expected; any other exception, and any broken law, is a finding.
"""

from __future__ import annotations

import atexit
import base64
import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from ada_url import URL
from itsdangerous import Signer

from shariff_py.audit.evidence.declarations import declarations
from shariff_py.audit.evidence.netlog.reader import READERS, read
from shariff_py.channels.model import Register
from shariff_py.consent_ui.frame import SALT, load_embed_token
from shariff_py.counts import sitemap
from shariff_py.counts.platform_state import PlatformState
from shariff_py.counts.targets import target_of
from shariff_py.errors import (
    AddressRefused,
    ConfigurationError,
    EmbedRefused,
    EmbedTokenRefused,
    FetchFailed,
    SitemapError,
)
from shariff_py.gate import PageInfo
from shariff_py.gate.browser_rules.css_urls import refused_urls
from shariff_py.gate.rewrite.streaming import GateStream
from shariff_py.journal import record
from shariff_py.platforms.count_sources.exchange import Reply
from shariff_py.platforms.recognition import embed_of, recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.previews import oembed
from shariff_py.previews.folder import Folder, name_of
from shariff_py.previews.picture import drawn_anew
from shariff_py.service.reports import Reports
from shariff_py.settings import Settings, load
from shariff_py.stores import MemoryStore
from shariff_py.urls import LONGEST, canonical
from shariff_py.web.gated_response import ETagRewriter, GatedResponse
from shariff_py.web.request_info import RequestInfo
from support.gate_laws import DEBRIS, broken, reported
from support.golden import ORIGIN, SETTINGS
from support.oracle import loadable

SECRET = "only for these tests"
SIGNER = Signer(SECRET, salt=SALT, key_derivation="hmac", digest_method=hashlib.sha256)
PAGE = "https://www.example.org/"
CONTENT_TYPES = (
    "text/html", "text/html; charset=utf-8", "text/html; charset=utf-16le", "text/html; charset=unicode", "text/html; charset=iso-2022-jp",
    "text/html; charset=shift_jis", "text/html; charset=windows-1252", "application/xhtml+xml",
)  # fmt: skip
IN_CODE = re.compile(r"loadable: [^ ]+: (?:css|code) ")
"""The oracle looks for addresses in broken styles and in code of attributes with unknown names, too, where a browser reads none."""

EVENTS = json.dumps(
    {"constants": {"logEventTypes": {name: n for n, name in enumerate(READERS, 1)}, "timeTickOffset": 0}}
)


def text_of(data: bytes) -> str:
    """The bytes as text, what is no letter kept as it is when a page is read."""
    return data.decode("utf-8", "surrogateescape")


def fuzz_canonical(data: bytes) -> None:
    """The canonical form is stable, and leads to the host that a browser sees in the text."""
    address = text_of(data)
    try:
        form = canonical(address, query_allow=("q", ""))
    except AddressRefused:
        return
    seen, again = URL(address.encode("utf-16", "surrogatepass").decode("utf-16", "replace")), URL(form)
    assert canonical(form, query_allow=("q", "")) == form == again.href
    assert len(form) <= LONGEST
    assert (again.protocol, again.hostname, again.port) == (seen.protocol, seen.hostname.removesuffix("."), seen.port)
    assert "@" not in form.partition("//")[2].partition("/")[0]


def fuzz_recognition(data: bytes) -> None:
    """Content is recognised again from what an embed token says of it, and what its frame shows from that of its frame, which may say less."""
    try:
        embed = recognise(text_of(data), {"width": text_of(data[:8])})
    except EmbedRefused:
        return
    again = embed_of(embed.record, embed.kind_record, embed.reference, dict(embed.options))
    assert (again.address, again.frame_address) == (embed.address, embed.frame_address)
    assert embed.frame_address.startswith(f"https://{embed.frame_host}/")
    assert recognise(embed.frame_address).frame_address == embed.frame_address
    assert all(text.isascii() and len(text) <= LONGEST for text in (embed.address, embed.frame_address))
    assert all(size > 0 for size in embed.size)


def fuzz_rewriter(data: bytes) -> None:
    """The general laws of the gate hold for any page, but for what the oracle takes for an address in styles and code that no browser reads."""
    assert [law for law in broken(text_of(data)) if not IN_CODE.match(law)] == []


def fuzz_stream(data: bytes) -> None:
    """A page in pieces is gated like the whole page."""
    page = text_of(data[2:])
    places = sorted({0, len(page), *(place * len(page) // 256 for place in data[:2])})
    stream = GateStream(SETTINGS, PageInfo(url=f"{ORIGIN}/"))
    out = "".join(stream.feed(page[start:end]) for start, end in pairwise(places)) + stream.close()
    assert [
        found
        for found in loadable(out, f"{ORIGIN}/")
        if not DEBRIS.match(found)
        and not IN_CODE.match(f"loadable: {found}")
        and not found.startswith(reported(stream.findings))
    ] == []


def fuzz_charset(data: bytes) -> None:
    """Bytes of any encoding go out as a page whose length is that of its body."""
    kind = CONTENT_TYPES[data[0] % len(CONTENT_TYPES)] if data else "text/html"
    request = RequestInfo("GET", ORIGIN, "", "/", "", {})
    headers, body = GatedResponse(SETTINGS, request, ETagRewriter("x"), 200, [("Content-Type", kind)]).whole(data[1:])
    assert dict(headers).get("Content-Length", str(len(body))) == str(len(body))


def fuzz_css(data: bytes) -> None:
    """The addresses found in a style sheet are places in it, in order, and do not overlap."""
    css = text_of(data)
    spans = [tuple(found[:2]) for found in refused_urls(css, lambda _: True)]
    assert all(0 <= start <= end <= len(css) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(sorted(spans)))


def fuzz_netlog(data: bytes) -> None:
    """A log that is damaged anywhere is read as far as it can be."""
    lines = text_of(data).splitlines(keepends=True)
    for log in (read(lines), read([EVENTS[:-1] + ",\n", '"events": [\n', *lines, "]}\n"])):
        declarations(log.responses)
        assert all(contact.host for contact in log.contacts)


def fuzz_settings(data: bytes) -> None:
    """A file or a variable that cannot be used is an error of one or two lines, which carries nothing else along."""
    file = FOLDER / "shariff.toml"
    file.write_bytes(data)
    error = _refusal(file, {})
    for name in ("SHARIFF_SITE", "SHARIFF_FRAME__SECRETS", "SHARIFF_COUNTS"):
        error = error or _refusal(EMPTY, {name: text_of(data)})
    assert error is None or (len(str(error)) < 4000 and not isinstance(error.__context__, ValueError))


def _refusal(file: Path, environ: Mapping[str, str]) -> ConfigurationError | None:
    try:
        load(file=file, environ=environ)
    except ConfigurationError as error:
        return error
    return None


def fuzz_channels(data: bytes) -> None:
    """A register of channels that cannot be used is an error."""
    import tomllib

    with suppress(ConfigurationError, ValueError, RecursionError):
        values = tomllib.loads(data.decode())
        try:
            Register.from_mapping(values)
        except (ValueError, RecursionError) as error:
            raise AssertionError(f"{type(error).__name__} from the register") from error


def fuzz_replies(data: bytes) -> None:
    """Every source gives a result for the page it asked about, whatever came back, and reads its quota."""
    reply = Reply(
        200 if not data or data[0] < 250 else data[0] * 2,
        {"content-type": text_of(data[1:9]), "retry-after": text_of(data[:7])},
        data,
    )
    for name, source in SOURCES.items():
        request = source.source.build_request([PAGE], source.credentials)
        assert set(source.source.read(request, reply)) == {PAGE}, name
        assert source.source.parse_quota(reply, 0.0).wait >= 0


def fuzz_reports(data: bytes) -> None:
    """A message of a browser is taken or refused."""
    store = MemoryStore(most_pages=10)
    with suppress(ValueError):
        Reports(SETTINGS, store.reports, lambda: 0.0).take(data)
    # A site is the same over http.
    pages = [row.page.replace("http://", "https://", 1) for row in store.reports.all()]
    assert all(page.startswith(f"{ORIGIN}/") for page in pages)


def fuzz_token(data: bytes) -> None:
    """What we signed in another form than ours, or did not sign, is refused."""
    payload = base64.urlsafe_b64encode(data).rstrip(b"=")
    for token in (SIGNER.sign(payload), SIGNER.sign(data), data):
        with suppress(EmbedTokenRefused):
            load_embed_token(token.decode("utf-8", "surrogateescape"), SETTINGS)


def fuzz_sitemap(data: bytes) -> None:
    """A sitemap is read or refused."""
    with suppress(SitemapError):
        sitemap.read(data)


def fuzz_records(data: bytes) -> None:
    """A line of the journal and a saved state of a platform are read or are none."""
    record.parse(data)
    PlatformState.from_json(text_of(data)).to_json()


def fuzz_previews(data: bytes) -> None:
    """A reply about content, its picture, and a file that is kept of it are read or are none. A text that is kept is one line and can be written
    into a page."""
    embed = recognise("https://video.example.org/w/aBcDeFgHiJkLmNoPqRsTuV")
    source = embed.record.previews
    assert source is not None
    with suppress(FetchFailed):
        facts = oembed.read(source, embed, Reply(200, {}, data))
        for text in (facts.title, facts.author):
            assert len(text.encode().splitlines()) <= 1
            assert len(text) <= oembed.MOST_CHARACTERS
        assert not facts.picture or facts.picture.startswith("https://video.example.org/")
    drawn = drawn_anew(data)
    assert drawn is None or drawn.startswith(b"RIFF")
    name = name_of(embed.platform, embed.address)
    (FOLDER / f"{name}.json").write_bytes(data)
    kept = Folder(FOLDER).load(name)
    assert kept is None or kept.address == embed.address


SOURCES = {
    name: target
    for name in REGISTRY
    if (
        target := target_of(
            REGISTRY[name],
            Settings.from_mapping({"platforms": {name: {"token": "a|b" if name == "facebook" else "a:b"}}}),
        )
    )
    is not None
}
_SCRATCH = tempfile.TemporaryDirectory(prefix="shariff-fuzz-")
atexit.register(_SCRATCH.cleanup)
FOLDER = Path(_SCRATCH.name)
EMPTY = FOLDER / "empty.toml"
EMPTY.touch()

TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "canonical": fuzz_canonical,
    "recognition": fuzz_recognition,
    "rewriter": fuzz_rewriter,
    "stream": fuzz_stream,
    "charset": fuzz_charset,
    "css": fuzz_css,
    "netlog": fuzz_netlog,
    "settings": fuzz_settings,
    "channels": fuzz_channels,
    "replies": fuzz_replies,
    "previews": fuzz_previews,
    "reports": fuzz_reports,
    "token": fuzz_token,
    "sitemap": fuzz_sitemap,
    "records": fuzz_records,
}
"""Each reader of texts from outside, by the name of its folder in ``tests/fuzz_corpus``."""
