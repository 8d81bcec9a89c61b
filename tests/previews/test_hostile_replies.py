"""What a platform can put into a reply, and what is kept of it: texts, the address of a picture, the picture itself."""

from __future__ import annotations

import json
import struct
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from support.previewed_site import FILM, VIDEO, previews

from shariff_py.previews.picture import drawn_anew
from shariff_py.testing import StandIn


def told(**more: Any) -> bytes:
    return json.dumps(
        {"version": "1.0", "type": "video", "title": "Der Film", "author_name": "Stadt Leinau", **more}
    ).encode()


@pytest.mark.parametrize(
    ("said", "title", "author"),
    [
        ({"title": "  Der\n  Film  "}, "Der Film", "Stadt Leinau"),
        ({"title": "<b onclick=x>Der</b> Film &amp; mehr"}, "<b onclick=x>Der</b> Film &amp; mehr", "Stadt Leinau"),
        ({"title": "Der \u202emliF\u200b"}, "Der mliF", "Stadt Leinau"),
        ({"title": None, "author_name": ["x"]}, "", ""),
        ({"title": "ä" * 1000}, "ä" * 300, "Stadt Leinau"),
        ({"title": "\ud800Der\u0000 Film\udfff"}, "Der Film", "Stadt Leinau"),
        ({"title": "Der\u2028Film\u0085", "author_name": "\u2066Stadt\u2069"}, "Der Film", "Stadt"),
        (
            {"title": "D" + "\u0301" * 200 + "er" + "\u20dd" * 9},
            "D\u0301\u0301\u0301\u0301er\u20dd\u20dd\u20dd\u20dd",
            "Stadt Leinau",
        ),
        ({"title": "Việt שָׁלוֹם ที่นี่"}, "Việt שָׁלוֹם ที่นี่", "Stadt Leinau"),
        ({"title": float("nan"), "author_name": {"title": "x"}}, "", ""),
        ({"title": True, "author_name": 10**400}, "", ""),
    ],
)
def test_a_text_is_one_line_of_characters_that_are_seen(
    tmp_path: Path, stand_in: StandIn, said: dict[str, Any], title: str, author: str
) -> None:
    stand_in.behave(body=told(**said))

    kept = previews(tmp_path, stand_in, "youtube").fetch(VIDEO).kept

    assert kept is not None
    assert (kept.title, kept.author) == (title, author)


@pytest.mark.parametrize(
    "address",
    [
        "https://tracker.example/p.jpg",
        "http://video.leinau.example/p.jpg",
        "https://user@video.leinau.example/p.jpg",
        "https://video.leinau.example:8443/p.jpg",
        "//video.leinau.example.tracker.example/p.jpg",
        "file:///etc/passwd",
        "https://video.leinau.example@tracker.example/p.jpg",
        "https://127.0.0.1/p.jpg",
        "https://video.leinau.example/" + "p" * 5000,
        "https://video.leinau.example/p.jpg?" + "p" * 5000,
        "",
        None,
        17,
        float("inf"),
        ["https://video.leinau.example/p.jpg"],
        {"url": "https://video.leinau.example/p.jpg"},
    ],
)
def test_no_picture_is_requested_from_anywhere_but_the_interface_itself(
    tmp_path: Path, stand_in: StandIn, address: object
) -> None:
    stand_in.behave(body=told(thumbnail_url=address))

    fetched = previews(tmp_path, stand_in, "peertube").fetch(FILM)

    assert [r.path for r in stand_in.received] == ["/services/oembed"]
    assert fetched.kept is not None
    assert (fetched.kept.title, fetched.kept.has_picture) == ("Der Film", False)


@pytest.mark.parametrize(
    "picture", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", bytes(range(256)) * 40]
)
def test_what_is_no_picture_is_not_drawn(picture: bytes) -> None:
    assert drawn_anew(picture) is None


def test_where_a_page_comes_in_place_of_the_picture_the_title_is_kept(tmp_path: Path, stand_in: StandIn) -> None:
    stand_in.behave(body=told(thumbnail_url="https://video.leinau.example/w/other"), times=1)

    fetched = previews(tmp_path, stand_in, "peertube").fetch(FILM)

    assert fetched.reason == "picture-unreadable"
    assert fetched.kept is not None
    assert (fetched.kept.title, fetched.kept.has_picture) == ("Der Film", False)


@pytest.mark.slow
def test_a_small_file_with_more_pixels_than_pillow_reads_is_left_out() -> None:
    file = BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")

    assert len(file.getvalue()) < 100_000
    assert drawn_anew(file.getvalue()) is None


def test_a_picture_that_was_taken_upright_stays_upright_and_clear_parts_become_white() -> None:
    turned = Image.new("RGB", (100, 50), "red")
    exif = turned.getexif()
    exif[0x0112] = 6
    file = BytesIO()
    turned.save(file, "JPEG", exif=exif)
    clear = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(clear, "PNG")

    upright, white = drawn_anew(file.getvalue()), drawn_anew(clear.getvalue())

    assert upright is not None
    assert white is not None
    with Image.open(BytesIO(upright)) as one, Image.open(BytesIO(white)) as other:
        assert one.size == (50, 100)
        assert not one.getexif()
        assert other.getpixel((5, 5)) == (255, 255, 255)


def exif(tag: int, kind: int, value: bytes) -> bytes:
    """Metadata of two entries: this one, and that the picture lies on its side (Exif 2.3, 4.6)."""
    entries = ((tag, kind, value), (0x0112, 3, b"\x06\0\0\0"))
    written = b"".join(struct.pack("<HHI4s", tag, kind, 1, value) for tag, kind, value in entries)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, len(entries)) + written + bytes(4)


@pytest.mark.parametrize(("kind", "value"), [(1, b"\1\0\0\0"), (2, b"a\0\0\0"), (11, struct.pack("<f", 1.5))])
def test_metadata_that_pillow_cannot_write_again_ends_in_no_exception(kind: int, value: bytes) -> None:
    file = BytesIO()
    Image.new("RGB", (20, 10)).save(file, "JPEG", exif=exif(0x0100, kind, value))

    assert drawn_anew(file.getvalue()) is None


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_what_a_picture_unfolds_into_is_bounded(kind: str) -> None:
    within, beyond = BytesIO(), BytesIO()
    Image.new("RGB", (3_000, 4_000)).save(within, kind)
    Image.new("RGB", (3_000, 4_001)).save(beyond, kind)

    assert drawn_anew(within.getvalue()) is not None
    assert drawn_anew(beyond.getvalue()) is None


def test_a_picture_of_more_scans_than_people_make_is_left_out_as_each_costs_as_much_as_the_whole() -> None:
    file = BytesIO()
    Image.new("L", (400, 300), 100).save(file, "JPEG", progressive=True)
    written = file.getvalue()
    last = written.rfind(b"\xff\xda")
    scan, end = written[last:-2], written[-2:]

    assert drawn_anew(written[:last] + scan * 40 + end) is not None
    assert drawn_anew(written[:last] + scan * 50 + end) is None
