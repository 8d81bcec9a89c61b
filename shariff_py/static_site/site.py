"""Gating a folder: each file in turn, then the widget's files and the policy for the web server."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from shariff_py.errors import ConfigurationError
from shariff_py.gate import Finding, Outcome, gate_html
from shariff_py.platforms.registry import REGISTRY
from shariff_py.response_policy.pages import policy_meta, server_snippets
from shariff_py.settings import Settings
from shariff_py.settings.checks import PREFIX
from shariff_py.static_site import files
from shariff_py.static_site.head import has_head, with_policy, with_widget
from shariff_py.static_site.text import decoded
from shariff_py.web.assets import static_folder

WIDGET = {
    "shariff.min.css": '<link rel="stylesheet" href="{}">',
    "shariff.min.js": '<script src="{}" defer></script>',
}
"""The widget's files, and how a page loads each."""

OURS = re.compile(r'<shariff-(?:gate|share)\b|class="shariff-')
"""Markup of ours, which the widget's files are for."""

SHARED_FILE = "_headers"
"""The one of our files that a site may have already. What is ours stands in a marked part of it."""

BEGIN, END = "# shariff-py: what follows is written anew with each run", "# shariff-py: end"
MARKED = re.compile(f"^{BEGIN}\n.*?^{END}\n", re.MULTILINE | re.DOTALL)

NO_HEAD = "Gated, but they have no head: the pages they become part of must load the widget"
TEMPLATE = "Left as they are, although they hold content of a platform: only finished pages are rewritten"
XML = "Left as they are, although they hold content of a platform: browsers read them as XML, and gates are HTML; save them as .html"
LEADS_OUT = "Links that lead out of the folder; they were not followed"
NO_FILE = "Neither file nor folder; left out"
OF_THE_SERVER = "The widget's files are not written: frame.prefix is not below --base, so they come from the proxy"


class Became(StrEnum):
    """What became of one file."""

    CHANGED = "changed"
    SAME = "same"
    LEFT = "left"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Done:
    """One file: what became of it, whether it is a page, what was found in it, and a sentence where there is something to say."""

    file: str
    became: Became
    page: bool = False
    findings: tuple[Finding, ...] = ()
    note: str = ""


class StaticSite:
    """The finished pages below ``source``, gated into ``target``, which may be the same folder.

    ``base`` is the path under which the folder is reached (``/portal``; default: the site's root). ``meta`` puts the policy into each
    page. ``overwrite`` allows a target that is not empty. Raises `ConfigurationError` for what can be told before anything is written.
    """

    def __init__(
        self,
        settings: Settings,
        source: Path,
        target: Path,
        *,
        base: str = "",
        meta: bool = False,
        language_tag: str | None = None,
        overwrite: bool = False,
    ) -> None:
        self._settings = settings
        self._source = source
        self._target = target
        self._in_place = source.resolve() == target.resolve()
        self._base = base.rstrip("/")
        self._language_tag = language_tag
        self._policy = str(policy_meta(settings)) if meta else ""
        self._check(overwrite)
        snippets = server_snippets(settings)
        self._snippets = {Path(name): text for name, text in snippets.items()}
        self._own = {*self._snippets, *(path for name in WIDGET if (path := self._place_of(name)) is not None)}

    def entries(self) -> list[Path | OSError]:
        """Everything there is to do, in order, for `do`."""
        return list(files.below(self._source))

    def do(self, entry: Path | OSError) -> Done | None:
        """Do one of the entries; ``None`` for folders and for our own files. A failure is told and nothing else is harmed."""
        if isinstance(entry, OSError):
            return Done(files.shown(Path(os.fsdecode(entry.filename or "."))), Became.FAILED, note=files.why(entry))
        relative = entry.relative_to(self._source)
        page = files.is_page(relative)
        try:
            done = self._done(entry, relative)
        except (OSError, UnicodeError) as error:
            return Done(files.shown(relative), Became.FAILED, page, note=files.why(error))
        return replace(done, file=files.shown(relative), page=page) if done else None

    def finish(self) -> Iterator[Done]:
        """Write the widget's files and the policy."""
        for name in WIDGET:
            place = self._place_of(name)
            if place is None:
                yield Done(f"{self._settings.frame.prefix}/static/{name}", Became.LEFT, note=OF_THE_SERVER)
            else:
                yield self._own_file(place, (static_folder() / name).read_bytes())
        for place, text in self._snippets.items():
            yield self._own_file(place, text.encode(), shared=place.name == SHARED_FILE)

    def _check(self, overwrite: bool) -> None:
        if self._base and not PREFIX.fullmatch(self._base):
            raise ConfigurationError(f"--base {self._base!r} is no plain path.", cure='Write it like "/portal".')
        may_open = any(p.operator and self._settings.policy.unavailable_reason(p) is None for p in REGISTRY.values())
        if may_open and not self._settings.frame.secrets:
            raise ConfigurationError(
                "there is no secret to sign gates with.",
                setting="frame.secrets",
                cure="Set SHARIFF_FRAME__SECRETS (a JSON list), the same as for shariff-py serve.",
            )
        if self._in_place:
            return
        source, target = self._source.resolve(), self._target.resolve()
        if target.is_relative_to(source) or source.is_relative_to(target):
            raise ConfigurationError(
                f"{self._target} and {self._source} lie in each other.", cure="Choose another folder."
            )
        if target.exists() and not target.is_dir():
            raise ConfigurationError(f"{self._target} is a file.", cure="Choose another folder.")
        if not overwrite and target.is_dir() and any(target.iterdir()):
            raise ConfigurationError(
                f"{self._target} is not empty.",
                cure="Choose another folder, or add --overwrite to write over what is there.",
            )

    def _done(self, entry: Path, relative: Path) -> Done | None:
        target = self._target / relative
        if relative in self._own:
            return None
        if entry.is_symlink():
            leads_in = entry.resolve().is_relative_to(self._source.resolve())
            if leads_in and not self._in_place:
                files.copy_link(entry, target)
            return None if leads_in else Done("", Became.LEFT, note=LEADS_OUT)
        if entry.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            return None
        if not files.is_plain(entry):
            return Done("", Became.LEFT, note=NO_FILE)
        if relative.suffix.lower() in files.REWRITTEN:
            return self._page(entry, relative)
        if not self._in_place:
            files.copy(entry, target)
        return self._looked_at(entry) if files.is_page(relative) else Done("", Became.SAME)

    def _page(self, entry: Path, relative: Path) -> Done:
        raw = entry.read_bytes()
        text = decoded(raw)
        result = gate_html(
            text.html,
            self._settings,
            language_tag=self._language_tag,
            page=self._address(relative),
            references=text.references,
        )
        html, note = self._furnished(result.html)
        changed = html != text.html
        if changed:
            changed = files.put(self._target / relative, text.encoded(html), entry)
        elif not self._in_place:
            files.copy(entry, self._target / relative)
        return Done("", Became.CHANGED if changed else Became.SAME, findings=result.findings, note=note)

    def _furnished(self, html: str) -> tuple[str, str]:
        """The page with what it needs in its head, and a sentence where it has none."""
        if self._policy:
            html = with_policy(html, self._policy)
        if not OURS.search(html):
            return html, ""
        prefix = self._settings.frame.prefix
        addresses = {f"{prefix}/static/{name}": element for name, element in WIDGET.items()}
        missing = [element.format(address) for address, element in addresses.items() if address not in html]
        if not missing:
            return html, ""
        return (with_widget(html, "\n".join(missing)), "") if has_head(html) else (html, NO_HEAD)

    def _looked_at(self, entry: Path) -> Done:
        found = gate_html(decoded(entry.read_bytes()).html, self._settings).findings
        if all(finding.outcome is Outcome.REPORTED for finding in found):
            return Done("", Became.SAME, findings=found)
        return Done("", Became.LEFT, findings=found, note=XML if entry.suffix.lower() == ".xhtml" else TEMPLATE)

    def _own_file(self, place: Path, content: bytes, *, shared: bool = False) -> Done:
        try:
            if shared:
                content = _beside_theirs(self._source / place, content)
            changed = files.put(self._target / place, content)
        except OSError as error:
            return Done(files.shown(place), Became.FAILED, note=files.why(error))
        return Done(files.shown(place), Became.CHANGED if changed else Became.SAME)

    def _place_of(self, name: str) -> Path | None:
        """Where a file of the widget's belongs in the folder; ``None`` where its address is not below the folder's."""
        prefix = self._settings.frame.prefix
        return Path(prefix[len(self._base) + 1 :], "static", name) if prefix.startswith(f"{self._base}/") else None

    def _address(self, relative: Path) -> str:
        """Where a visitor reaches a page; empty where the site's origin is not known."""
        path = quote(os.fsencode(relative.as_posix())).removesuffix("index.html")
        return f"{self._settings.site.origin}{self._base}/{path}" if self._settings.site.origin else ""


def _beside_theirs(file: Path, ours: bytes) -> bytes:
    """A file of the site with our part in it, in the place of the one from the last run or at the end."""
    theirs = file.read_bytes().decode("utf-8", "surrogateescape") if file.is_file() else ""
    part = f"{BEGIN}\n{ours.decode()}{END}\n"
    if MARKED.search(theirs):
        text = MARKED.sub(lambda _: part, theirs, count=1)
    else:
        text = f"{theirs.rstrip()}\n\n{part}" if theirs.strip() else part
    return text.encode("utf-8", "surrogateescape")
