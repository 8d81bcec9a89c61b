"""From an address or a piece of markup to the content it refers to, by walking the registry.

What comes out is always rebuilt from the registry: a host we name, a path pattern we know, parameters within their bounds. No
address is ever passed on as it was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote_plus, urlencode

from shariff_py.caches import cached
from shariff_py.errors import EmbedRefused
from shariff_py.platforms.embed_kind import NAME, EmbedKind, Parameter, filled
from shariff_py.platforms.public_links import (
    complete,
    content_parts,
    frame_parts,
    is_plugin,
    kind_of_frame,
    on_public_host,
    plugin_content,
)
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import ON_ANY_SERVER, REGISTRY, platform_of_address
from shariff_py.urls import LONGEST, LONGEST_HOST, Address, parse

SHORTER = "Copy a shorter address of the same content, or use an ordinary link."
"""What to do about an address that is too long."""


@dataclass(frozen=True, slots=True)
class Embed:
    """Content of a platform that may be shown: which platform, which kind, its public address, how to show it.

    ``options`` are frame parameters, cleaned and in the record's order, ``parts`` what its frame's address needs beyond the public one.
    ``record`` is the platform's record, ``kind_record`` that of this kind of content; both follow from the names. Raises `EmbedRefused` for
    names that the registry does not know.
    """

    platform: str
    kind: str
    address: str
    options: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    record: Platform = field(init=False, repr=False, compare=False)
    kind_record: EmbedKind = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        record = REGISTRY.get(self.platform)
        kind_record = record.kind(self.kind) if record is not None else None
        if record is None or kind_record is None:
            raise EmbedRefused(self.address, f"the registry has no {self.kind!r} of {self.platform!r}.")
        object.__setattr__(self, "record", record)
        object.__setattr__(self, "kind_record", kind_record)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in CSS pixels."""
        given, usual = dict(self.options), self.kind_record.size
        return int(given.get("width", usual.width)), int(given.get("height", usual.height))

    @property
    def frame_host(self) -> str:
        """The host its frame comes from, and the only one that the gate frame's policy names."""
        return self.frame_address.removeprefix("https://").partition("/")[0]

    @property
    def server(self) -> str:
        """The host of the server that it is on, where anybody can run one of the platform; empty for all other platforms."""
        return self.frame_host if self.record.any_server else ""

    @property
    def from_whom(self) -> str:
        """Where it comes from, in the words of sentences: the server, or the platform."""
        return self.server or self.record.title

    @property
    def frame_address(self) -> str:
        """The same as `frame_on`, for a page whose host is not known: the frame shows nothing there if it needs that host."""
        return self.frame_on("")

    def frame_on(self, site: str) -> str:
        """The address of the platform's frame on pages of a host, with what the pasted code says of it."""
        taken = {parameter.name for parameter in self.kind_record.parameters if parameter.in_frame}
        options = urlencode([(name, value) for name, value in self.options if name in taken])
        address = self._frame(site)
        return f"{address}{'&' if '?' in address else '?'}{options}" if options else address

    @property
    def reference(self) -> str:
        """An address that identifies it: the public one, or that of its frame where the public one says less."""
        try:
            return self.address if recognise(self.address).parts == self.parts else self._frame("")
        except EmbedRefused:
            return self._frame("")

    def _frame(self, site: str) -> str:
        parts = {**dict(self.parts), "address": quote_plus(self.address), "site": quote_plus(site)}
        return filled(self.kind_record.frame, parts)


def recognise(address: str, options: Mapping[str, str] | None = None) -> Embed:
    """The content behind a public address, as an editor copies it from the address bar, with or without its scheme.

    ``options`` are frame parameters by name (``{"show_text": "false"}``); unknown or impossible ones are dropped.
    Raises `EmbedRefused`: not http(s), a host of no known platform, a function of the site instead of content, a retired kind, an address
    that is too long, or would be in that of its frame.
    """
    if len(address) > LONGEST:
        raise EmbedRefused(address, f"is longer than {LONGEST} characters. {SHORTER}", "too_long")
    return _recognise(address, tuple((options or {}).items()))


@cached("platforms.recognition._recognise", lambda address, given: _length(address, given))
def _recognise(address: str, given: tuple[tuple[str, str], ...]) -> Embed:
    options = dict(given)
    parts = parse(complete(address))
    if parts is None:
        raise EmbedRefused(address, "is not an absolute http or https address.", "no_address")
    platforms = [platform] if (platform := platform_of_address(parts)) is not None else [p for p, _ in ON_ANY_SERVER()]
    if (parts.userinfo or parts.port) and platform is not None:
        raise EmbedRefused(
            address, "carries a user name, a password or a port. Copy the address of the content itself."
        )
    for one in platforms:
        if (found := _found(one, parts, options)) is not None:
            return found
    if platform is None:
        known = ", ".join(record.title for record in REGISTRY.values() if record.embeds)
        raise EmbedRefused(address, f"does not belong to a known platform ({known}). Use an ordinary link.")
    raise EmbedRefused(
        address, f"is not a page, post or video that {platform.title} lets others show. Use an ordinary link."
    )


def _found(platform: Platform, parts: Address, options: Mapping[str, str]) -> Embed | None:
    """The content at an address on a host of the platform."""
    frame = kind_of_frame(platform, parts)
    if frame is not None:
        return embed_of_frame(platform, frame, parts, options)
    if content := plugin_content(platform, parts) if is_plugin(platform, parts) else "":
        return embed_at(platform, content, options)
    for kind in platform.embeds:
        if (found := content_parts(platform, kind, parts)) is not None:
            return _embed(platform, kind, found, {**parts.parameters, **options})
    return None


def _length(address: str, options: tuple[tuple[str, str], ...]) -> int:
    # A pair of empty texts takes room, too.
    return len(address) + sum(len(name) + len(value) + 16 for name, value in options)


def content_address(kind: EmbedKind, given: Mapping[str, str]) -> str:
    """The address of the content, complete, from the parameters of its frame; empty where they hold none."""
    return first_address(kind.address_from, given)


def first_address(templates: Mapping[str, str], given: Mapping[str, str]) -> str:
    """The first of some parameters or attributes that has a value, put into its template; empty where none has one."""
    for name, template in templates.items():
        if value := given.get(name, "").strip():
            return template.replace("{}", value)
    return ""


def script_content(platform: Platform, attributes: Mapping[str, str]) -> tuple[EmbedKind, str] | None:
    """The kind and the address of the content that the platform's own script with these attributes shows where it stands."""
    for kind in platform.embeds:
        if address := first_address(kind.script_attributes, attributes):
            return kind, address
    return None


def embed_at(platform: Platform, address: str, options: Mapping[str, str]) -> Embed:
    """The content at an address that has to be this platform's. Raises `EmbedRefused` as `recognise` does, and for other hosts."""
    found = recognise(address, options)
    if found.record is not platform:
        raise EmbedRefused(address, f"is not an address of {platform.title}.", "other_site")
    return found


def embed_of_frame(
    platform: Platform, kind: EmbedKind, parts: Address, options: Mapping[str, str] | None = None
) -> Embed:
    """The content a frame address shows. Raises `EmbedRefused` as `recognise` does."""
    given = {**parts.parameters, **(options or {})}
    if not kind.address_from and (found := frame_parts(platform, kind, parts)) is not None:
        return _embed(platform, kind, found, given)
    return embed_of(platform, kind, frame_content(platform, kind, parts), given)


def frame_content(platform: Platform, kind: EmbedKind, parts: Address) -> str:
    """The address of the content that a frame of this kind shows; empty where the frame names none."""
    if not kind.address_from and (found := frame_parts(platform, kind, parts)) is not None:
        return filled(kind.public, {**found, **(kind.completed(found) if kind.completed is not None else {})})
    address = content_address(kind, parts.parameters)
    return address if kind.any_page else on_public_host(platform, address)


def embed_of(platform: Platform, kind: EmbedKind, address: str, options: Mapping[str, str]) -> Embed:
    """Content of a known kind from the address and parameters found in pasted markup. Raises `EmbedRefused`.

    The address decides where it contradicts the markup: a video pasted as a post is shown as what the editor pasted only if its
    address is public content of the platform at all.
    """
    refuse_retired(platform, kind, address)
    if address.startswith("/") and not address.startswith("//") and not kind.any_page:
        # On the platform's own site, which served such code for some time: its plugins resolve it so.
        address = f"https://{platform.public_host}{address}"
    return _embed_of(platform.name, kind.name, address, tuple(options.items()))


@cached(
    "platforms.recognition._embed_of",
    lambda platform_name, kind_name, address, options: _length(address, options),
)
def _embed_of(platform_name: str, kind_name: str, address: str, options: tuple[tuple[str, str], ...]) -> Embed:
    platform = REGISTRY[platform_name]
    found = embed_at(platform, address, {})
    kind = platform.kind(kind_name)
    wanted = kind if kind is not None and _shows(kind, found) else found.kind_record
    return _checked(platform, wanted, found.address, found.parts, dict(options))


def refuse_retired(platform: Platform, kind: EmbedKind, address: str) -> None:
    """Raise `EmbedRefused` for kinds that no longer render: loading them would disclose visitor data for an empty box."""
    if kind.retired is not None:
        raise EmbedRefused(
            address,
            f"{platform.title}'s {kind.name!r} plugin ended on {kind.retired:%d %B %Y} and shows nothing any more; "
            "loading it would only disclose your visitors. Offer a share link or an embedded post instead.",
            "retired",
        )
    if kind.becomes != "gate":
        instead = "a share link: use share()." if kind.becomes == "share" else "an ordinary link."
        raise EmbedRefused(address, f"{platform.title}'s {kind.name!r} plugin is replaced by {instead}")


def _shows(kind: EmbedKind, found: Embed) -> bool:
    return found.kind == kind.name or found.kind in kind.also_shows


def _embed(platform: Platform, kind: EmbedKind, parts: Mapping[str, str], options: Mapping[str, str]) -> Embed:
    if kind.completed is not None:
        parts = {**parts, **kind.completed(parts)}
    address = filled(kind.public, parts)
    needed = {name for template in kind.frame for name in NAME.findall(template)}
    return _checked(platform, kind, address, tuple((n, v) for n, v in sorted(parts.items()) if n in needed), options)


def _checked(
    platform: Platform, kind: EmbedKind, address: str, parts: tuple[tuple[str, str], ...], options: Mapping[str, str]
) -> Embed:
    refuse_retired(platform, kind, address)
    cleaned = ((p.name, _option(p, options)) for p in kind.parameters)
    embed = Embed(platform.name, kind.name, address, tuple((name, value) for name, value in cleaned if value), parts)
    _refuse_overlong(embed)
    return embed


def _refuse_overlong(embed: Embed) -> None:
    """Raise `EmbedRefused` where the public address or that of the frame is too long to be read again.

    Letters that an address cannot hold become up to twelve characters each, and up to twenty in a parameter of the frame.
    """
    addresses = {"once it is encoded": embed.address, "in the address of its frame": embed.frame_on("h" * LONGEST_HOST)}
    for where, address in addresses.items():
        if len(address) > LONGEST:
            raise EmbedRefused(embed.address, f"is longer than {LONGEST} characters {where}. {SHORTER}", "too_long")


def _option(parameter: Parameter, given: Mapping[str, str]) -> str:
    value = next((given[name] for name in (parameter.name, *parameter.also) if name in given), None)
    clean = parameter.clean(value) if value is not None else None
    return clean if clean is not None else parameter.default
