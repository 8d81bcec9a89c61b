"""Content codings, decoded and encoded piece by piece: gzip and deflate always, Brotli and Zstandard with the extra ``compression``."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any


@dataclass(frozen=True, slots=True)
class ContentCodec:
    """One direction of one coding: ``feed`` takes a piece and returns what is ready, ``close`` returns the rest."""

    feed: Callable[[bytes], bytes]
    close: Callable[[], bytes]


class Undecodable(ValueError):
    """The bytes are not what the header says they are."""


def _zlib(bits: int) -> tuple[Callable[[], ContentCodec], Callable[[], ContentCodec]]:
    def decoder() -> ContentCodec:
        reader = zlib.decompressobj(bits)
        return ContentCodec(reader.decompress, reader.flush)

    def encoder() -> ContentCodec:
        writer = zlib.compressobj(6, zlib.DEFLATED, bits)
        return ContentCodec(writer.compress, writer.flush)

    return decoder, encoder


def _brotli() -> tuple[Callable[[], ContentCodec], Callable[[], ContentCodec]]:
    import brotli

    def decoder() -> ContentCodec:
        return ContentCodec(brotli.Decompressor().process, lambda: b"")

    def encoder() -> ContentCodec:
        # Quality 5 is what servers use for pages made on the spot: near gzip's speed, and smaller.
        writer = brotli.Compressor(quality=5)
        return ContentCodec(writer.process, writer.finish)

    return decoder, encoder


def _zstandard() -> tuple[Callable[[], ContentCodec], Callable[[], ContentCodec]]:
    import zstandard

    def decoder() -> ContentCodec:
        return ContentCodec(zstandard.ZstdDecompressor().decompressobj().decompress, lambda: b"")

    def encoder() -> ContentCodec:
        writer: Any = zstandard.ZstdCompressor().compressobj()
        return ContentCodec(writer.compress, writer.flush)

    return decoder, encoder


GZIP = zlib.MAX_WBITS | 16

CODINGS: dict[str, tuple[Callable[[], ContentCodec], Callable[[], ContentCodec]]] = {
    "gzip": _zlib(GZIP),
    "x-gzip": _zlib(GZIP),
    "deflate": _zlib(zlib.MAX_WBITS),
    **({"br": _brotli()} if find_spec("brotli") else {}),
    **({"zstd": _zstandard()} if find_spec("zstandard") else {}),
}
"""Decoder and encoder by the name in ``Content-Encoding`` (IANA HTTP Content Coding Registry)."""

IDENTITY = ContentCodec(lambda piece: piece, lambda: b"")


def codec_pair(coding: str) -> tuple[ContentCodec, ContentCodec] | None:
    """A decoder and an encoder for a ``Content-Encoding``; ``None`` for one that is not supported."""
    name = coding.strip().lower()
    if name in {"", "identity"}:
        return IDENTITY, IDENTITY
    if name not in CODINGS:
        return None
    decoder, encoder = CODINGS[name]
    reader = decoder()

    def checked(piece: bytes) -> bytes:
        # Each library has an error of its own for bytes that are not what the header says.
        try:
            return reader.feed(piece)
        except Exception as error:
            raise Undecodable(f"is not {name}: {error}") from error

    return ContentCodec(checked, reader.close), encoder()


def supported_encodings(accepted: str) -> str:
    """An ``Accept-Encoding`` without the codings that are not supported here, so that the application uses none of them."""
    wanted = [entry.strip() for entry in accepted.split(",")]
    return ", ".join(entry for entry in wanted if entry.partition(";")[0].strip().lower() in {*CODINGS, "identity"})
