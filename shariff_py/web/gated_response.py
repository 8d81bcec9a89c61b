"""Responses of a wrapped application: which of them are gated, and what their headers become. The same for WSGI and ASGI."""

from __future__ import annotations

import codecs
import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version

from shariff_py.consent_ui.preview import KeptPreviews, nothing_kept
from shariff_py.gate import Gated, Outcome, PageInfo, gate_page
from shariff_py.gate.detect.prefilter import is_clean
from shariff_py.gate.hint_headers import without_hints
from shariff_py.gate.rewrite.streaming import GateStream
from shariff_py.response_policy.connections import without_page_list
from shariff_py.response_policy.frame_sources import FramePolicy
from shariff_py.response_policy.pages import HTML_TYPES, policy_headers, size_problems
from shariff_py.settings import Settings
from shariff_py.urls import NOWHERE
from shariff_py.web.charsets import Charset, charset_of, declares_utf8, is_utf8, may_be_iso_2022_jp
from shariff_py.web.content_codec import IDENTITY, Decoder, Encoder, Undecodable, codec_pair
from shariff_py.web.page_connections import connection_headers
from shariff_py.web.request_info import RequestInfo

log = logging.getLogger("shariff_py")

Headers = list[tuple[str, str]]

MAX_BUFFERED_BYTES = 262_144
"""Bytes of a body that are buffered. A shorter one goes out with its length, a longer one as it comes."""

MAX_PAGE_BYTES = 67_108_864
"""Bytes, decoded, of a page that has to be read as a whole before any of it goes out, and of one element that is never cut."""

BOMB_BYTES, MAX_RATIO = 16_777_216, 200
"""From how many bytes on a page may have no more than so many times its compressed size: of HTML it is 5 to 50, of a bomb 1,000."""

XHTML = "application/xhtml+xml"
NO_PAGE_STATUSES = frozenset({204, 205, 206})
"""Responses without a body, or with a part of one. A 304, which is none either, does not even carry the policy anew."""

VALIDATORS = frozenset(
    {"content-length", "last-modified", "content-md5", "digest", "content-digest", "repr-digest", "accept-ranges"}
)
"""Headers that describe the body as it was."""

PLATFORM_OUTCOMES = frozenset({Outcome.GATED, Outcome.LINKED, Outcome.SHARED, Outcome.REMOVED, Outcome.INERT})
"""Outcomes that mean that there was platform content."""


def fingerprint(settings: Settings) -> str:
    """Eight characters that change when settings or version do: pages gated differently need different tags."""
    return hashlib.sha256(f"{version('shariff_py')} {settings!r}".encode()).hexdigest()[:8]


@dataclass(slots=True)
class ETagRewriter:
    """The ``ETag`` of gated pages: the application's own, with a suffix that changes with the settings. Browsers send it back; the
    application gets its own."""

    mark: str
    known: dict[str, str] = field(default_factory=dict)

    def for_application(self, sent: str) -> str:
        """An ``If-None-Match`` with the application's own tags; those of pages gated under other settings are left out."""
        kept = []
        for tag in (part.strip() for part in sent.split(",")):
            bare = tag.replace(f'-shariff-{self.mark}"', '"')
            if "-shariff-" not in bare:
                self.known[bare] = tag
                kept.append(bare)
        return ", ".join(kept)

    def for_browser(self, tag: str) -> str:
        """The ``ETag`` of a 304 in the form the browser knows."""
        return self.known.get(tag, tag)

    def for_gated(self, tag: str) -> str:
        """The ``ETag`` of a page that was changed."""
        return f'{tag[:-1]}-shariff-{self.mark}"' if tag.endswith('"') else tag


class PageTooLong(Exception):
    """A page of more bytes than can be gated. No part of it goes out ungated."""


class GatedResponse:
    """One response of the application: its headers as they go out, and its body if it is a page.

    Either `whole` is called with the complete body, or `begin`, then `feed` for each piece, then `close`. All of these, and `hold`, raise
    `PageTooLong`: before the headers are sent, `refusal` is the response then; after that the connection has to be aborted. ``warn`` is told
    what the site's own headers make difficult, ``previews`` give what is kept of content.
    """

    def __init__(
        self,
        settings: Settings,
        request: RequestInfo,
        etags: ETagRewriter,
        status: int,
        headers: Sequence[tuple[str, str]],
        warn: Callable[[str], None] = log.warning,
        previews: KeptPreviews = nothing_kept,
    ) -> None:
        self._settings = settings
        self._previews = previews
        self._warn = warn
        self._request = request
        self._etags = etags
        self._status = status
        origin = settings.page_origin(request.origin)
        self._url = request.page_url(origin)
        self._headers = list(without_hints(headers, self._url if origin else NOWHERE, settings.gate.allow))
        self._named = {name.lower(): value for name, value in self._headers}
        self._codecs = codec_pair(self._named.get("content-encoding", ""))
        self._streams: bool | None = None
        self._references, self._says_utf8 = True, False
        self._stream: tuple[Decoder, codecs.IncrementalDecoder, GateStream, Encoder] | None = None
        self._sizes = [0, 0]
        self._enforces = settings.headers.policy == "enforce"

    @property
    def has_begun(self) -> bool:
        """Whether its headers may be on their way already."""
        return self._stream is not None

    @property
    def is_html(self) -> bool:
        """Whether it is HTML at all, and so carries the policy."""
        return self._kind in HTML_TYPES and self._status != 304

    @property
    def is_page(self) -> bool:
        """Whether its body is gated. Error pages are as well: they have the same footer as all others."""
        if not self.is_html or self._request.method == "HEAD" or self._status in NO_PAGE_STATUSES:
            return False
        if self._named.get("content-disposition", "").strip().lower().startswith("attachment"):
            return False
        if self._request.by_script and not self._settings.gate.fragments:
            return False
        if self._codecs is None:
            coding = self._named.get("content-encoding", "")
            log.warning(
                "A page was not gated, because its content coding %r is not supported: use gzip, or install the extra compression.",
                coding,
            )
            return False
        return True

    def unchanged_headers(self) -> Headers:
        """The headers of a response whose body goes out as it came."""
        headers = self._headers
        if self._status == 304:
            headers = [(n, self._etags.for_browser(v) if n.lower() == "etag" else v) for n, v in headers]
        return self._with_policy(headers) if self.is_html else headers

    def whole(self, body: bytes) -> tuple[Headers, bytes]:
        """Headers and body of a page that is complete. One without platform content comes back as the very bytes it was."""
        reader, writer = self._codecs or IDENTITY
        try:
            steps = []
            for step in self._decoded(reader, body):
                steps.append(step)
                self.hold(self._sizes[1])
            page = b"".join([*steps, reader.close()])
        except Undecodable as error:
            log.warning("A page was not gated: it %s", error)
            return self.unchanged_headers(), body
        changed = self._gated(page)
        if changed is None:
            return self._with_connections(self.unchanged_headers(), page), body
        written = writer.feed(changed) + writer.close()
        headers = self._with_connections(self._changed_headers(), changed)
        return [*headers, ("Content-Length", str(len(written)))], written

    def begin(self) -> Headers:
        """The headers of a page that is passed on while it comes; its length is not known."""
        decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        stream = GateStream(self._settings, self._page_info())
        reader, writer = self._codecs or IDENTITY
        self._stream = (reader, decoder, stream, writer)
        if self._says_utf8:
            self._declare(self._kind, "utf-8")
        return self._with_connections(self._changed_headers(), None)

    def hold(self, size: int) -> None:
        """Note that so many bytes of a page are held because it cannot be streamed."""
        if size > MAX_PAGE_BYTES:
            raise PageTooLong(f"it has more than {MAX_PAGE_BYTES >> 20} MiB and cannot be gated in pieces")

    def refusal(self, error: PageTooLong) -> tuple[str, Headers, bytes]:
        """Status, headers and body in place of a page that is too long. What cannot be gated does not go out (the log says why)."""
        log.error(
            "The page %s is not shown: %s. Send it with the header Content-Type: text/html; charset=utf-8.",
            self._url,
            error,
        )
        body = b"This page is too long to be shown.\n"
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        return "500 INTERNAL SERVER ERROR", headers, body

    def can_stream(self, held: Callable[[], bytes]) -> bool:
        """Whether a page that begins with what ``held`` returns can be gated in pieces: one that is certain to be read as UTF-8."""
        if self._streams is None:
            self._streams = self._streams_safely(held())
        return self._streams

    def _streams_safely(self, held: bytes) -> bool:
        reader, _ = codec_pair(self._named.get("content-encoding", "")) or IDENTITY
        page = b""
        try:
            # Where a page declares its charset is within its first 1,024 bytes; a bomb is not read for it.
            for step in reader.feed(held):
                page += step
                if len(page) > MAX_BUFFERED_BYTES:
                    break
        except Undecodable:
            return False
        charset = self._charset(page)
        self._says_utf8 = declares_utf8(charset, page, whole=False)
        self._references = _needs_references(charset) and not self._says_utf8
        return charset.name == "utf-8" and not may_be_iso_2022_jp(charset, page) and self._kind != XHTML

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The next piece of the body; what of it is certain, in pieces of limited length. Raises `Undecodable`."""
        reader, decoder, stream, writer = self._started()
        for step in self._decoded(reader, piece):
            html = decoder.decode(step)
            yield writer.feed(stream.feed(html).encode("utf-8", "surrogateescape"))
            self.hold(stream.held)

    def _decoded(self, reader: Decoder, piece: bytes) -> Iterator[bytes]:
        """The steps in which a piece is decoded, while there are not too many of them."""
        self._sizes[0] += len(piece)
        for step in reader.feed(piece):
            self._sizes[1] += len(step)
            if self._sizes[1] > max(BOMB_BYTES, MAX_RATIO * self._sizes[0]):
                raise PageTooLong(f"decoded it has more than {MAX_RATIO} times its size")
            yield step

    def close(self) -> bytes:
        """The end of the body."""
        reader, decoder, stream, writer = self._started()
        html = decoder.decode(reader.close(), final=True)
        rest = stream.feed(html) + stream.close()
        return writer.feed(rest.encode("utf-8", "surrogateescape")) + writer.close()

    def _started(self) -> tuple[Decoder, codecs.IncrementalDecoder, GateStream, Encoder]:
        if self._stream is None:
            raise RuntimeError("begin() comes before the first piece.")
        return self._stream

    def _changed_headers(self) -> Headers:
        headers = [(name, value) for name, value in self._headers if name.lower() not in VALIDATORS]
        headers = [(n, self._etags.for_gated(v) if n.lower() == "etag" else v) for n, v in headers]
        return self._with_policy(headers)

    def _with_policy(self, headers: Headers) -> Headers:
        for sentence in size_problems(self._settings, headers):
            self._warn(sentence)
        return [*headers, *self._ours]

    def _with_connections(self, headers: Headers, page: bytes | None) -> Headers:
        if self._settings.headers.connections == "off":
            return headers
        headers = without_page_list(headers)
        ours = [header for header in headers if header not in self._headers]
        return [*headers, *connection_headers(self._settings, self._url, headers, ours, page, self._warn)]

    def _gated(self, page: bytes) -> bytes | None:
        """The page gated, in its own encoding; ``None`` where nothing had to be changed.

        Bytes that are no characters stay as they are; our own letters are character references, which every encoding has, unless the header
        or the page itself says that it is in UTF-8: a reference is up to four times as long. See
        `shariff_py.web.charsets` for the encodings in which that is not possible.
        """
        charset = self._charset(page)
        if charset.is_ascii_compatible and may_be_iso_2022_jp(charset, page):
            charset = Charset("utf-8" if is_utf8(page) else charset.name.replace("utf-8", "windows-1252"), pinned=True)
            self._declare(self._kind, charset.name)
        declares = declares_utf8(charset, page)
        self._references = _needs_references(charset) and not declares
        decoded = charset.decode(page)
        result = self._gated_html(decoded.html)
        if declares and result.html != decoded.html:
            self._declare(self._kind, "utf-8")
        if not decoded.codec:
            self._declare("text/html", "utf-8")
            return decoded.encode(result.html)
        gated = decoded.encode(result.html) if result.findings else None
        if charset.is_ascii_compatible and charset.name != "utf-8" and not page.isascii():
            # Letters beyond ASCII that a host name turns into ASCII are recognised only in decoded text.
            again = self._gated_html(charset.decode_as_browser(gated or page))
            if any(found.outcome in PLATFORM_OUTCOMES for found in again.findings):
                self._declare("text/html", "utf-8")
                return again.html.encode("utf-8", "replace")
        if not charset.is_ascii_compatible and not charset.pinned:
            self._declare(self._kind, charset.name)
        if self._kind == XHTML and (gated is not None or not is_clean(decoded.html)):
            # Read as XML it would be another page than the one that was gated.
            self._declare("text/html", charset.name)
        return gated

    def _gated_html(self, html: str) -> Gated:
        return gate_page(html, self._settings, self._page_info())

    def _page_info(self) -> PageInfo:
        return PageInfo(
            url=self._url,
            references=self._references,
            policy_enforced=self._enforces,
            integrity=True,
            frame_policy=self._frame_policy(),
            previews=self._previews,
        )

    def _frame_policy(self) -> FramePolicy | None:
        """What the response's policies, the site's and ours, say about frames; ``None`` where ours is not enforced."""
        if not self._enforces or self._settings.gate.unknown != "blocked":
            return None
        return FramePolicy.of(
            [*self._headers, *self._ours], self._url, self._settings.site.origin, self._request.origin
        )

    @cached_property
    def _ours(self) -> Headers:
        """Our headers: what the body becomes depends on them, so they are made once."""
        return policy_headers(self._settings, self._headers)

    @property
    def _kind(self) -> str:
        return self._named.get("content-type", "").partition(";")[0].strip().lower()

    def _charset(self, page: bytes) -> Charset:
        return charset_of(self._named.get("content-type", ""), page)

    def _declare(self, kind: str, charset: str) -> None:
        """Say in the header what was uncertain, or is different now."""
        value = f"{kind}; charset={charset}"
        self._headers = [(n, value if n.lower() == "content-type" else v) for n, v in self._headers]
        self._named["content-type"] = value


def _needs_references(charset: Charset) -> bool:
    return not (charset.pinned and charset.name == "utf-8")
