"""Addresses of a platform as people write them, and the ordinary link that such an address is where nothing of it can be shown.

A link is always rebuilt: a host of the platform's record, the path, and of the query what the record says belongs to the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from operator import itemgetter
from urllib.parse import parse_qsl, unquote, urlencode

from shariff_py.platforms.embed_kind import EmbedKind, Form
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import platform_of, platform_of_address
from shariff_py.urls import LONGEST, Address, parse

ENCODED_SCHEME = re.compile(r"https?%3a", re.IGNORECASE)
LEADING_HOST = re.compile(r"[a-z0-9.-]+(?=[/?#:]|\Z)", re.IGNORECASE)
"""What begins an address that is written without its scheme. Before an ``@`` it would be a user name."""
PATH_ALONE = re.compile(r"/?[\w.%-]+(?=[/?#]|\Z)")
"""The beginning of an address that has neither scheme nor host."""


def complete(address: str) -> str:
    """An address of a platform as a browser's address bar would complete it: with scheme, and percent-encoded once only.

    A path behind ``#!``, as platforms once had it, is the path. Everything else stays as it is given.
    """
    plain = address.strip()
    if ENCODED_SCHEME.match(plain):
        plain = unquote(plain)
    if plain.startswith(("//", "\\\\")):
        plain = f"https:{plain}"
    elif (host := LEADING_HOST.match(plain)) and platform_of(host[0].lower()) is not None:
        plain = f"https://{plain}"
    before, mark, path = plain.partition("#!/")
    if mark and (parts := parse(before)) is not None and platform_of_address(parts) is not None:
        return f"{parts.origin}/{path}"
    return plain


def on_public_host(platform: Platform, address: str) -> str:
    """An address that a frame of the platform was given, as the frame's own server reads it: without a host it is one of that server's."""
    return f"https://{platform.public_host}/{address.strip().lstrip('/')}" if names_no_host(address) else address


def names_no_host(address: str) -> bool:
    """Whether an address is a path alone, with neither scheme nor host."""
    return PATH_ALONE.match(complete(address)) is not None


def on_content_host(platform: Platform, parts: Address) -> bool:
    """Whether an address is on one of the hosts of public content, those of short addresses aside."""
    return platform.any_server or any(host.fullmatch(parts.host) for host in platform.content_hosts)


def content_parts(platform: Platform, kind: EmbedKind, parts: Address) -> dict[str, str] | None:
    """What identifies the content of this kind at a public address; ``None`` where it is no such address."""
    path = _path(parts)
    if unquote(path.split("/")[1]).lower() in kind.not_content:
        return None
    on_content = on_content_host(platform, parts)
    return _parts(kind, (form for form in kind.links if form.host or on_content), parts, path)


def frame_parts(platform: Platform, kind: EmbedKind, parts: Address) -> dict[str, str] | None:
    """What identifies the content of this kind at the address of its frame, if anything does; ``None`` where it is no such address."""
    return _parts(kind, kind.frames, parts, path_of(platform, parts).rstrip("/") or "/")


def _parts(kind: EmbedKind, written: Iterable[Form], address: Address, path: str) -> dict[str, str] | None:
    lowered = path.lower()
    for form in written:
        if lowered.startswith(form.beginning) and (found := _parts_of(form, kind, address, path)) is not None:
            return found
    return None


def _parts_of(form: Form, kind: EmbedKind, address: Address, path: str) -> dict[str, str] | None:
    """What identifies the content at an address of this form; ``None`` where it is none."""
    if form.host and not form.host.fullmatch(address.host):
        return None
    for text in _texts(kind, address, path, fragment="#" in form.path.pattern):
        if found := form.path.fullmatch(text):
            named = {name: value for name, value in found.groupdict().items() if value}
            return {"server": address.host, **(named or {"path": text})}
    return None


def _texts(kind: EmbedKind, address: Address, path: str, *, fragment: bool) -> Iterator[str]:
    """What the forms of an address are compared with: its path with all that may belong to it, then with less."""
    texts = [*(f"{path}?{query}" for query in _kept_queries(kind, address)), path]
    if fragment and address.fragment:
        yield from (f"{text}#{address.fragment}" for text in texts)
    yield from texts


def _kept_queries(kind: EmbedKind, address: Address) -> list[str]:
    """The query of an address with the parameters that belong to it, sorted by name: as they are and, where some are there several times,
    with the first of each, which is the one that counts on most platforms.
    """
    if not address.query or not kind.keeps_query:
        return []
    first = sorted((name, value) for name, value in address.parameters.items() if name in kind.keeps_query)
    if not first or len(address.parameters) > address.query.count("&"):
        return [urlencode(first)] if first else []
    written = parse_qsl(address.query, keep_blank_values=True)
    kept = sorted((pair for pair in written if pair[0] in kind.keeps_query), key=itemgetter(0))
    return list(dict.fromkeys((urlencode(kept), urlencode(first))))


def _path(parts: Address) -> str:
    return re.sub(r"/{2,}", "/", parts.path) if "//" in parts.path else parts.path


def path_of(platform: Platform, parts: Address) -> str:
    """The path of an address, without what may stand before the path of a frame."""
    path = _path(parts)
    prefix = platform.frame_prefix.match(path) if platform.frame_prefix is not None else None
    return path[prefix.end() :] if prefix else path


def is_helper(platform: Platform, parts: Address) -> bool:
    """Whether nothing is shown at this address, so that neither a frame nor a link of it would be of use."""
    return platform.helper_paths is not None and platform.helper_paths.fullmatch(path_of(platform, parts)) is not None


def page_to_share(platform: Platform, parts: Address) -> str:
    """The address of the page that a dialogue for sharing is for; empty where this is no such dialogue, or it names none."""
    if platform.share_paths is None or not platform.share_paths.fullmatch(path_of(platform, parts)):
        return ""
    given = parts.parameters
    return next((given[name] for name in platform.share_address if given.get(name)), "")


def kind_of_frame(platform: Platform, parts: Address) -> EmbedKind | None:
    """The kind of content served at a frame address of the platform, with or without the prefix its frames may have."""
    path = path_of(platform, parts).rstrip("/") or "/"
    lowered = path.lower()
    for kind in platform.embeds:
        for form in kind.frames:
            if lowered.startswith(form.beginning) and _parts_of(form, kind, parts, path) is not None:
                return kind
    return None


def is_content_script(platform: Platform, parts: Address) -> bool:
    """Whether an address is that of a script that is content itself."""
    kind = kind_of_frame(platform, parts)
    return kind is not None and kind.script is not None


def is_plugin(platform: Platform, parts: Address) -> bool:
    """Whether an address is that of a plugin's frame, of a known kind or not."""
    if kind_of_frame(platform, parts) is not None:
        return True
    path = path_of(platform, parts).rstrip("/").lower()
    return platform.plugin_paths is not None and platform.plugin_paths.fullmatch(path) is not None


def plugin_content(platform: Platform, parts: Address) -> str:
    """The address of the content that a frame of no known kind shows: its parameter where it is a plugin, else its own address."""
    if not is_plugin(platform, parts):
        return parts.without_fragment
    given = parts.parameters
    address = next((given[name] for name in platform.plugin_address if given.get(name)), "")
    return on_public_host(platform, address)


def ordinary_link(platform: Platform, parts: Address) -> str:
    """The address as an ordinary link: with the parts of the query that belong to it, and on the usual host of content."""
    usual = platform.public_host and on_content_host(platform, parts)
    origin = f"https://{platform.public_host}" if usual else parts.origin
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name in platform.keeps_query]
    return f"{origin}{parts.path}" + (f"?{urlencode(kept)}" if kept else "")


def first_page(platform: Platform, address: str) -> str:
    """The first page of the platform, or of the server that an address is on, where anybody can run one; empty where there is none."""
    parts = None if platform.public_host else parse(address)
    host = parts.host if parts else platform.public_host
    return f"https://{host}/" if host else ""


def public_link(platform: Platform, address: str) -> str:
    """The ordinary link to an address of content, however it is written; empty where it is none of this platform's.

    Empty, too, for addresses with a user name or a port, for overlong ones, and for those at which nothing is shown.
    """
    if len(address) > LONGEST:
        return ""
    parts = parse(complete(address))
    if parts is None or parts.userinfo or parts.port:
        return ""
    short = any(form.host and form.host.fullmatch(parts.host) for kind in platform.embeds for form in kind.links)
    if platform_of_address(parts) is not platform or not (short or on_content_host(platform, parts)):
        return ""
    if is_plugin(platform, parts) or is_helper(platform, parts):
        return ""
    link = ordinary_link(platform, parts)
    return link if len(link) <= LONGEST else ""
