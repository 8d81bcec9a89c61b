"""What the rewriting pass cannot look into, because its content is text to the tokenizer: scripts, style sheets and ``noscript``.

Scripts that fetch a platform's script are the most common pasted form of the SDK; ``noscript`` is markup to every visitor without
script. They are found by their position; pages that have none of them are not read twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from turbohtml import TokenType, tokenize, unescape

from shariff_py.gate.browser_rules.lenient_urls import platform_behind
from shariff_py.gate.browser_rules.speculation_rules import reach_out
from shariff_py.gate.detect.script_scan import loaded_by as loaded_by
from shariff_py.gate.findings import Finding, Gated, Outcome
from shariff_py.gate.rewrite.byte_fidelity import written_back, written_for_the_pass
from shariff_py.gate.rewrite.replacements import GAP
from shariff_py.platforms.record import Platform

SCRIPT_TYPES = frozenset(
    {
        "", "module", "application/ecmascript", "application/javascript",
        "application/x-ecmascript", "application/x-javascript", "text/ecmascript", "text/javascript", "text/javascript1.0",
        "text/javascript1.1", "text/javascript1.2", "text/javascript1.3", "text/javascript1.4", "text/javascript1.5",
        "text/jscript", "text/livescript", "text/x-ecmascript", "text/x-javascript",
    }
)  # fmt: skip
"""Types a browser acts on (WHATWG MIME Sniffing, JavaScript MIME types). JSON in a script element is data and stays."""

LISTED_TYPES = frozenset({"importmap", "speculationrules"})
"""Types that are no code but lists of addresses a browser acts on (WHATWG HTML 8.1.6.2, speculation rules)."""

DELAYED_TYPES = re.compile(
    r"(?:[\w.+-]+/)?[\w.+-]*script(?:1\.\d|[-/.;][\w.;= +-]*)?|[0-9a-f]+-module|text/(?:plain|babel|psajs|phast)|application/consent"
)
"""Types by which other tools keep scripts from running, until a script of theirs lets them (WP Rocket, LiteSpeed, Perfmatters, NitroPack,
Cloudflare Rocket Loader, PageSpeed, consent scripts that follow the ``text/plain`` convention). Not after consent either may they run."""

LISTS = re.compile(
    r'"(?:imports|scopes|integrity|prefetch|prefetch_with_subresources|prerender|prerender_until_script)"|\\u'
)
"""What such a list holds at its top, as it is or written in escapes."""

LONGEST_TYPE = 100
"""Characters of a type. Nobody's is longer."""

STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
"""A text in JSON (RFC 8259); one that is left open ends with everything, so that nothing is read twice."""

LOOKED_INTO = frozenset({"script", "noscript", "style"})

TEMPLATES = re.compile(r"text/(?:html|(?=[a-z.-]*(?:template|tmpl|handlebars|mustache|underscore|jsrender))[a-z.-]++)")
"""Types of scripts that are markup, which a script of the page writes into it later."""

FETCHED_AHEAD = "It lets browsers fetch what ordinary links lead to before anybody follows them."

GateFragment = Callable[[str], Gated]
CleanStyle = Callable[[str], tuple[str, Platform | None]]


@dataclass(slots=True)
class _Edit:
    """The page with pieces exchanged: what is kept so far, up to where, and what was found."""

    html: str
    gate_fragment: GateFragment
    clean_style: CleanStyle
    ahead: bool
    kept: list[str] = field(default_factory=list)
    done: int = 0
    findings: list[Finding] = field(default_factory=list)

    def exchange(self, start: int, end: int, piece: str, findings: Sequence[Finding]) -> None:
        self.kept += [self.html[self.done : start], piece]
        self.done = end
        self.findings += findings

    def look(self, what: str, start: int, inside: int, outside: int, end: int) -> None:
        """An element from ``start`` to ``end`` whose content stands from ``inside`` to ``outside``."""
        body = self.html[inside:outside]
        read = written_back(body)
        if what == "markup":
            gated = self.gate_fragment(body)
            if gated.findings:
                self.exchange(inside, outside, gated.html, gated.findings)
        elif what == "style":
            css, platform = self.clean_style(read)
            if css == read and "&" in read:
                # Inside pictures references are resolved in styles, too.
                resolved = unescape(read)
                cleaned, platform = self.clean_style(resolved)
                css = css if cleaned == resolved else ""
            # Text that would end the element cannot come out of a style that did not hold it; a sheet that has it all the same goes.
            if css != read:
                piece = "" if "</" in css else written_for_the_pass(css)
                name = platform.name if platform else ""
                found = Finding(Outcome.REMOVED, name, "style", note="It would be fetched without asking.")
                self.exchange(inside, outside, piece, [found])
        elif loader := listed_in(read) if what == "list" else loaded_by(read):
            note = (
                f"It loads {loader.title}'s script." if what == "script" else f"It names an address of {loader.title}."
            )
            self.exchange(start, end, GAP, [Finding(Outcome.REMOVED, loader.name, "inline script", note=note)])
        elif what == "list" and self.ahead and reach_out(read):
            self.exchange(start, end, GAP, [Finding(Outcome.REMOVED, "", "speculation rules", note=FETCHED_AHEAD)])

    def whole(self) -> str:
        return "".join([*self.kept, self.html[self.done :]])


def look_into(
    html: str, gate_fragment: GateFragment, clean_style: CleanStyle, *, ahead: bool
) -> tuple[str, list[Finding]]:
    """The page without inline scripts that fetch something of a platform, with clean style sheets, and with the markup in ``noscript``
    and in templates gated; with the findings.

    ``html`` must be in the form of `written_for_the_pass`: then the tokens' sources add up to it, character by character.
    ``gate_fragment`` gates a piece of markup in that same form, ``clean_style`` takes a style's addresses out. ``ahead`` says
    that rules by which browsers fetch any link ahead are to go, because there may be links to a platform.
    """
    edit = _Edit(html, gate_fragment, clean_style, ahead)
    for place in _found(html):
        edit.look(*place)
    return edit.whole(), edit.findings


Place = tuple[str, int, int, int, int]
"""What an element holds, where it starts, where its content starts and ends, and where it ends."""


def _found(html: str) -> Iterator[Place]:
    position = 0
    opened = ""
    start = inside = 0
    for token in tokenize(html, resolve_references=False, capture_source=True):
        text = token.source if token.source is not None else token.data or ""
        if opened and token.type is not TokenType.TEXT:
            yield opened, start, inside, position, position + len(text)
            opened = ""
        elif token.type is TokenType.START_TAG and token.tag in LOOKED_INTO:
            opened, start, inside = _holds(token.tag, token.attrs or []), position, position + len(text)
        position += len(text)
    if opened:
        # Left open, it would go on in whatever follows this fragment.
        yield opened, start, inside, position, position


def loads(text: str) -> bool:
    """Whether a text would load something of a platform if it were the content of a script of any type."""
    return loaded_by(text) is not None or (LISTS.search(text) is not None and listed_in(text) is not None)


def listed_in(text: str) -> Platform | None:
    """The platform to which any address in a list leads. The list is JSON; what stands in each of its texts counts."""
    for found in STRING.finditer(text):
        try:
            address = json.loads(found[0], strict=False)
        except ValueError:
            address = found[0][1:-1]
        if (platform := platform_behind(address)) is not None:
            return platform
    return None


def held(
    tag: str,
    attributes: Sequence[tuple[str, str | None]],
    text: str,
    gate_fragment: GateFragment,
    clean_style: CleanStyle,
) -> str | None:
    """The name of the platform of which an element's text loads something, as `look_into` judges it, empty where that is not known;
    ``None`` where it loads nothing."""
    match _holds(tag, attributes) if tag in LOOKED_INTO else "":
        case "script":
            platform = loaded_by(text)
        case "list":
            platform = listed_in(text)
        case "style":
            css, platform = clean_style(text)
            if css != text and platform is None:
                return ""
        case "markup" if "<" in text:
            found = gate_fragment(text).findings
            touched = [f.platform for f in found if f.outcome not in {Outcome.REPORTED, Outcome.DROPPED}]
            return touched[0] if touched else None
        case _:
            return None
    return platform.name if platform else None


def _holds(tag: str, attributes: Sequence[tuple[str, str | None]]) -> str:
    """What an element holds: ``script``, ``list``, ``style``, ``markup``, or nothing that anybody acts upon."""
    if tag != "script":
        return "markup" if tag == "noscript" else tag
    kind = (next((value for name, value in attributes if name == "type"), None) or "").strip().lower()
    if len(kind) > LONGEST_TYPE:
        return ""
    if kind in LISTED_TYPES:
        return "list"
    if TEMPLATES.fullmatch(kind):
        return "markup"
    return "script" if kind in SCRIPT_TYPES or DELAYED_TYPES.fullmatch(kind) else ""
