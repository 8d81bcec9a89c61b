"""Counts: show what is stored, and fetch what is due for a refresh."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import click

from shariff_py.cli.output import as_json, table
from shariff_py.counts.refresh_policy import LONGEST_FIRST_WAIT, SHORTEST_FIRST_WAIT
from shariff_py.errors import ShariffError
from shariff_py.platforms.registry import REGISTRY
from shariff_py.service import RefreshResult, Scheduler, Service
from shariff_py.service.platform_refresh import PERSONAL
from shariff_py.settings import Settings, load

HOUR = 3600.0
SITEMAP_SECONDS = 86_400.0
"""How often a sitemap is read again while watching."""


@click.command()
@click.argument("url")
@click.option("--json", "machine", is_flag=True, help="Write JSON instead of a table.")
def counts(url: str, machine: bool) -> None:
    """Show stored counts for a page, and why there is none yet. Sends no request."""
    service = Service(load())
    known = service.counts(url)
    if not known or any(count.reason == PERSONAL for count in known.values()):
        click.echo(_why_no_number(service, url), err=True)
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
    """List the pages with the most shares, from the store. Sends no request."""
    rows = Service(load()).ranking(most)
    if machine:
        click.echo(as_json([{"page": page, "total": total} for page, total in rows]))
        return
    table(("", "shares", "page"), [(str(n), str(total), page) for n, (page, total) in enumerate(rows, 1)])


@click.command()
@click.option("--watch", is_flag=True, help="Run until stopped.")
@click.option(
    "--every",
    default=60.0,
    show_default=True,
    type=click.FloatRange(min=0.1),
    help="Average seconds between refresh cycles.",
)
@click.option(
    "--sitemap",
    "sitemaps",
    multiple=True,
    metavar="PLACE",
    help="Import the site's pages from a sitemap: an address or a file.",
)
@click.option("--retry", is_flag=True, help="Include platforms that are resting after failures.")
def refresh(watch: bool, every: float, sitemaps: tuple[str, ...], retry: bool) -> None:
    """Fetch counts that are due for a refresh. Pages that became known by a view are first due hours later. With --watch, a store that fails is reported and used again in the next cycle."""
    service = Service(load())
    no_target = "" if service.targets else _why_no_target(service.settings)
    if retry:
        service.retry_failed()
    if not watch:
        _import(service, sitemaps)
        if no_target:
            raise click.ClickException(no_target)
        click.echo(_summary(service.refresh(trigger="manual")))
        return
    import_daily = _daily(lambda: _import(service, sitemaps), lambda: service.store.epoch) if sitemaps else _nothing

    def report(done: RefreshResult) -> None:
        click.echo(_summary(done))
        import_daily()

    import_daily()
    if no_target:
        raise click.ClickException(no_target)
    Scheduler(service, seconds=every, on_cycle=report, on_error=_complain).run()


def _import(service: Service, sitemaps: tuple[str, ...]) -> None:
    for place in sitemaps:
        result = service.import_sitemap(place)
        click.echo(f"Pages in the sitemap: {result.taken}, new: {result.new}.")
        for why in result.missing:
            click.echo(f"shariff-py: {why}", err=True)
        if result.left_out:
            most = service.settings.counts.most_pages
            click.echo(
                f"shariff-py: {result.left_out} of its pages do not fit into the store and are not refreshed. Raise "
                f"counts.most_pages (now {most}) above the number of the site's pages, earlier addresses included.",
                err=True,
            )


def _daily(action: Callable[[], object], epoch: Callable[[], int]) -> Callable[[], None]:
    """An action that runs when first called, then once a day, and when the ``epoch`` of the store is another one than before: what it put
    there is lost. An error is printed, and it runs again the next day."""
    next_at, seen = 0.0, epoch()

    def call() -> None:
        nonlocal next_at, seen
        if time.monotonic() < next_at and seen == epoch():
            return
        next_at, seen = time.monotonic() + SITEMAP_SECONDS, epoch()
        try:
            action()
        except ShariffError as error:
            _complain(error)

    return call


def _nothing() -> None:
    """The daily action without a sitemap."""


def _complain(error: ShariffError) -> None:
    click.echo(f"shariff-py: {error}", err=True)


def _why_no_target(settings: Settings) -> str:
    """Why counts can be fetched from no platform, and how to fix it."""
    released = [name for name, record in REGISTRY.items() if record.counts and settings.policy.release(name).is_open]
    if not released:
        return 'counts can be fetched from no platform: none with counts is released. Set releases.NAME.state to "released".'
    variables = ", ".join(f"SHARIFF_PLATFORMS__{name.upper()}__TOKEN_FILE" for name in released)
    return f"counts can be fetched from no platform: the released ones ({', '.join(released)}) have no token. Set {variables}."


def _why_no_number(service: Service, url: str) -> str:
    """Why a page has no number, as far as that is known without asking anybody, and how to get one."""
    if not service.targets:
        return _why_no_target(service.settings)
    sitemap = "shariff-py refresh --sitemap PLACE"
    if service.is_personal(url):
        return (
            "No number: something in this address may belong to a person (a mail address, a key, a long number), so it is sent to no "
            f"platform. If the page is public, list it in a sitemap: {sitemap}"
        )
    hours = f"{SHORTEST_FIRST_WAIT / HOUR:.0f} to {LONGEST_FIRST_WAIT / HOUR:.0f}"
    return (
        f"No number yet: pages that become known by a view are first asked about {hours} hours later, at a random time, so that no platform "
        f"learns when they were viewed. Pages of a sitemap are asked about at once: {sitemap}"
    )


def _summary(done: RefreshResult) -> str:
    """One refresh cycle in a sentence."""
    if not done.is_leader:
        return "No request was sent: another process is the leader."
    ended = "".join(f" {platform} ended early: {why}." for platform, why in done.failures.items())
    if not done.requests:
        return f"No request was sent.{ended}" if ended else "Nothing was due."
    return f"Requests: {done.requests}, pages: {done.pages}, counts: {done.counts}.{ended}"


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC") if seconds else "never"


def _iso(seconds: float) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds") if seconds else None
