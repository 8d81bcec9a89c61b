"""An independent judgement of what a browser would load from a page. Shares nothing with the gate but the registry's hosts.

The page is read by two parsers that build whole trees, as a browser with script and as one without. In those trees everything
that leads to a platform's host counts, except what is known to be followed by hand only or by nobody. So a way of loading that nobody
has thought of is counted too.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from urllib.parse import unquote_to_bytes

import html5lib
from ada_url import URL
from turbohtml import Namespace
from turbohtml import parse as turbohtml_tree

from shariff_py.platforms.registry import SHARED, platform_of

FOLLOWED = {("a", "href"), ("a", "xlink:href"), ("area", "href")}
"""Where a click has to come first."""

WORDS = frozenset(
    {
        "action", "formaction",
        "abbr", "allowfullscreen", "alt", "as", "async", "charset", "cite", "crossorigin", "defer", "encoding", "integrity", "itemprop", "kind", "preload",
        "referrerpolicy", "repeatcount", "shadowrootmode", "srclang", "xml:lang", "class", "content", "id", "itemid", "itemtype", "label", "lang", "name", "placeholder", "property", "title",
        "xmlns", "xmlns:xlink", "profile", "classid", "codebase", "archive", "lowsrc", "dynsrc", "longdesc", "usemap",
        "allow", "attributename", "color", "cols", "coords", "d", "dur", "frameborder", "height", "http-equiv", "loading", "media", "method", "nonce",
        "offset", "opacity", "rel", "result", "role", "rows", "sandbox", "scrolling", "shape", "size", "sizes", "stop-color", "target", "type",
        "version", "viewbox", "width", "x", "y",
    }
)  # fmt: skip
"""Attributes that nothing is fetched from: text, names, and what browsers have given up."""

SINGLE = frozenset({"src", "href", "xlink:href", "data", "poster", "background", "manifest"})
"""Attributes that hold one address. All others may hold several."""
LISTS = frozenset({"srcset", "imagesrcset", "ping"})
"""Attributes that hold a list of them and nothing else. All others may hold a style."""

FETCHING = frozenset(
    {
        "base", "link", "script", "image", "feimage", "use", "pattern", "lineargradient", "radialgradient", "filter", "textpath", "mpath",
        "cursor", "tref", "altglyph", "glyphref", "font-face-uri", "color-profile", "animate", "set", "discard",
    }
)  # fmt: skip
"""Elements that fetch what their ``href`` names (WHATWG HTML, SVG 1.1 and 2)."""

LOADING = frozenset(
    {
        "a", "area", "audio", "body", "embed", "frame", "html", "iframe", "img", "input", "object", "source", "table", "tbody", "td", "tfoot", "th", "thead",
        "tr", "track", "video",
    }
)  # fmt: skip
"""Elements that load something by an attribute other than ``href`` (WHATWG HTML 4.8, 15.3)."""

OF_OTHERS = {
    *((tag, "xlink:href") for tag in ("base", "link", *LOADING)),
    *((tag, "src") for tag in ("html", "head", "body", "base", "meta", "title")),
}
"""Attributes of elements that only others of the same name, or none at all, do anything with."""

ANIMATIONS = frozenset({"animate", "animatecolor", "animatemotion", "animatetransform", "set"})
ANIMATED = frozenset({"from", "to", "by", "values"})

NEVER_LOADED = frozenset({"param", "portal", "fencedframe", "blockquote", "q", "ins", "del"})

LATER = re.compile(r"src|lazy|original")
"""Names of attributes from which scripts take addresses, for elements that have such an address: no others."""

PICTURED = re.compile(r"\bbg\b|background|poster")
"""Names of ``data-`` attributes from which scripts take pictures, for any element."""

SPOKEN = re.compile(
    r"\[?(?:[\w:.-]*[:.-])?(?:aria-[\w-]+|abbr|alt|caption|desc|description|label|placeholder|summary|text|titel|title|tooltip)\]?"
)
"""Names of attributes with a text for people. It is none if it is an address and nothing else."""
PHRASE = re.compile(r"\S\s+\S|[\"'`]")

BINDING = frozenset(":[")
"""How the names of attributes begin whose value a framework evaluates (Vue, Alpine, Angular)."""
STRING = re.compile(r"(?P<quote>[\"'`])(?P<text>(?:\\.|(?!(?P=quote))[^\\\n\r])*)(?P=quote)")
FRAME = re.compile(
    r"\A\s*(?:https?:)?[\\/]*(?:[\w.@-]+[.@])?facebook\.com[:\d]*/+(?:v[\d.]+/+)?(?:plugins/[a-z_]+\.php|video/embed)(?=[?#/]|\s*\Z)",
    re.I,
)
"""Addresses of frames, which scripts put into the element that keeps them."""

SEVERAL = re.compile(r"\s.*//", re.DOTALL)

PLACEHOLDERS = frozenset({"article", "aside", "center", "div", "figure", "p", "section", "span"})
"""Elements that scripts replace by a frame, besides those of the page's own making."""

WRITTEN_TO = frozenset(
    {
        "amp-iframe", "amp-img", "amp-video", "audio", "embed", "frame", "iframe", "image", "img", "input", "link", "object", "picture",
        "script", "source", "track", "video",
    }
)  # fmt: skip

NAME = re.compile(r"[a-z:_-]+[0-9]?")
"""What elements and attributes are called. Anything else is the debris of a broken tag."""

QUIET = {"alternate", "author", "bookmark", "canonical", "help", "license", "me", "publisher", "shortlink", "tag"}
"""Relations of a link that no browser acts upon."""

RUN = re.compile(r"(?:(?:text|application)/(?:x-)?(?:java|ecma|j|live)script(?:1\.[0-5])?|module)?", re.I)
"""Types of scripts that browsers act upon."""

WOKEN = re.compile(r"text/plain|rocketlazyloadscript|litespeed/javascript|[0-9a-f]+-text/javascript", re.I)
"""Types of scripts that other scripts wake."""

NAMING = re.compile(r"importmap|speculationrules", re.I)
"""Types of scripts that name addresses for browsers."""

MARKUP = re.compile(r"html|template|tmpl|handlebars|mustache", re.I)
"""Types of scripts that hold markup for other scripts."""

FETCHED_BY_SCRIPTS = re.compile(
    r"(?<![\w>.;%:-])(?:https?:)?//(?:(?:[\w-]+\.)*(?:facebook\.net|fbcdn\.net|graph\.facebook\.com)\b"
    r"|(?:[\w-]+\.)*facebook\.com[:\d]*/+(?:v[\d.]+/+)?(?:plugins/|video/embed|tr\b))",
    re.I,
)
"""What scripts fetch of platforms, as it is usually written. Other addresses in scripts may be links, and one with letters before it in its
string is relative to the page."""

QUOTES = "\"'`"
COMMENT_OR_STRING = re.compile(r"//[^\n\r\u2028\u2029]*|/\*.*?\*/|([\"'`])(?:\\.|(?!\1)[^\\\n])*\1", re.S)
"""Of these only strings hold addresses. A string that is not closed makes the whole script invalid, and it does not run."""

HOST = re.compile(r"(?:https?:|wss?:)?//(?:[^/\s\"'`]*@)?([\w.-]+)", re.I)
ASKING = (
    r"(?:src\s*=|\b(?:fetch|importScripts|getScript|getJSON|loadScript|loadCSS|insertScript|preconnect|sendBeacon|addModule)\b"
    r"|\b(?:Audio|EventSource|Request|(?:Shared)?Worker|WebSocket|WebTransport)\b|\.load\(|serviceWorker\.register\b"
    r"|(?:\$|\bjQuery|\baxios)(?:\.(?:get|post|put|ajax))?\(|\bsetAttribute\(\s*[\"'](?:src|srcset|data|poster|(?:xlink:)?href)[\"'],"
    r"|\bopen\s*\(\s*[\"'][A-Z]+[\"'])"
)
IMPORTING = r"(?:\bimport\b\s*\(?|\bfrom\b)\s*(?:/\*.*?\*/\s*)?[\"'`]"
ASKED_FOR = re.compile(
    rf"(?:{IMPORTING}|{ASKING}(?:(?!//)[^;?<>\n\"'`]){{0,60}}[\"'`]?)\s*((?:https?:|wss?:)?//[\w.-]+)", re.I
)
HANDED = re.compile(r"\}\s*\)?\s*\((?:[^()<]*?,)?\s*[\"'`]((?:https?:)?//[\w.-]+)")
KEPT = re.compile(r"(\w+)\s*=\s*[\"'`]((?:https?:)?//[\w.-]+)", re.I)
"""Addresses in scripts that are in the place of a request, that are arguments of a function's only call, and
that are kept by a name."""

CSS_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\n\r\f]?|\n|(.))", re.I | re.S)
CSS_FETCHING = re.compile(
    r"((?:url|src|image|image-set|cross-fade)\([^)]*|@import\s*[\"'][^;]*|(?:--[\w-]+|initial-value|result)\s*:[^;}]*)",
    re.I,
)
CSS_PICTURE = re.compile(r"(?P<quote>[\"'])data:image/.*?(?P=quote)", re.I | re.S)
"""A picture written in its address: nothing inside it is fetched."""
CSS_SHEET = re.compile(r"(?:@import\s*|url\(\s*)(?P<quote>[\"'])(?P<address>data:text/css.*?)(?P=quote)", re.I | re.S)
CSS_STRING = re.compile(
    r"url\(\s*[^\"'\s)]*|/\*.*?(?:\*/|$)|(?P<quote>[\"'])(?P<text>(?:(?!(?P=quote))[^\n])*)(?P<end>(?P=quote)|\n|$)",
    re.I | re.S,
)
"""An address, a comment or a text in a style. A text that its line leaves open is none (CSS Syntax 3, section 4.3.5)."""
CSS_BAD_URL = re.compile(r"url\(\s*[^\s\"'()]+(?:\s+[^\s)]|[\"'(])[^)]*", re.I)
"""An address with white space, a quote or a bracket inside, which is none (CSS Syntax 3, section 4.3.6)."""
OTHER_FUNCTION = re.compile(
    r"(?<![\w-])(?!(?:url|src|image|image-set|cross-fade)\()[\w-]+\(\s*(?:https?:)?//[^\s\"'()]*\)", re.I
)
"""A bare address in any other function, where it is no address but a row of other tokens (CSS Syntax 3, section 4.3.4)."""
CSS_TEXT = re.compile(rf"(?P<bad>{CSS_BAD_URL.pattern})|{CSS_STRING.pattern}", re.I | re.S)
CSS_WORTH_READING = re.compile(r"\(|@|\\")
REFRESH = re.compile(r"^[\s;,.\d]*(?:url\s*=\s*)?[\"']?([^\"']*)", re.I)


ENDLESS_REFERENCE = re.compile(r"&#[0-9]{4000,};?")
"""A number that Python refuses to read. To a browser it is the replacement character."""


@dataclass(frozen=True, slots=True)
class Node:
    """An element of either tree: its lower-case name, its attributes by lower-case name, the text inside, and whether scripts run."""

    tag: str
    attributes: dict[str, str]
    text: str
    scripting: bool


TEXTS = {True: {"script", "style"}, False: {"style"}}
"""Elements whose text is acted upon, with script and without."""


def loadable(html: str, page: str = "https://www.leinau.example/") -> list[str]:
    """What a browser would load of a platform from this page, one entry for each reading of it; empty if nothing."""
    found: dict[str, None] = {}
    for nodes in map(list, parsed_variants(html)):
        bases = [page]
        own = next(
            (node.attributes["href"] for node in nodes if node.tag == "base" and "href" in node.attributes), None
        )
        if own and (moved := _resolved(own, page)):
            bases.append(moved)
        for node in nodes:
            found.update(dict.fromkeys(f"{node.tag}: {what}" for what in _loaded_by(node, bases)))
    return list(found)


def parsed_variants(html: str) -> Iterator[Iterable[Node]]:
    """The page as each parser builds it, with script and without."""
    readable = html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for scripting in (True, False):
        yield _turbohtml_nodes(readable, scripting)
        yield _html5lib_nodes(readable, scripting)


def _turbohtml_nodes(html: str, scripting: bool) -> Iterator[Node]:
    tree = turbohtml_tree(html, positions=False, scripting=scripting, allow_declarative_shadow_roots=False)
    read = TEXTS[scripting]
    for element in tree.select("*"):
        given = {
            name.lower(): value
            for name, value in zip(element.attrs, map(_written, element.attrs.values()), strict=True)
        }
        yield Node(element.tag.lower(), given, element.text if element.tag.lower() in read else "", scripting)
    if scripting:
        yield from _unscripted(e.text for e in tree.select("noscript") if e.namespace is Namespace.HTML)


def _written(value: str | list[str] | None) -> str:
    """The parser takes lists of words apart."""
    return " ".join(value) if isinstance(value, list) else value or ""


def _html5lib_nodes(html: str, scripting: bool) -> Iterator[Node]:
    html = ENDLESS_REFERENCE.sub("&#65533;", html)
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree = parser.parse(html, scripting=scripting)
    read = TEXTS[scripting]
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        given = {_plain(str(name)): str(value or "") for name, value in element.attrib.items()}
        tag = _plain(element.tag)
        if tag in {"html", "body"} and "<template" in html.lower():
            # This parser does not know templates, and gives the page the attributes of one that stands inside.
            given = {}
        yield Node(tag, given, "".join(element.itertext()) if tag in read else "", scripting)
        if scripting and element.tag == "noscript":
            yield from _unscripted(["".join(element.itertext())])


def _unscripted(texts: Iterable[str]) -> Iterator[Node]:
    """The content of ``noscript``, read on its own: scripts of other people write it into pages."""
    return chain.from_iterable(_turbohtml_nodes(text, False) for text in texts if "<" in text)


def _plain(name: str) -> str:
    """html5lib names what is in a namespace ``{namespace}name``."""
    namespace, _, local = name.rpartition("}")
    return ("xlink:" if namespace.endswith("xlink") else "") + local.lower()


def _loaded_by(node: Node, bases: list[str]) -> Iterator[str]:
    to_platform = partial(_to_platform, bases=bases)
    kind = node.attributes.get("type", "").strip() if node.tag == "script" else ""
    if node.tag == "script" and (RUN.fullmatch(kind) or WOKEN.fullmatch(kind)):
        yield from _in_code(node.text)
    elif NAMING.fullmatch(kind):
        yield from (f"named {host}" for host in _hosts(node.text.replace("\\/", "/")))
    elif MARKUP.search(kind):
        yield from loadable(node.text, bases[-1])
    if node.tag == "style":
        yield from _in_css(node.text, bases)
    if node.tag in NEVER_LOADED or not NAME.fullmatch(node.tag):
        return
    for name, value in node.attributes.items():
        if name.startswith("on"):
            yield from _in_code(value)
        elif name == "srcdoc":
            yield from loadable(value, bases[-1])
        elif (node.tag, name) == ("meta", "content") and node.attributes.get(
            "http-equiv", ""
        ).strip().lower() == "refresh":
            match = REFRESH.match(value.strip())
            yield from filter(to_platform, [match[1] if match else ""])
        elif name[:1] in BINDING:
            evaluated = node.tag == "iframe" and not SPOKEN.fullmatch(name)
            strings = _strings(value.replace("\\/", "/")) if evaluated else ()
            yield from filter(to_platform, filter(FRAME.search, strings))
        elif not _is_text(node, name):
            yield from _in_value(node, name, value, bases)


def _strings(code: str) -> list[str]:
    """The strings of an expression; none where one has no end, as that cannot be evaluated."""
    return [] if set(QUOTES) & set(STRING.sub("", code)) else [found["text"] for found in STRING.finditer(code)]


def _is_placeholder(tag: str) -> bool:
    return "-" in tag or tag in PLACEHOLDERS


def _is_text(node: Node, name: str) -> bool:
    if (node.tag, name) in FOLLOWED or name in WORDS or not NAME.fullmatch(name) or name.startswith("aria-"):
        return True
    if SPOKEN.fullmatch(name) and PHRASE.search(node.attributes[name]):
        return True
    if name == "value":
        # It is text wherever HTML and SVG know it, but in ``param``, which only tells of an address.
        return True
    if name in ANIMATED:
        return node.tag not in ANIMATIONS
    if PICTURED.search(name) and name.startswith("data-"):
        return node.tag in {"a", "area"}
    if name.startswith("data-") or (LATER.search(name) and name not in SINGLE | LISTS | {"imagesrcset"}):
        one = FRAME.search(node.attributes[name]) and not SEVERAL.search(node.attributes[name].strip())
        replaced = node.scripting and _is_placeholder(node.tag) and one
        written = node.tag in WRITTEN_TO or replaced
        return not LATER.search(name) or not written
    if (node.tag, name) in OF_OTHERS:
        return True
    if name in SINGLE | LISTS and node.tag not in LOADING | FETCHING and any("<" in other for other in node.attributes):
        # The debris of another tag. Otherwise anything may have them: scripts of the page load what they name.
        return True
    fetching = {"href": FETCHING, "xlink:href": FETCHING | ANIMATIONS, "data": {"object"}}
    if node.tag not in fetching.get(name, {node.tag}):
        # Unknown elements, and those of the page's own making: what their script does with it is the script's affair.
        return True
    relations = node.attributes.get("rel", "").lower().split()
    return node.tag == "link" and name == "href" and QUIET.issuperset(relations)


def _in_value(node: Node, name: str, value: str, bases: list[str]) -> Iterator[str]:
    value = re.sub(r"[\t\n\r]", "", value) if name != "style" else value
    scheme = value.strip().partition(":")[0].lower()
    if scheme == "javascript":
        yield from _in_code(unquote_to_bytes(value).decode("utf-8", "replace"))
    elif scheme == "data" and node.tag in LOADING | FETCHING:
        kind, document = _document(value)
        yield from chain(loadable(document, bases[-1]), _in_code(document), _in_css(document, bases))
        if "xml" in kind:
            yield from (f"xml {host}" for host in _hosts(_without_entities(document)))
    else:
        single = name in SINGLE or (name.startswith("data-") and "set" not in name)
        cut = value.split(";") if name in ANIMATED else [*value.split(), *re.split(r"[\s,;]+", value)]
        pieces = [] if name in {"style", "fill"} else [value] if single else [value, *cut]
        yield from (f"{name} {piece}" for piece in dict.fromkeys(pieces) if _to_platform(piece, bases))
        if not single and name not in LISTS and CSS_WORTH_READING.search(value):
            yield from _in_css(value, bases)


def _document(address: str) -> tuple[str, str]:
    """The media type of a ``data:`` address, and the document in it."""
    kind, _, body = address.partition(",")
    if not re.match(r"data:\s*[\w.+-]+/[\w.+-]+\s*(?:;|$)", kind.strip(), re.I | re.ASCII):
        return kind, ""  # What is no media type is plain text.
    data = unquote_to_bytes(body)
    if re.search(r"; *base64\s*$", kind, re.I):
        try:
            data = base64.b64decode(data + b"==")
        except (binascii.Error, ValueError):
            return kind, ""
    declared = re.search(r"charset=\"?([\w-]+)", kind, re.I)
    charset = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else declared[1] if declared else "utf-8"
    try:
        text = data.decode(charset, "replace")
    except LookupError:
        text = data.decode("latin-1")
    return kind, text if "text/plain" not in kind else ""


def _without_entities(document: str) -> str:
    """An XML document with the entities it declares itself put in."""
    for name, _, value in re.findall(r"<!ENTITY\s+(\w+)\s+([\"'])(.*?)\2", document):
        document = document.replace(f"&{name};", value)
    return document


def _hosts(text: str) -> Iterator[str]:
    """Platforms' hosts of all addresses in a text."""
    return (found[1] for found in HOST.finditer(text) if platform_of(found[1].rstrip(".")))


def _is_of_platform(url: URL) -> bool:
    host = url.hostname.rstrip(".")
    shared = (domain for domain, path, _ in SHARED() if f"{url.pathname}/".startswith(path))
    return platform_of(host) is not None or any(host == domain or host.endswith(f".{domain}") for domain in shared)


def _in_css(css: str, bases: list[str]) -> Iterator[str]:
    """Addresses in a style, read generously: escapes resolved, and what looks like a function or an import is one."""
    plain = CSS_ESCAPE.sub(lambda match: _letter(match[1]) if match[1] else match[2] or "", css)
    words = (
        word
        for match in CSS_FETCHING.finditer(OTHER_FUNCTION.sub(" ", CSS_TEXT.sub(_string, CSS_PICTURE.sub(" ", plain))))
        for word in re.split(r"[\s,\"'()]+", match[1])
    )
    sheets = (_document(match["address"])[1] for match in CSS_SHEET.finditer(plain))
    return chain(
        (f"css {word}" for word in dict.fromkeys(words) if _to_platform(word, bases)),
        chain.from_iterable(_in_css(sheet, bases) for sheet in sheets),
    )


def _string(match: re.Match[str]) -> str:
    """What is left of it: no comments, and of texts only what can be an address."""
    if match["quote"] is None:
        return " " if match["bad"] or match[0].startswith("/*") else match[0]
    whole = match["end"] != "\n"
    return (
        match[0]
        if whole
        and (not re.search(r"\(|<|@import", match["text"], re.I) or re.match(r"\s*(?:https?:)?//", match["text"], re.I))
        else " "
    )


def _letter(code: str) -> str:
    number = int(code, 16)
    return chr(number) if 0 < number < 0x110000 else "\ufffd"


def _in_code(code: str) -> Iterator[str]:
    """Addresses written out in a script. What a script builds is not found."""
    plain = COMMENT_OR_STRING.sub(lambda found: found[0] if found[0][0] in QUOTES else " ", code).replace("\\/", "/")
    yield from (f"code {match[0]}" for match in FETCHED_BY_SCRIPTS.finditer(plain))
    yield from (f"code {host}" for match in ASKED_FOR.finditer(plain) for host in _hosts(match[1]))
    if "createElement" in plain:
        yield from (f"code {host}" for match in HANDED.finditer(plain) for host in _hosts(match[1]))
    for match in KEPT.finditer(plain):
        if re.search(rf"{ASKING}\W*{match[1]}\b", plain, re.I):
            yield from (f"code {host}" for host in _hosts(match[2]))


def _to_platform(address: str, bases: list[str]) -> bool:
    return any(found and _is_of_platform(found) for found in (_url(address, base) for base in bases))


def _resolved(address: str, base: str) -> str | None:
    found = _url(address, base)
    return found.href if found else None


def _url(address: str, base: str) -> URL | None:
    try:
        found = URL(address, base=base)
    except ValueError:
        # Chromium takes white space inside a host for a letter of it.
        closed = re.sub(r"[ \u00a0]|%20", "-", address.strip())
        if closed == address:
            return None
        try:
            found = URL(closed, base=base)
        except ValueError:
            return None
    return found if found.protocol in {"http:", "https:", "ws:", "wss:"} else None
