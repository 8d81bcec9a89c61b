"""How markup of ours takes the place of an element: instead of it, or around what it holds, with what the page needs of its tags."""

from __future__ import annotations

from shariff_py.gate.browser_rules.alternative_text import hiding_attribute
from shariff_py.gate.browser_rules.element_content import FALLBACK_CONTENT_ELEMENTS, INERT_CONTENT_ELEMENTS
from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.rewrite.handles import Element

TOKEN_SEPARATOR = "<!---->"  # noqa: S105
"""Put where something was removed. Without it the text before and after could join to a new tag."""

WITHOUT_VISIBLE_CONTENT = INERT_CONTENT_ELEMENTS | FALLBACK_CONTENT_ELEMENTS
"""Elements that are replaced as a whole, because nothing inside them may become live or visible markup."""

STRUCTURE = ("ul", "ol", "menu", "dl", "h1", "h2", "h3", "h4", "h5", "h6")
KEPT_TAGS = {"li": "<li>{}", "dt": "<dt>{}", "dd": "<dd>{}", "p": "{}<p>", **{tag: f"{{}}<{tag}>" for tag in STRUCTURE}}
"""Elements that are a list, part of one, or a heading, or whose end tag may be missing: the tag stays, without attributes, and what is put is
whole there."""


def surround(
    context: RewriteContext, element: Element, head: str, tail: str, *, in_paragraph: bool, whole: bool
) -> None:
    """Put our markup around the element's content, in place of its tags; with ``whole`` in place of all of it.

    Our markup is block-level; inside ``<p>`` a browser would tear it apart, so the paragraph is closed and opened again.
    """
    head, tail = encoded(context, head), encoded(context, tail)
    if in_paragraph:
        head, tail = f"</p>{head}", f"{tail}<p>"
    if whole:
        element.replace(head + tail, html=True)
    else:
        put_around(element, head, tail or TOKEN_SEPARATOR)


def put_around(element: Element, head: str, tail: str) -> None:
    """Put markup around the element's content, in place of its tags. A tag of `KEPT_TAGS` stays, and what was hidden stays hidden."""
    tag, hiding = element.tag, hiding_attribute(dict(element.attrs))
    kept = KEPT_TAGS.get(tag)
    if kept is None and hiding:
        tag, kept = "div", "{}<div>"
    if kept is not None:
        head, tail = kept.replace(">", f" {hiding}>" if hiding else ">").replace("{}", head), f"{tail}</{tag}>"
    element.before(head, html=True)
    element.after(tail, html=True)
    element.remove_and_keep_content()


def encoded(context: RewriteContext, markup: str) -> str:
    """Markup of ours in a form that is safe for the page's character set."""
    return markup.encode(context.charset, "xmlcharrefreplace").decode(context.charset)
