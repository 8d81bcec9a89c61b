"""Which attributes of an element may stay, where the element itself stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from shariff_py.gate.browser_rules.data_urls import embedded_resource
from shariff_py.gate.browser_rules.loading_attributes import (
    ANIMATION_ELEMENTS,
    ANIMATION_VALUE_ATTRIBUTES,
    CSS_ATTRIBUTES,
    DNS_PREFETCH_CONTROL,
    FORM_ACTION_ATTRIBUTES,
    HREF_ATTRIBUTES,
    HYPERLINK_ELEMENTS,
    LAZY_BACKGROUND_ATTRIBUTES,
    LAZY_SRCSET_ATTRIBUTES,
    LAZY_URL_ATTRIBUTES,
    LAZY_URL_ELEMENTS,
    RESOURCE_ATTRIBUTES,
    SVG_RESOURCE_ELEMENTS,
    URL_LIST_ATTRIBUTES,
    refresh_url,
    urls_in_list,
)
from shariff_py.gate.detect.platform_css import without_platform_urls
from shariff_py.gate.detect.prefilter import is_clean
from shariff_py.gate.detect.script_scan import platform_loaded_by, platform_named
from shariff_py.gate.detect.url_owner import is_unknown, platform_at, third_party_of, without_query
from shariff_py.gate.findings import Finding, Outcome, Reason
from shariff_py.gate.rewrite.context import GateFragment, RewriteContext
from shariff_py.gate.rewrite.handles import Element
from shariff_py.gate.rewrite.replacements import remove_element
from shariff_py.gate.rewrite.script_edits import edited_script
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from shariff_py.platforms.third_parties.addresses import addresses_in
from shariff_py.platforms.third_parties.record import ThirdParty
from shariff_py.urls import Address


class Refusal(NamedTuple):
    """Why something may not stay, and the platform where it is known."""

    platform: Platform | None
    reason: Reason


def refusal_of(
    context: RewriteContext, gate_fragment: GateFragment, url: str, *, document: bool = True
) -> Refusal | None:
    """Why the resource inside a URL (``data:``, ``javascript:``) may not stay; ``None`` if it may.

    One that browsers may read differently than it is read here may not stay either, unless nothing in its text can be a platform's.
    """
    resource = embedded_resource(url)
    if not resource.text or (document and resource.inert):
        return None
    shown = document and resource.scheme == "javascript"
    platform = platform_loaded_by(resource.text, allow=context.allow, value_is_document=shown)
    if platform is None and resource.scheme == "data":
        findings = gate_fragment(resource.text).findings
        removed = any(finding.outcome in {Outcome.REMOVED, Outcome.INERT} for finding in findings)
        css, platform = without_platform_urls(resource.text, context.base, context.allow)
        platform = platform or next((REGISTRY[f.platform] for f in findings if f.platform), None)
        doubtful = removed or css != resource.text or not resource.can_be_judged(document=document)
        # With a bracket, as a text that ends inside a tag is never clean.
        harmless = any(map(is_clean, filter(None, (url, f"{url}>", resource.drawing))))
        if platform is None and doubtful and not harmless:
            platform = platform_named(resource.text)
            return Refusal(platform, Reason.ADDRESS_LOADS_IT if platform else Reason.AMBIGUOUS)
    return Refusal(platform, Reason.ADDRESS_LOADS_IT) if platform else None


def rewrite_attributes(context: RewriteContext, element: Element, attributes: dict[str, str]) -> None:
    """Remove the attributes that fetch something from a platform, and report where the element's form is submitted."""
    for name, value in attributes.items():
        if name in CSS_ATTRIBUTES:
            _rewrite_css(context, element, name, value)
        elif name in URL_LIST_ATTRIBUTES or (name in LAZY_SRCSET_ATTRIBUTES and element.tag in LAZY_URL_ELEMENTS):
            _remove_if_platform(context, element, name, urls_in_list(value))
        elif name in ANIMATION_VALUE_ATTRIBUTES and element.tag in ANIMATION_ELEMENTS:
            _rewrite_animation(context, element, name, value)
        elif _is_fetched(element.tag, name):
            # What an element fetches by a single URL is reported with the element.
            _remove_if_platform(context, element, name, [value])
            continue
        elif name.startswith("on"):
            _rewrite_handler(context, element, name, value)
        else:
            continue
        context.findings += third_parties_named(context, f"{element.tag}[{name}]", value)
    if element.tag == "meta" and "http-equiv" in attributes:
        _rewrite_refresh(context, element, attributes)
    _report_form_action(context, element, attributes)


def remove_dns_prefetch(context: RewriteContext, element: Element, attributes: Mapping[str, str]) -> bool:
    """Whether an element that has browsers look up names before anything is pressed was removed."""
    if attributes.get("http-equiv", "").strip().lower() != DNS_PREFETCH_CONTROL:
        return False
    if attributes.get("content", "").strip().lower() == "off":
        return False
    remove_element(context, element, None, reason=Reason.PREFETCHES_DNS, found=f"meta[{DNS_PREFETCH_CONTROL}]")
    return True


def _rewrite_handler(context: RewriteContext, element: Element, name: str, code: str) -> None:
    edit = edited_script(context, code, f"{element.tag}[{name}]")
    if edit is None:
        return
    if edit.code is None:
        element.remove_attribute(name)
    elif edit.code != code:
        element.set_attribute(name, edit.code)
    context.findings.append(edit.finding)


def remove_attribute(
    context: RewriteContext, element: Element, name: str, platform: Platform | None, url: str = ""
) -> None:
    """Remove an attribute that names something of a platform, or that cannot be judged (then the platform is ``None``)."""
    element.remove_attribute(name)
    shown = without_query(url, context.base)
    context.findings.append(
        context.finding(
            Outcome.REMOVED, platform, f"{element.tag}[{name}]", address=shown, reason=Reason.WOULD_BE_FETCHED
        )
    )


def report_unknown(context: RewriteContext, element: Element, parts: Address | None) -> None:
    """Add a finding for what is fetched from an unknown host or a third party, if the settings say so."""
    if parts is None or not context.reports_unknown:
        return
    shown = f"{parts.origin}{parts.path}"
    if (third_party := third_party_of(parts, context.base, context.settings)) is not None:
        context.findings.append(context.third_party_finding(third_party, element.tag, shown))
    elif is_unknown(parts, context.base, context.settings):
        context.findings.append(
            context.finding(Outcome.REPORTED, None, element.tag, address=shown, reason=Reason.UNKNOWN_HOST)
        )


def third_parties_named(context: RewriteContext, found: str, text: str) -> list[Finding]:
    """A finding for each third party whose address is in code, in CSS or in a list of URLs, if the settings say so. The text stays."""
    named: set[ThirdParty] = set()
    findings = []
    for parts in addresses_in(text) if context.reports_unknown else ():
        third_party = third_party_of(parts, context.base, context.settings)
        if third_party is not None and third_party not in named:
            named.add(third_party)
            findings.append(context.third_party_finding(third_party, found, f"{parts.origin}{parts.path}"))
    return findings


def _is_fetched(tag: str, name: str) -> bool:
    if name in LAZY_URL_ATTRIBUTES:
        return tag in LAZY_URL_ELEMENTS
    if name in LAZY_BACKGROUND_ATTRIBUTES:
        return tag not in HYPERLINK_ELEMENTS
    return name in RESOURCE_ATTRIBUTES or (name in HREF_ATTRIBUTES and tag in SVG_RESOURCE_ELEMENTS)


def _remove_if_platform(context: RewriteContext, element: Element, name: str, urls: Iterable[str]) -> None:
    for url in urls:
        platform = platform_at(url, context.base, context.allow)
        if platform is not None:
            remove_attribute(context, element, name, platform, url)
            return


def _rewrite_animation(context: RewriteContext, element: Element, name: str, value: str) -> None:
    """What an animation assigns to another attribute: a URL, or CSS."""
    # White space inside is part of a value; a URL drops it.
    for part in value.split(";") if name == "values" else [value]:
        platform = platform_at(part, context.base, context.allow)
        platform = platform or without_platform_urls(part, context.base, context.allow)[1]
        if platform is not None:
            remove_attribute(context, element, name, platform, part)
            return


def _rewrite_css(context: RewriteContext, element: Element, name: str, value: str) -> None:
    css, platform = without_platform_urls(value, context.base, context.allow)
    if css != value:
        element.set_attribute(name, css)
        context.findings.append(
            context.finding(Outcome.INERT, platform, f"{element.tag}[{name}]", reason=Reason.WOULD_BE_FETCHED)
        )


def _rewrite_refresh(context: RewriteContext, element: Element, attributes: dict[str, str]) -> None:
    if attributes["http-equiv"].strip().lower() != "refresh":
        return
    url = refresh_url(attributes.get("content", ""))
    platform = platform_at(url, context.base, context.allow) if url else None
    if platform is not None:
        remove_element(context, element, platform, without_query(url, context.base))


def _report_form_action(context: RewriteContext, element: Element, attributes: dict[str, str]) -> None:
    name = FORM_ACTION_ATTRIBUTES.get(element.tag, "")
    platform = platform_at(attributes[name], context.base, context.allow) if name in attributes else None
    if platform is not None:
        shown = without_query(attributes[name], context.base)
        found = f"{element.tag}[{name}]"
        context.findings.append(
            context.finding(Outcome.REPORTED, platform, found, address=shown, reason=Reason.SUBMITTED)
        )
