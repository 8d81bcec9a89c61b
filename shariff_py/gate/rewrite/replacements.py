"""What is put in place of a platform's content: a gate, a share link, an ordinary link, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from shariff_py.caches import cached
from shariff_py.consent_ui.closed_block import link_instead
from shariff_py.consent_ui.gate import gate_parts
from shariff_py.consent_ui.lengths import MAX_GATES, exceeded
from shariff_py.consent_ui.preview import Preview
from shariff_py.consent_ui.share import share_link
from shariff_py.consent_ui.wording import day
from shariff_py.errors import AddressRefused, EmbedRefused
from shariff_py.gate.browser_rules.alternative_text import hiding_attribute
from shariff_py.gate.findings import Outcome, Reason
from shariff_py.gate.preview import PICTURE_ATTRIBUTE, TITLE_ATTRIBUTE, given, left_out
from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.rewrite.handles import Element
from shariff_py.gate.rewrite.headings import level_below
from shariff_py.gate.rewrite.placement import (
    KEPT_TAGS,
    TOKEN_SEPARATOR,
    WITHOUT_VISIBLE_CONTENT,
    encoded,
    put_around,
    surround,
)
from shariff_py.gate.written_size import written_size
from shariff_py.platforms.embed_kind import EmbedKind
from shariff_py.platforms.public_links import (
    first_page,
    is_helper,
    kind_of_frame,
    names_no_host,
    ordinary_link,
    page_to_share,
    plugin_content,
    public_link,
)
from shariff_py.platforms.recognition import Embed, content_address, embed_at, embed_of_frame, frame_content
from shariff_py.platforms.record import Platform
from shariff_py.settings.model import Settings
from shariff_py.texts import LANGUAGES, findings_language
from shariff_py.urls import NOWHERE, Address, parse

OF_THE_CONTENT = (Reason.SERVER, Reason.ISOLATED)
"""Why a gate of this content cannot be offered, though one of the platform could."""


@dataclass(frozen=True, slots=True)
class FoundEmbed:
    """A piece of a platform's embed code on the page: the element, its name in the findings, and whether it is in a paragraph or form.

    ``empty`` says that the element has no content that could stay, ``only_links`` that all of it says what a share link of ours says,
    ``keeps_content`` that the content is meant for where the element is not shown, as where no gate takes its place.
    """

    element: Element
    platform: Platform
    name: str
    in_paragraph: bool
    in_form: bool
    empty: bool = False
    only_links: bool = False
    keeps_content: bool = False

    @property
    def is_replaced_whole(self) -> bool:
        """Whether nothing inside the element stays where something else than a gate is put."""
        return self.is_gated_whole and not self.keeps_content

    @property
    def is_gated_whole(self) -> bool:
        """Whether nothing inside the element stays in a gate."""
        return self.empty or self.element.tag in WITHOUT_VISIBLE_CONTENT


def replace_platform_frame(
    context: RewriteContext, found: FoundEmbed, parts: Address, attributes: Mapping[str, str | None]
) -> None:
    """Put what belongs in the place of a frame with this URL, of a known kind of content, of another one, or of none."""
    platform = found.platform
    kind = kind_of_frame(platform, parts)
    sizes = written_size(attributes)
    if kind is None and is_helper(platform, parts):
        target = parse(page_to_share(platform, parts))
        if target is None or not _replace_with_share_link(context, found, "", target):
            remove_embed(context, found, "", f"{parts.origin}{parts.path}", Reason.HELPER)
    elif kind is None:
        content = plugin_content(platform, parts)
        link = ordinary_link(platform, parts)
        replace_with_gate(context, found, "", partial(embed_at, platform, content, sizes), link)
    elif kind.becomes == "gate":
        address = content_address(kind, parts.parameters)
        home = first_page(platform, "") if address and names_no_host(address) else ""
        replace_with_gate(context, found, kind.name, partial(embed_of_frame, platform, kind, parts, sizes), home)
    else:
        replace_ungated(context, found, kind, frame_content(platform, kind, parts))


def replace_with_gate(
    context: RewriteContext, found: FoundEmbed, kind_name: str, recognised: Callable[[], Embed], otherwise: str = ""
) -> None:
    """Put a gate around the element's content; a link where no gate is allowed, or where the content cannot be shown.

    ``otherwise`` is where that link leads if the address of the content is none of the platform's. Without it nothing is left, unless it is too
    long: then there is a link to the platform.
    """
    try:
        embed = recognised()
    except EmbedRefused as refused:
        # The address is that of a plugin which is no more: what the element itself is, is another kind.
        reason = Reason.NOT_CONTENT if refused.code == Reason.RETIRED else Reason(refused.code)
        if link := public_link(found.platform, refused.address):
            replace_with_link(context, found, kind_name, link, reason)
        elif otherwise:
            replace_with_link(context, found, kind_name, otherwise, reason if kind_name else Reason.NOTHING_SERVED)
        elif reason is Reason.TOO_LONG and (link := first_page(found.platform, refused.address)):
            replace_with_link(context, found, kind_name, link, reason)
        else:
            remove_embed(context, found, kind_name, refused.address, reason)
        return
    kind_name = embed.kind
    unavailable = context.settings.unavailable_reason(embed, context.info.controller, context.info.url)
    if unavailable is not None or found.in_form:
        reason = Reason(unavailable.removeprefix("unavailable.")) if unavailable else Reason.IN_A_FORM
        replace_with_link(context, found, kind_name, embed.address, reason)
        return
    number = context.next_number()
    attributes = dict(found.element.attrs)
    whole = found.is_gated_whole or found.element.tag in KEPT_TAGS or bool(hiding_attribute(attributes))
    limit = exceeded(embed, number) or ("" if context.offers_gates else "too_long")
    language, place = context.language.code, (context.charset, context.in_attributes)
    own = given(context.settings, attributes, context.base)
    shown = own.preview.completed(context.info.previews(context.settings, embed))
    parts = None
    if not limit:
        level = level_below(context.heading)
        parts = _fragments(
            context.settings, language, embed, context.info.controller, number, whole, place, level, shown
        )
    if parts is None:
        replace_with_link(context, found, kind_name, embed.address, Reason(limit or "too_long"), most=str(MAX_GATES))
        return
    head, tail = parts
    if (out := left_out(shown, head) or own.refused) is not None:
        context.findings.append(
            context.finding(Outcome.REMOVED, out.platform, PICTURE_ATTRIBUTE, address=out.address, reason=out.reason)
        )
    surround(context, found.element, head, tail, in_paragraph=found.in_paragraph, whole=found.is_gated_whole)
    context.findings.append(
        context.finding(Outcome.GATED, found.platform, found.name, kind_name, embed.address, reason=Reason.CONSENT)
    )


def replace_ungated(context: RewriteContext, found: FoundEmbed, kind: EmbedKind, address: str) -> None:
    """Put a share link in place of a share button, a link in place of what only its own script shows, or of a retired kind; remove a retired button.

    ``address`` is what it points at, empty for the page itself.
    """
    if kind.becomes == "share":
        target = parse(address, context.base) if address else parse(context.base)
        if target is not None and _replace_with_share_link(context, found, kind.name, target):
            return
    link = public_link(found.platform, address) if kind.becomes == "link" else ""
    if kind.retired is None:
        if link:
            replace_with_link(context, found, kind.name, link, Reason.NOTHING_SERVED)
        else:
            reason = Reason.NO_SHARE_LINK if kind.becomes == "share" else Reason.NOTHING_SERVED
            remove_embed(context, found, kind.name, address, reason)
        return
    ended = day(kind.retired, findings_language(context.settings.site.language), "medium")
    if link:
        replace_with_link(context, found, kind.name, link, Reason.RETIRED, day=ended)
    else:
        remove_embed(context, found, kind.name, address, Reason.RETIRED, day=ended)


def replace_with_link(
    context: RewriteContext, found: FoundEmbed, kind: str, address: str, reason: Reason, **values: str
) -> None:
    """Put an ordinary link, with the reason."""
    known = found.platform.kind(kind)
    because = _unavailable_reason(context, found.platform) or "unavailable.refused"
    link = link_instead(
        context.settings,
        context.language,
        address=address,
        platform=found.platform,
        reason_key=f"unavailable.{reason}" if reason in OF_THE_CONTENT else because,
        shown_as=known.shown_as if known is not None and known.becomes == "gate" else "",
        title=dict(found.element.attrs).get(TITLE_ATTRIBUTE) or "",
        level=level_below(context.heading),
    )
    surround(context, found.element, str(link), "", in_paragraph=found.in_paragraph, whole=found.is_replaced_whole)
    context.findings.append(
        context.finding(Outcome.LINKED, found.platform, found.name, kind, address, reason=reason, **values)
    )


def replace_unknown_frame(context: RewriteContext, element: Element, parts: Address, *, in_paragraph: bool) -> None:
    """Put an ordinary link in place of a frame from an unknown host."""
    address = parts.without_fragment
    link = link_instead(
        context.settings,
        context.language,
        address=address,
        platform=None,
        reason_key="unavailable.unknown",
        level=level_below(context.heading),
    )
    whole = element.tag in WITHOUT_VISIBLE_CONTENT
    surround(context, element, str(link), "", in_paragraph=in_paragraph, whole=whole)
    shown = f"{parts.origin}{parts.path}"
    context.findings.append(
        context.finding(Outcome.LINKED, None, element.tag, address=shown, reason=Reason.NOT_ALLOWED)
    )


def remove_embed(
    context: RewriteContext, found: FoundEmbed, kind: str, address: str, reason: Reason, **values: str
) -> None:
    """Remove the element's tags; its content stays, unless that is text, inert, or a frame's fallback."""
    element = found.element
    if found.is_replaced_whole:
        element.replace(TOKEN_SEPARATOR, html=True)
    else:
        put_around(element, TOKEN_SEPARATOR, TOKEN_SEPARATOR)
    context.findings.append(
        context.finding(Outcome.REMOVED, found.platform, found.name, kind, address, reason=reason, **values)
    )


def remove_element(
    context: RewriteContext,
    element: Element,
    platform: Platform | None,
    address: str = "",
    reason: Reason = Reason.WOULD_BE_FETCHED,
    instead: str = TOKEN_SEPARATOR,
    found: str = "",
) -> None:
    """Remove an element with its content. ``instead`` is markup in its place, ``found`` its name in the finding, if it is not the tag."""
    element.replace(instead, html=True)
    finding = context.finding(Outcome.REMOVED, platform, found or element.tag, address=address, reason=reason)
    context.findings.append(finding)


def replace_with_text(
    context: RewriteContext, element: Element, platform: Platform, address: str, text: str, reason: Reason
) -> None:
    """Put a picture's alternative text in its place."""
    shown = encoded(context, escape(text))
    element.replace(f"{TOKEN_SEPARATOR}{shown}{TOKEN_SEPARATOR}", html=True)
    context.findings.append(context.finding(Outcome.REMOVED, platform, element.tag, address=address, reason=reason))


def _length(_: Settings, __: str, embed: Embed, controller: str | None, *rest: Any) -> int:
    options = sum([len(name) + len(value) + 16 for name, value in embed.options])
    return len(embed.address) + options + len(controller or "") + int(rest[-1].characters)


@cached("gate.rewrite.replacements._fragments", _length)
def _fragments(
    settings: Settings,
    code: str,
    embed: Embed,
    controller: str | None,
    number: int,
    whole: bool,
    place: tuple[str, int],
    level: int,
    shown: Preview,
) -> tuple[str, str] | None:
    """What goes before and after the content of a gated element, ``None`` where that would be too much in its place: a charset, and a number
    of documents around it that are attributes. Cached, because the same pages are gated again and again."""
    charset, nested = place
    parts = gate_parts(
        settings,
        LANGUAGES[code],
        embed,
        controller=controller,
        nth=number,
        quoted=not whole,
        charset=charset,
        nested=nested,
        title=shown.title,
        level=level,
        picture=shown.picture,
    )
    if parts is None:
        return None
    head, tail = parts
    return (str(head + tail), "") if whole else (str(head), str(tail))


def _replace_with_share_link(context: RewriteContext, found: FoundEmbed, kind: str, target: Address) -> bool:
    nowhere = parse(NOWHERE)
    if not context.settings.policy.may_share(found.platform) or (nowhere and target.host == nowhere.host):
        return False
    address = target.without_fragment
    try:
        link = share_link(context.settings, context.language, found.platform, url=address)
    except AddressRefused:
        return False
    shown = encoded(context, str(link))
    if found.element.tag in KEPT_TAGS:
        # Where it ends is not known before its end tag comes, if one does.
        put_around(found.element, shown, "")
    elif found.is_replaced_whole or found.only_links:
        found.element.replace(shown, html=True)
    else:
        put_around(found.element, shown, TOKEN_SEPARATOR)
    context.findings.append(
        context.finding(Outcome.SHARED, found.platform, found.name, kind, address, reason=Reason.SHARE_LINK)
    )
    return True


def _unavailable_reason(context: RewriteContext, platform: Platform) -> str | None:
    """The key of the text that says why no gate of the platform opens here; ``None`` where one does."""
    return context.settings.policy.unavailable_reason(platform, context.info.controller, context.info.url)
