"""Previews: fetch titles and pictures of content before anybody visits, ask again in time, list and remove them."""

from __future__ import annotations

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
    "pillow": f"its picture was not fetched. {NOT_INSTALLED}",
    "picture-unreadable": "its picture cannot be read, or is too large",
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

    For an editor who has just saved a page, or a build that has just written some. Exit code 1 if something could not be read or fetched.
    """
    settings = load()
    _refuse_none(settings)
    kept, addresses, in_order = Previews(settings), dict[str, None](), True
    for place in places:
        found, unread = ([place], []) if parse(place) else _embeds(Path(place), settings)
        addresses |= dict.fromkeys(found)
        in_order &= not unread
        for sentence in unread:
            click.echo(sentence, err=True)
    for address in addresses:
        try:
            in_order &= _told(kept.fetch(address))
        except (EmbedRefused, PreviewRefused) as refused:
            click.echo(f"shariff-py: {refused}", err=True)
            in_order = False
    raise click.exceptions.Exit(0 if in_order else FAILED)


@previews.command()
def refresh() -> None:
    """Ask again about everything in the second half of its time, and remove what may be shown no longer. For a daily schedule. Exit code 1 if something could not be fetched."""
    in_order = [_told(one) for one in Previews(load()).refresh()]
    raise click.exceptions.Exit(0 if all(in_order) else FAILED)


@previews.command("list")
@click.option("--json", "machine", is_flag=True, help="Write JSON instead of a table.")
def list_kept(machine: bool) -> None:
    """List what is kept, and the last day on which it is shown (UTC). Sends no request."""
    kept = Previews(load())
    rows = [
        {"platform": one.platform, "address": one.address, "title": one.title, "author": one.author, "picture": one.has_picture,
         "until": str(kept.last_day(one.platform, one.address))}
        for one in kept.kept()
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


def _embeds(place: Path, settings: Settings) -> tuple[list[str], list[str]]:
    """The addresses of what is gated in a file, or in the pages of a folder, of platforms from which previews are wanted; and a message for each
    file that cannot be read."""
    files, _, unread = files_in([place])
    found: list[str] = []
    for file in files:
        try:
            findings = gate_html(decode_page(file.read_bytes()).html, scan_settings(settings)).findings
        except (OSError, UnicodeError) as error:
            unread.append(f"{display_path(file)}: {describe_error(error)}")
            continue
        wanted = (
            one for one in findings if one.outcome is Outcome.GATED and one.platform in settings.previews.platforms
        )
        found += [one.address for one in wanted]
    return found, unread


def _refuse_none(settings: Settings) -> None:
    if not settings.previews.platforms:
        known = ", ".join(f'"{name}"' for name, record in REGISTRY.items() if record.previews is not None)
        raise click.ClickException(
            f"nothing is fetched: previews.platforms names no platform. Those whose terms allow keeping something: {known}."
        )


def why(reason: str) -> str:
    """Why no more is kept, in words; empty where all went well."""
    failure = reason.removeprefix("picture-")
    subject = "not fetched" if failure == reason else "its picture was not fetched"
    return WHY.get(reason, f"{subject} ({failure})" if reason else "")


def _told(one: Fetched) -> bool:
    """Print what became of one content. Returns whether that is as it should be."""
    shown = [one.kept.title, one.kept.author, "picture" if one.kept.has_picture else ""] if one.kept else []
    said = "; ".join(filter(None, (", ".join(filter(None, shown)), why(one.reason))))
    click.echo(f"{one.address}: {said or 'nothing told'}")
    return one.reason in IN_ORDER
