"""The command line: arguments, output, exit codes. Everything it does is a call into the library."""

from __future__ import annotations

import os
import sys

import click

from shariff_py.cli.audit import audit
from shariff_py.cli.careful import USAGE
from shariff_py.cli.channels import channels
from shariff_py.cli.checks import doctor
from shariff_py.cli.counts import counts, ranking, refresh
from shariff_py.cli.journal import journal
from shariff_py.cli.notice import notice
from shariff_py.cli.pages import gate, scan
from shariff_py.cli.serving import demo, serve
from shariff_py.errors import ShariffError

__all__ = ["commands", "main"]


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
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="shariff_py")
@click.option("--config", metavar="FILE", help="The configuration (default: SHARIFF_CONFIG, or shariff.toml).")
def commands(config: str | None) -> None:
    """Social sharing and Facebook content without Facebook learning anything until the visitor says so."""
    if config:
        os.environ["SHARIFF_CONFIG"] = config


for command in (audit, channels, counts, demo, doctor, gate, journal, notice, ranking, refresh, scan, serve):
    commands.add_command(command)
