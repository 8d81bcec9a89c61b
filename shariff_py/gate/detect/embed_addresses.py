"""Values that are wholly the address of a platform's frame, as the scripts read them that put such a frame in; and settings that name content by
its public address, for scripts that make a player of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from shariff_py.caches import cached
from shariff_py.errors import EmbedRefused
from shariff_py.gate.detect.javascript.literals import decoded
from shariff_py.gate.detect.store_hints import ADDRESS_ATTRIBUTES
from shariff_py.gate.detect.url_owner import resolve
from shariff_py.platforms.embed_kind import EmbedKind
from shariff_py.platforms.frame_beginnings import FRAME_HINT
from shariff_py.platforms.public_links import kind_of_frame
from shariff_py.platforms.recognition import content_address, embed_of_frame, recognise
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, Table, platform_of_address
from shariff_py.urls import LONGEST, Address, parse

NO_ADDRESS = re.compile(r"[<>\"'{}|\\^`]|\s.*//", re.DOTALL)
"""What no single URL contains as it is written; a value with it is a text, a list or markup. White space is escaped by browsers."""
ENCODED_SCHEME = re.compile(r"(?:https?%3a)?%2f%2f", re.IGNORECASE)
QUOTED = re.compile(r"\\.|(?P<quote>[\"'`])(?:\\.|(?!(?P=quote))[^\\])*+(?P=quote)", re.DOTALL)
"""A string of code. An escape outside of strings begins none."""
TAG = re.compile(r"<[A-Za-z/!?]")
"""Markup, where it stands outside of strings; ``a < b`` is none."""
BOUND = re.compile(r"[:\[]|[vx]-bind:|ng-", re.IGNORECASE)
"""How the names of attributes begin whose value is code in any case (Vue, Alpine, Angular)."""
EVALUATED = re.compile(r"[:@\[(]|[vx]-|ng-", re.IGNORECASE)
"""How the names of all attributes begin that such a framework evaluates: what they hold is the state of a piece of a page."""
BEGINS_AS_ADDRESS = re.compile(r"\s*(?:https?:|//)", re.IGNORECASE)
SEVERAL = re.compile(r"\s.*//", re.DOTALL)
"""A list of addresses, or a text with another one."""
HAS_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:(?!:)")
"""A URL of its own (``data:``, ``javascript:``), which is read elsewhere: no code that a framework evaluates."""
BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+/")
"""A host without scheme, which scripts put one before."""


TEXT_WORDS = (
    "abbr", "alt", "alternativtext", "alttext", "beschreibung", "bildtext", "bildunterschrift", "caption", "copyright", "credit", "credits", "desc",
    "description", "excerpt", "heading", "headline", "hint", "hinweis", "label", "legend", "placeholder", "standby", "subtitle", "summary", "text",
    "titel", "title", "tooltip", "untertitel",
)  # fmt: skip
"""The last word of a name that says that its value is a text for people."""
TEXT_NAME = re.compile(
    rf"(?!on)(?:[:.]|[vx]-bind:|\[(?:attr\.)?)?(?:aria-[a-z-]++|(?:[a-z0-9]++[-_])*+(?:{'|'.join(TEXT_WORDS)}))\]?",
    re.IGNORECASE,
)
"""Names of texts, also as frameworks bind them. What handles an event is code, and a variable name (``:[title]``) may be any."""


NO_CONTENT_OF_FRAMES = Table(lambda: frozenset({"codebase", "srcdoc", *ADDRESS_ATTRIBUTES()}))
"""Attributes of frames whose URL is no document to show: what others refer to, a document itself, what widgets alone have."""


SLASH = re.compile(r"[/\\%&]|u002f|x2f", re.IGNORECASE)
"""A slash, or what may stand for one."""


SHOWS = ("embed", "iframe", "oembed", "player", "video")
"""How the words begin that say in the name of a setting that its content is shown. Of what is played the name of the platform says so, too, and
that it is a source."""
PLAYED = frozenset({"sound", "video"})
PLAYERS = Table(
    lambda: {
        platform.name: ("src", *(name.lower() for name in (platform.name, *platform.aliases)))
        for platform in REGISTRY.values()
        if any(kind.name in PLAYED for kind in platform.embeds)
    }
)
SETTING_NAME = Table(lambda: re.compile("|".join(map(re.escape, sorted({*SHOWS, *sum(PLAYERS().values(), ())})))))
"""What the names of such settings contain, in lower case."""
WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
OBJECT = re.compile(r"\s*[{\[]")
SETTING = re.compile(
    r"(?<![\w-])(?P<name>[\w-]++)[\"']?\s*+:\s*+(?P<quote>[\"'])(?P<value>(?:\\.|(?!(?P=quote))[^\\])*+)(?P=quote)",
    re.DOTALL,
)
"""A string in an object, of JSON or of JavaScript, and its name."""
LONGEST_SETTINGS = 4_000
"""Characters of an object up to which it is that of one player, not the state of a page."""
FOR_PEOPLE = re.compile(r"\S\s+\S|<")
"""What a setting has that is a text or markup."""


class EmbedAddress(NamedTuple):
    """A platform's frame: the platform, the kind of content, and the address of the frame, or the public one of the content."""

    platform: Platform
    kind: EmbedKind
    frame: Address

    @property
    def content(self) -> str:
        """The address of the content it shows; without any, that of the frame, without its query."""
        try:
            if kind_of_frame(self.platform, self.frame) is None:
                return recognise(f"{self.frame.origin}{self.frame.path}?{self.frame.query}").address
            return embed_of_frame(self.platform, self.kind, self.frame).address
        except EmbedRefused:
            return content_address(self.kind, self.frame.parameters) or f"{self.frame.origin}{self.frame.path}"


def embed_address(value: str, base: str) -> EmbedAddress | None:
    """The frame a value is wholly the address of: with a scheme or without, plainly or percent-encoded; ``None`` where it is anything else.

    ``base`` is what relative URLs refer to.
    """
    return _read_whole(value, base) if len(value) <= LONGEST and may_be_embed_address(value) else None


def loaded_address(value: str, base: str) -> EmbedAddress | None:
    """The same for a value that a script takes as it is: also for whatever begins as one address, as browsers escape what no URL contains."""
    if len(value) > LONGEST or not may_be_embed_address(value):
        return None
    found = _read_whole(value, base)
    begins = found is None and BEGINS_AS_ADDRESS.match(value)
    return _read(value, base) if begins and not SEVERAL.search(value.strip()) else found


def content_address_at(value: str, base: str) -> EmbedAddress | None:
    """The same for an element that is there for nothing but the content at an address, however that is shown: the public address counts, too."""
    parts = resolve(value, base)
    try:
        embed = recognise(value) if parts is not None else None
    except EmbedRefused:
        return None
    if parts is None or embed is None or platform_of_address(parts) is not embed.record:
        return None
    return EmbedAddress(embed.record, embed.kind_record, parts)


def content_in_setting(name: str, value: str, base: str) -> EmbedAddress | None:
    """The same for a setting whose name says that its content is shown (``youtube_url``, ``data-video-url``)."""
    if SETTING_NAME().search(name.lower()) is None or not may_be_address(name, value) or not is_one_url(value):
        return None
    found = content_address_at(value.strip(), base)
    words = tuple(word.lower() for word in WORD.findall(name))
    named = PLAYERS().get(found.platform.name, ()) if found and found.kind.name in PLAYED else ()
    return found if any(word.startswith((*SHOWS, *named)) for word in words) else None


def content_in_settings(name: str, value: str, base: str) -> EmbedAddress | None:
    """The same for the settings of one player: an attribute that is the address, or an object in which it stands once, beside nothing that is for
    people."""
    if not OBJECT.match(value):
        return content_in_setting(name, value, base)
    if EVALUATED.match(name) or len(value) > LONGEST_SETTINGS or SETTING_NAME().search(value.lower()) is None:
        return None
    settings = [(setting["name"], decoded(setting["value"])) for setting in SETTING.finditer(value)]
    found = [content for setting in settings if (content := content_in_setting(*setting, base))]
    return found[0] if len(found) == 1 and not any(FOR_PEOPLE.search(text) for _, text in settings) else None


def may_be_setting(name: str, value: str) -> bool:
    """Whether an attribute may be such settings."""
    if "//" not in value and "\\/" not in value:
        return False
    search = SETTING_NAME().search
    return search(name) is not None or (OBJECT.match(value) is not None and search(value.lower()) is not None)


def may_be_address(name: str, value: str) -> bool:
    """Whether the value of an attribute of this name may be an address, or code with one: a text for people only where it is one URL and nothing
    else."""
    return TEXT_NAME.fullmatch(name) is None or (len(value.split()) == 1 and is_one_url(value))


def _read_whole(value: str, base: str) -> EmbedAddress | None:
    url = value.strip()
    if ENCODED_SCHEME.match(url):
        url = unquote(url)
    elif BARE_HOST.match(url):
        url = f"//{url}"
    return _read(url, base) if is_one_url(url) else None


@cached("gate.detect.embed_addresses._read", lambda url, base: len(url) + len(base))
def _read(url: str, base: str) -> EmbedAddress | None:
    """Cached, because the same URL is read as part of its tag, its frame and the page's stores."""
    parts = resolve(url, base)
    platform = platform_of_address(parts) if parts else None
    kind = kind_of_frame(platform, parts) if platform and parts else None
    return EmbedAddress(platform, kind, parts) if platform and parts and kind else None


def urls_of_frame(attributes: Mapping[str, str], sources: Iterable[str], base: str) -> Iterator[Address | None]:
    """What any attribute of a frame is the URL of, as a browser reads it; the addresses of platforms' frames first. A text for people that
    names or quotes one is none.

    ``sources`` are the values of the attributes that say what it shows. If one of them is a document, other attributes only describe the
    frame, unless it is a frame's address that they have.
    """
    read = [(name, value) for name, value in attributes.items() if may_be_address(name, value)]
    yield from (found.frame for name, value in read for found in _embed_addresses(name, value, base))
    if any(_is_document(source, base) for source in sources):
        return
    others = [(name, value) for name, value in read if name not in NO_CONTENT_OF_FRAMES()]
    yield from (resolve(value, base) for _, value in others)
    yield from (resolve(text, base) for name, value in others for text in _addresses_in_code(name, value))


def _embed_addresses(name: str, value: str, base: str) -> Iterator[EmbedAddress]:
    """What a value is wholly the address of; where it is code, as in attributes that frameworks evaluate, what a string in it is. Markup, as
    in ``srcdoc``, is neither."""
    if not (may_be_embed_address(value) or "\\" in value) or _is_markup(name, value):
        return
    yield from (found for text in (value, *_strings(value)) if (found := embed_address(text, base)))
    yield from (found for text in _addresses_in_code(name, value) if (found := _read(text, base)))


def _addresses_in_code(name: str, value: str) -> Iterator[str]:
    """The strings in a value that are addresses as a browser reads them: it escapes spaces and brackets of one that code sets."""
    if ("//" in value or "\\" in value) and not HAS_SCHEME.match(value) and not _is_markup(name, value):
        yield from (text for text in _strings(value) if BEGINS_AS_ADDRESS.match(text) and len(text) <= LONGEST)


def _strings(value: str) -> Iterator[str]:
    """What may be a string of code in a value: whatever stands between two quotes, as one in a comment or a regular expression shifts all."""
    return (decoded(text) for quote in "\"'`" for text in value.split(quote)[1:-1])


def _is_markup(name: str, value: str) -> bool:
    return (
        "<" in value
        and not BOUND.match(name)
        and bool(TAG.search(QUOTED.sub(lambda found: "''" if found["quote"] else found[0], value)))
    )


def _is_document(source: str, base: str) -> bool:
    """Whether a frame's source is a document of some server: not empty, a place in the page itself, ``about:blank``, ``data:``, code."""
    written = source.strip()
    return bool(written) and not written.startswith("#") and parse(written, base) is not None


def is_one_url(value: str) -> bool:
    """Whether a value could be a URL and nothing else."""
    return NO_ADDRESS.search(value.strip()) is None


def may_be_embed_address(text: str) -> bool:
    """Whether a text contains the beginning of the path of any platform's frames."""
    return FRAME_HINT().search(text.lower()) is not None and SLASH.search(text) is not None
