"""A command whose exit codes say something about a site: no failure of its own may look like one of them."""

from __future__ import annotations

import sys
import traceback
from typing import Any

import click

from shariff_py.cli.extras import missing_extra
from shariff_py.cli.output import unusable
from shariff_py.errors import ShariffError

USAGE = 3
"""The exit code for a mistake in how the command was called, and for everything else that kept it from its work."""


class AuditCommand(click.Command):
    """Ends with `USAGE` on any error: 0, 1 and 2 are results, and callers rely on that."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort, click.ClickException):
            raise
        except ShariffError as error:
            click.echo(f"shariff-py: {error}", err=True)
        except OSError as error:
            click.echo(f"shariff-py: {unusable(error)}", err=True)
        except Exception as error:
            needed = missing_extra(str(ctx.info_name), error) if isinstance(error, ModuleNotFoundError) else None
            if needed is None:
                traceback.print_exc(file=sys.stderr)
                needed = (
                    f"{ctx.info_name} failed unexpectedly ({type(error).__name__}) and has no result. "
                    "Please report this with the output above."
                )
            click.echo(f"shariff-py: {needed}", err=True)
        raise click.exceptions.Exit(USAGE)
