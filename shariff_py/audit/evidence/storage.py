"""What is stored on the device at one moment: names, never values. Pure; the script runs in each frame of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

STORAGE_SCRIPT = """async () => {
  const found = {origin: origin, ephemeral: self.credentialless === true, local: [], session: [], databases: [], caches: [], workers: []};
  const read = async (name, query) => { try { found[name] = await query(); } catch (refused) {} };
  await read('local', () => Object.keys(localStorage));
  await read('session', () => Object.keys(sessionStorage));
  await read('databases', async () => (await indexedDB.databases()).map(database => database.name));
  await read('caches', () => caches.keys());
  await read('workers', async () => (await navigator.serviceWorker.getRegistrations()).map(one => one.scope));
  return found;
}"""
"""Reads the storage of one frame. What a frame may not use (an opaque origin, no secure context) stays empty."""


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie without its value. ``expires`` is in seconds since 1970, ``None`` for the end of the session.

    ``ephemeral`` marks one that a frame kept for itself and that is never sent again once the frame is gone.
    """

    name: str
    domain: str
    path: str
    expires: float | None
    secure: bool
    http_only: bool
    same_site: str
    partitioned: bool = False
    ephemeral: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """What one origin keeps: the names of entries in both storages, databases, caches and service workers (by scope).

    ``ephemeral`` marks what a frame kept for itself (``credentialless``) and what is gone with it.
    """

    origin: str
    local: tuple[str, ...] = ()
    session: tuple[str, ...] = ()
    databases: tuple[str, ...] = ()
    caches: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    ephemeral: bool = False

    @property
    def empty(self) -> bool:
        return not (self.local or self.session or self.databases or self.caches or self.workers)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything stored on the device when a phase ended. ``phase`` is its name, ``time`` in seconds since 1970.

    ``unasked`` are origins that had stored something before and could not be read any more, because no frame of theirs was left: what they
    kept may still be there.
    """

    phase: str
    time: float
    cookies: tuple[Cookie, ...] = ()
    stored: tuple[Stored, ...] = ()
    unasked: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """One line per item kept, for comparing one moment with another: ``cookie fr (.facebook.com)``."""
        lines = {f"cookie {cookie.name} ({cookie.domain})" for cookie in self.cookies if not cookie.ephemeral}
        for stored in (stored for stored in self.stored if not stored.ephemeral):
            for kind, entries in (
                ("localStorage", stored.local),
                ("sessionStorage", stored.session),
                ("IndexedDB", stored.databases),
                ("Cache", stored.caches),
                ("service worker", stored.workers),
            ):
                lines |= {f"{kind} {entry} ({stored.origin})" for entry in entries}
        return frozenset(lines)

    def holds(self, name: str) -> bool | None:
        """Whether something (a line of `names`) was there; ``None`` where it could not be read."""
        if name in self.names:
            return True
        return None if name.rpartition(" (")[2].rstrip(")") in self.unasked else False


def snapshot(
    phase: str,
    time: float,
    cookies: Iterable[Mapping[str, Any]],
    frames: Iterable[Any],
    before: Iterable[Snapshot] = (),
) -> Snapshot:
    """Make one from the browser's cookies and the result of `STORAGE_SCRIPT` for each frame. ``before`` are the previous ones."""
    read = [_stored(result) for result in frames if isinstance(result, dict)]
    found: dict[tuple[str, bool], Stored] = {}
    for stored in read:
        if not stored.empty:
            found[stored.origin, stored.ephemeral] = _joined(found.get((stored.origin, stored.ephemeral)), stored)
    known = {stored.origin for snapshot in before for stored in snapshot.stored if not stored.ephemeral}
    known |= {origin for snapshot in before for origin in snapshot.unasked}
    kept = sorted((_cookie(cookie) for cookie in cookies), key=lambda cookie: (cookie.domain, cookie.name))
    unasked = known - {stored.origin for stored in read if not stored.ephemeral}
    return Snapshot(phase, time, tuple(kept), tuple(found[key] for key in sorted(found)), tuple(sorted(unasked)))


def _joined(one: Stored | None, other: Stored) -> Stored:
    """What two frames of an origin found; under different sites each may have a store of its own."""
    if one is None:
        return other

    def both(these: tuple[str, ...], those: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({*these, *those}))

    return replace(
        one,
        local=both(one.local, other.local),
        session=both(one.session, other.session),
        databases=both(one.databases, other.databases),
        caches=both(one.caches, other.caches),
        workers=both(one.workers, other.workers),
    )


def _stored(result: Mapping[str, Any]) -> Stored:
    def names(key: str) -> tuple[str, ...]:
        return tuple(sorted(str(name) for name in result.get(key) or ()))

    return Stored(
        str(result.get("origin", "")),
        names("local"),
        names("session"),
        names("databases"),
        names("caches"),
        names("workers"),
        bool(result.get("ephemeral")),
    )


def _cookie(raw: Mapping[str, Any]) -> Cookie:
    expires = raw.get("expires", -1)
    return Cookie(
        str(raw.get("name", "")),
        str(raw.get("domain", "")),
        str(raw.get("path", "/")),
        float(expires) if expires and expires > 0 else None,
        bool(raw.get("secure")),
        bool(raw.get("httpOnly")),
        str(raw.get("sameSite") or ""),
        bool(raw.get("partitionKey")),
        bool(raw.get("ephemeral")),
    )
