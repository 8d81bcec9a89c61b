"""The shape of one platform's record. Everything the gate, the proxy, the policy and the audit know about a platform.

Every start makes these classes, and a named tuple in a fifth of the time of a dataclass. So parts that only hold values are named tuples.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from shariff_py.platforms.company import Company
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.embed_kind import EmbedKind
from shariff_py.platforms.pattern import Pattern
from shariff_py.platforms.preview_source import PreviewSource

GREY = "#4d4d4d"
"""The colour of what has none of its own."""


class ShareLink(NamedTuple):
    """Where a share link leads, and who receives data then.

    ``template`` has ``{url}`` and ``{title}``, and where the service takes them ``{media}`` (a picture's address), ``{via}`` (an account)
    and ``{text}`` (a mail's body); all are percent-encoded when filled in. Without a template there is no address to go to: the widget
    does what ``action`` says (``copy``, ``print``, ``native`` for the device's own dialogue, ``info`` for a page of the site).
    ``phrase`` is the text's key for its label (``share.on``). ``receiver`` is the legal name of who learns of it; without one the link has
    no recipient. ``country`` is an ISO 3166 code of where the data may go, which need not be the receiver's seat. ``longest`` bounds the title's
    characters (0: no bound).
    """

    template: str = ""
    opens_window: bool = True
    phrase: str = "on"
    receiver: str = ""
    country: str = ""
    action: str = ""
    longest: int = 0


class ScriptGlobal(NamedTuple):
    """A global name that a platform's script defines and that other scripts of a page call; with a dot (``google.maps``) a property of one
    that several services have.

    ``defined_by`` is found in the addresses of the scripts that define it. ``is_function``: it is called itself, not only its methods. ``ready`` is the global function of the page that the script calls once it is
    there. ``share_method`` is the method that opens a share dialogue if its first argument's ``method`` is one of ``share_dialogues``;
    ``share_address`` are the properties of that argument which hold the address, in order. ``replies`` are what the callback of a method
    gets, as JSON, where nobody has logged in and nothing can be asked; other callbacks are never called.
    """

    name: str
    defined_by: Pattern
    is_function: bool = False
    ready: str = ""
    share_method: str = ""
    share_dialogues: tuple[str, ...] = ()
    share_address: tuple[str, ...] = ()
    replies: Mapping[str, str] = MappingProxyType({})


class Icon(NamedTuple):
    """An icon of our own drawing: one path on a 24 by 24 grid, filled with the text's colour."""

    path: str


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform, or one local way of sharing (then ``operator`` is ``None`` and ``hosts`` is empty).

    hosts            registrable domains; every name on or below them belongs to the platform, for the gate and for the audit
    shared_hosts     domains that it shares with other services, each with the beginning of the paths that are its own, up to a slash
    any_server       anybody can run a server of it, so no list of its hosts is complete: the site names those it shows, and who runs them
    server_mark      what the addresses of its frames and scripts contain on any server, in lower case
    server_scripts   paths of the scripts that its embed code loads from such a server
    content_hosts    patterns of the hosts of public content, matched whole; other hosts (help, developers) hold no content
    link_hosts       hosts that are this service's alone, as ``hosts`` are, but only linked to: they name it, and nothing is gated for them
    public_host      the usual host of its public addresses
    frame_prefix     what may stand before the path of a frame
    plugin_paths     pattern of the paths that frames of its plugins have, those of no known kind too
    plugin_address   parameters of such a frame that may hold the content's address
    helper_paths     pattern of the paths of frames and pictures that show nothing to anybody: they count, or exchange messages
    share_paths      pattern of those of them that are dialogues for sharing a page
    share_address    parameters of such a dialogue that may hold the page's address
    keeps_query      parameters that belong to an address on its content hosts; an ordinary link there is left without all others
    assembled_hosts  its hosts as its own loaders write them, in lower case, where they are put together when these run (``maps.${c}apis.com``)
    script_marks     patterns of code that loads something of it
    script_globals   global names that its script defines, for the page's own scripts; none for what protects forms
    root_elements    ids of the empty elements that its script requires
    previews         where a title and a picture of its content can be fetched for the time before a consent, if its terms allow that
    disclosures      keys (``data.KEY``) of the texts that say what reaches the platform when content is loaded
    colour           its own colour, dark enough for white text (WCAG 2.2, 1.4.3)
    aliases          older names of it, as in heise's Shariff
    checked_on       the day all of this was last verified against the platform
    is_local         derived: a way of sharing in which only the visitor's own device is involved
    """

    name: str
    title: str
    checked_on: date
    operator: Company | None = None
    hosts: tuple[str, ...] = ()
    shared_hosts: tuple[str, ...] = ()
    any_server: bool = False
    server_mark: str = ""
    server_scripts: tuple[str, ...] = ()
    content_hosts: tuple[Pattern, ...] = ()
    link_hosts: tuple[str, ...] = ()
    public_host: str = ""
    frame_prefix: Pattern | None = None
    plugin_paths: Pattern | None = None
    plugin_address: tuple[str, ...] = ()
    helper_paths: Pattern | None = None
    share_paths: Pattern | None = None
    share_address: tuple[str, ...] = ()
    keeps_query: frozenset[str] = frozenset()
    assembled_hosts: tuple[str, ...] = ()
    script_marks: tuple[Pattern, ...] = ()
    script_globals: tuple[ScriptGlobal, ...] = ()
    root_elements: frozenset[str] = frozenset()
    embeds: tuple[EmbedKind, ...] = ()
    share: ShareLink | None = None
    icon: Icon | None = None
    colour: str = GREY
    aliases: tuple[str, ...] = ()
    counts: CountSource | None = None
    previews: PreviewSource | None = None
    disclosures: tuple[str, ...] = ()
    is_local: bool = field(init=False)

    def __post_init__(self) -> None:
        others = self.operator or self.any_server or self.counts or (self.share and self.share.receiver)
        object.__setattr__(self, "is_local", self.share is not None and not others)

    def missing_disclosures(self) -> tuple[str, ...]:
        """The fields that visitors must be informed of before loading and that are empty; none where everything is there.

        A platform whose content can be gated needs all of it (GDPR Art. 13(1)(a)-(f), 26(2)).
        """
        if not any(kind.becomes == "gate" for kind in self.embeds):
            return ()
        if self.any_server:
            return () if self.disclosures else ("disclosures",)
        if self.operator is None:
            return ("operator",)
        empty = [f"operator.{name}" for name in ("legal_name", "address", "country", "privacy_url")
                 if not getattr(self.operator, name).strip()]  # fmt: skip
        empty += [f"operator.transfer.{name}" for name in ("country", "mechanism", "reference")
                  if self.operator.transfer and not getattr(self.operator.transfer, name).strip()]  # fmt: skip
        return (*empty, *(() if self.disclosures else ("disclosures",)))

    def text_keys(self) -> tuple[str, ...]:
        """The keys of the texts that say what reaches the platform, and what kind of content is shown."""
        return (
            *(f"data.{name}" for name in self.disclosures),
            *(f"kind.{kind.shown_as}" for kind in self.embeds if kind.becomes == "gate"),
        )

    def kind(self, name: str) -> EmbedKind | None:
        """The kind of content of that name, if the platform has it."""
        return next((kind for kind in self.embeds if kind.name == name), None)

    @property
    def never_allowed(self) -> bool:
        """Whether no host of it can be allowed by name (``gate.allow``), as is said of its company."""
        return self.operator is not None and self.operator.never_allowed

    @property
    def frame_hosts(self) -> tuple[str, ...]:
        """The hosts its frames come from, in the order of its kinds."""
        return tuple(dict.fromkeys(host for kind in self.embeds for host in kind.frame_hosts))
