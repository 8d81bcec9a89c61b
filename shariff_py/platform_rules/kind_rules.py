"""Rules for one kind of content: it can be found, its frame can be made from what was found, and the frame gets no more than it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote_plus

from shariff_py.platform_rules.hosts import HOST
from shariff_py.platform_rules.problem import Problem
from shariff_py.platforms.embed_kind import FEATURES, NAME, EmbedKind, Form, ScriptForm, filled
from shariff_py.platforms.public_links import content_parts, frame_parts, kind_of_frame
from shariff_py.platforms.recognition import frame_content
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import platform_of_address
from shariff_py.urls import Address, host_is, parse

KIND_NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")
CLASS_NAME = re.compile(r"[A-Za-z][\w-]{2,}")
TAG_NAME = re.compile(r"[a-z][a-z0-9]*[-:][a-z0-9_:-]+")
DIRECTIVES = ("connect-src", "font-src", "frame-src", "img-src", "media-src", "script-src", "style-src")
"""What a script may load by (W3C Content Security Policy), each host named."""
BECOMES = ("gate", "share", "link", "nothing")
PARAMETER_KINDS = ("flag", "number", "choices")
SANDBOX = ("allow-downloads", "allow-modals", "allow-orientation-lock", "allow-pointer-lock", "allow-presentation")
"""Tokens that a frame may need beyond the usual ones. Of all others some let it navigate the page, and the visitor's second choice decides
about storage."""
REFERRERS = (
    "no-referrer", "same-origin", "origin", "strict-origin", "origin-when-cross-origin", "strict-origin-when-cross-origin",
)  # fmt: skip
"""The policies (W3C Referrer Policy) that tell another site no more than the origin."""
FROM_THE_ADDRESS = frozenset({"server"})
FOR_FRAMES = frozenset({"server", "address", "site"})
EXAMPLE_SITE = "www.example.org"
HOSTS = "Write it into hosts, or correct the address."


def kind_problems(record: Platform, kind: EmbedKind) -> Iterator[Problem]:
    """The rules for one of the record's kinds of content."""
    at = f"embeds.{kind.name}"
    yield from _words(kind, at)
    if kind.becomes != "gate" or kind.retired is not None:
        return
    if not (kind.links or kind.frames):
        yield Problem(
            f"{at}.links", "is empty, as frames is, so nothing is ever found.", "Write forms of its addresses."
        )
    for field in ("public", "frame", "samples"):
        if not getattr(kind, field):
            yield Problem(f"{at}.{field}", "is empty, and a gate needs it.", "Fill it in.")
    yield from _templates(record, kind, at)
    if kind.script is not None:
        yield from _script(kind.script, f"{at}.script")
    for sample in kind.samples:
        yield from _sample(record, kind, sample, f"{at}.samples")


def _words(kind: EmbedKind, at: str) -> Iterator[Problem]:
    if not KIND_NAME.fullmatch(kind.name):
        yield Problem(at, f"{kind.name!r} is no name.", 'Write a word in lower case, like "video".')
    yield from _unknown(f"{at}.becomes", [kind.becomes], BECOMES)
    yield from _unknown(f"{at}.features", kind.features, FEATURES)
    yield from _unknown(f"{at}.sandbox", kind.sandbox, SANDBOX)
    yield from _unknown(f"{at}.referrer", [kind.referrer], REFERRERS)
    if kind.with_credentials and len(kind.with_credentials.split()) < 2:
        yield Problem(f"{at}.with_credentials", "gives no reason.", "Say in a few words why its frame needs the login.")
    for name in sorted(kind.classes):
        if not CLASS_NAME.fullmatch(name):
            yield Problem(f"{at}.classes", f"{name!r} is no class of embed code alone.", "Name the platform in it.")
    for name in sorted(kind.tags):
        if not TAG_NAME.fullmatch(name):
            yield Problem(
                f"{at}.tags", f"{name!r} may be an element of HTML.", "Name elements with a hyphen or a colon."
            )
    if not (0 < kind.size.width <= 4000 and 0 < kind.size.height <= 4000):
        yield Problem(f"{at}.size", "is no size.", "Write CSS pixels from 1 to 4000.")
    for parameter in (*kind.parameters, *kind.also_reads):
        place = f"{at}.parameters.{parameter.name}"
        yield from _unknown(f"{place}.kind", [parameter.kind], PARAMETER_KINDS)
        if parameter.smallest > parameter.largest:
            yield Problem(place, "is larger at least than at most.", "Exchange smallest and largest.")
    held = [(field, getattr(kind, field)) for field in ("address_from", "address_attributes", "element_attributes")]
    held += [("script_attributes", kind.script_attributes), *((f"calls.{n}", given) for n, given in kind.calls.items())]
    for field, templates in held:
        for name, template in templates.items():
            if template.count("{}") != 1:
                yield Problem(f"{at}.{field}.{name}", "does not say where the value goes.", 'Write "{}" in it, once.')


def _script(script: ScriptForm, at: str) -> Iterator[Problem]:
    if "{source}" not in script.markup:
        yield Problem(f"{at}.markup", "does not load the script.", 'Write <script src="{source}"></script> in it.')
    yield from _unknown(f"{at}.sources", tuple(script.sources), DIRECTIVES)
    for host in (host for hosts in script.sources.values() for host in hosts):
        if not HOST.fullmatch(host):
            yield Problem(f"{at}.sources", f"{host!r} is no host.", "Write each host by itself, in lower case.")


def _unknown(field: str, given: tuple[str, ...] | list[str], known: tuple[str, ...]) -> Iterator[Problem]:
    for word in given:
        if word not in known:
            yield Problem(field, f"{word!r} is not known, or not allowed.", f"Use one of {', '.join(known)}.")


def _templates(record: Platform, kind: EmbedKind, at: str) -> Iterator[Problem]:
    """Addresses that can be made from the named parts, over https, on hosts of the record."""
    found = frozenset().union(*(_parts_of(form) for one in record.embeds for form in (*one.links, *one.frames)))
    for field, templates in (("public", kind.public), ("frame", kind.frame)):
        known = found | (FOR_FRAMES if field == "frame" else FROM_THE_ADDRESS)
        for template in templates:
            missing = sorted(set(NAME.findall(template)) - known)
            if missing and kind.completed is None:
                yield Problem(
                    f"{at}.{field}",
                    f"{template!r} has {{{missing[0]}}}, which no form in links or frames finds.",
                    f"Name a group of a pattern so, or use one of {', '.join(sorted(known))}.",
                )
            yield from _place(record, template, f"{at}.{field}")


def _parts_of(form: Form) -> frozenset[str]:
    return frozenset(re.findall(r"\(\?P<(\w+)>", form.path.pattern)) or frozenset({"path"})


def _place(record: Platform, template: str, field: str) -> Iterator[Problem]:
    host = re.split(r"[/?#]|(?<!^)\{", template.removeprefix("https://"), maxsplit=1)[0]
    if not template.startswith("https://"):
        yield Problem(field, f"{template!r} is not over https.", 'Begin it with "https://".')
    elif "{" not in host and not _is_declared(record, host):
        yield Problem(field, f"{host!r} is none of the record's hosts.", HOSTS)


def _is_declared(record: Platform, host: str) -> bool:
    declared = (*record.hosts, *(place.partition("/")[0] for place in record.shared_hosts))
    return record.any_server or any(host_is(host, domain) for domain in declared)


def _sample(record: Platform, kind: EmbedKind, sample: str, field: str) -> Iterator[Problem]:
    """The way from an address to its frame and back, as a page and a visitor take it."""
    address = parse(sample)
    if address is None:
        yield Problem(field, f"{sample!r} is no address.", "Write a whole address with https://.")
        return
    owner = platform_of_address(address)
    if owner is not None and owner.name != record.name:
        yield Problem(field, f"{sample!r} is an address of {owner.title}.", "Write one of this platform.")
        return
    if kind_at(record, address) is not kind:
        yield Problem(
            field, f"{sample!r} is not found as {kind.name}.", "Correct links, content_hosts or the order of embeds."
        )
        return
    parts = _parts(record, kind, address)
    public, shown = _made(kind, parts)
    again = parse(public)
    if again is None or (kind.links and _made(kind, _parts(record, kind, again))[0] != public):
        yield Problem(field, f"{sample!r} becomes {public!r}, which becomes another.", "Correct public.")
        return
    frame = parse(shown) if shown else None
    if frame is None:
        yield Problem(field, f"of {sample!r} no template in frame can be filled.", "Add one with fewer names.")
        return
    for one in (again, frame):
        if not _is_declared(record, one.host):
            yield Problem(field, f"{sample!r} leads to {one.host!r}, none of the record's hosts.", HOSTS)
    if (back := _frame_of_frame(record, frame)) != shown:
        what = f"leads back to {back!r}" if back else "is found by no form in frames"
        yield Problem(field, f"{shown!r}, the frame of {sample!r}, {what}.", "Correct frames.")


def kind_at(record: Platform, address: Address) -> EmbedKind | None:
    """The kind of content at a public address, or at that of a frame where the kind has no public ones."""
    found = next((kind for kind in record.embeds if content_parts(record, kind, address) is not None), None)
    return found or kind_of_frame(record, address)


def _parts(record: Platform, kind: EmbedKind, address: Address) -> dict[str, str]:
    return _completed(kind, content_parts(record, kind, address) or frame_parts(record, kind, address))


def _completed(kind: EmbedKind, found: dict[str, str] | None) -> dict[str, str]:
    return {**found, **(kind.completed(found) if kind.completed is not None else {})} if found else {}


def _made(kind: EmbedKind, parts: Mapping[str, str]) -> tuple[str, str]:
    """The address that people want, and that of the frame."""
    public = filled(kind.public, parts)
    return public, filled(kind.frame, {**parts, "address": quote_plus(public), "site": EXAMPLE_SITE})


def _frame_of_frame(record: Platform, frame: Address) -> str:
    """The frame of what a frame shows; empty where that is not known."""
    kind = kind_of_frame(record, frame)
    if kind is None or not kind.address_from:
        return _made(kind, _completed(kind, frame_parts(record, kind, frame)))[1] if kind is not None else ""
    address = parse(frame_content(record, kind, frame))
    shown = kind_at(record, address) if address is not None else None
    return _made(shown, _parts(record, shown, address))[1] if shown is not None and address is not None else ""
