"""Drawings in the address of a frame: the placeholders of lazy loaders stay, what could hide something of a platform goes."""

from __future__ import annotations

import base64
from html import escape
from urllib.parse import quote

import pytest
from support.rows import FILE, REMOVED, gated

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'

DRAWINGS = [
    f'<svg {XMLNS} viewBox="0 0 16 9"></svg>',
    f'<svg {XMLNS} width="640" height="360" style="background:#eee;fill:red"><rect width="100%" height="100%"/></svg>',
    f'<svg {XMLNS} xmlns:xlink="http://www.w3.org/1999/xlink" width="1" height="1"/>',
    f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<svg {XMLNS} style="fill:none"/>',
    '<?xml version="1.0" encoding="utf-8"?><!-- Generator: x --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    f'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg {XMLNS} style="a:b"/>',
    f'<svg {XMLNS} xmlns:x="http://www.w3.org/1999/xlink"><image x:href="data:image/png;base64,iVBORw0KGgo=" style="a:b"/></svg>',
    f'<svg {XMLNS}><text x="1" style="font-family:sans">Video &amp; Ton: bitte klicken</text></svg>',
    f'<svg {XMLNS}><style>.a{{fill:red}}</style><a href="https://www.leinau.example/">x</a></svg>',
]  # fmt: skip

HEADS = [
    "data:image/svg+xml,", "data:image/svg+xml;charset=utf-8,", "data:image/svg+xml;utf8,", "data:image/svg+xml;base64,",
    "data:image/svg+xml;charset=UTF-8;base64,", "data:image/svg+xml;nitro-empty-id=NTI3OjkwOA==-1;base64,", "DATA:image/svg+xml; charset=utf8,",
]  # fmt: skip

HIDING = [
    f'<svg {XMLNS} xmlns:x="http://www.w3.org/1999/xlink"><image x:href="{FILE}"/></svg>',
    f'<!DOCTYPE svg [<!ENTITY a "https://scontent.fb"><!ENTITY b "cdn.net/a">]><svg {XMLNS}><image href="&a;&b;"/></svg>',
    f'<?xml-stylesheet href="https://www.facebook.com/x.css"?><svg {XMLNS}/>',
    f'<svg {XMLNS}><image href="https://www.f&#97;cebook.com/x"/></svg>',
    f'<svg {XMLNS}><style>@import "https://www.f\\61 cebook.com/x"</style></svg>',
    f'<svg {XMLNS}><image href="https://www.f%61cebook.com/x"/></svg>',
    f'<svg {XMLNS}><style>@import "//www.face<!-- -->book.com/x"</style></svg>',
    f'<svg {XMLNS}><style>@import "//www.face<![CDATA[book.com/x"]]></style></svg>',
    f'<svg {XMLNS}><style>@import "//www.face<a/>book.com/x"</style></svg>',
    f'<svg {XMLNS}><style>@import "//www.face<?x y?>book.com/x"</style></svg>',
]  # fmt: skip


def address(head: str, drawing: str) -> str:
    if "base64" in head:
        return head + base64.b64encode(drawing.encode()).decode()
    return head + (quote(drawing) if "utf8" not in head else drawing.replace("%", "%25").replace("#", "%23"))


@pytest.mark.parametrize("tag", ["iframe", "embed", "img"])
@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("drawing", DRAWINGS)
def test_a_drawing_that_holds_nothing_of_a_platform_stays(drawing: str, head: str, tag: str) -> None:
    page = (
        f'<{tag} class="lazy" src="{escape(address(head, drawing))}" data-src="https://video.leinau.example/7"></{tag}>'
    )

    assert gated(page).html is page


@pytest.mark.parametrize("drawing", HIDING)
@pytest.mark.parametrize("head", ["data:image/svg+xml;base64,", "data:image/svg+xml,", "data:image/svg+xml;utf8,"])
def test_a_drawing_that_hides_something_goes(head: str, drawing: str) -> None:
    page = f'<iframe src="{escape(address(head, drawing))}"></iframe>'

    assert gated(page).html == REMOVED


def test_a_frame_with_a_drawing_before_its_content_becomes_a_gate() -> None:
    post = "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F1"
    page = f'<iframe src="{escape(address(HEADS[2], DRAWINGS[1]))}" data-src="{post}"></iframe>'

    assert "<shariff-gate" in gated(page).html
