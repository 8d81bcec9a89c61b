"""The shape of one kind of content: how it is written in addresses and in markup, where it is shown, and what its frame needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from shariff_py.platforms.pattern import Pattern

NAME = re.compile(r"\{(\w+)\}")
LITERAL = re.compile(r"(?:(?:[^\\.^$*+?{}\[\]|()]|\\\W)(?![*?{]))*")
"""The beginning of a pattern that stands for itself."""

USUAL_DISCLOSURES = ("ip", "browser", "language", "time", "content", "site_name")
"""What every frame's server learns, as keys ``data.KEY`` of texts."""


FEATURES = (
    "accelerometer", "attribution-reporting", "autoplay", "browsing-topics", "camera", "ch-ua",
    "ch-ua-high-entropy-values", "ch-ua-mobile", "ch-ua-platform", "clipboard-read", "clipboard-write",
    "compute-pressure", "deferred-fetch", "deferred-fetch-minimal", "digital-credentials-get", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get",
    "idle-detection", "keyboard-map", "local-fonts", "local-network-access", "magnetometer", "microphone", "midi",
    "otp-credentials", "payment", "picture-in-picture", "private-state-token-issuance",
    "private-state-token-redemption", "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock",
    "serial", "shared-storage", "storage-access", "sync-xhr", "unload", "usb", "web-share", "window-management",
    "xr-spatial-tracking",
)  # fmt: skip
"""Permissions-Policy features that a frame may need; off in our document and everything inside it otherwise. Turning off ``ch-ua`` also removes
the ``Sec-CH-UA`` headers in Chromium."""


class Parameter(NamedTuple):
    """One parameter of a plugin: its values are ``flag``, a whole ``number`` within bounds, or a list of ``choices``.

    What does not fit is dropped, so no free text of an editor ever reaches a platform's address. ``choices`` of a number are words that
    the plugin reads in its place. ``common`` says that sites use the same name, or the same values, on elements of their own.
    ``in_frame``: the frame's address takes it; a size that only the pasted code has is none of it. ``also`` are other names of it, in
    addresses and as attributes of the SDK markup.
    """

    name: str
    kind: str
    smallest: int = 0
    largest: int = 0
    choices: frozenset[str] = frozenset()
    default: str = ""
    common: bool = False
    in_frame: bool = True
    also: tuple[str, ...] = ()

    @property
    def attribute(self) -> str:
        """The same parameter in SDK markup: ``show_text`` is written ``data-show-text``."""
        return "data-" + self.name.replace("_", "-")

    def is_read(self, value: str) -> bool:
        """Whether a plugin makes anything of this value in its markup. An empty one, which any element may have, is none."""
        value = value.strip().lower()
        if self.kind == "flag":
            return value in {"true", "false", "1", "0"}
        if self.kind == "number":
            return value in self.choices or re.fullmatch(r"[0-9]{1,20}(?:px)?", value) is not None
        return all(part.strip() in self.choices for part in value.split(","))

    def clean(self, value: str) -> str | None:
        """The value in the platform's spelling and within its bounds, or ``None`` where it is none."""
        value = value.strip().lower()
        if self.kind == "flag":
            truth = {"true": "true", "1": "true", "": "true", "false": "false", "0": "false"}
            return truth.get(value)
        if self.kind == "number":
            number = value.removesuffix("px").removesuffix("s")
            if not re.fullmatch(r"[0-9]{1,5}", number):
                return None
            return str(min(max(int(number), self.smallest), self.largest))
        chosen = [part.strip() for part in value.split(",")]
        kept = [part for part in chosen if part in self.choices]
        return ",".join(dict.fromkeys(kept)) or None


PASTED_SIZE = (
    Parameter("width", "number", 200, 1920, common=True, in_frame=False),
    Parameter("height", "number", 80, 2000, common=True, in_frame=False),
)
"""The size that pasted code gives its frame, where the frame's address does not take one."""


class Size(NamedTuple):
    """CSS pixels a frame is given by default; ``height`` per unit of shown content, not a limit."""

    width: int
    height: int


USUAL_SIZE = Size(500, 500)
"""Of a kind that has none of its own."""


class HeightMessage(NamedTuple):
    """How a frame tells its height by ``postMessage``: an object, or one as JSON.

    ``path`` are the names, one in the other, under which the height is, in CSS pixels; ``where`` those under which a message of this kind has
    the text ``equals`` (empty: any message with a height). ``request`` is what the frame has to be sent before, if anything.
    """

    path: tuple[str, ...]
    where: tuple[str, ...] = ()
    equals: str = ""
    request: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Form:
    """One way in which an address is written. ``path`` matches the path with the fragment, with the parameters of the query that are kept,
    sorted, or alone; ``host`` matches the host (``None``: one of the platform's). Each matches whole; the path's named groups identify the content.
    """

    path: Pattern
    host: Pattern | None = None

    @cached_property
    def beginning(self) -> str:
        """What every path of this form begins with, in lower case."""
        found = LITERAL.match(self.path.pattern)
        literal = re.sub(r"\\(.)", r"\1", found[0]).lower() if found else ""
        return re.split("[?#]", literal)[0]


def forms(*paths: str, host: str = "", flags: int = 0) -> tuple[Form, ...]:
    """A form for each pattern of a path, all of them on hosts that match ``host``."""
    on = Pattern(host) if host else None
    return tuple(Form(Pattern(path, flags), on) for path in paths)


def host_in(template: str) -> str:
    """The host of an https address or of a template of one."""
    return template.removeprefix("https://").partition("/")[0]


def filled(templates: Iterable[str], parts: Mapping[str, str]) -> str:
    """The first of some templates all of whose ``{names}`` are known, filled in; empty where there is none."""
    for template in templates:
        if all(name in parts for name in NAME.findall(template)):
            return NAME.sub(lambda found: parts[found[1]], template)
    return ""


class ScriptForm(NamedTuple):
    """How content is shown that exists only as a script: in a document on the site's isolated host, never on the site's own.

    markup   template of the elements that show it; ``{source}``, the script's address, and the named parts stand only in quoted attributes
    sources  the hosts of what the script loads beside itself, by directive of the policy (``{"style-src": ("cdn.example",)}``)
    """

    markup: str = '<script src="{source}"></script>'
    sources: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True)
class EmbedKind:
    """One kind of content that a platform lets others show, or once let them show.

    content             what it is to people: the key of a text (``frame.title_CONTENT``); its name where empty
    links               forms of its public addresses; without named groups the whole form is the part ``path``
    frames              forms of its frames' addresses, past ones too
    public, frame       templates of the address people want and of the frame's, official privacy mode included, filled with the named parts
                        (``{server}`` is the host, ``{address}`` the public address, encoded, and in frames ``{site}`` the host of the page
                        they are on); the first that can be filled counts
    script              how it is shown where it exists only as a script: ``frames`` and ``frame`` are then of that script's address
    keeps_query         parameters that belong to an address; all others are dropped
    not_content         first path segments that its public addresses never have
    address_from        frame parameters that hold the content's address, each with a template that makes it whole; the first is used
    classes, tags       the class and element names of its SDK markup
    markers             other attributes whose values make an element SDK markup, with these values; without any, whatever value they have
    address_attributes  attributes of the SDK markup that hold the content's address, each with a template as above; the first is used
    completed           makes further parts from those that were found, where a template alone cannot
    element_attributes  the same for elements of its own name, and those with such a value
    part_attributes     attributes of the SDK markup that hold its parts, each with a pattern whose named groups they are; with them those
                        of the link inside
    script_attributes   attributes of the platform's own script that hold the content's address, each with a template as above
    calls               what of that script is called to show it (``tube.Player``), each with the properties, or the numbers of the arguments, that
                        hold the content's address, with templates as above
    address_in_link     the content's address is in a link inside the SDK markup
    any_page            its address may be that of any page, not only one of the platform; without one it is that of the page it is on
    parameters          what our frame takes; ``also_reads`` are parameters of the SDK markup that it does not take
    also_shows          names of other kinds that its frame shows as well
    size                where neither the pasted code nor the default of a parameter gives one
    height_message      how its frame tells its height, if it does
    features            Permissions-Policy features its frame needs
    sandbox             tokens its frame needs beyond those of every frame
    referrer            the referrer policy its frame needs
    with_credentials    why its frame does not bear ``credentialless``; empty where it does
    becomes             what takes its place: ``gate``, ``share``, ``link`` (to what it showed) or ``nothing``
    retired             since when it renders nothing any more
    samples             public addresses, invented
    """

    name: str
    content: str = ""
    links: tuple[Form, ...] = ()
    frames: tuple[Form, ...] = ()
    public: tuple[str, ...] = ()
    frame: tuple[str, ...] = ()
    script: ScriptForm | None = None
    keeps_query: frozenset[str] = frozenset()
    not_content: frozenset[str] = frozenset()
    address_from: Mapping[str, str] = field(default_factory=dict)
    classes: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    markers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    address_attributes: Mapping[str, str] = field(default_factory=dict)
    completed: Callable[[Mapping[str, str]], Mapping[str, str]] | None = None
    element_attributes: Mapping[str, str] = field(default_factory=dict)
    part_attributes: Mapping[str, Pattern] = field(default_factory=dict)
    script_attributes: Mapping[str, str] = field(default_factory=dict)
    calls: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    address_in_link: bool = False
    any_page: bool = False
    parameters: tuple[Parameter, ...] = ()
    also_reads: tuple[Parameter, ...] = ()
    also_shows: frozenset[str] = frozenset()
    size: Size = USUAL_SIZE
    height_message: HeightMessage | None = None
    features: tuple[str, ...] = ()
    sandbox: tuple[str, ...] = ()
    referrer: str = "no-referrer"
    with_credentials: str = ""
    becomes: str = "gate"
    retired: date | None = None
    samples: tuple[str, ...] = ()

    @cached_property
    def parameter_attributes(self) -> tuple[tuple[str, str], ...]:
        """The attributes of its SDK markup that hold a parameter, each with a name of it."""
        named = ((parameter.attribute, parameter.name) for parameter in self.parameters)
        others = ((name, name) for parameter in self.parameters for name in parameter.also)
        return (*named, *others)

    @cached_property
    def has_pasted_size(self) -> bool:
        """Whether the size that its pasted code has counts, though its frame's address takes none."""
        return any(not parameter.in_frame for parameter in self.parameters)

    @property
    def shown_as(self) -> str:
        """What it is to people, as texts name it."""
        return self.content or self.name

    @property
    def frame_hosts(self) -> tuple[str, ...]:
        """The hosts its frames come from, or its script and what that loads; none for what is not shown, or comes from any server."""
        beside = self.script.sources.values() if self.script else ()
        hosts = (*map(host_in, self.frame), *(host for hosts in beside for host in hosts))
        return tuple(dict.fromkeys(host for host in hosts if "{" not in host))
