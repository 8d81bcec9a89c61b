"""The shape of one platform's record. Everything the gate, the proxy, the policy and the audit know about a platform."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shariff_py.platforms.count_source import CountSource

GREY = "#4d4d4d"
"""The colour of what has none of its own."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """On what basis personal data may go to a third country, and when that was last checked (GDPR Art. 13(1)(f), 44-46).

    ``country`` is an ISO 3166 code, with a text of its own. Where the basis is no longer ``in_force``, no gate of the platform opens.
    """

    country: str
    mechanism: str
    reference: str
    checked_on: date
    in_force: bool


@dataclass(frozen=True, slots=True)
class Operator:
    """Who receives the data, by legal name, as the information before the click must say (GDPR Art. 13(1)(e))."""

    legal_name: str
    address: str
    privacy_url: str
    joint_control_url: str
    transfer: Transfer


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a plugin: its values are ``flag``, a whole ``number`` within bounds, or a list of ``choices``.

    What does not fit is dropped, so no free text of an editor ever reaches a platform's address. ``choices`` of a number are words that
    the plugin reads in its place. ``common`` says that sites use the same name, or the same values, on elements of their own.
    """

    name: str
    kind: str
    smallest: int = 0
    largest: int = 0
    choices: frozenset[str] = frozenset()
    default: str = ""
    common: bool = False

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
            number = value.removesuffix("px")
            if not re.fullmatch(r"[0-9]{1,5}", number):
                return None
            return str(min(max(int(number), self.smallest), self.largest))
        chosen = [part.strip() for part in value.split(",")]
        kept = [part for part in chosen if part in self.choices]
        return ",".join(dict.fromkeys(kept)) or None


@dataclass(frozen=True, slots=True)
class Size:
    """CSS pixels a frame is given by default; ``height`` per unit of shown content, not a limit."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class EmbedKind:
    """One kind of content that a platform lets others show, or once let them show.

    frame_paths         paths of its frame, past ones too; the first is the one we use
    classes, tags       the class and element names of its SDK markup
    links               patterns of its public addresses, each matching path and query whole
    keeps_query         parameters that belong to a public address; all others are dropped
    not_content         first path segments that its public addresses never have
    address_from        frame parameters that hold the content's address, each with a template that makes it whole; the first is used
    address_attributes  attributes of the SDK markup that hold the content's address, each with a template as above; the first is used
    any_page            its address may be that of any page, not only one of the platform; without one it is that of the page it is on
    also_reads          parameters of the SDK markup that our frame does not take
    also_shows          names of other kinds that its frame shows as well
    becomes             what takes its place: ``gate``, ``share``, ``link`` (to what it showed) or ``nothing``
    retired             since when it renders nothing any more
    """

    name: str
    frame_paths: tuple[str, ...]
    classes: frozenset[str]
    tags: frozenset[str]
    links: tuple[re.Pattern[str], ...] = ()
    keeps_query: frozenset[str] = frozenset()
    not_content: frozenset[str] = frozenset()
    address_from: Mapping[str, str] = field(default_factory=lambda: {"href": "{}"})
    address_attributes: Mapping[str, str] = field(default_factory=dict)
    any_page: bool = False
    also_reads: tuple[Parameter, ...] = ()
    also_shows: frozenset[str] = frozenset()
    parameters: tuple[Parameter, ...] = ()
    size: Size = Size(500, 500)
    becomes: str = "gate"
    retired: date | None = None


@dataclass(frozen=True, slots=True)
class ShareLink:
    """Where a share link leads, and who receives data then.

    ``template`` has ``{url}`` and ``{title}``, and where the service takes them ``{media}`` (a picture's address), ``{via}`` (an account)
    and ``{text}`` (a mail's body); all are percent-encoded when filled in. Without a template there is no address to go to: the widget
    does what ``action`` says (``copy``, ``print``, ``native`` for the device's own dialogue, ``info`` for a page of the site).
    ``phrase`` is the text's key for its label (``share.on``). ``receiver`` is the legal name of who learns of it and ``country`` an ISO
    3166 code of where that may be; without a receiver the link has no recipient. ``longest`` bounds the title's characters (0: no bound).
    """

    template: str = ""
    opens_window: bool = True
    phrase: str = "on"
    receiver: str = ""
    country: str = ""
    action: str = ""
    longest: int = 0


@dataclass(frozen=True, slots=True)
class ScriptGlobal:
    """A global name that a platform's script defines and that other scripts of a page call.

    ``defined_by`` is found in the addresses of the scripts that define it. ``is_function``: it is called itself, not only its methods. ``ready`` is the global function of the page that the script calls once it is
    there. ``share_method`` is the method that opens a share dialogue if its first argument's ``method`` is one of ``share_dialogues``;
    ``share_address`` are the properties of that argument which hold the address, in order. ``replies`` are what the callback of a method
    gets, as JSON, where nobody has logged in and nothing can be asked; other callbacks are never called.
    """

    name: str
    defined_by: re.Pattern[str]
    is_function: bool = False
    ready: str = ""
    share_method: str = ""
    share_dialogues: tuple[str, ...] = ()
    share_address: tuple[str, ...] = ()
    replies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Icon:
    """An icon of our own drawing: one path on a 24 by 24 grid, filled with the text's colour."""

    path: str


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform, or one local way of sharing (then ``operator`` is ``None`` and ``hosts`` is empty).

    hosts            registrable domains; every name on or below them belongs to the platform, for the gate and for the audit
    content_hosts    patterns of the hosts of public content, matched whole; other hosts (help, developers) hold no content
    short_hosts      hosts whose every address is content of one kind, with that kind; compared exactly
    frame_host       the one host its frames come from, and the only one that the gate frame's policy names
    frame_prefix     what may stand before the path of a frame
    plugin_paths     pattern of the paths that frames of its plugins have, those of no known kind too
    plugin_address   parameters of such a frame that may hold the content's address
    helper_paths     pattern of the paths of frames and pictures that show nothing to anybody: they count, or exchange messages
    share_paths      pattern of those of them that are dialogues for sharing a page
    share_address    parameters of such a dialogue that may hold the page's address
    keeps_query      parameters that belong to an address on its content hosts; an ordinary link there is left without all others
    frame_referrer   the referrer policy that its frames need
    script_marks     patterns of code that loads something of it
    script_globals   global names that its script defines, for the page's own scripts; none for what protects forms
    root_elements    ids of the empty elements that its script requires
    disclosures      keys (``data.KEY``) of the texts that say what reaches the platform when content is loaded
    colour           its own colour, dark enough for white text (WCAG 2.2, 1.4.3)
    aliases          older names of it, as in heise's Shariff
    never_allowed    no host of it can be allowed by name (``gate.allow``): its content is shown after a press or not at all
    checked_on       the day all of this was last verified against the platform
    is_local         derived: only the visitor's own device is involved
    """

    name: str
    title: str
    checked_on: date
    operator: Operator | None = None
    hosts: tuple[str, ...] = ()
    content_hosts: tuple[re.Pattern[str], ...] = ()
    frame_host: str = ""
    frame_prefix: re.Pattern[str] | None = None
    plugin_paths: re.Pattern[str] | None = None
    plugin_address: tuple[str, ...] = ("href",)
    helper_paths: re.Pattern[str] | None = None
    share_paths: re.Pattern[str] | None = None
    share_address: tuple[str, ...] = ("u", "href", "link")
    keeps_query: frozenset[str] = frozenset()
    script_marks: tuple[re.Pattern[str], ...] = ()
    script_globals: tuple[ScriptGlobal, ...] = ()
    root_elements: frozenset[str] = frozenset()
    short_hosts: Mapping[str, str] = field(default_factory=dict)
    embeds: tuple[EmbedKind, ...] = ()
    share: ShareLink | None = None
    icon: Icon | None = None
    colour: str = GREY
    aliases: tuple[str, ...] = ()
    counts: CountSource | None = None
    disclosures: tuple[str, ...] = ()
    frame_referrer: str = "no-referrer"
    never_allowed: bool = False
    is_local: bool = field(init=False)

    def __post_init__(self) -> None:
        on_device_only = self.operator is None and self.counts is None and not (self.share and self.share.receiver)
        object.__setattr__(self, "is_local", on_device_only)

    def missing_disclosures(self) -> tuple[str, ...]:
        """The fields that visitors must be informed of before loading and that are empty; none where everything is there.

        A platform whose content can be gated needs all of it (GDPR Art. 13(1)(a)-(f), 26(2)).
        """
        if not any(kind.becomes == "gate" for kind in self.embeds):
            return ()
        if self.operator is None:
            return ("operator",)
        empty = [f"operator.{name}" for name in ("legal_name", "address", "privacy_url", "joint_control_url")
                 if not getattr(self.operator, name).strip()]  # fmt: skip
        empty += [f"operator.transfer.{name}" for name in ("country", "mechanism", "reference")
                  if not getattr(self.operator.transfer, name).strip()]  # fmt: skip
        return (*empty, *(() if self.disclosures else ("disclosures",)))

    def text_keys(self) -> tuple[str, ...]:
        """The keys of the texts that say what reaches the platform, in which country, and what kind of content is shown."""
        return (
            *(f"data.{name}" for name in self.disclosures),
            *((f"country.{self.operator.transfer.country}",) if self.operator else ()),
            *(f"frame.title_{kind.name}" for kind in self.embeds if kind.becomes == "gate"),
        )

    def kind(self, name: str) -> EmbedKind | None:
        """The kind of content of that name, if the platform has it."""
        return next((kind for kind in self.embeds if kind.name == name), None)
