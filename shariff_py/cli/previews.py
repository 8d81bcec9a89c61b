"""Previews: fetch titles and pictures of content before anybody visits, ask again in time, list and remove them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from shariff_py.cli.output import as_json, table
from shariff_py.cli.pages import files_in, scan_settings
from shariff_py.errors import EmbedRefused, PreviewRefused
from shariff_py.gate import Outcome, gate_html
from shariff_py.platforms.registry import REGISTRY
from shariff_py.previews import Fetched, Previews
from shariff_py.previews.picture import NOT_INSTALLED
from shariff_py.settings import Settings, load
from shariff_py.static_site import decode_page, describe_error, display_path
from shariff_py.urls import parse

FAILED = 1

WHY = {
    "gone": "private, deleted or not to be embedded; what was kept is removed",
    "not-wanted": "removed: not wanted any more, or unreadable",
    "resting": "not asked, because its platform did not reply as it should",
    "pillow": NOT_INSTALLED,
    "picture-unreadable": "without its picture, which cannot be read, or is too large",
}
"""What a reason means, where it is more than a failure of the network."""

IN_ORDER = frozenset({"", "gone", "not-wanted"})


@click.group()
def previews() -> None:
    """Fetch titles and pictures for gates, where a platform's terms allow keeping them. Off unless previews.platforms names some."""


@previews.command()
@click.argument("places", nargs=-1, required=True, metavar="PLACE...")
def fetch(places: tuple[str, ...]) -> None:
    """Fetch what is not kept yet of each PLACE: an address of content, or a file or folder of pages, of whose content everything is taken that is gated.

    For an editor who has just saved a page, or a build that has just written some. Exit code 1 if something could not be fetched.
    """
    settings = load()
    _refuse_none(settings)
    kept = Previews(settings)
    addresses: dict[str, None] = {}
    failed = False
    for place in places:
        try:
            addresses |= dict.fromkeys([place] if parse(place) else _embeds(Path(place), settings))
        except (OSError, UnicodeError) as error:
            click.echo(f"{display_path(Path(place))}: {describe_error(error)}", err=True)
            failed = True
    done: list[Fetched] = []
    for address in addresses:
        try:
            done.append(kept.fetch(address))
        except (EmbedRefused, PreviewRefused) as refused:
            click.echo(f"shariff-py: {refused}", err=True)
            failed = True
    _report(done)
    raise click.exceptions.Exit(FAILED if failed or any(one.reason not in IN_ORDER for one in done) else 0)


@previews.command()
def refresh() -> None:
    """Ask again about everything in the second half of its time, and remove what may be shown no longer. For a daily schedule."""
    done = list(Previews(load()).refresh())
    _report(done)
    raise click.exceptions.Exit(FAILED if any(one.reason not in IN_ORDER for one in done) else 0)


@previews.command("list")
@click.option("--json", "machine", is_flag=True, help="Write JSON instead of a table.")
def list_kept(machine: bool) -> None:
    """List what is kept, and until when it is shown. Sends no request."""
    rows = [
        {"platform": one.platform, "address": one.address, "title": one.title, "author": one.author, "picture": one.has_picture,
         "until": _until(one.platform, one.fetched_at)}
        for one in Previews(load()).kept()
    ]  # fmt: skip
    if machine:
        click.echo(as_json(rows))
        return
    table(
        ("address", "title", "author", "picture", "until"),
        [(str(r["address"]), str(r["title"]), str(r["author"]), "yes" if r["picture"] else "no", str(r["until"])) for r in rows],
    )  # fmt: skip


@previews.command()
@click.argument("addresses", nargs=-1, required=True, metavar="ADDRESS...")
def remove(addresses: tuple[str, ...]) -> None:
    """Remove what is kept of the content at each ADDRESS. Sends no request."""
    kept = Previews(load())
    for address in addresses:
        kept.remove(address)


def _embeds(place: Path, settings: Settings) -> Iterator[str]:
    """The addresses of the content that is gated in a file, or in the pages of a folder, of platforms from which previews are wanted."""
    place.stat()
    files, _, unread = files_in([place])
    for sentence in unread:
        click.echo(sentence, err=True)
    looking = scan_settings(settings)
    for file in files:
        for finding in gate_html(decode_page(file.read_bytes()).html, looking).findings:
            if finding.outcome is Outcome.GATED and finding.platform in settings.previews.platforms:
                yield finding.address


def _refuse_none(settings: Settings) -> None:
    if not settings.previews.platforms:
        known = ", ".join(f'"{name}"' for name, record in REGISTRY.items() if record.previews is not None)
        raise click.ClickException(
            f"nothing is fetched: previews.platforms names no platform. Those whose terms allow keeping something: {known}."
        )


def _report(done: Iterable[Fetched]) -> None:
    for one in done:
        what = _what(one)
        click.echo(f"{one.address}: {what}")


def _what(one: Fetched) -> str:
    why = WHY.get(one.reason, f"not fetched ({one.reason})" if one.reason else "")
    if one.kept is None:
        return why
    shown = (
        ", ".join(filter(None, (one.kept.title, one.kept.author, "picture" if one.kept.has_picture else "")))
        or "nothing told"
    )
    return f"{shown} ({why})" if why else shown


def _until(platform: str, fetched_at: float) -> str:
    source = REGISTRY[platform].previews
    days = source.days if source is not None else 0
    return datetime.fromtimestamp(fetched_at + days * 86_400, UTC).strftime("%Y-%m-%d")
