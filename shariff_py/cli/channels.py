"""The register of official channels: checking and showing it."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from shariff_py.channels import Register, Verdict, check, overview
from shariff_py.cli.output import table
from shariff_py.settings import Settings, load, read_channels

FOUND = 1


@click.group()
def channels() -> None:
    """Check and render the register of official channels."""


@channels.command("check")
def channels_check() -> None:
    """Check all channels. Exit code 1 if a rule is broken."""
    settings = load()
    found = check(_register(settings), settings, datetime.now(UTC).date())
    table(
        ("channel", "rule", "verdict", "finding", "responsible", "fix"),
        [(f.channel or "(all)", f.rule, f.verdict, f.sentence, f.role, f.cure) for f in found],
    )
    raise click.exceptions.Exit(FOUND if any(f.verdict is Verdict.FAIL for f in found) else 0)


@channels.command("render")
@click.option("--lang", help="Language of the overview (default: the site's).")
def channels_render(lang: str | None) -> None:
    """Write the public overview as an HTML fragment."""
    settings = load()
    click.echo(overview(_register(settings), settings, settings.language(lang)))


def _register(settings: Settings) -> Register:
    return Register.from_mapping(read_channels(settings), language=settings.site.language)
