"""The journal of outgoing requests: show it, hand it over and verify it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from shariff_py.cli.journal_rows import FORMATS, TOTALS, Counted, as_objects, total_rows
from shariff_py.cli.output import as_json, streamed_table, table
from shariff_py.errors import JournalBroken
from shariff_py.journal import (
    Checkpoints,
    Entry,
    Journal,
    Record,
    Selection,
    checkpoints,
    removed_early,
    replace_file,
    totals,
)
from shariff_py.settings import Settings, load

BROKEN = 1


@click.group()
def journal() -> None:
    """Show and verify the journal of outgoing requests."""


def _selected(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which requests are wanted."""
    day = click.DateTime(("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"))
    for option in (
        click.option("--platform", default="", help="Only requests for this platform."),
        click.option("--purpose", default="", help="Only requests for this purpose, for example counts."),
        click.option("--host", default="", help="Only requests to this host."),
        click.option("--until", type=day, help="Only what was sent before this day (UTC)."),
        click.option("--since", type=day, help="Only what was sent from this day on (UTC)."),
    ):
        command = option(command)
    return command


@journal.command("show")
@_selected
@click.option("--totals", "totals_wanted", is_flag=True, help="Only how many requests there were, by host and purpose.")
@click.option("--json", "json_wanted", is_flag=True, help="Write one JSON object per line.")
def journal_show(json_wanted: bool, totals_wanted: bool, **wanted: Any) -> None:
    """List every outgoing request and its outcome, oldest first."""
    recorded, selection = _journal(load()), _selection(**wanted)
    if totals_wanted:
        rows = total_rows(totals(recorded.records(selection)))
        if json_wanted:
            click.echo(as_json([dict(zip(TOTALS, row, strict=True)) for row in rows]))
        else:
            table(TOTALS, [tuple(map(str, row)) for row in rows])
    elif json_wanted:
        everything = selection == Selection()
        sys.stdout.writelines(as_objects(recorded.entries() if everything else _both(recorded, selection)))
    else:
        streamed_table(
            ("no.", "time", "trigger", "to", "about", "outcome"),
            (_row(request, outcome) for request, outcome in recorded.records(selection)),
        )


@journal.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_selected
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(FORMATS)),
    default="csv",
    help="csv or jsonl (one JSON object per line).",
)
def journal_export(file: Path, form: str, **wanted: Any) -> None:
    """Write requests and their outcomes into FILE, which only its owner can read."""
    counted = Counted(_journal(load()).records(_selection(**wanted)))
    try:
        replace_file(file, FORMATS[form](counted))
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error}.") from None
    click.echo(f"{file}: {counted.many} requests")


@journal.command("verify")
@click.option("--head", help="A head hash noted earlier; it must be part of the chain.")
def journal_verify(head: str | None) -> None:
    """Verify the hash chain, and that it holds the checkpoints. Exit code 1 if not; the first invalid record is named."""
    settings = load()
    try:
        verified, compared = _checkpoints(settings).verify(head=head)
    except JournalBroken as broken:
        click.echo(f"The journal is broken at {broken}", err=True)
        raise click.exceptions.Exit(BROKEN) from None
    removed = f" from record {verified.since} on (older ones were removed by retention)" if verified.since > 1 else ""
    click.echo(f"The chain is intact{removed}: {verified.records} records, head {verified.head}")
    if early := removed_early(verified, settings.journal.keep_months):
        click.echo(early, err=True)
    for comparison in compared:
        click.echo(comparison.sentence, err=comparison.is_alarm)
    if any(comparison.is_alarm for comparison in compared):
        raise click.exceptions.Exit(BROKEN)


@journal.command("checkpoint")
def journal_checkpoint() -> None:
    """Write a new checkpoint, and print it to be kept elsewhere. The journal records if the last one is not in it."""
    found = _checkpoints(load())
    sequence, head, wrong = found.renew()
    click.echo(f"record {sequence}, head {head}\n{found.signed((sequence, head))}")
    for sentence in wrong:
        click.echo(sentence, err=True)
    if wrong:
        raise click.exceptions.Exit(BROKEN)


@journal.command("accept-clock")
def journal_accept_clock() -> None:
    """Record that the clock is right, after it was wrong or the site was switched off for long: months end and are removed by it again."""
    accepted = _journal(load()).accept_clock()
    click.echo(f"Recorded: {accepted:%Y-%m-%d %H:%M:%S} UTC is the right time.")


def _journal(settings: Settings) -> Journal:
    return Journal(Path(settings.journal.path), keep_months=settings.journal.keep_months)


def _checkpoints(settings: Settings) -> Checkpoints:
    return checkpoints(settings, _journal(settings))


def _selection(since: datetime | None, until: datetime | None, **fields: str) -> Selection:
    begin, end = (day and day.replace(tzinfo=UTC) for day in (since, until))
    return Selection(begin or Selection().since, end or Selection().until, **fields)


def _both(recorded: Journal, selection: Selection) -> Iterator[Entry]:
    for request, outcome in recorded.exchanges(selection):
        yield request
        if outcome is not None:
            yield outcome


def _row(request: Record, outcome: Record | None) -> tuple[str, ...]:
    text = request.get
    return (
        str(request["sequence"]),
        f"{request['time'][:10]} {request['time'][11:19]}",
        text("trigger", ""),
        f"{text('method', '')} {text('origin') or text('host', '')}{text('path', '')}",
        f"{len(text('pages', ()))} pages",
        _outcome(request, outcome),
    )


def _outcome(request: Record, outcome: Record | None) -> str:
    if request["kind"] == "blocked":
        return f"blocked: {request.get('error', '')}"
    if outcome is None:
        return "no outcome recorded"
    status, size, milliseconds = (outcome.get(name) for name in ("status", "bytes", "milliseconds"))
    return outcome.get("error") or f"{status}, {size} bytes, {milliseconds} ms"
