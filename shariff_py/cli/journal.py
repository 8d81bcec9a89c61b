"""The journal of outgoing requests: showing and checking it."""

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
    """The journal of outgoing requests."""


@journal.command("show")
@click.option("--json", "json_wanted", is_flag=True, help="One JSON object a line.")
def journal_show(json_wanted: bool) -> None:
    """Every outgoing request this server made, and what came of it."""
    recorded = _journal()
    if json_wanted:
        for entry in recorded.entries():
            click.echo(as_json(asdict(entry), indent=None))
        return
    table(
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
    removed = f" from record {verified.since} on (older ones were removed in time)" if verified.since > 1 else ""
    click.echo(f"The chain holds{removed}: {verified.records} records, head {verified.head}")


def _journal() -> Journal:
    return Journal(Path(load().journal.path))


def _outcome(asked: Entry, answered: Entry | None) -> str:
    if asked.kind == "blocked":
        return f"blocked: {asked.error}"
    if answered is None:
        return "no outcome recorded"
    return answered.error or f"{answered.status}, {answered.bytes} bytes, {answered.milliseconds} ms"
