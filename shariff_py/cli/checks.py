"""Checking the configuration, what pages keep as data, and what the policy held back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from shariff_py.cli.output import as_json, grouped_list, table
from shariff_py.cli.pages import files_in, scan_settings
from shariff_py.doctor.held_back import HeldBack, held_back
from shariff_py.settings import load
from shariff_py.static_site import decode_page, describe_error, display_path
from shariff_py.stores import open_store

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


@click.command()
@click.option("--json", "json_wanted", is_flag=True, help="Write a JSON list, for programs.")
def blocked(*, json_wanted: bool) -> None:
    """List the hosts that the policy of the site's pages held back, each with the line that allows it and what to do instead.

    From the reports of browsers in the store, most frequent first; anybody can post a made-up one. Sends no request. Exit code 1 if there
    are any.
    """
    settings = load()
    with closing(open_store(settings.counts.store, mends=False)) as store:
        found = held_back(settings, store.reports.all())
    if json_wanted:
        click.echo(as_json([asdict(one) for one in found]))
    else:
        grouped_list(entry for one in found for entry in _entries(one))
    click.echo(f"{len(found)} held back.", err=True)
    raise click.exceptions.Exit(FOUND if found else 0)


def _entries(one: HeldBack) -> Iterator[tuple[str, str, str]]:
    """What is said of one host: how often and what to do instead; then the line that allows it."""
    became = "Held back" if one.enforced else "Would be held back"
    sentences = (f"{became} (reports: {one.times}, last on {one.last}).", *one.instead)
    yield one.named, " ".join(sentences), "  ".join((*one.directives, *one.pages))
    if one.allow:
        yield one.named, "The line that allows it:", one.allow


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
