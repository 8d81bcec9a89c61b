"""Rules for the record itself: its name, what is told of it and its company, how it looks, where its counts come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from shariff_py.platform_rules.hosts import HOST
from shariff_py.platform_rules.problem import Problem
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.preview_source import KEPT, PreviewSource
from shariff_py.platforms.record import Platform, ShareLink
from shariff_py.texts import LANGUAGES
from shariff_py.texts.countries import ends_in_country
from shariff_py.urls import host_is, parse

NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
COUNTRY = re.compile(r"[A-Z]{2}")
COLOUR = re.compile(r"#[0-9a-f]{6}")
LEAST_CONTRAST = 4.5
"""Of white text on it (WCAG 2.2, 1.4.3)."""

_NUMBER, _FLAG = r"\s*,?\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", r"\s*,?\s*[01]"
_ARGUMENTS = {**dict.fromkeys("mlt", _NUMBER * 2), **dict.fromkeys("hv", _NUMBER), **dict.fromkeys("sq", _NUMBER * 4),
              "c": _NUMBER * 6, "a": _NUMBER * 3 + _FLAG * 2 + _NUMBER * 2, "z": ""}  # fmt: skip
PATH_COMMANDS = re.compile(
    "|".join(rf"{name}{f'(?:{arguments})++' if arguments else ''}\s*" for name, arguments in _ARGUMENTS.items()),
    re.IGNORECASE,
)
"""One command of an SVG path with its numbers (SVG 2, 9.3)."""


def record_problems(record: Platform, source: CountSource | None, others: Iterable[Platform]) -> Iterator[Problem]:
    """The rules for everything but hosts, patterns and kinds. ``others`` are the records of all other platforms."""
    yield from _names(record, others)
    yield from _told(record)
    yield from _look(record)
    if record.share is not None:
        yield from _share(record.share)
    if record.previews is not None:
        yield from _previews(record, record.previews)
    if source is not None and not HOST.fullmatch(source.host):
        yield Problem("SOURCE.host", f"{source.host!r} is no host.", "Write the bare host in lower case.")
    if isinstance(record.checked_on, datetime):
        yield Problem("checked_on", "has a time of day.", "Write date(2026, 11, 30).")


def _names(record: Platform, others: Iterable[Platform]) -> Iterator[Problem]:
    if not NAME.fullmatch(record.name):
        yield Problem("name", f"{record.name!r} is no name.", 'Write a word in lower case, like "town_tube".')
    if not record.title.strip():
        yield Problem("title", "is empty.", "Write the name that visitors know.")
    for other in others:
        for name in {record.name, *record.aliases} & {other.name, *other.aliases}:
            yield Problem("name", f"{other.title} is named {name!r}.", "Choose another name.")
        for kind in record.embeds:
            for theirs in other.embeds:
                for name in sorted((kind.classes | kind.tags) & (theirs.classes | theirs.tags)):
                    yield Problem(
                        f"embeds.{kind.name}.classes", f"{name!r} is markup of {other.title}.", "Leave it out."
                    )
    names = [kind.name for kind in record.embeds]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem("embeds", f"two kinds are named {name!r}.", "Give each a name of its own.")


def _told(record: Platform) -> Iterator[Problem]:
    """What visitors are told before the press is complete, in every language (GDPR Art. 13)."""
    for field in record.missing_disclosures():
        yield Problem(field, "is empty, and visitors are told of it before the press.", "Fill it in.")
    for key in record.text_keys():
        if lacking := [code for code, words in LANGUAGES.items() if key not in words.texts]:
            field, known = _known_texts(record, key)
            yield Problem(field, f"no text {key!r} exists in {lacking[0]}.", f"Use one of {', '.join(known)}.")
    company = record.operator
    if company is not None:
        if not COUNTRY.fullmatch(company.country):
            yield Problem("operator.country", f"{company.country!r} is no ISO 3166 code.", 'Write it like "DE".')
        transfer = company.transfer
        if transfer is not None and not COUNTRY.fullmatch(transfer.country):
            yield Problem(
                "operator.transfer.country", f"{transfer.country!r} is no ISO 3166 code.", 'Write it like "US".'
            )
        if company.address_country and not COUNTRY.fullmatch(company.address_country):
            yield Problem(
                "operator.address_country", f"{company.address_country!r} is no ISO 3166 code.", 'Write "IE".'
            )
        if ends_in_country(company.address):
            cure = "Leave it out: it is printed in the reader's language. Of another country than the seat, write its code into address_country."
            yield Problem("operator.address", "ends in the name of a country.", cure)
        if not company.privacy_url.startswith("https://") or parse(company.privacy_url) is None:
            yield Problem("operator.privacy_url", "is no https address.", "Write the whole address.")
    gated = [kind for kind in record.embeds if kind.becomes == "gate" and kind.retired is None]
    if gated and record.any_server and not record.server_mark:
        yield Problem("server_mark", "is empty.", 'Write what every frame\'s address contains, like "/embed".')
    if gated and not record.any_server:
        if not (record.hosts or record.shared_hosts):
            yield Problem("hosts", "is empty.", "Write the hosts that its frames come from.")
        if not record.content_hosts and any(form.host is None for kind in gated for form in kind.links):
            yield Problem("content_hosts", "is empty.", "Write patterns of the hosts that public addresses are on.")
        if record.public_host and not any(host.fullmatch(record.public_host) for host in record.content_hosts):
            yield Problem("public_host", f"{record.public_host!r} is no content host.", "Add it to content_hosts.")


def _known_texts(record: Platform, key: str) -> tuple[str, list[str]]:
    """The field of the record that a text follows from, and what it may hold."""
    start, _, word = key.partition(".")
    field, prefix = "disclosures", f"{start}."
    if start == "kind":
        kind = next(kind for kind in record.embeds if key == f"kind.{kind.shown_as}")
        field = f"embeds.{kind.name}.content"
    texts = next(iter(LANGUAGES.values())).texts
    return field, sorted(known.removeprefix(prefix) for known in texts if known.startswith(prefix) and known != word)


def _look(record: Platform) -> Iterator[Problem]:
    if not COLOUR.fullmatch(record.colour):
        yield Problem("colour", f"{record.colour!r} is no colour.", 'Write six hexadecimal digits, like "#0a66c8".')
    elif (ratio := contrast_with_white(record.colour)) < LEAST_CONTRAST:
        yield Problem(
            "colour",
            f"white text on it has a contrast of {ratio:.2f} only.",
            f"Darken it to at least {LEAST_CONTRAST}.",
        )
    if record.icon is not None and not is_path(record.icon.path):
        yield Problem("icon.path", "is no path of SVG.", 'Write what stands in the "d" of a path, from "M" on.')


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of white text on a colour (WCAG 2.2, relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def is_path(text: str) -> bool:
    """Whether a text is the data of an SVG path."""
    place, written = 0, text.strip()
    while place < len(written) and (found := PATH_COMMANDS.match(written, place)):
        place = found.end()
    return written[:1] in {"m", "M"} and place == len(written)


def _previews(record: Platform, source: PreviewSource) -> Iterator[Problem]:
    on_server = record.any_server and source.template.startswith("https://{server}/")
    if not on_server and not (
        source.template.startswith("https://") and any(host_is(source.host, h) for h in record.hosts)
    ):
        cure = "Write the interface's https address, on one of its hosts (on {server}, where anybody can run one)."
        yield Problem("previews.template", f"{source.template!r} is no address on the platform's hosts.", cure)
    if "{address}" not in source.template.partition("?")[2]:
        yield Problem("previews.template", "does not ask about content.", "Write {address} as a value of its query.")
    if not source.keeps or not set(source.keeps) <= set(KEPT):
        yield Problem("previews.keeps", f"{source.keeps!r} is not what is kept.", f"Name some of {', '.join(KEPT)}.")
    if source.days < 1:
        yield Problem("previews.days", f"{source.days} is no time.", "Write how many days the terms allow, at least 1.")
    if not source.terms.strip():
        yield Problem("previews.terms", "is empty.", "Write what allows keeping it, with the address of the source.")


def _share(share: ShareLink) -> Iterator[Problem]:
    leads_away = share.template.startswith("https://")
    if share.template and not leads_away and not re.match(r"[a-z]+:", share.template):
        yield Problem("share.template", "is no address.", 'Write "https://" and the rest.')
    if share.template and not re.search(r"\{(?:url|text)\}", share.template):
        yield Problem("share.template", "has no place for the page's address.", "Write {url} where it goes.")
    if leads_away and not share.receiver:
        yield Problem("share.receiver", "is empty.", "Write the legal name of who receives the address.")
    if share.country and not COUNTRY.fullmatch(share.country):
        yield Problem("share.country", f"{share.country!r} is no ISO 3166 code.", 'Write it like "DE".')
