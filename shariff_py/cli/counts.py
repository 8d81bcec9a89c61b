"""Counts: what the store knows, and asking for what is due."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import click

from shariff_py.cli.output import as_json, table
from shariff_py.errors import ShariffError
from shariff_py.platforms.registry import REGISTRY
from shariff_py.service import RefreshResult, Scheduler, Service
from shariff_py.settings import Settings, load

SITEMAP_SECONDS = 86_400.0
"""How often a sitemap is read again while watching."""


@click.command()
@click.argument("url")
@click.option("--json", "machine", is_flag=True, help="Write JSON instead of a table.")
def counts(url: str, machine: bool) -> None:
    """What the store knows about a page. Asks nobody."""
    known = Service(load()).counts(url)
    if machine:
        rows = {
            name: {"count": r.value, "as_of": _iso(r.as_of), "last_try": _iso(r.tried_at), "reason": r.reason or None}
            for name, r in known.items()
        }
        click.echo(as_json(rows))
        return
    table(
        ("platform", "count", "as of", "last try", "reason"),
        [
            (name, "unknown" if r.value is None else str(r.value), _when(r.as_of), _when(r.tried_at), r.reason)
            for name, r in known.items()
        ],
    )


@click.command()
@click.option("--most", default=20, show_default=True, type=click.IntRange(min=1), help="How many pages.")
@click.option("--json", "machine", is_flag=True, help="Write JSON instead of a table.")
def ranking(most: int, machine: bool) -> None:
    """The pages with the most shares, from the store. Asks nobody."""
    rows = Service(load()).ranking(most)
    if machine:
        click.echo(as_json([{"page": page, "total": total} for page, total in rows]))
        return
    table(("", "shares", "page"), [(str(n), str(total), page) for n, (page, total) in enumerate(rows, 1)])


@click.command()
@click.option("--watch", is_flag=True, help="Go on until stopped.")
@click.option(
    "--every", default=60.0, show_default=True, type=click.FloatRange(min=0.1), help="Seconds between rounds."
)
@click.option(
    "--sitemap",
    "sitemaps",
    multiple=True,
    metavar="PLACE",
    help="Learn the site's pages from a sitemap: an address or a file.",
)
@click.option("--retry", is_flag=True, help="Ask platforms again that are being left alone after failures.")
def refresh(watch: bool, every: float, sitemaps: tuple[str, ...], retry: bool) -> None:
    """Ask the platforms for what is due. With --watch a store that fails is reported, and asked again in the next round."""
    service = Service(load())
    nobody = "" if service.targets else _nobody(service.settings)
    if retry:
        service.retry_failed()
    if not watch:
        _learn(service, sitemaps)
        if nobody:
            raise click.ClickException(nobody)
        click.echo(_told(service.refresh(trigger="manual")))
        return
    again = _daily(lambda: _learn(service, sitemaps)) if sitemaps else _nothing

    def tell(done: RefreshResult) -> None:
        click.echo(_told(done))
        again()

    again()
    if nobody:
        raise click.ClickException(nobody)
    Scheduler(service, seconds=every, on_cycle=tell, on_error=_complain).run()


def _learn(service: Service, sitemaps: tuple[str, ...]) -> None:
    for place in sitemaps:
        listed = service.import_sitemap(place)
        click.echo(f"Pages in the sitemap: {listed.taken}, new: {listed.new}.")
        for why in listed.missing:
            click.echo(f"shariff-py: {why}", err=True)
        if listed.left_out:
            most = service.settings.counts.most_pages
            click.echo(
                f"shariff-py: {listed.left_out} of its pages had no room in the store and are not asked about. Raise "
                f"counts.most_pages (now {most}) to the number of the site's pages, its earlier addresses included, and some more.",
                err=True,
            )


def _daily(action: Callable[[], object]) -> Callable[[], None]:
    """Do something now and once a day, when called; what goes wrong is told, and tried again the next day."""
    next_at = 0.0

    def call() -> None:
        nonlocal next_at
        if time.monotonic() < next_at:
            return
        next_at = time.monotonic() + SITEMAP_SECONDS
        try:
            action()
        except ShariffError as error:
            _complain(error)

    return call


def _nothing() -> None:
    """Where there is no sitemap."""


def _complain(error: ShariffError) -> None:
    click.echo(f"shariff-py: {error}", err=True)


def _nobody(settings: Settings) -> str:
    """Why no platform can be asked, and what to do about it."""
    released = [name for name, record in REGISTRY.items() if record.counts and settings.policy.release(name).is_open]
    if not released:
        return 'no platform can be asked: none that counts is released. Set releases.NAME.state to "released".'
    variables = ", ".join(f"SHARIFF_PLATFORMS__{name.upper()}__TOKEN_FILE" for name in released)
    return f"no platform can be asked: what is released ({', '.join(released)}) has no token. Set {variables}."


def _told(done: RefreshResult) -> str:
    """One round of asking, as a sentence."""
    if not done.is_leader:
        return "Nothing was asked: another process is at it."
    ended = "".join(f" {platform} ended early: {why}." for platform, why in done.failures.items())
    if not done.requests:
        return f"Nothing was asked.{ended}" if ended else "Nothing was due."
    return f"Requests: {done.requests}, pages: {done.pages}, counts: {done.counts}.{ended}"


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC") if seconds else "never"


def _iso(seconds: float) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds") if seconds else None
