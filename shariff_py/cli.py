"""The command line: arguments, output, exit codes. Everything it does is a call into the library."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from shariff_py.channels import Register, Verdict, check, overview
from shariff_py.errors import JournalBroken, ShariffError, StoreError
from shariff_py.gate import Finding, gate_html
from shariff_py.journal import Entry, Journal
from shariff_py.service import Refreshed, Service
from shariff_py.settings import Settings, load, read_channels
from shariff_py.texts import language

FOUND, BROKEN, INCOMPLETE, USAGE = 1, 1, 2, 3
PAGES = frozenset(
    {
        ".html", ".htm", ".xhtml", ".shtml", ".md", ".markdown", ".mdx", ".txt", ".xml",
        ".jinja", ".jinja2", ".j2", ".tmpl", ".tpl", ".twig", ".liquid", ".njk", ".mustache", ".hbs", ".handlebars", ".mako",
        ".php", ".phtml", ".inc", ".erb", ".ejs", ".jsp", ".asp", ".aspx", ".cshtml", ".pt", ".vue", ".svelte", ".astro",
    }
)  # fmt: skip
"""Files `scan` reads when it is given a folder; the others are counted. A file that is named is read whatever it is called."""

PIPED_WIDTH = 200
"""Columns of a table that goes into a file or another program."""


def main() -> None:
    """The entry point: a mistake is one line on standard error, never a traceback."""
    try:
        sys.exit(commands(standalone_mode=False))
    except click.ClickException as mistake:
        mistake.show()
        audited = getattr(getattr(mistake, "ctx", None), "info_name", "") == "audit"
        sys.exit(USAGE if audited else mistake.exit_code)
    except click.Abort:
        sys.exit(130)
    except ShariffError as error:
        click.echo(f"shariff-py: {error}", err=True)
        sys.exit(USAGE if "audit" in sys.argv[1:2] else 1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="shariff_py")
@click.option("--config", metavar="FILE", help="The configuration (default: SHARIFF_CONFIG, or shariff.toml).")
def commands(config: str | None) -> None:
    """Social sharing and Facebook content without Facebook learning anything until the visitor says so."""
    if config:
        os.environ["SHARIFF_CONFIG"] = config


@commands.command()
@click.option("--port", default=8000, show_default=True)
def demo(port: int) -> None:
    """Serve the demonstration portal until stopped."""
    os.environ["SHARIFF_DEMO_ORIGIN"] = f"http://127.0.0.1:{port}"
    click.echo(f"The demonstration is at http://127.0.0.1:{port}/ (stop with Ctrl+C).")
    _serve("demo_app.serve:application", port)


@commands.command()
@click.option("--config", metavar="FILE", help="The configuration.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8080, show_default=True)
def serve(config: str | None, host: str, port: int) -> None:
    """Serve the proxy on its own: counts, gate frame and widget for any site."""
    from shariff_py.web.standalone import create_app

    if config:
        os.environ["SHARIFF_CONFIG"] = config
    settings = load()
    # Whatever cannot be used is told here, once, before workers begin. This application asks nobody.
    create_app(replace(settings, counts=replace(settings.counts, scheduler="outside")))
    _serve("shariff_py.web.standalone:application", port, host)


@commands.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--report", type=click.Choice(["none", "json"]), default="none", help="List on stderr what was gated.")
@click.option("--lang", help="Language of the placeholders (default: the page's own).")
def gate(file: Any, report: str, lang: str | None) -> None:
    """Write FILE (or standard input) with every platform's code turned into placeholders."""
    html = file.read().decode("utf-8", "surrogateescape")
    result = gate_html(html, load(), language_tag=lang)
    sys.stdout.buffer.write(result.html.encode("utf-8", "surrogateescape"))
    sys.stdout.flush()
    if report == "json":
        click.echo(json.dumps([asdict(finding) for finding in result.findings], ensure_ascii=False, indent=2), err=True)


@commands.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def scan(paths: tuple[Path, ...]) -> None:
    """List platform content in files or folders without changing anything. Exit code 1 if there is some."""
    settings = _for_looking(load())
    files, skipped = _files(paths)
    found = [(path, finding) for path in files for finding in _findings(path, settings)]
    _table(
        ("file", "found", "kind", "address", "would be", "note"),
        [(str(p), f.found, f.kind, f.address, f.outcome, f.note) for p, f in found],
    )
    click.echo(f"{len(found)} found in {len(files)} files.{_skipped(skipped)}", err=True)
    raise click.exceptions.Exit(FOUND if found else 0)


@commands.command()
@click.argument("urls", nargs=-1, required=True)
@click.option("--lang", type=click.Choice(["de", "en"]), default="de", show_default=True)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write the reports into this folder.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--own", multiple=True, metavar="HOST", help="A further host of the site itself.")
@click.option("--idle", default=5.0, show_default=True, help="Seconds to wait in each phase.")
def audit(urls: tuple[str, ...], lang: str, out: Path | None, shape: str, own: tuple[str, ...], idle: float) -> None:
    """Visit pages as a visitor would and report who was contacted, before and after consent.

    Exit code 0: nothing before consent; 1: a finding; 2: incomplete; 3: usage.
    """
    from shariff_py.audit import report
    from shariff_py.audit.survey import run

    with Console(stderr=True).status("") as status:
        result = run(urls, lang=lang, out=out, own=own, idle_seconds=idle, progress=status.update)
    click.echo(report.as_json(result) if shape == "json" else report.text(result, lang))
    raise click.exceptions.Exit({"pass": 0, "finding": FOUND}.get(result.verdict, INCOMPLETE))


@commands.command()
@click.argument("url")
def counts(url: str) -> None:
    """What the store knows about a page. Asks nobody."""
    known = Service(load()).counts(url)
    _table(
        ("platform", "count", "as of", "last try", "reason"),
        [
            (name, "unknown" if r.value is None else str(r.value), _when(r.as_of), _when(r.tried_at), r.reason)
            for name, r in known.items()
        ],
    )


@commands.command()
@click.option("--watch", is_flag=True, help="Go on until stopped.")
@click.option(
    "--every", default=60.0, show_default=True, type=click.FloatRange(min=0.1), help="Seconds between rounds."
)
def refresh(watch: bool, every: float) -> None:
    """Ask the platforms for what is due. With --watch a store that fails is reported, and asked again in the next round."""
    service = Service(load())
    if not watch:
        click.echo(_told(service.refresh(trigger="manual")))
        return
    while True:
        try:
            click.echo(_told(service.refresh()))
        except StoreError as error:
            click.echo(f"shariff-py: {error}", err=True)
        time.sleep(every)


@commands.group()
def journal() -> None:
    """The journal of outgoing requests."""


@journal.command("show")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def journal_show(as_json: bool) -> None:
    """Every outgoing request this server made, and what came of it."""
    recorded = _journal()
    if as_json:
        for entry in recorded.entries():
            click.echo(json.dumps(asdict(entry), ensure_ascii=False, default=str))
        return
    _table(
        ("no.", "time", "trigger", "to", "about", "outcome"),
        [
            (
                str(asked.sequence),
                f"{asked.when:%Y-%m-%d %H:%M:%S}",
                asked.trigger,
                f"{asked.method} {asked.origin or asked.host}{asked.path}",
                f"{len(asked.pages)} pages",
                _outcome(asked, answered),
            )
            for asked, answered in recorded.exchanges()
        ],
    )


@journal.command("verify")
@click.option("--head", help="A head hash noted earlier: it must still be in the chain.")
def journal_verify(head: str | None) -> None:
    """Check the chain. Exit code 1 if it is broken, with the record at fault."""
    try:
        verified = _journal().verify(head=head)
    except JournalBroken as broken:
        click.echo(f"The journal is broken at {broken}", err=True)
        raise click.exceptions.Exit(BROKEN) from None
    click.echo(f"The chain holds: {verified.records} records, head {verified.head}")


@commands.group()
def channels() -> None:
    """The register of official channels."""


@channels.command("check")
def channels_check() -> None:
    """Hold every channel against the rulebook. Exit code 1 if a rule is broken."""
    settings = load()
    found = check(_register(settings), settings, datetime.now(UTC).date())
    _table(
        ("channel", "rule", "verdict", "finding", "who acts", "cure"),
        [(f.channel or "(all)", f.rule, f.verdict, f.sentence, f.role, f.cure) for f in found],
    )
    raise click.exceptions.Exit(FOUND if any(f.verdict is Verdict.FAIL for f in found) else 0)


@channels.command("render")
@click.option("--lang", help="Language of the overview (default: the site's).")
def channels_render(lang: str | None) -> None:
    """Write the public overview as an HTML fragment."""
    settings = load()
    click.echo(
        overview(_register(settings), settings, language(lang or settings.site.language, settings.site.language))
    )


@commands.command()
def doctor() -> None:
    """What is configured, released, stale or missing, with the cure. Exit code 1 if something is."""
    from shariff_py.doctor import examine

    diagnoses = examine(load(), datetime.now(UTC).date())
    _table(("", "what", "finding", "cure"), [("ok" if d.well else "!!", d.what, d.finding, d.cure) for d in diagnoses])
    raise click.exceptions.Exit(0 if all(d.well for d in diagnoses) else FOUND)


def _serve(target: str, port: int, host: str = "127.0.0.1") -> None:
    from granian.constants import Interfaces
    from granian.server import Server

    Server(target, address=host, port=port, interface=Interfaces.WSGI, factory=True, websockets=False).serve()


def _told(done: Refreshed) -> str:
    """One round of asking, as a sentence."""
    if not done.leading:
        return "Nothing was asked: another process is at it."
    ended = "".join(f" {platform} ended early: {why}." for platform, why in done.failures.items())
    if not done.requests:
        return f"Nothing was asked.{ended}" if ended else "Nothing was due."
    return f"Requests: {done.requests}, pages: {done.pages}, counts: {done.counts}.{ended}"


def _register(settings: Settings) -> Register:
    return Register.from_mapping(read_channels(settings), language=settings.site.language)


def _journal() -> Journal:
    return Journal(Path(load().journal.path))


def _outcome(asked: Entry, answered: Entry | None) -> str:
    if asked.kind == "blocked":
        return f"blocked: {asked.error}"
    if answered is None:
        return "no outcome recorded"
    return answered.error or f"{answered.status}, {answered.bytes} bytes, {answered.milliseconds} ms"


def _files(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The files to read, and those in folders that are left out because they are not called like pages or templates."""
    files: list[Path] = []
    skipped: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for file in sorted(below for below in path.rglob("*") if below.is_file()):
            (files if file.suffix.lower() in PAGES else skipped).append(file)
    return files, skipped


def _skipped(files: list[Path]) -> str:
    """What was not opened, by ending: nobody should take a file for clean that was never read."""
    if not files:
        return ""
    endings = Counter(file.suffix.lower() or "without ending" for file in files)
    return f" Not opened: {len(files)} ({', '.join(f'{name} {times}' for name, times in endings.most_common())})."


def _findings(path: Path, settings: Settings) -> tuple[Finding, ...]:
    return gate_html(path.read_text(encoding="utf-8", errors="surrogateescape"), settings).findings


def _for_looking(settings: Settings) -> Settings:
    """Settings that can gate without a secret: what is only looked at is never posted."""
    return replace(settings, frame=replace(settings.frame, secrets=("looking",)))


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC") if seconds else "never"


def _table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    Console(markup=False, highlight=False, width=width).print(table)
