"""The tables of the configuration, one record each, with the reason for each default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shariff_py.policy import STRICT
from shariff_py.settings.words import Words


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The site whose pages are shown.

    ``origin`` is its own address (``https://www.example.org``); without it, links name the host of a request that is one of ``hosts`` or, where
    none are set, this machine. ``hosts`` are the hosts whose pages counts may be fetched for
    (default: the origin's host). ``query_allow`` are query parameters that belong to a page's address. ``language`` is used where a
    page names none we have. ``sensitive`` are paths of pages about health, debt, religion and the like, ``children`` of those meant for
    children; everything below a path belongs to it. No gate is offered there.
    ``aliases`` are how addresses of the site once began, each with how they begin now; what was shared under the old ones is added.
    """

    __pydantic_config__ = STRICT
    origin: str = ""
    hosts: tuple[str, ...] = ()
    query_allow: tuple[str, ...] = ()
    language: str = "de"
    aliases: Mapping[str, str] = field(default_factory=dict)
    sensitive: tuple[str, ...] = ()
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextSettings:
    """What the site has decided about the texts of one language.

    ``approved_by`` names who approved them for this site, ``approved_on`` when, ``approved_text`` is the fingerprint of what was approved:
    all three or none. With ``outdated`` the language is offered although its translation is older than its source.
    """

    __pydantic_config__ = STRICT
    approved_by: str = ""
    approved_on: date | None = None
    approved_text: str = ""
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class ShareSettings:
    """How share bars look and behave unless a template overrides them; the words are those of heise's Shariff.

    ``theme`` is ``plain`` (the page's own colours), ``color``, ``grey``, ``white`` or ``contrast``. ``orientation`` is ``horizontal`` or
    ``vertical``, ``button_style`` is ``standard``, ``icon`` or ``icon-count``. ``hide_zero`` hides a known
    zero. ``link_mode`` is ``direct``, or ``notice`` for a step that says who learns what before a link leads away. ``popup`` opens
    share links in a small window, ``via`` is an account that services may name.
    """

    __pydantic_config__ = STRICT
    theme: str = "plain"
    orientation: str = "horizontal"
    button_style: str = "standard"
    hide_zero: bool = False
    link_mode: str = "direct"
    popup: bool = False
    via: str = ""
    info_url: str = ""


@dataclass(frozen=True, slots=True)
class CountSettings:
    """Counts. ``store`` is ``sqlite:///PATH``, ``redis://HOST:PORT/NUMBER`` or ``memory:``.

    ``refresh_minutes`` is how old a value may get, on a page that has just changed, before it is fetched again, ``slowest_hours``
    on any page; the platform's own shortest interval is kept in any case. ``keep_days`` is how long a last good value is shown when
    no newer one comes. ``most_pages`` bounds the store. ``learn`` says which pages counts are fetched for: ``listed`` ones of a sitemap, also
    those whose share bar was ``shown``, or also those that browsers requested (``asked``), both hours after the first view; empty: ``shown``, and ``asked`` where the proxy runs
    on its own and has no other way to know. ``new_per_hour`` bounds how many new pages each process accepts from browsers.
    ``scheduler`` is ``inside`` (a thread of this process refreshes), or ``outside`` (``shariff-py refresh --watch`` does). ``origins`` are
    other sites whose pages may read counts in the browser (CORS); ``cache_seconds`` is how long browsers cache counts.
    """

    __pydantic_config__ = STRICT
    store: str = field(default="sqlite:///var/shariff.sqlite", repr=False)
    refresh_minutes: int = 30
    slowest_hours: int = 168
    keep_days: int = 30
    most_pages: int = 50_000
    learn: str = ""
    new_per_hour: int = 2000
    scheduler: str = "inside"
    origins: tuple[str, ...] = ()
    cache_seconds: int = 60
    timeout_seconds: float = 10.0
    largest_reply: int = 1_000_000


@dataclass(frozen=True, slots=True)
class JournalSettings:
    """The journal of outgoing requests: where it is written, and for how many months beside the current one it is kept (0: forever).

    A year is the usual time between two audits. ``checkpoint`` is a file for a second checkpoint beside the one in the store; empty: none.
    """

    __pydantic_config__ = STRICT
    path: str = "var/outgoing.jsonl"
    keep_months: int = 12
    checkpoint: str = ""


@dataclass(frozen=True, slots=True)
class FrameSettings:
    """The gate frame. ``secrets`` sign what is to be shown; the first signs, all are accepted, so that keys can be exchanged.

    Each has to be hard to guess (`shariff_py.settings.secret_strength`). ``isolated_origin`` is where content is shown that exists only as a
    script (``https://content.example.net``): a host below another registrable domain than the site's, which the same process answers and
    which serves nothing else. Without it such content stays a link.
    """

    __pydantic_config__ = STRICT
    prefix: str = "/shariff"
    isolated_origin: str = ""
    secrets: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class GateSettings:
    """What the gate does besides the platforms of the registry.

    ``unknown`` says what happens to content from hosts that are neither a platform's nor the site's own nor named in ``allow``: with
    ``blocked`` a frame that the enforced policy of its response blocks anyway becomes text and a link; ``leave`` it, ``report`` it in the
    findings, or ``gate`` it (every such frame becomes text and a link). ``allow`` are hosts the site loads
    from by name (``*.example.org`` for what lies below), a platform's too, unless its record says never; the policy headers let them through. ``fragments`` says whether pieces
    of pages that scripts fetch are gated by the middleware as whole pages are. ``stores`` says what happens to embed code that a page
    keeps as data (JSON, attributes of its own, comments, text areas, base64): ``report`` it in the findings, or ``gate`` it where it is,
    written in the same form. A page's data are its own, so nothing of them is changed unasked.
    ``information`` says how a gate informs: ``layered``, two sentences beside the button and everything else one press away, or ``whole``, with the
    same list unfolded. ``picture_attributes`` are attributes of pasted elements, in lower case, that have the address of a picture of the site's own, as
    ``data-shariff-picture`` has.
    """

    __pydantic_config__ = STRICT
    unknown: str = "blocked"
    allow: tuple[str, ...] = ()
    fragments: bool = True
    stores: str = "report"
    information: str = "layered"
    picture_attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderSettings:
    """The headers of the site's own pages. ``policy`` is ``enforce``, ``report-only`` (the step for sites that migrate) or ``off``.

    ``connections`` is the same for the list of whom a page may contact and where it may lead (``Connection-Allowlist``), made anew for each page.
    ``reports`` says whether browsers report what the policy blocked (to this site only), ``most_reports`` how many
    different findings are kept, and ``reports_per_minute`` how many messages about registered platforms, and about other hosts.
    ``integrity`` says whether browsers check the widget's files in pages and gate frames by their hash; a server that changes these files on
    the way needs it off.
    """

    __pydantic_config__ = STRICT
    policy: str = "enforce"
    connections: str = "off"
    reports: bool = True
    integrity: bool = True
    most_reports: int = 500
    reports_per_minute: int = 120


@dataclass(frozen=True, slots=True)
class PreviewSettings:
    """Titles and pictures that the server fetches for gates, by command, from the ``platforms`` named here (none by default). ``path`` is the
    folder in which they are kept."""

    __pydantic_config__ = STRICT
    platforms: tuple[str, ...] = ()
    path: str = "var/previews"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Who runs a server of a platform that anybody can run: named before anything is sent there (GDPR Art. 13(1)(e)).

    ``country`` is that of its seat, an ISO 3166 code; it is printed behind ``address`` in the reader's language, so that has none.
    ``storage`` says how long the server stores something on devices, and who else has access (C-673/17); empty: not known.
    """

    __pydantic_config__ = STRICT
    operator: str
    address: str
    country: str
    privacy_url: str
    storage: Words = ""


@dataclass(frozen=True, slots=True)
class TransferSettings:
    """The site's own check of the basis on which data may leave the Union (GDPR Art. 13(1)(f)): the day, and by whom (a role, no name)."""

    __pydantic_config__ = STRICT
    checked_on: date | None = None
    checked_by: Words = ""


@dataclass(frozen=True, slots=True)
class JointControlSettings:
    """The arrangement on joint control in the site's own words (GDPR Art. 26(2)): its ``essence``, the day that is as of, and a copy on the
    site (``url``)."""

    __pydantic_config__ = STRICT
    essence: Words = ""
    as_of: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class PlatformSettings:
    """What is set for one platform: what requests to it need, and what the site itself says of it.

    ``token`` is never printed, ``version`` is that of its interface. ``per_hour`` is how many pages are requested in an hour (0: as many as its
    record says), ``server`` the host to use where a platform has several. ``servers`` are those whose content may be shown, by host, where
    anybody can run one. There, ``share_page`` is the page that share links lead to (``{url}`` and ``{title}`` in it are filled in): the site's own
    server, or a page that asks for the visitor's. ``storage`` says how long the platform stores something on devices, and who else has access
    (C-673/17); empty: not known.
    """

    __pydantic_config__ = STRICT
    token: str = field(default="", repr=False)
    version: str = ""
    per_hour: int = 0
    server: str = ""
    servers: Mapping[str, ServerSettings] = field(default_factory=dict)
    share_page: str = ""
    storage: Words = ""
    transfer: TransferSettings = field(default_factory=TransferSettings)
    joint_control: JointControlSettings = field(default_factory=JointControlSettings)
