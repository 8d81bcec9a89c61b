"""Gating a folder: each file in turn, then the widget's files and the policy for the web server."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from shariff_py.consent_ui.preview import Preview
from shariff_py.errors import ConfigurationError
from shariff_py.gate import STUB_FILE, Finding, Outcome, PageInfo, gate_html, gate_page
from shariff_py.platforms.recognition import Embed
from shariff_py.platforms.registry import REGISTRY
from shariff_py.previews import Previews
from shariff_py.response_policy.csp import POLICY
from shariff_py.response_policy.frame_sources import FramePolicy
from shariff_py.response_policy.integrity import LOADED_LATER, widget_element
from shariff_py.response_policy.pages import meta_policies, policy_meta
from shariff_py.response_policy.server_config import server_snippets
from shariff_py.settings import Settings
from shariff_py.settings.checks import PREFIX
from shariff_py.static_site import files
from shariff_py.static_site.head import has_head, with_policy, with_widget
from shariff_py.static_site.text import decode_page
from shariff_py.web.assets import static_folder

WIDGET = ("shariff.min.css", "shariff.min.js")

OWN_FILES = (*WIDGET, *reversed(LOADED_LATER), STUB_FILE)
"""All files of ours that a page may load: those that it names, what these load themselves from the folder they are in, and what is loaded
where the gate took out a platform's script."""

OUR_MARKUP = re.compile(r'<shariff-(?:gate|share)\b|class="shariff-')
"""Markup that needs the widget's files."""

SHARED_FILE = "_headers"
"""The one of our files that a site may have already. Our part of it is between two marker lines."""

BEGIN, END = "# shariff-py: what follows is written anew with each run", "# shariff-py: end"
OUR_PART = re.compile(f"^{BEGIN}\n.*?^{END}\n", re.MULTILINE | re.DOTALL)

NO_HEAD = "Gated, but they have no head: the pages that include them must load the widget"
TEMPLATE = "Left unchanged although they contain content of a platform: only finished pages are rewritten"
XML = "Left unchanged although they contain content of a platform: browsers read them as XML, and gates are HTML. Save them as .html"
LEADS_OUT = "Links that lead out of the folder; they were not followed"
NO_FILE = "Neither file nor folder; left out"
NO_LIST = (
    "They set no Connection-Allowlist, as one header cannot name the links of each page. Serve the pages through the middleware, or set "
    'headers.connections to "off"'
)
OF_THE_SERVER = "The widget's files are not written: frame.prefix is not below --base, so they come from the proxy"


class FileOutcome(StrEnum):
    """What was done with one file."""

    CHANGED = "changed"
    UNCHANGED = "same"
    SKIPPED = "left"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file: what was done with it, whether it is a page, what was found in it, and a note for the person who runs this, if any."""

    file: str
    outcome: FileOutcome
    page: bool = False
    findings: tuple[Finding, ...] = ()
    note: str = ""


class StaticSite:
    """Gates the finished pages below ``source`` into ``target``, which may be the same folder.

    ``base`` is the URL path of the folder (``/portal``; default: the site's root). ``meta`` adds the policy to each page. ``overwrite``
    allows a target that is not empty. Raises `ConfigurationError` for what is known before anything is written.
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
        self.shown_until: date | None = None
        """The last day on which all previews in the pages may be shown; ``None`` where there are none."""
        self._settings = settings
        self._previews = Previews(settings)
        self._source = source
        self._target = target
        self._in_place = source.resolve() == target.resolve()
        self._base = base.rstrip("/")
        self._language_tag = language_tag
        self._policy = str(policy_meta(settings)) if meta else ""
        self._enforces = meta and settings.headers.policy == "enforce"
        self._check(overwrite)
        snippets = server_snippets(settings)
        self._snippets = {Path(name): text for name, text in snippets.items()}
        self._own = {*self._snippets, *(path for name in OWN_FILES if (path := self._widget_path(name)) is not None)}

    def entries(self) -> list[Path | OSError]:
        """Everything in the source folder, in order, for `process`."""
        return list(files.walk(self._source))

    def process(self, entry: Path | OSError) -> FileResult | None:
        """Process one of the entries; ``None`` for folders and for our own files. An error is in the result and affects no other file."""
        if isinstance(entry, OSError):
            return FileResult(
                files.display_path(Path(os.fsdecode(entry.filename or "."))),
                FileOutcome.FAILED,
                note=files.describe_error(entry),
            )
        relative = entry.relative_to(self._source)
        page = files.is_page(relative)
        try:
            done = self._process(entry, relative)
        except (OSError, UnicodeError) as error:
            return FileResult(files.display_path(relative), FileOutcome.FAILED, page, note=files.describe_error(error))
        return replace(done, file=files.display_path(relative), page=page) if done else None

    def write_own_files(self) -> Iterator[FileResult]:
        """Write the widget's files and the policy for the web server."""
        for name in OWN_FILES:
            path = self._widget_path(name)
            if path is None:
                yield FileResult(
                    f"{self._settings.frame.prefix}/static/{name}", FileOutcome.SKIPPED, note=OF_THE_SERVER
                )
            else:
                yield self._own_file(path, (static_folder() / name).read_bytes())
        for path, text in self._snippets.items():
            done = self._own_file(path, text.encode(), shared=path.name == SHARED_FILE)
            yield done if done.note or self._settings.headers.connections == "off" else replace(done, note=NO_LIST)

    def _kept(self, settings: Settings, embed: Embed) -> Preview:
        last = self._previews.last_day(embed.platform, embed.address)
        self.shown_until = min(filter(None, (last, self.shown_until)), default=None)
        return self._previews.shown(settings, embed)

    def _check(self, overwrite: bool) -> None:
        if self._base and not PREFIX.fullmatch(self._base):
            raise ConfigurationError(f"--base {self._base!r} is not a plain path.", cure='Write it like "/portal".')
        known = self._settings
        may_open = any(known.operators(p) and known.policy.unavailable_reason(p) is None for p in REGISTRY.values())
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
                cure="Choose another folder, or add --overwrite to overwrite existing files.",
            )

    def _process(self, entry: Path, relative: Path) -> FileResult | None:
        target = self._target / relative
        if relative in self._own:
            return None
        if entry.is_symlink():
            leads_in = entry.resolve().is_relative_to(self._source.resolve())
            if leads_in and not self._in_place:
                files.copy_link(entry, target)
            return None if leads_in else FileResult("", FileOutcome.SKIPPED, note=LEADS_OUT)
        if entry.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            return None
        if not files.is_regular(entry):
            return FileResult("", FileOutcome.SKIPPED, note=NO_FILE)
        if relative.suffix.lower() in files.PAGE_SUFFIXES:
            return self._page(entry, relative)
        if not self._in_place:
            files.copy(entry, target)
        return self._scanned(entry) if files.is_page(relative) else FileResult("", FileOutcome.UNCHANGED)

    def _page(self, entry: Path, relative: Path) -> FileResult:
        raw = entry.read_bytes()
        text = decode_page(raw)
        info = PageInfo(
            language_tag=self._language_tag,
            url=self._address(relative),
            references=text.references,
            policy_enforced=self._enforces and has_head(text.html),
            integrity=True,
            frame_policy=self._frame_policy(relative) if has_head(text.html) else None,
            previews=self._kept,
        )
        result = gate_page(text.html, self._settings, info)
        html, note = self._with_head_elements(result.html)
        changed = html != text.html
        if changed:
            changed = files.write(self._target / relative, text.encode(html), entry)
        elif not self._in_place:
            files.copy(entry, self._target / relative)
        return FileResult(
            "", FileOutcome.CHANGED if changed else FileOutcome.UNCHANGED, findings=result.findings, note=note
        )

    def _frame_policy(self, relative: Path) -> FramePolicy | None:
        """What the policy that is put into the page says about frames. Of a server's headers nothing is known here."""
        headers = [(POLICY, value) for value in meta_policies(self._settings)]
        return FramePolicy.of(headers, self._address(relative)) if self._enforces else None

    def _with_head_elements(self, html: str) -> tuple[str, str]:
        """The page with the elements it needs in its head, and a note where it has no head."""
        if self._policy:
            html = with_policy(html, self._policy)
        if not OUR_MARKUP.search(html):
            return html, ""
        prefix = self._settings.frame.prefix
        missing = [
            str(widget_element(self._settings, name)) for name in WIDGET if f"{prefix}/static/{name}" not in html
        ]
        if not missing:
            return html, ""
        return (with_widget(html, "\n".join(missing)), "") if has_head(html) else (html, NO_HEAD)

    def _scanned(self, entry: Path) -> FileResult:
        found = gate_html(decode_page(entry.read_bytes()).html, self._settings).findings
        if all(finding.outcome is Outcome.REPORTED for finding in found):
            return FileResult("", FileOutcome.UNCHANGED, findings=found)
        return FileResult(
            "", FileOutcome.SKIPPED, findings=found, note=XML if entry.suffix.lower() == ".xhtml" else TEMPLATE
        )

    def _own_file(self, path: Path, content: bytes, *, shared: bool = False) -> FileResult:
        try:
            if shared:
                content = _merged(self._source / path, content)
            changed = files.write(self._target / path, content)
        except OSError as error:
            return FileResult(files.display_path(path), FileOutcome.FAILED, note=files.describe_error(error))
        return FileResult(files.display_path(path), FileOutcome.CHANGED if changed else FileOutcome.UNCHANGED)

    def _widget_path(self, name: str) -> Path | None:
        """Where a file of the widget belongs in the folder; ``None`` where its URL is not below the folder's."""
        prefix = self._settings.frame.prefix
        return Path(prefix[len(self._base) + 1 :], "static", name) if prefix.startswith(f"{self._base}/") else None

    def _address(self, relative: Path) -> str:
        """The URL of a page; empty where the site's origin is not known."""
        path = quote(os.fsencode(relative.as_posix())).removesuffix("index.html")
        return f"{self._settings.site.origin}{self._base}/{path}" if self._settings.site.origin else ""


def _merged(file: Path, generated: bytes) -> bytes:
    """The site's file with our part in it, in path of the one from the last run or at the end."""
    existing = file.read_bytes().decode("utf-8", "surrogateescape") if file.is_file() else ""
    part = f"{BEGIN}\n{generated.decode()}{END}\n"
    if OUR_PART.search(existing):
        text = OUR_PART.sub(lambda _: part, existing, count=1)
    else:
        text = f"{existing.rstrip()}\n\n{part}" if existing.strip() else part
    return text.encode("utf-8", "surrogateescape")
