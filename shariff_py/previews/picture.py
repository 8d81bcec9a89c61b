"""A platform's picture, drawn anew: what comes out has pixels of it, and no byte of the file that came."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO

LARGEST_FILE = 8_000_000
"""Bytes of a picture's file that are read."""

MOST_PIXELS = 12_000_000
"""A small file may unfold into more than the memory holds: Pillow needs up to 20 bytes for each. A 4K still has 8 million."""

SCAN, MOST_SCANS = b"\xff\xda", 50
"""How each pass over a JPEG begins (ITU-T T.81, B.1.1.3), and how many are read: one of 28 bytes takes as long as the picture. Usual are 10."""

LONGEST_SIDE = 640
QUALITY = 78
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
"""The formats that are read. Pillow knows many more, each with a parser of its own."""

NOT_INSTALLED = "Pictures need Pillow, which is not installed: pip install 'shariff_py[previews]'. Without it only the texts are kept."


def can_draw() -> bool:
    """Whether Pillow is installed."""
    return find_spec("PIL") is not None


def drawn_anew(file: bytes) -> bytes | None:
    """The picture as WebP of at most 640 pixels a side, without its metadata; ``None`` for what is no picture, or too large."""
    from PIL import Image, ImageOps

    try:
        image: Image.Image = Image.open(BytesIO(file), formats=FORMATS)
        scans = file.count(SCAN) if image.format == "JPEG" else 1
        if image.width * image.height > MOST_PIXELS or scans > MOST_SCANS:
            return None
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image).convert("RGBA")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        on_white = Image.new("RGB", upright.size, "white")
        on_white.paste(upright, mask=upright)
        written = BytesIO()
        on_white.save(written, "WEBP", quality=QUALITY, method=4)
    except Exception:
        # What Pillow raises depends on the file, which a stranger made; no list of it is complete.
        return None
    return written.getvalue()
