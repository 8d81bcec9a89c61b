"""What of an element's attributes may stay, where the element itself stays."""

from __future__ import annotations

from collections.abc import Iterable

from shariff_py.gate.browser_rules.loading_attributes import (
    ANIMATED,
    ANIMATIONS,
    LAZY,
    LAZY_BACKGROUNDS,
    LINKS,
    LISTS,
    PART,
    REFERRED,
    REFERRING,
    SENT,
    STYLED,
    addresses_of_list,
    refreshed_to,
)
from shariff_py.gate.findings import Outcome
from shariff_py.gate.rewrite.context import Page
from shariff_py.gate.rewrite.raw_text_elements import loaded_by
from shariff_py.gate.rewrite.replacements import FETCHED, Element, take
from shariff_py.platforms.record import Platform
from shariff_py.urls import Address


def look_at_attributes(page: Page, element: Element, given: dict[str, str]) -> None:
    """Take away what fetches something of a platform for an element that stays, and report where its forms go."""
    for name, value in given.items():
        if name in STYLED:
            _style(page, element, name, value)
        elif name in LISTS:
            _drop(page, element, name, addresses_of_list(value))
        elif name in ANIMATED and element.tag in ANIMATIONS:
            _animation(page, element, name, value)
        elif _names_something_fetched(element.tag, name):
            _drop(page, element, name, [value])
        elif name.startswith("on") and (loader := loaded_by(value)) is not None:
            element.remove_attribute(name)
            page.note(Outcome.REMOVED, loader, f"{element.tag}[{name}]", note=f"It loads {loader.title}'s script.")
    if element.tag == "meta" and "http-equiv" in given:
        _refresh(page, element, given)
    _sent(page, element, given)


def _names_something_fetched(tag: str, name: str) -> bool:
    if name in LAZY or name in LAZY_BACKGROUNDS:
        return tag not in LINKS
    return name in PART or (name in REFERRING and tag in REFERRED)


def _drop(page: Page, element: Element, name: str, addresses: Iterable[str]) -> None:
    for address in addresses:
        platform = page.platform(address)
        if platform is not None:
            empty(page, element, name, platform, address)
            return


def empty(page: Page, element: Element, name: str, platform: Platform | None, address: str) -> None:
    """Take away an attribute that names something of a platform, or what nobody can judge."""
    element.remove_attribute(name)
    page.note(Outcome.REMOVED, platform, f"{element.tag}[{name}]", address=page.shown(address), note=FETCHED)


def _animation(page: Page, element: Element, name: str, value: str) -> None:
    """What an animation puts into another attribute: an address, or a style."""
    # White space inside is part of a value; an address drops it.
    for one in value.split(";") if name == "values" else [value]:
        platform = page.platform(one) or page.platform_in(one)[1]
        if platform is not None:
            empty(page, element, name, platform, one)
            return


def _style(page: Page, element: Element, name: str, value: str) -> None:
    css, platform = page.platform_in(value)
    if css != value:
        element.set_attribute(name, css)
        page.note(Outcome.REMOVED, platform, f"{element.tag}[{name}]", note=FETCHED)


def _refresh(page: Page, element: Element, given: dict[str, str]) -> None:
    address = refreshed_to(given.get("content", "")) if given["http-equiv"].strip().lower() == "refresh" else ""
    platform = page.platform(address) if address else None
    if platform is not None:
        take(page, element, platform, address)


def _sent(page: Page, element: Element, given: dict[str, str]) -> None:
    name = SENT.get(element.tag, "")
    platform = page.platform(given[name]) if name in given else None
    if platform is not None:
        note = "A form goes there when somebody sends it. It stays as it is."
        page.note(Outcome.REPORTED, platform, f"{element.tag}[{name}]", address=page.shown(given[name]), note=note)


def report_unknown(page: Page, element: Element, parts: Address | None) -> None:
    """A finding for what is fetched from a host nobody has named, where the site wants to know."""
    if parts is not None and page.reporting and page.unknown(parts):
        note = "It is fetched from a host that is neither the site's nor allowed by name."
        page.note(Outcome.REPORTED, None, element.tag, address=f"{parts.origin}{parts.path}", note=note)
