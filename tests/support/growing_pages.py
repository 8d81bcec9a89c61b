"""Shapes of text that can be made as long as one likes, and how fast the work grows with their length.

Most repeat one piece between a beginning and an end. A reader that starts anew for each piece, or that searches for an end that never comes,
takes four times as long for twice the text.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

POST = "https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1"
PICTURE = '<img src="//fb.me/x">'
BROKEN_STYLE = "<svg><style><p></style></svg>"
"""Makes the page one that parsers read in more than one way."""

MAX_RATIO = 2.6
"""How many times as long twice the text may take."""
ABOVE_NOISE = 0.03
"""CPU seconds below which nothing is said about growth."""


class Shape(NamedTuple):
    """A piece that is repeated, with what comes before and after. ``{n}`` in it is replaced by its number."""

    piece: str
    before: str = ""
    after: str = ""

    def page(self, length: int) -> str:
        """The page with about so many characters."""
        count = max(1, length // len(self.piece))
        if "{n}" not in self.piece:
            return f"{self.before}{self.piece * count}{self.after}"
        return "".join([self.before, *(self.piece.replace("{n}", str(number)) for number in range(count)), self.after])


RAW_TEXT = ("iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp")
NESTED = ("math", "select", "svg", "template", "table", "form", "button", "p", "b", "a", "li", "object", "frameset")

SHAPES: Mapping[str, Shape] = {
    **{f"start tags of {tag} without an end": Shape(f"<{tag}", after=">") for tag in (*RAW_TEXT, "svg", "select")},
    **{f"elements left open: {tag}": Shape(f"<{tag}>") for tag in (*RAW_TEXT, *NESTED)},
    **{f"{tag} in a drawing": Shape(f"<{tag}>x", "<svg>") for tag in ("style", "title", "script", "desc", "noscript")},
    **{f"{tag} in a list": Shape(f"<{tag}></{tag}>", "<select>") for tag in ("style", "title", "xmp", "script")},
    "text elements with a slash": Shape("<title/>", after=PICTURE),
    "attributes with quotes, without an end": Shape('<title a="b "'),
    "attributes with an odd quote": Shape('<title a="b '),
    "links without an end": Shape("<a "),
    "links to a platform without an end": Shape('<a href="//facebook.com" '),
    "links to a platform": Shape('<a href="//facebook.com">x</a>'),
    "links to a platform, broken": Shape('<a href="//facebook.com/"<'),
    "text before links": Shape("x", ">", '<a href="//facebook.com/">' * 100),
    "attributes of one tag": Shape("a=b ", "<p "),
    "attributes of other names": Shape("a{n}=//fb.me ", "<p ", ">"),
    "an attribute without an end": Shape("x ", "<p a='"),
    "texts that name a platform, beyond Latin-1": Shape("<p>\u4e00 fb.me", after=PICTURE),
    "comments that name a platform, beyond Latin-1": Shape("<!-- \u4e00 fb.me -->", after=PICTURE),
    "selections of options": Shape("<select><option>x</option></select>", after=PICTURE),
    "options of a selection that is left open": Shape('<option value="1">x', "<select>", PICTURE),
    "drawings with quotes left open": Shape("<svg a='", after=PICTURE),
    "shapes with quotes left open": Shape('<path d="', "<svg>", PICTURE),
    "values without quotes": Shape(" a=b", "<img", " src=//fb.me/x>"),
    "words of base64": Shape("aHR0cHM6Ly93d3cubGVpbmF1LmV4YW1wbGUvcGZhZC96dXIvc2VpdGU ", after=PICTURE),
    "words of base64 that name a platform": Shape("PGlmcmFtZSBzcmM9Imh0dHBzOi8vZmIubWUvcGx1Z2lucy94Ij48L2lmcmFtZT4= ", '<p data-x="', '">'),
    "hosts that only end like one": Shape("//netflix.com/ ", after=PICTURE),
    "hosts that are compared": Shape('"t.co"==a;', "<script>", "</script>"),
    "quotes": Shape("\"'", "<p "),
    "slashes": Shape("/", "<a "),
    "brackets": Shape("<"),
    "comments": Shape("<!-- fb.me -->"),
    "comments left open": Shape("<!--"),
    "CDATA": Shape("<![CDATA[x]]>", "<svg>"),
    "CDATA left open": Shape("<![CDATA[", "<svg>"),
    "end tags": Shape("</p>"),
    "end tags without a name": Shape("</>", after=PICTURE),
    "end tags that end drawings": Shape("</br>", "<svg>"),
    "drawings": Shape("<svg><style>a{b:url(x)}</style></svg>"),
    "drawings with tags in a style": Shape(BROKEN_STYLE),
    "drawings with pictures in a style": Shape("<svg><style><img src=//fb.me></style></svg>"),
    "formulas": Shape("<math><annotation-xml encoding=text/html>"),
    "tables": Shape("<table><tr><td>", BROKEN_STYLE),
    "text in a table": Shape("<p>x", f"{BROKEN_STYLE}<table>"),
    "links closed by links": Shape("<a><b><p></a>", BROKEN_STYLE),
    "deep nesting": Shape("<div>", after=PICTURE),
    "deep nesting, read twice": Shape("<div>", BROKEN_STYLE),
    "references": Shape("&#102;"),
    "references in an attribute": Shape("&#102;", '<p a="', '">'),
    "references to references": Shape("amp;", "<a href='javascript:x'>&"),
    "digits of a reference": Shape("1", "&#"),
    "ampersands": Shape("&"),
    "percent-encoding": Shape("%66", '<img src="//', '">'),
    "percent signs": Shape("%"),
    "escapes": Shape("\\66 "),
    "backslashes": Shape("\\"),
    "tabs in a name": Shape("\t", "."),
    "wide letters": Shape("ｆ"),
    "joiners": Shape("\u200d"),
    "hosts in text": Shape("facebook.com "),
    "hosts in a tag": Shape("facebook.com ", "<p a='", "'>"),
    "hosts in a tag without quotes": Shape("facebook.com/", "<p a=", ">"),
    "class names of widgets": Shape("fb-page ", "<p class='", "'>"),
    "marks of widgets": Shape("fb-"),
    "elements of widgets": Shape("<fb:like>"),
    "other elements with marks of widgets": Shape("<p{n} class='fb-page'>"),
    "widgets": Shape(f'<div class="fb-post" data-href="{POST}"></div>'),
    "widgets in each other": Shape(f'<div class="fb-post" data-href="{POST}">'),
    "frames": Shape(f'<iframe src="{POST}"></iframe>'),
    "frames in each other": Shape(f'<p><iframe src="{POST}">'),
    "escapes in code of a frame": Shape('\\&quot;', '<iframe src="//fb.me/x" :src="&quot;', '">'),
    "escapes outside of strings in code of a frame": Shape('\\&quot;', '<iframe src="//fb.me/x" :src="', '">'),
    "roots of widgets": Shape("<div id=fb-root></div>"),
    "pictures": Shape(PICTURE),
    "pictures without an end": Shape(PICTURE.removesuffix(">")),
    "pictures in data addresses": Shape('<img src="data:image/svg+xml,<svg/>">'),
    "documents in data addresses": Shape('<iframe src="data:text/html,<p>x</p>"></iframe>'),
    "bodies in base64": Shape("<script src='data:text/javascript;base64,YSgp'></script>"),
    "bodies in base64 without an end": Shape("(data:;base64,", after=")"),
    "schemes": Shape("data:"),
    "scripts in addresses": Shape("<a href='javascript:x()'>x</a>"),
    "documents in attributes": Shape("<iframe srcdoc='<img src=//fb.me/{n}>'></iframe>"),
    "a document in an attribute": Shape("<img src=//fb.me/>", "<iframe srcdoc='", "'></iframe>"),
    "sizes of a picture": Shape("//a.b/c 1x, ", "<img srcset='", " //fb.me/x'>"),
    "targets of pings": Shape("<a ping='//a.b //c.d'>"),
    "values of an animation": Shape("//a.b;", "<svg><animate values='", "'>"),
    "refreshes": Shape("<meta http-equiv=refresh content='0;url=//a.b/'>"),
    "brackets in a style": Shape("(", "<style>a{b:", "url(//fb.me/x)"),
    "braces in a style": Shape("{", "<style>", "url(//fb.me/x)"),
    "addresses in a style": Shape("url(//fb.me/x) ", "<style>a{b:", "}</style>"),
    "addresses of a style without an end": Shape("url(", "<style>", "//fb.me/x"),
    "strings in a style": Shape('"', "<style>", "//fb.me/x"),
    "comments in a style": Shape("/*", "<style>", "//fb.me/x"),
    "imports": Shape('@import "//a.b/c";', "<style>", "@import '//fb.me/x'</style>"),
    "style attributes": Shape("<p style='background:url(//fb.me/c)'>"),
    "markup for visitors without script": Shape("<noscript><img src='//fb.me/{n}'></noscript>"),
    "markup left open for them": Shape('<noscript><p title="x"'),
    "quotes in markup for them": Shape('<p "x"', "<noscript>", "</noscript>"),
    "scripts with strings": Shape("<script>var a='<//fb.me';</script>"),
    "strings of a script": Shape("'//fb.me/x',", "<script>", "</script>"),
    "scripts that load": Shape("<script>import('//fb.me/x')</script>"),
    "comments in scripts": Shape("<!--<script>", "<script>"),
    "lists of addresses": Shape('"a":"//b.c/d",', "<script type=importmap>{", "}</script>"),
    "event handlers": Shape("<p onclick='import(\"//fb.me/x\")'>"),
    "bytes that are no letters": Shape("\udcfc", after=PICTURE),
    "NULs": Shape("\0", after=PICTURE),
    "private characters": Shape("\U00100000", "\0", PICTURE),
    "line ends": Shape("\r\n", after=PICTURE),
    "form feeds": Shape("\f", after=PICTURE),
    "framesets": Shape("<frameset><frame src=//a.b>"),
    "bases": Shape("<base href='/x'>"),
}  # fmt: skip


def seconds(read: Callable[[str], object], text: str) -> float:
    """CPU time of one reading. The garbage collector is off: what it does depends on everything else that is in memory."""
    gc.disable()
    try:
        start = time.process_time()
        read(text)
        return time.process_time() - start
    finally:
        gc.enable()


def ratio_per_doubling(read: Callable[[str], object], shape: Shape, length: int, turns: int = 10) -> float:
    """How many times as long twice the text takes; 0 where that takes too little time to tell.

    Of several turns in alternation the fastest count, as noise only takes longer; there are no more of them than a verdict needs.
    """
    once, twice = shape.page(length), shape.page(2 * length)
    short = long = float("inf")
    for _ in range(turns):
        long = min(long, seconds(read, twice))
        if long < ABOVE_NOISE:
            return 0.0
        short = min(short, seconds(read, once))
        if long <= MAX_RATIO * 0.9 * short:
            break
    return long / short
