"""Checking the configuration, and what pages keep as data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from shariff_py.cli.output import table
from shariff_py.cli.pages import files_in, scan_settings
from shariff_py.settings import load
from shariff_py.static_site import decode_page, describe_error, display_path

FOUND = 1


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGES]...", type=click.Path(exists=True, path_type=Path))
def doctor(pages: tuple[Path, ...]) -> None:
    """Check the configuration and suggest fixes. Exit code 1 if there is something to fix.

    With PAGES (files and folders of finished pages or templates) it also says which of them keep embed code as data, from where a script
    can put it in.
    """
    from shariff_py.doctor import examine, examine_pages

    settings = load()
    diagnoses = [*examine(settings, datetime.now(UTC).date())]
    if pages:
        diagnoses.append(examine_pages(scan_settings(settings), _read(pages)))
    table(
        ("", "what", "finding", "fix"),
        [("ok", d.what, d.finding, "") if d.well else ("!!", d.what, d.finding, d.cure) for d in diagnoses],
    )
    raise click.exceptions.Exit(0 if all(d.well for d in diagnoses) else FOUND)


def _read(paths: tuple[Path, ...]) -> Iterator[tuple[str, str | None]]:
    """The names and the text of the pages, ``None`` where one could not be read, which is said."""
    files, _, unread = files_in(paths)
    for path in files:
        try:
            yield display_path(path), decode_page(path.read_bytes()).html
        except (OSError, UnicodeError) as error:
            unread.append(f"{display_path(path)}: {describe_error(error)}")
            yield display_path(path), None
    for sentence in unread:
        click.echo(sentence, err=True)
