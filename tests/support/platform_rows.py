"""What people paste of a platform, with what has to become of it, written out: the shape of the rows in ``tests/platforms/rows``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from shariff_py.gate.snippet import read_snippet
from shariff_py.platforms.embed_kind import HeightMessage
from shariff_py.platforms.recognition import Embed, recognise
from shariff_py.platforms.record import GREY
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings

SERVERS = {
    "mastodon": "social.example.org",
    "peertube": "video.example.org",
}
"""A server of each platform that anybody may run, as the rows name it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is pasted, an address or code; the kind of content it is; its public address; the address of its frame.

    ``kept`` is text that stays in the page: what is quoted in the code, and what stands behind it. ``size`` is that of the frame, in CSS
    pixels, where the code gives one.
    """

    pasted: str
    kind: str
    public: str
    frame: str
    kept: str = ""
    size: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """Code that shows nothing as it is: what becomes of it (an outcome of a finding), the address that is left, and the kind, if any."""

    pasted: str
    outcome: str
    address: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame of a kind of content has by its record: its title in English, what it may use, which referrer, whose credentials, its size in CSS pixels.

    ``sandbox`` are the tokens beyond those of every frame; ``script`` is what the policy of a document lets it load where it exists only as a
    script.
    """

    title: str
    features: str = ""
    referrer: str = "no-referrer"
    credentials: bool = False
    size: tuple[int, int] = (500, 500)
    sandbox: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """All that is expected of one platform. ``frames`` is by kind, for each kind that is shown; ``facts`` as `facts_of` gives them.

    ``no_pages`` are addresses of frames that show nothing to a person who follows them; ``ended`` is code of kinds that are no more;
    ``nothing`` are addresses of pages that are none of its content; ``loads`` are addresses, one for each mark of code that loads something of the platform.
    """

    platform: str
    rows: Sequence[Row]
    frames: dict[str, Frame]
    facts: dict[str, str]
    others: Sequence[Other] = ()
    no_pages: Sequence[str] = ()
    ended: Sequence[str] = ()
    nothing: Sequence[str] = ()
    loads: Sequence[str] = ()


@cache
def settings_for(platform: str) -> Settings:
    """Settings under which content of one platform is offered."""
    run_by = {"operator": "Town", "address": "Square 1", "country": "DE", "privacy_url": "https://www.example.org/p"}
    servers = {platform: {"servers": {SERVERS[platform]: run_by}}} if platform in SERVERS else {}
    return Settings.from_mapping(
        {
            "site": {"origin": "https://www.example.org"},
            "releases": {platform: {"state": "released"}},
            "controllers": {"town": {"name": "Town", "contact_url": "/c", "privacy_url": "/p", "alternative_url": "/"}},
            "frame": {"secrets": ["only for these tests"], "isolated_origin": "https://content.example.net"},
            "platforms": servers,
        }
    )


def embed_of_row(row: Row) -> Embed:
    """The content of what a row pastes."""
    return read_snippet(row.pasted)[0] if "<" in row.pasted else recognise(row.pasted)


def of_row(row: Row) -> tuple[str, str, str]:
    """Kind, public address and frame address of what a row pastes."""
    embed = embed_of_row(row)
    return embed.kind, embed.address, embed.frame_address


def form_of(row: Row) -> tuple[str, str, str]:
    """The form of the code that a row pastes: which element names the content, by which attribute, and what its address looks like.

    Of the address that is the host, and the path with a star for each id; an id alone has none, and a call in a script has only that.
    """
    elements = BeautifulSoup(row.pasted, "html.parser").find_all(True)
    named = [
        (element.name, attribute, str(value).replace("\\/", "/"))
        for element in sorted(elements, key=lambda element: element.name == "script")
        for attribute, value in element.attrs.items()
    ]
    addresses = [(*place, shape_of(value)) for *place, value in named if "//" in value]
    ids = [(element, attribute, "") for element, attribute, _ in named if attribute.startswith(("data-", "videoid"))]
    return next(iter([*addresses, *ids, ("script", "", "")]))


def shape_of(text: str) -> str:
    """The first address in a text, without its scheme, ids and parameters."""
    at = urlsplit(text[text.index("//") :])
    return at.netloc + re.sub(r"[^/]*[0-9A-Z][^/]*", "*", at.path.rstrip("/"))


def facts_of(name: str) -> dict[str, str]:
    """What else a record says, where it says something: its colour and company, where its share link leads, and the like."""
    record = REGISTRY[name]
    facts = {
        "colour": "" if record.colour == GREY else record.colour,
        "company": record.operator.legal_name if record.operator else "",
        "icon": record.icon.path.partition(" ")[0] if record.icon else "",
        "also": " ".join(record.aliases),
        "share": record.share.template if record.share else "",
        "counts": record.counts.host if record.counts else "",
        "globals": " ".join(one.name for one in record.script_globals),
        "shares hosts": " ".join(record.shared_hosts),
        "mark": record.server_mark,
        "linked at": " ".join(record.link_hosts),
        "tells": " ".join((record.previews.template, *record.previews.keeps, f"{record.previews.days} days"))
        if record.previews
        else "",
        "allows": " ".join((record.previews.terms.partition(" ")[0], str(record.previews.read_on)))
        if record.previews
        else "",
        "discloses": " ".join(record.disclosures),
        "usual host": record.public_host,
        **{f"{kind.name} takes": " ".join(one.name for one in kind.parameters) for kind in record.embeds},
        **{f"{kind.name} tells its height": _height(kind.height_message) for kind in record.embeds},
        **{f"{kind.name} keeps": " ".join(sorted(kind.keeps_query)) for kind in record.embeds},
    }
    return {fact: value for fact, value in facts.items() if value}


def _height(message: HeightMessage | None) -> str:
    """Where the height is in a message, which messages tell it, and how the frame is asked."""
    if message is None:
        return ""
    asked = f", asked by {json.dumps(message.request)}" if message.request else ""
    return f"{'.'.join(message.path)} if {'.'.join(message.where)} is {message.equals}{asked}"


def samples() -> Iterable[tuple[str, str, str]]:
    """Platform, kind and address of every sample in the registry."""
    for record in REGISTRY.values():
        for kind in record.embeds:
            for sample in kind.samples:
                yield record.name, kind.name, sample
