"""What is done with each element of a page: which are examined, and what of them may stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain

from shariff_py.alternation import one_of
from shariff_py.gate.browser_rules.alternative_text import alternative_text
from shariff_py.gate.browser_rules.loading_attributes import (
    FRAME_ELEMENTS,
    LAZY_URL_ATTRIBUTES,
    RESOURCE_ELEMENTS,
    has_external_url,
    link_fetches_nothing,
)
from shariff_py.gate.browser_rules.script_types import EXAMINED_ELEMENTS
from shariff_py.gate.detect.candidate_visits import TEXT_LEVEL_SELECTOR, CandidateSelectors
from shariff_py.gate.detect.embed_addresses import may_be_embed_address, urls_of_frame
from shariff_py.gate.detect.embed_placeholders import (
    CLOSING_PARAGRAPHS,
    MEDIA_ELEMENTS,
    Placeholders,
    may_be_placeholder,
)
from shariff_py.gate.detect.prefilter import may_name_domain
from shariff_py.gate.detect.url_owner import is_unknown, platform_at, resolve, without_query
from shariff_py.gate.detect.widget_markup import (
    EMBED_SELECTOR,
    MARKED_BY_NAME,
    PREFIXES,
    ROOT_IDS,
    WIDGET_TAG_SELECTORS,
    WIDGETS,
    find_widget,
)
from shariff_py.gate.findings import Reason
from shariff_py.gate.rewrite.attribute_rules import (
    refusal_of,
    remove_attribute,
    remove_dns_prefetch,
    report_unknown,
    rewrite_attributes,
)
from shariff_py.gate.rewrite.byte_fidelity import unescape_from_rewriter
from shariff_py.gate.rewrite.context import GateFragment, RewriteContext
from shariff_py.gate.rewrite.fallback_links import ContentLinks, FallbackLinks, ObjectContent
from shariff_py.gate.rewrite.frames.blocked import is_blocked
from shariff_py.gate.rewrite.handles import Attributes, Element, ElementHandler, TextNode
from shariff_py.gate.rewrite.replacements import (
    FoundEmbed,
    remove_element,
    remove_embed,
    replace_platform_frame,
    replace_ungated,
    replace_unknown_frame,
    replace_with_gate,
    replace_with_text,
)
from shariff_py.gate.rewrite.scripts.called_content import replace_caller, replace_own_script
from shariff_py.gate.rewrite.scripts.server_scripts import ServerScripts
from shariff_py.gate.rewrite.stubs import instead_of
from shariff_py.gate.text_bytes import find
from shariff_py.platforms.allowed_hosts import allows_some_of, held_platform_of, is_allowed
from shariff_py.platforms.public_links import is_content_script, is_helper
from shariff_py.platforms.recognition import embed_of
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import SERVER_MARKS, Table

PAGE_ELEMENTS = ("html", "base")
"""Elements that affect the whole page."""

FRAMES = frozenset({"frame", *FRAME_ELEMENTS})
ALWAYS_EXAMINED = Table(lambda: frozenset({"html", "meta", *FRAMES, *MEDIA_ELEMENTS, *WIDGETS()}))
"""Elements that are examined whatever their attributes say."""

PARAGRAPH, FORM = re.compile(rb"<p(?![a-z0-9-])"), b"<form"
FOREIGN = (b"<svg", b"<math")
"""How the ancestors begin that count, in lower case."""

WIDGET_PREFIX = Table(lambda: re.compile(one_of(PREFIXES())))


class ElementRewriter:
    """The handlers of one pass over one page. ``gate_fragment`` gates markup inside an attribute; its findings go to the page.

    With ``only`` those elements alone are examined, and those that affect the whole page. ``seen_tags`` are those of `EXAMINED_ELEMENTS` that
    occurred; ``visited`` are the elements that were passed in, ``texts`` the texts and comments.
    ``in_foreign_content``: one of those elements is in a drawing or a formula.
    """

    def __init__(
        self,
        context: RewriteContext,
        gate_fragment: GateFragment,
        only: CandidateSelectors | None = None,
        source: str = "",
    ) -> None:
        self.context = context
        self.seen_tags: set[str] = set()
        self.visited: list[tuple[str, Attributes]] = []
        self.texts: list[str] = []
        self.in_foreign_content = False
        self._gate_fragment = gate_fragment
        self._only = only
        self._placeholders = Placeholders(source)
        self._fallback_links = FallbackLinks(source)
        self._content_links = ContentLinks(source)
        self._server_scripts = ServerScripts(source, context.settings, context.allow)
        self._object_content = ObjectContent(source)
        self._ancestors: set[str] = set()

    def handlers(self, page: bytes) -> Iterator[tuple[str, ElementHandler]]:
        """Selectors, and what is called for each match; of several for one element in this order. Ancestors that the page, in lower case, has
        not are not looked for: deep inside other elements each search takes long."""
        only = self._only
        inline = only.inline if only else TEXT_LEVEL_SELECTOR()
        embeds = only.all if only else ",".join((EMBED_SELECTOR(), "script", *WIDGET_TAG_SELECTORS()))
        # Most are written so, and a word is found sooner than a pattern.
        if inline and (find(b"<p>", page) != -1 or PARAGRAPH.search(page)):
            yield f"p :is({inline})", partial(self._note_ancestor, "p")
        if embeds and find(FORM, page) != -1:
            yield f"form :is({embeds})", partial(self._note_ancestor, "form")
        if only is None:
            yield "*", self.on_element
            return
        if only.all and any(find(start, page) != -1 for start in FOREIGN):
            yield f":is(svg,math) :is({only.all})", self._note_foreign
        yield ",".join(filter(None, (*PAGE_ELEMENTS, only.all))), self.on_element

    def on_text(self, node: TextNode) -> None:
        """Note a text or a comment as it is in the page: in a script, what ends a line counts."""
        self.texts.append(unescape_from_rewriter(node.text or ""))

    def on_element(self, element: Element) -> None:
        """Examine one element, and change what may not stay."""
        tag, given = element.tag, element.attrs
        if tag in EXAMINED_ELEMENTS:
            self.seen_tags.add(tag)
        if self._only is not None:
            self.visited.append((tag, given))
        ancestors = frozenset(self._ancestors)
        self._ancestors.clear()
        if given or tag in ALWAYS_EXAMINED():
            self._examine(element, tag, given, ancestors)

    def _note_foreign(self, element: Element) -> None:
        self.in_foreign_content = True

    def _note_ancestor(self, ancestor: str, element: Element) -> None:
        self._ancestors.add(ancestor)

    def _examine(self, element: Element, tag: str, given: Attributes, ancestors: frozenset[str]) -> None:
        values = " ".join([value for _, value in given if value])
        always = tag in ALWAYS_EXAMINED() or not MARKED_BY_NAME().isdisjoint([name for name, _ in given])
        if not always and tag != "base" and values in self.context.harmless_values:
            return
        if may_be_placeholder(tag, given, values) and self._replace_placeholder(element, tag, given):
            return
        marked = always or WIDGET_PREFIX().search(values) is not None
        if not marked and not self._may_fetch(tag, values):
            if not may_be_embed_address(values):
                self.context.note_harmless(values)
            return
        # Of a repeated attribute the first counts, as in browsers.
        attributes = {name: value or "" for name, value in reversed(given)}
        if "\f" in values:
            attributes = {name: unescape_from_rewriter(value) for name, value in attributes.items()}
        if marked and self._replace_marked(element, tag, attributes, ancestors):
            return
        external = not marked or self._may_fetch(tag, values)
        if external and tag in RESOURCE_ELEMENTS and self._remove_resource(element, attributes, ancestors):
            return
        if "id" in attributes and self._remove_root(element, given, attributes):
            return
        if external:
            rewrite_attributes(self.context, element, attributes)

    def _may_fetch(self, tag: str, values: str) -> bool:
        """Whether something in attribute values could lead to a platform, or to a host that is to be reported, or sets the base URL."""
        if not has_external_url(values):
            return False
        if tag == "base" or self.context.reports_unknown or any(mark in values for mark in SERVER_MARKS()):
            return True
        return may_name_domain(unescape_from_rewriter(values))

    def _replace_marked(
        self, element: Element, tag: str, attributes: dict[str, str], ancestors: frozenset[str]
    ) -> bool:
        """Whether an element that its name or a widget's name marks was replaced or removed."""
        if tag in FRAME_ELEMENTS:
            return self._replace_frame(element, attributes, ancestors)
        if tag == "frame":
            self._rewrite_frameset_frame(element, attributes)
            return False
        if tag == "html":
            self.context.set_language(attributes.get("lang", ""))
        elif tag == "meta" and remove_dns_prefetch(self.context, element, attributes):
            return True
        if self._replace_widget(element, attributes, ancestors):
            return True
        found = partial(self._found, element, ancestors=ancestors)
        return replace_caller(self.context, element.tag, attributes, found)

    def _replace_frame(self, element: Element, attributes: dict[str, str], ancestors: frozenset[str]) -> bool:
        """Replace a frame that shows a platform's document, whichever attribute has its URL."""
        own = attributes.get(FRAME_ELEMENTS[element.tag], "")
        urls = [own, *[attributes[name] for name in LAZY_URL_ATTRIBUTES if name in attributes]]
        # Most frames say it in the first of them, so the others are not read before.
        shown = (resolve(url, self.context.base) for url in urls)
        for parts in chain(shown, urls_of_frame(attributes, urls, self.context.base)):
            platform = held_platform_of(parts, self.context.allow) if parts else None
            if platform is not None and parts is not None:
                found = self._found(element, platform, element.tag, ancestors)
                if element.tag == "object":
                    found = replace(found, keeps_content=self._object_content.stays(element.attrs))
                replace_platform_frame(self.context, found, parts, attributes)
                return True
        if (refusal := refusal_of(self.context, self._gate_fragment, own)) is not None:
            remove_element(self.context, element, refusal.platform, reason=refusal.reason)
            return True
        if "srcdoc" in attributes:
            gated = self.context.gated_document(attributes["srcdoc"], self._gate_fragment)
            if gated.findings:
                self.context.findings.extend(gated.findings)
                element.set_attribute("srcdoc", gated.html)
        return self._replace_unknown(element, attributes, urls, in_paragraph="p" in ancestors)

    def _replace_unknown(self, element: Element, given: dict[str, str], urls: list[str], *, in_paragraph: bool) -> bool:
        context = self.context
        for url in urls:
            parts = resolve(url, context.base)
            if parts is None:
                continue
            unknown = is_unknown(parts, context.base, context.settings)
            if unknown and (context.settings.gate.unknown == "gate" or is_blocked(context, element.tag, given, parts)):
                replace_unknown_frame(context, element, parts, in_paragraph=in_paragraph)
                return True
            report_unknown(context, element, parts)
        return False

    def _replace_placeholder(self, element: Element, tag: str, given: Attributes) -> bool:
        """Replace an empty element that a script of the page puts a platform's frame into."""
        place = self._placeholders.find(tag, given, self.context.base)
        if place is None or held_platform_of(place.embed.frame, self.context.allow) is None:
            return False
        name = f"{tag}[{place.attribute}]"
        found = FoundEmbed(element, place.embed.platform, name, place.in_paragraph, place.in_form, empty=True)
        replace_platform_frame(self.context, found, place.embed.frame, dict(given))
        return True

    def _rewrite_frameset_frame(self, element: Element, attributes: dict[str, str]) -> None:
        """Empty a frame of a frameset whose document is inside its URL; the element stays, as nothing else may be in a frameset."""
        refusal = refusal_of(self.context, self._gate_fragment, attributes.get("src", ""))
        if refusal is not None:
            remove_attribute(self.context, element, "src", refusal.platform)

    def _replace_widget(self, element: Element, attributes: dict[str, str], ancestors: frozenset[str]) -> bool:
        """Replace markup that a platform's SDK turns into a widget."""
        links = partial(self._content_links.inside, element.tag, element.attrs)
        widget = find_widget(element.tag, attributes, presence=self.context.presence.of, links=links)
        if widget is None or allows_some_of(widget.platform, self.context.allow):
            return False
        name, platform, kind, address, options = widget
        parts = resolve(address, self.context.base) if platform.any_server else None
        if parts is not None and is_allowed(platform, parts.host, self.context.allow):
            return False
        found = self._found(element, platform, name, ancestors)
        if kind.becomes == "share":
            found = replace(found, only_links=self._fallback_links.are_all(element.tag, element.attrs))
        if kind.becomes == "gate":
            replace_with_gate(self.context, found, kind.name, partial(embed_of, platform, kind, address, options))
        else:
            replace_ungated(self.context, found, kind, address)
        return True

    def _found(self, element: Element, platform: Platform, name: str, ancestors: frozenset[str]) -> FoundEmbed:
        # A paragraph is closed by the tags of SDK markup already; only what is written as text-level is still inside it.
        return FoundEmbed(
            element, platform, name, "p" in ancestors and element.tag not in CLOSING_PARAGRAPHS, "form" in ancestors
        )

    def _remove_root(self, element: Element, given: Attributes, attributes: dict[str, str]) -> bool:
        """Remove the empty element that a platform's script requires."""
        platform = ROOT_IDS().get(attributes["id"])
        if platform is None or allows_some_of(platform, self.context.allow):
            return False
        if not self._placeholders.is_empty_root(element.tag, given):
            return False
        found = FoundEmbed(element, platform, f"{element.tag}#{attributes['id']}", in_paragraph=False, in_form=False)
        remove_embed(self.context, found, "", "", Reason.SCRIPT_NEEDS_IT)
        return True

    def _remove_resource(self, element: Element, attributes: dict[str, str], ancestors: frozenset[str]) -> bool:
        """Remove an element that serves no purpose without what it fetches."""
        names = RESOURCE_ELEMENTS[element.tag]
        if element.tag == "link" and link_fetches_nothing(attributes.get("rel", "")):
            return False
        context = self.context
        for name in (*names, *LAZY_URL_ATTRIBUTES):
            url = attributes.get(name, "")
            if not url:
                continue
            platform = platform_at(url, context.base, context.allow)
            if platform is None and element.tag == "script" and (parts := resolve(url, context.base)) is not None:
                platform = self._server_scripts.platform(parts)
            if platform is not None:
                return self._remove_platform_resource(element, attributes, platform, url, ancestors)
            executed = element.tag in {"script", "link"}
            if executed and (refusal := refusal_of(context, self._gate_fragment, url, document=False)) is not None:
                reason = Reason.WOULD_BE_FETCHED if refusal.platform else refusal.reason
                instead = instead_of(context, element, refusal.platform, url, attributes)
                remove_element(context, element, refusal.platform, reason=reason, instead=instead)
                return True
            if name in names:
                report_unknown(context, element, resolve(url, context.base))
        if element.tag == "base" and "href" in attributes:
            context.set_base(attributes["href"])
        return False

    def _remove_platform_resource(
        self, element: Element, attributes: dict[str, str], platform: Platform, url: str, ancestors: frozenset[str]
    ) -> bool:
        """Whether an element that fetches something of a platform went; of a picture the alternative text stays, of content a gate."""
        context = self.context
        shown, parts = without_query(url, context.base), resolve(url, context.base)
        if element.tag == "script" and parts is not None and is_content_script(platform, parts):
            replace_platform_frame(context, self._found(element, platform, "script", ancestors), parts, attributes)
            return True
        if replace_own_script(context, self._found(element, platform, "script", ancestors), attributes):
            element.before(instead_of(context, element, platform, url, attributes), html=True)
            return True
        if element.tag == "input":
            # A button, which shows its text, or the browser's own, where it has no picture.
            return False
        text = alternative_text(element.tag, attributes)
        if text and parts is not None and not is_helper(platform, parts):
            replace_with_text(context, element, platform, shown, text, Reason.PICTURE)
        else:
            instead = instead_of(context, element, platform, url, attributes)
            remove_element(context, element, platform, shown, instead=instead)
        return True
