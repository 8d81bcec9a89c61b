"""What an element's content is to a parser: nothing, text, or markup that is not rendered (WHATWG HTML 13.1.2, 13.2.6)."""

from __future__ import annotations

VOID_ELEMENTS = frozenset(
    {
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "hr", "img", "input", "keygen", "link", "meta", "param", "source",
        "track", "wbr",
    }
)  # fmt: skip
"""Elements without content and end tag, and the obsolete ones parsers still treat so."""

RAW_TEXT_ELEMENTS = frozenset(
    {"iframe", "noembed", "noframes", "noscript", "plaintext", "style", "textarea", "title", "xmp"}
)
"""Elements whose content is text to a tokenizer; ``script``, whose text has rules of its own, aside."""

INERT_CONTENT_ELEMENTS = RAW_TEXT_ELEMENTS | {"script", "select", "template"}
"""Elements whose content is text, or inert. Removing only their tags would make it live markup."""

FALLBACK_CONTENT_ELEMENTS = frozenset({"embed", "object"})
"""Elements whose content is markup for browsers that cannot show them. ``amp-iframe`` is an ordinary element wherever AMP's script is not."""

SELF_SHOWN_ELEMENTS = frozenset({"audio", "canvas", "details", "dialog", "map", "math", "picture", "svg", "video"})
"""Elements that show something of their own, or show what is inside when they are asked to: their tags mean what is in them (WHATWG HTML 4.8,
4.11)."""

FORM_ELEMENTS = frozenset(
    {
        "button", "datalist", "fieldset", "form", "input", "label", "legend", "meter", "optgroup", "option", "output", "progress", "select",
        "textarea",
    }
)  # fmt: skip
"""Elements of forms (WHATWG HTML 4.10). A form does not work without any of them."""

TABLE_PARTS = frozenset({"caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"})
"""Tables and their parts (WHATWG HTML 4.9). Without the tags of one, what is inside leaves the table."""
