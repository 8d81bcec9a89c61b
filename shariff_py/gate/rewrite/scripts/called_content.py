"""Gates for content that a platform's script shows when it is called: in place of the element that is pressed, or before the script that calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from shariff_py.gate.browser_rules.element_content import TABLE_PARTS
from shariff_py.gate.detect.javascript.content_calls import ContentCall, content_calls
from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.rewrite.handles import Attributes
from shariff_py.gate.rewrite.replacements import FoundEmbed, replace_with_gate
from shariff_py.gate.written_size import written_size
from shariff_py.platforms.allowed_hosts import allows_some_of
from shariff_py.platforms.recognition import Embed, embed_of, script_content
from shariff_py.platforms.record import Platform

KEPT_ELEMENTS = frozenset({"html", "head", "body", "frameset", "form"}) | TABLE_PARTS
"""Elements that no gate takes the place of, whatever calls they make."""
SCRIPT_SCHEME = "javascript:"


def replace_caller(
    context: RewriteContext, tag: str, attributes: Mapping[str, str], found: Callable[[Platform, str], FoundEmbed]
) -> bool:
    """Replace an element that has a platform's script show content once it is pressed. ``found`` makes of the platform and the name what is
    replaced."""
    for name, value in attributes.items() if tag not in KEPT_ELEMENTS else ():
        if name.startswith("on") or value.lstrip().lower().startswith(SCRIPT_SCHEME):
            for _, embed in _held(context, value, attributes):
                replace_with_gate(context, found(embed.record, f"{tag}[{name}]"), embed.kind, partial(_itself, embed))
                return True
    return False


def replace_own_script(context: RewriteContext, found: FoundEmbed, attributes: Mapping[str, str]) -> bool:
    """Replace a platform's own script that shows content where it stands."""
    shown = script_content(found.platform, attributes) if found.element.tag == "script" else None
    if shown is None:
        return False
    kind, address = shown
    embed = partial(embed_of, found.platform, kind, address, written_size(attributes))
    replace_with_gate(context, found, kind.name, embed)
    return True


def gates_before_script(context: RewriteContext, code: str, *, in_paragraph: bool, in_form: bool) -> str:
    """What is put before a script that has a platform's script show content: a gate for each, or what stands for it. Findings are added to the
    page's."""
    place = _Place()
    for name, embed in _held(context, code):
        found = FoundEmbed(place, embed.record, name, in_paragraph, in_form, empty=True)
        replace_with_gate(context, found, embed.kind, partial(_itself, embed))
    return place.markup


def _held(context: RewriteContext, code: str, own: Mapping[str, str] | None = None) -> Iterator[ContentCall]:
    """The content that a script calls for, but that of platforms which the settings allow."""
    return (call for call in content_calls(code, own) if not allows_some_of(call.embed.record, context.allow))


def _itself(embed: Embed) -> Embed:
    return embed


class _Place:
    """A place in which something is put as in that of an element without content, one after the other."""

    tag = "script"
    attrs: Attributes = ()

    def __init__(self) -> None:
        self.markup = ""

    def before(self, content: str, /, *, html: bool = False) -> None: ...
    def after(self, content: str, /, *, html: bool = False) -> None: ...

    def replace(self, content: str, /, *, html: bool = False) -> None:
        """Put something here."""
        self.markup += content

    def remove_and_keep_content(self) -> None: ...
    def set_attribute(self, name: str, value: str, /) -> None: ...
    def remove_attribute(self, name: str, /) -> None: ...
