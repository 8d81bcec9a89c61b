"""Content codings, decoded and encoded piece by piece: gzip and deflate always, Brotli and Zstandard with the extra ``compression``.

A few bytes may be a gigabyte once decoded, so decoders give what they have in steps.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

STEP = 65_536
"""Bytes that a decoder gives at once, where its library can stop there."""

ZSTANDARD_SLICE = 128
"""Bytes that are decoded at once where the library cannot stop: four are enough for a block of 128 kB (RFC 8878, section 3.1.1.2)."""

ZSTANDARD_WINDOW = 8 << 20
"""Bytes a decoder remembers at most (RFC 9659)."""


@dataclass(frozen=True, slots=True)
class Decoder:
    """Decodes one body: ``feed`` takes a piece and gives what is in it in steps, ``close`` returns the rest. Raises `Undecodable`."""

    feed: Callable[[bytes], Iterator[bytes]]
    close: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Encoder:
    """Encodes one body: ``feed`` takes a piece and returns what is ready, ``close`` returns the rest."""

    feed: Callable[[bytes], bytes]
    close: Callable[[], bytes]


Coding = tuple[Callable[[], Decoder], Callable[[], Encoder]]


class Undecodable(ValueError):
    """The bytes are not what the header says they are."""


def _zlib(bits: int) -> Coding:
    def decoder() -> Decoder:
        reader = zlib.decompressobj(bits)

        def feed(piece: bytes) -> Iterator[bytes]:
            ready = b""
            while piece or len(ready) == STEP:
                ready = reader.decompress(piece, STEP)
                piece = reader.unconsumed_tail
                yield ready

        return Decoder(feed, reader.flush)

    def encoder() -> Encoder:
        writer = zlib.compressobj(6, zlib.DEFLATED, bits)
        return Encoder(writer.compress, writer.flush)

    return decoder, encoder


def _brotli() -> Coding:
    import brotli

    def decoder() -> Decoder:
        reader = brotli.Decompressor()

        def feed(piece: bytes) -> Iterator[bytes]:
            ready = reader.process(piece, output_buffer_limit=STEP)
            # What is decoded may still be held although all input is taken.
            while ready or not reader.can_accept_more_data():
                yield ready
                ready = reader.process(b"", output_buffer_limit=STEP)

        return Decoder(feed, lambda: b"")

    def encoder() -> Encoder:
        # Quality 5 is what servers use for pages made on the spot: near gzip's speed, and smaller.
        writer = brotli.Compressor(quality=5)
        return Encoder(writer.process, writer.finish)

    return decoder, encoder


def _zstandard() -> Coding:
    import zstandard

    def decoder() -> Decoder:
        reader = zstandard.ZstdDecompressor(max_window_size=ZSTANDARD_WINDOW).decompressobj()

        def feed(piece: bytes) -> Iterator[bytes]:
            for start in range(0, len(piece), ZSTANDARD_SLICE):
                yield reader.decompress(piece[start : start + ZSTANDARD_SLICE])

        return Decoder(feed, lambda: b"")

    def encoder() -> Encoder:
        writer: Any = zstandard.ZstdCompressor().compressobj()
        return Encoder(writer.compress, writer.flush)

    return decoder, encoder


GZIP = zlib.MAX_WBITS | 16

CODINGS: dict[str, Coding] = {
    "gzip": _zlib(GZIP),
    "x-gzip": _zlib(GZIP),
    "deflate": _zlib(zlib.MAX_WBITS),
    **({"br": _brotli()} if find_spec("brotli") else {}),
    **({"zstd": _zstandard()} if find_spec("zstandard") else {}),
}
"""Decoder and encoder by the name in ``Content-Encoding`` (IANA HTTP Content Coding Registry)."""

IDENTITY = Decoder(lambda piece: iter((piece,)), lambda: b""), Encoder(lambda piece: piece, lambda: b"")


def codec_pair(coding: str) -> tuple[Decoder, Encoder] | None:
    """A decoder and an encoder for a ``Content-Encoding``; ``None`` for one that is not supported."""
    name = coding.strip().lower()
    if name in {"", "identity"}:
        return IDENTITY
    if name not in CODINGS:
        return None
    decoder, encoder = CODINGS[name]
    reader = decoder()

    def checked(piece: bytes) -> Iterator[bytes]:
        # Each library has an error of its own for bytes that are not what the header says.
        steps = reader.feed(piece)
        while True:
            try:
                step = next(steps, None)
            except Exception as error:
                raise Undecodable(f"is not {name}: {error}") from error
            if step is None:
                return
            yield step

    return Decoder(checked, reader.close), encoder()


def supported_encodings(accepted: str) -> str:
    """An ``Accept-Encoding`` without the codings that are not supported here, so that the application uses none of them."""
    wanted = [entry.strip() for entry in accepted.split(",")]
    return ", ".join(entry for entry in wanted if entry.partition(";")[0].strip().lower() in {*CODINGS, "identity"})
