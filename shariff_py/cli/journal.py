"""The journal of outgoing requests: show it and verify it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from shariff_py.cli.output import as_json, table
from shariff_py.errors import JournalBroken
from shariff_py.journal import Entry, Journal
from shariff_py.settings import load

BROKEN = 1


@click.group()
def journal() -> None:
    """Show and verify the journal of outgoing requests."""


@journal.command("show")
@click.option("--json", "json_wanted", is_flag=True, help="Write one JSON object per line.")
def journal_show(json_wanted: bool) -> None:
    """List every outgoing request and its outcome."""
    recorded = _journal()
    if json_wanted:
        for entry in recorded.entries():
            click.echo(as_json(asdict(entry), indent=None))
        return
    table(
        ("no.", "time", "trigger", "to", "about", "outcome"),
        [
            (
                str(request.sequence),
                f"{request.when:%Y-%m-%d %H:%M:%S}",
                request.trigger,
                f"{request.method} {request.origin or request.host}{request.path}",
                f"{len(request.pages)} pages",
                _outcome(request, outcome),
            )
            for request, outcome in recorded.exchanges()
        ],
    )


@journal.command("verify")
@click.option("--head", help="A head hash noted earlier; it must be part of the chain.")
def journal_verify(head: str | None) -> None:
    """Verify the hash chain. Exit code 1 if it is broken; the first invalid record is named."""
    try:
        verified = _journal().verify(head=head)
    except JournalBroken as broken:
        click.echo(f"The journal is broken at {broken}", err=True)
        raise click.exceptions.Exit(BROKEN) from None
    removed = f" from record {verified.since} on (older ones were removed by retention)" if verified.since > 1 else ""
    click.echo(f"The chain is intact{removed}: {verified.records} records, head {verified.head}")


def _journal() -> Journal:
    return Journal(Path(load().journal.path))


def _outcome(request: Entry, outcome: Entry | None) -> str:
    if request.kind == "blocked":
        return f"blocked: {request.error}"
    if outcome is None:
        return "no outcome recorded"
    return outcome.error or f"{outcome.status}, {outcome.bytes} bytes, {outcome.milliseconds} ms"
