"""Checking the configuration."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from shariff_py.cli.output import table
from shariff_py.settings import load

FOUND = 1


@click.command()
def doctor() -> None:
    """Check the configuration and suggest fixes. Exit code 1 if there is something to fix."""
    from shariff_py.doctor import examine

    diagnoses = examine(load(), datetime.now(UTC).date())
    table(
        ("", "what", "finding", "fix"),
        [("ok", d.what, d.finding, "") if d.well else ("!!", d.what, d.finding, d.cure) for d in diagnoses],
    )
    raise click.exceptions.Exit(0 if all(d.well for d in diagnoses) else FOUND)
