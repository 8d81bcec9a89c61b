"""The command that audits a site in a real browser."""

from __future__ import annotations

import atexit
import os
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from shariff_py.cli.exit_codes import AuditCommand
from shariff_py.errors import UNREADABLE, AuditError, ConfigurationError
from shariff_py.settings import load

if TYPE_CHECKING:
    from shariff_py.audit import Audit, AuditOptions
    from shariff_py.audit.runner.run import ProgressCallback

FOUND, INCOMPLETE = 1, 2
TERMINAL_FORMATS = ("text", "json")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(cls=AuditCommand)
@click.argument("urls", nargs=-1)
@click.option(
    "--lang", type=click.Choice(["de", "en"]), default="de", show_default=True, help="Language of the report."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Write the reports into this folder."
)
@click.option(
    "--format",
    "shapes",
    multiple=True,
    metavar="NAME",
    help="On screen: text (default) or json. With --out: html, pdf, json, csv, har, junit, sarif, wec (default: all). May be repeated.",
)
@click.option("--policy", type=FILE, help="The site's policy file: allowed contacts, and how consent is given.")
@click.option(
    "--own", multiple=True, metavar="HOST", help="Another host of the site itself; *.example.org includes subdomains."
)
@click.option("--list", "listed", type=FILE, multiple=True, help="Audit the addresses in this file, one per line.")
@click.option("--sitemap", "sitemaps", multiple=True, metavar="URL", help="Audit the pages of this sitemap.")
@click.option(
    "--depth", default=0, show_default=True, help="Follow the site's own links to this depth, as robots.txt allows."
)
@click.option("--most", default=1000, show_default=True, help="Audit at most this many pages.")
@click.option("--at-once", default=2, show_default=True, help="Number of pages visited in parallel.")
@click.option("--interval", default=1.0, show_default=True, help="Seconds between the starts of two visits.")
@click.option("--idle", default=5.0, show_default=True, help="Seconds to wait in the first phase.")
@click.option(
    "--journal", type=FILE, help="The journal of the site's server, to report its requests next to the browser's."
)
@click.option("--baseline", type=FILE, help="Compare with the report.json of an earlier audit.")
@click.option("--only-new", is_flag=True, help="With --baseline: exit code 1 only for new findings.")
@click.option(
    "--sink",
    is_flag=True,
    help="Make no external requests: third-party names resolve to a recording server on this machine.",
)
@click.option(
    "--engine",
    type=click.Choice(["chromium", "firefox", "webkit"]),
    default="chromium",
    show_default=True,
    help="Browser engine; all but Chromium need --sink and a sealed network.",
)
@click.option("--resume", is_flag=True, help="Continue the interrupted run in --out.")
@click.option("--one-look", is_flag=True, help="Skip the control visit without a debugger.")
@click.option("--keep-values", is_flag=True, help="Keep parameter values in addresses. They may be personal data.")
@click.option("--keep-net-log", is_flag=True, help="With --out: keep the browser's network logs.")
@click.option(
    "--self-test", "self_test", is_flag=True, help="Audit a page known to leak, and show how much of it is reported."
)
def audit(
    urls: tuple[str, ...],
    lang: str,
    out: Path | None,
    shapes: tuple[str, ...],
    policy: Path | None,
    own: tuple[str, ...],
    listed: tuple[Path, ...],
    sitemaps: tuple[str, ...],
    depth: int,
    most: int,
    at_once: int,
    interval: float,
    idle: float,
    journal: Path | None,
    baseline: Path | None,
    only_new: bool,
    sink: bool,
    engine: str,
    resume: bool,
    one_look: bool,
    keep_values: bool,
    keep_net_log: bool,
    self_test: bool,
) -> None:
    """Visit pages like a user, and report every contact.

    Before consent, after it, after withdrawal, and after a reload. Exit code 0: no finding; 1: a finding; 2: incomplete; 3: wrong usage,
    or the audit failed.
    """
    from shariff_py.audit import AuditOptions, report
    from shariff_py.audit.evidence.trace import FailureReason
    from shariff_py.audit.report.baseline import read_baseline
    from shariff_py.audit.runner.run import run

    if self_test:
        _self_test(lang, out)
    formats = _formats(shapes, out)
    if engine != "chromium" and not sink:
        raise AuditError(
            f"{engine} keeps no network log. Add --sink: in a sealed network the traffic is recorded instead."
        )
    if only_new and baseline is None:
        raise AuditError("--only-new needs an earlier report. Name it with --baseline.")
    before = read_baseline(baseline) if baseline else None  # Now, because --out may be the folder it is in.
    named = [*urls, *(address for file in listed for address in _addresses(file))]
    options = AuditOptions(
        lang=lang, out=out, formats=formats, idle_seconds=idle, own=own, policy=_policy(policy), sitemaps=sitemaps, depth=depth,
        most=most, at_once=at_once, interval=interval, resume=resume, journal=journal or _own_journal(named), baseline=baseline,
        control_visit=not one_look, keep_values=keep_values, keep_net_log=keep_net_log and out is not None, engine=engine,
    )  # fmt: skip
    with _progress() as on_progress:
        result = _sealed_run(named, options, on_progress) if sink else run(named, options, on_progress=on_progress)
    click.echo(report.as_json(result) if "json" in shapes and not out else report.text(result, lang), nl=False)
    if out is not None:
        click.echo(f"{out.resolve()}", err=True)
    code = _exit_code(result, before if only_new else None)
    if any(problem.name == FailureReason.INTERRUPTED for page in result.pages for problem in page.problems):
        _end_here(code)
    raise click.exceptions.Exit(code)


def _exit_code(result: Audit, baseline: str | None) -> int:
    """The exit code of a verdict. With a baseline only new findings count."""
    from shariff_py.audit.report.baseline import compare_with_baseline

    code = {"pass": 0, "finding": FOUND}.get(result.verdict, INCOMPLETE)
    if baseline is not None and code == FOUND and not compare_with_baseline(result.pages, baseline).new:
        return INCOMPLETE if any(page.problems for page in result.pages) else 0
    return code


def _end_here(code: int) -> NoReturn:
    """End the process without finalizing the interpreter.

    Drivers were killed while working. What is left of them can crash the interpreter at exit (a segmentation fault in greenlet, Python 3.11),
    and the crash would replace the exit code. By now everything is written, and temporary files are deleted by the exit handlers.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    atexit._run_exitfuncs()
    os._exit(code)


@contextmanager
def _progress() -> Iterator[Callable[[Any], None]]:
    """Shows the progress of the run on the terminal."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def on_progress(progress: Any) -> None:
            bar.update(task, completed=progress.done, total=progress.planned, description=escape(progress.url))

        yield on_progress


def _formats(shapes: tuple[str, ...], out: Path | None) -> tuple[str, ...]:
    """The files to write. On screen only two formats make sense."""
    from shariff_py.audit.report import FORMATS

    known = (*FORMATS, *(() if out else TERMINAL_FORMATS))
    for shape in shapes:
        if shape not in known:
            needs = " It is written to a folder: add --out DIR." if shape in FORMATS else ""
            raise AuditError(f"there is no format {shape!r} here.{needs or ' Choose from: ' + ', '.join(known) + '.'}")
        if out is None and shape not in TERMINAL_FORMATS:
            raise AuditError(f"{shape} is written to a folder. Add --out DIR.")
    return shapes if out else ()


def _addresses(path: Path) -> list[str]:
    from shariff_py.audit.runner.crawl import listed

    content = path.read_bytes()
    try:
        return listed(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise AuditError(f"the list {path} is not in UTF-8 (line {line}). Save it in this encoding.") from None
    except ValueError as error:
        raise AuditError(f"the list {path}, {error}") from None


def _policy(path: Path | None) -> Any:
    from shariff_py.audit.verdict.policy import AuditPolicy

    if path is None:
        return AuditPolicy()
    try:
        return AuditPolicy.from_mapping(tomllib.loads(path.read_text(encoding="utf-8")))
    except UNREADABLE as error:
        raise AuditError(f"the policy file {path} is not valid TOML: {error}.") from None
    except ConfigurationError as error:
        raise AuditError(f"the policy file {path}: {error}") from None


def _own_journal(urls: list[str]) -> Path | None:
    """The journal of the configured site, if that site is audited and the journal exists."""
    from shariff_py.audit.evidence.contact import endpoint_of_url

    settings = load()
    path = Path(settings.journal.path)
    if settings.site.origin and path.is_file() and endpoint_of_url(settings.site.origin) in map(endpoint_of_url, urls):
        return path
    return None


def _sealed_run(named: list[str], options: AuditOptions, on_progress: ProgressCallback) -> Audit:
    from shariff_py.audit.sink.sealing import sealed_run

    return sealed_run(named, options, on_progress)


def _self_test(lang: str, out: Path | None) -> None:
    from shariff_py.audit.selftest.selftest import self_test, table

    outcome = self_test(lang=lang, out=out)
    click.echo(table(outcome), nl=False)
    raise click.exceptions.Exit(0 if outcome.missed == () else FOUND)
