"""How every platform replies that tells about its content (oEmbed), made from the records: a title, a name, a picture of the mock server's own."""

from __future__ import annotations

import json
import re
import struct
import zlib
from urllib.parse import urlsplit

from shariff_py.platforms.registry import REGISTRY
from shariff_py.platforms.stub import JSON, Stub, StubReply, StubRequest

PICTURE = "/stand-in/picture.png"
WIDTH, HEIGHT = 1280, 720


def preview_hosts() -> tuple[str, ...]:
    """The hosts of the interfaces that are always the same."""
    return tuple(record.previews.host for record in REGISTRY.values() if record.previews and record.previews.host)


def oembed_stub() -> Stub:
    """The stub for the interfaces of all platforms, and for their pictures. Its role is ``preview``."""
    places = {record.previews.path for record in REGISTRY.values() if record.previews is not None}
    return Stub("preview", _answer, re.compile("|".join(map(re.escape, sorted({*places, PICTURE})))))


def _answer(request: StubRequest) -> StubReply:
    if request.path == PICTURE:
        return StubReply(200, {"content-type": "image/png"}, _png())
    asked = request.parameters.get("url", [""])[0]
    told = {
        "version": "1.0", "type": "video", "title": f"Example for {asked}", "author_name": "Example author",
        "thumbnail_url": f"https://{urlsplit(asked).hostname}{PICTURE}", "html": "<iframe></iframe>",
    }  # fmt: skip
    return StubReply(200, {"content-type": JSON}, json.dumps(told).encode())


def _png() -> bytes:
    """A picture of one grey (PNG, third edition, 5)."""
    rows = b"".join(b"\0" + b"\x80" * WIDTH for _ in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"tEXt", b"Comment\0only in the file"), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    written = (struct.pack(">I", len(c)) + n + c + struct.pack(">I", zlib.crc32(n + c)) for n, c in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)
