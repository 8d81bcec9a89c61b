"""The command line: arguments, output, exit codes. Everything it does is a call into the library."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from shariff_py.cli.exit_codes import USAGE
from shariff_py.cli.extras import missing_extra
from shariff_py.cli.output import unusable
from shariff_py.errors import ShariffError

__all__ = ["COMMANDS", "commands", "main"]


def main() -> None:
    """The entry point: a mistake is one line on standard error, never a traceback."""
    code = 0
    try:
        code = commands(standalone_mode=False)
        if sys.stdout:
            sys.stdout.flush()
        sys.exit(code)
    except click.ClickException as mistake:
        mistake.show()
        audited = getattr(getattr(mistake, "ctx", None), "info_name", "") == "audit"
        sys.exit(USAGE if audited else mistake.exit_code)
    except click.Abort:
        sys.exit(130)
    except ShariffError as error:
        click.echo(f"shariff-py: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        with suppress(OSError, ValueError, AttributeError):
            # As on a disk that is full: what is left to be written would be tried once more when the process ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        click.echo(f"shariff-py: {unusable(error)}", err=True)
        sys.exit(code or 1)


COMMANDS = {
    "audit": "audit",
    "blocked": "checks",
    "channels": "channels",
    "counts": "counts",
    "demo": "serving",
    "doctor": "checks",
    "gate": "pages",
    "journal": "journal",
    "notice": "notice",
    "previews": "previews",
    "ranking": "counts",
    "refresh": "counts",
    "scan": "pages",
    "serve": "serving",
}
"""Each command, and the file it is in."""


class Commands(click.Group):
    """Imports the command that is used and no other: together they take a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"{__name__}.{COMMANDS[cmd_name]}"), cmd_name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; where it needs an extra that is not installed, say so in one line."""
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as missing:
            needed = missing_extra(ctx.invoked_subcommand or "", missing)
            if needed is None:
                raise
            raise ShariffError(needed) from missing


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="shariff_py")
@click.option("--config", metavar="FILE", help="The configuration (default: SHARIFF_CONFIG, or shariff.toml).")
def commands(config: str | None) -> None:
    """Share links and social media content for websites, silent until the visitor agrees, and the audit that verifies it."""
    if config:
        os.environ["SHARIFF_CONFIG"] = config
