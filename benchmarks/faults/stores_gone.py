"""A store that is removed, exchanged, damaged or emptied beneath a running process."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from support import redis_servers
from support.counting import SITE, Site

from faults.outcome import Outcome, counted, shortened
from shariff_py.errors import ShariffError
from shariff_py.service import Service
from shariff_py.testing import StandIn

PAGES = [f"{SITE}/{place}" for place in range(20)]
MOST_ROUNDS = 10
GARBAGE = b"This is no database. " * 5_000

Damage = Callable[[Path], None]


def removed(file: Path) -> None:
    """The file and what belongs to it is gone."""
    for path in (file, *_beside(file)):
        path.unlink(missing_ok=True)


def restored(file: Path) -> None:
    """An older file is put in its place, as after a restore."""
    removed(file)
    shutil.copy(file.with_suffix(".older"), file)


def damaged(file: Path) -> None:
    """The file is overwritten with something else."""
    removed(file)
    file.write_bytes(GARBAGE)


def overwritten(file: Path) -> None:
    """The content of the very same file is overwritten, as by a failing disk."""
    with file.open("r+b") as opened:
        opened.write(GARBAGE)
    for path in _beside(file):
        path.unlink(missing_ok=True)


def _beside(file: Path) -> list[Path]:
    return [file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm", "-journal")]


def sqlite(damage: Damage) -> Callable[[Path], Outcome]:
    """Done to the SQLite file of a running process; afterwards a second process opens the file."""

    def cause(folder: Path) -> Outcome:
        file = folder / "counts.sqlite"
        with StandIn() as stand_in:
            site = Site(folder, stand_in)
            stand_in.counts |= dict.fromkeys(PAGES, 17)
            site.service.import_pages(dict.fromkeys(PAGES[:1]))
            site.service.refresh()
            site.service.store.close()
            shutil.copy(file, file.with_suffix(".older"))
            _view(site.service)
            site.later(days=1)
            shown_before = _known(site.service)
            damage(file)
            rounds, said, lost_in_sight = _until_the_file_has_all(site, said=[])
            leaders = _leaders(site)
            missing = len(PAGES) - len(_known(site.again())) if rounds == MOST_ROUNDS else 0
            kept = damage not in (damaged, overwritten) or _kept(folder)
        return Outcome(
            f"once, {len(PAGES)} pages with a number",
            f"in the file: {counted(missing, 'page')}; in sight: {counted(lost_in_sight, 'number')}"
            + ("" if leaders == 1 else f"; {leaders} leaders"),
            "; ".join(said) + ("" if kept else "; the damaged file is not kept"),
            f"{counted(rounds, 'round')}, one an hour" if rounds < MOST_ROUNDS else f"not within {MOST_ROUNDS} rounds",
            "–",
            shown_before == len(PAGES) * [17] and not missing and not lost_in_sight and leaders == 1 and kept,
        )

    return cause


def _view(service: Service) -> None:
    for page in PAGES:
        service.track(page)


def _known(service: Service) -> list[int]:
    """The numbers that a page view shows."""
    shown = (service.counts(page).get("facebook") for page in PAGES)
    return [count.value for count in shown if count is not None and count.value is not None]


def _until_the_file_has_all(site: Site, said: list[str]) -> tuple[int, list[str], int]:
    """Go on as if nothing had happened: an hour passes, all pages are viewed, counts are fetched. Until another process finds all of it."""
    most_lost = 0
    for done in range(1, MOST_ROUNDS + 1):
        site.clock.step(hours=1.1)
        _view(site.service)
        try:
            site.service.refresh()
        except ShariffError as error:
            said.append(shortened(error, 60))
        most_lost = max(most_lost, len(PAGES) - len(_known(site.service)))
        if done == 1:
            said.append(f"status: store {site.service.status()['store']['state']}")
        try:
            if len(_known(site.again())) == len(PAGES):
                return done, said, most_lost
        except ShariffError as error:
            said.append(shortened(error, 60))
    return MOST_ROUNDS, sorted(set(said)), most_lost


def _leaders(site: Site) -> int:
    """How many of two processes believe that they may send requests."""
    try:
        other = site.again()
        first = bool(site.service.lease.acquire())
        second = bool(other.lease.acquire())
        site.service.lease.release()
        other.lease.release()
        return first + second
    except ShariffError:
        return 0


def _kept(folder: Path) -> bool:
    return any(GARBAGE[:100] in file.read_bytes() for file in folder.iterdir() if file.is_file())


def redis_gone(folder: Path) -> Outcome:
    """Redis does not answer for three rounds, and then does, with what it had."""
    with StandIn() as stand_in, redis_servers.Server("redis", "--appendonly", "yes") as server:
        site, service = _on_redis(folder, stand_in, server)
        server.stop()
        errors, shown = 0, []
        for _ in range(3):
            site.clock.step(hours=1.1)
            _view(service)
            try:
                service.refresh()
            except ShariffError:
                errors += 1
            shown.append(len(_known(service)))
        said = f"status: store {service.status()['store']['state']}, an error in {errors} of 3 rounds"
        server.start()
        rounds = _rounds_until_known(site, service)
    return Outcome(
        f"3 rounds, {len(PAGES)} pages with a number",
        f"in sight: {counted(len(PAGES) - min(shown), 'number')}",
        said,
        counted(rounds, "round") if rounds else "at once",
        "–",
        min(shown) == len(PAGES) and errors == 3 and rounds <= 2,
    )


def redis_emptied(folder: Path) -> Outcome:
    """Redis is started anew and has forgotten everything."""
    with StandIn() as stand_in, redis_servers.Server("redis") as server:
        site, service = _on_redis(folder, stand_in, server)
        server.stop()
        server.start()
        site.clock.step(minutes=5)
        _view(service)
        shown = len(_known(service))
        registered = service.store.summary().pages
        said = f"status: store {service.status()['store']['state']}"
        rounds = _rounds_until_known(site, service)
    return Outcome(
        f"once, {len(PAGES)} pages with a number",
        f"in sight: {counted(len(PAGES) - shown, 'number')}; not registered at their next view: "
        f"{counted(len(PAGES) - registered, 'page')}",
        said,
        (counted(rounds, "round") if rounds else "at once")
        if rounds < MOST_ROUNDS
        else f"not within {MOST_ROUNDS} rounds",
        "–",
        shown == registered == len(PAGES) and rounds <= 2,
    )


def _on_redis(folder: Path, stand_in: StandIn, server: redis_servers.Server) -> tuple[Site, Service]:
    site = Site(folder, stand_in)
    service = site.again(counts={"store": server.url})
    stand_in.counts |= dict.fromkeys(PAGES, 17)
    _view(service)
    site.clock.step(days=1)
    service.refresh()
    assert len(_known(service)) == len(PAGES)
    return site, service


def _rounds_until_known(site: Site, service: Service) -> int:
    """Rounds until a process that is started now finds every number in the store."""
    for done in range(MOST_ROUNDS):
        if len(_known(site.again(counts={"store": service.settings.counts.store}))) == len(PAGES):
            return done
        site.clock.step(hours=1.1)
        _view(service)
        service.refresh()
    return MOST_ROUNDS
