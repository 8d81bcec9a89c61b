"""Pages: gate a file or a folder, or list what would be gated."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import click

from shariff_py.cli.output import as_json, grouped_list
from shariff_py.gate import Finding, PageInfo, gate_html, gate_page
from shariff_py.previews import Previews
from shariff_py.settings import Settings, load
from shariff_py.static_site import (
    FileOutcome,
    FileResult,
    StaticSite,
    decode_page,
    describe_error,
    display_path,
    is_page,
    walk,
)

FOUND = FAILED = 1
STANDARD_INPUT = Path("-")

T = TypeVar("T")


@click.command()
@click.argument("path", metavar="[FILE|FOLDER|-]", default="-", type=click.Path(allow_dash=True, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write the gated FOLDER into this folder.")
@click.option("--overwrite", is_flag=True, help="With --out: overwrite existing files. Other files stay.")
@click.option("--in-place", is_flag=True, help="Rewrite the pages of the FOLDER that change.")
@click.option("--base", default="", metavar="PATH", help="Where visitors reach the FOLDER (default: the site's root).")
@click.option("--meta", is_flag=True, help="Put the policy into each page of the FOLDER, for servers without headers.")
@click.option("--report", type=click.Choice(["none", "json"]), default="none", help="List on stderr what was done.")
@click.option("--lang", help="Language of the placeholders (default: the page's own).")
def gate(
    path: Path, out: Path | None, overwrite: bool, in_place: bool, base: str, meta: bool, report: str, lang: str | None
) -> None:
    """Replace embed code of platforms in pages with placeholders.

    A FILE (or standard input) is written to standard output. A FOLDER of finished pages is rewritten (--in-place) or copied (--out);
    its gated pages load the widget, which is written beside them, as is the policy for the web server. The content itself is loaded
    by "shariff-py serve". Exit code 1 if a file could not be read or written.
    """
    if path != STANDARD_INPUT and path.is_dir():
        if in_place == (out is not None):
            raise click.UsageError(f"{display_path(path)} is a folder: add --out DIR for a gated copy, or --in-place.")
        site = StaticSite(load(), path, out or path, base=base, meta=meta, language_tag=lang, overwrite=overwrite)
        _gate_folder(site, as_list=report == "json")
        return
    if in_place or out or base or meta:
        raise click.UsageError("--in-place, --out, --base and --meta are for a folder. A file goes to standard output.")
    _gate_file(path, as_list=report == "json", lang=lang)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "json_wanted", is_flag=True, help="Write a JSON list, for programs.")
def scan(paths: tuple[Path, ...], json_wanted: bool) -> None:
    """List what pages load from platforms and other third parties.

    Reads files and folders and changes nothing. The site's own hosts are those of the configuration
    (site.origin, site.hosts), allowed ones are in gate.allow. Exit code 1 if something was found or a file could not be read.
    """
    settings = scan_settings(load())
    files, skipped, unread = files_in(paths)
    found: list[tuple[Path, Finding]] = []
    read = 0
    for path in files:
        try:
            found.extend(
                (path, finding) for finding in gate_html(decode_page(path.read_bytes()).html, settings).findings
            )
            read += 1
        except (OSError, UnicodeError) as error:
            unread.append(f"{display_path(path)}: {describe_error(error)}")
    if json_wanted:
        click.echo(as_json([{"file": display_path(path), **asdict(finding)} for path, finding in found]))
    else:
        grouped_list(
            (display_path(path), f.note, "  ".join(filter(None, (f.found, f.kind, f.address)))) for path, f in found
        )
    for sentence in unread:
        click.echo(sentence, err=True)
    not_read = f" Not read: {len(unread)}." if unread else ""
    click.echo(f"{len(found)} found in {read} files.{not_read}{_skipped(skipped)}", err=True)
    raise click.exceptions.Exit(FOUND if found or unread else 0)


def _gate_file(path: Path, *, as_list: bool, lang: str | None) -> None:
    try:
        text = decode_page(sys.stdin.buffer.read() if path == STANDARD_INPUT else path.read_bytes())
    except (OSError, UnicodeError) as error:
        raise click.ClickException(f"{display_path(path)}: {describe_error(error)}") from None
    settings = load()
    info = PageInfo(language_tag=lang, references=text.references, previews=Previews(settings).shown)
    result = gate_page(text.html, settings, info)
    sys.stdout.buffer.write(text.encode(result.html))
    sys.stdout.flush()
    if as_list:
        click.echo(as_json([asdict(finding) for finding in result.findings]), err=True)


def _gate_folder(site: StaticSite, *, as_list: bool) -> None:
    """Gate a folder, with a progress bar on a terminal, and report what was done."""
    done = [one for one in map(site.process, _with_progress(site.entries())) if one is not None]
    own = list(site.write_own_files())
    click.echo(as_json(list(_entries([*done, *own]))) if as_list else _summary(done, own, site.shown_until), err=True)
    raise click.exceptions.Exit(FAILED if any(one.outcome is FileOutcome.FAILED for one in (*done, *own)) else 0)


def _with_progress(entries: Sequence[T]) -> Iterable[T]:
    """The entries, with a progress bar on a terminal where the extra ``terminal`` is installed."""
    if not sys.stderr.isatty() or find_spec("rich") is None:
        return entries
    from rich.console import Console
    from rich.progress import track

    return track(entries, "Gating", console=Console(stderr=True), transient=True)


def _entries(done: Iterable[FileResult]) -> Iterable[dict[str, object]]:
    """What was done, as a list for programs: an entry for each finding, and one for each file that was left or failed."""
    for one in done:
        if one.outcome is FileOutcome.SKIPPED or one.outcome is FileOutcome.FAILED:
            yield {"file": one.file, "outcome": one.outcome, "note": one.note}
        else:
            yield from ({"file": one.file, **asdict(finding)} for finding in one.findings)


def _summary(done: list[FileResult], own: list[FileResult], shown_until: date | None) -> str:
    """What was done, for people: numbers first, then what needs attention."""
    pages = [one for one in done if one.page]
    changed = sum(one.outcome is FileOutcome.CHANGED for one in pages)
    outcomes = Counter(str(f.outcome) for one in pages if one.outcome is not FileOutcome.SKIPPED for f in one.findings)
    counted = "".join(f", {name}: {number}" for name, number in outcomes.most_common())
    lines = [f"Pages read: {len(pages)}, changed: {changed}{counted}."]
    if written := [one.file for one in own if one.outcome is FileOutcome.CHANGED]:
        lines.append(f"Written: {', '.join(written)}.")
    noted: dict[str, list[str]] = {}
    for one in (*done, *own):
        if one.outcome is FileOutcome.FAILED:
            lines.append(f"{one.file}: {one.note}")
        elif one.note:
            noted.setdefault(one.note, []).append(one.file)
    lines.extend(f"{note}: {', '.join(named)}." for note, named in noted.items())
    if shown_until is not None:
        lines.append(f"Previews in these pages may be shown until {shown_until}: build and gate them again by then.")
    return "\n".join(lines)


def files_in(paths: Iterable[Path]) -> tuple[list[Path], list[Path], list[str]]:
    """The files to read, those in folders that are not called like pages or templates, and a message for each folder that cannot be read."""
    files: list[Path] = []
    skipped: list[Path] = []
    unread: list[str] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for entry in walk(path):
            if isinstance(entry, OSError):
                unread.append(f"{entry.filename}: {describe_error(entry)}")
            elif entry.is_file():
                (files if is_page(entry) else skipped).append(entry)
    return files, skipped, unread


def _skipped(files: list[Path]) -> str:
    """The files that were not opened, by suffix: they must not be taken for clean."""
    if not files:
        return ""
    endings = Counter(file.suffix.lower() or "without ending" for file in files)
    return f" Not opened: {len(files)} ({', '.join(f'{name} {times}' for name, times in endings.most_common())})."


def scan_settings(settings: Settings) -> Settings:
    """Settings that can gate without a secret, because the result of a scan is never posted, and that report unknown hosts."""
    unknown = "gate" if settings.gate.unknown == "gate" else "report"
    return replace(
        settings,
        frame=replace(settings.frame, secrets=("looking",)),
        gate=replace(settings.gate, unknown=unknown),
    )
