"""Checks the configuration and suggests fixes: what is configured, released, stale or missing. No request is sent, and nothing is changed
except for trial writes, which are undone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from os import W_OK, access
from pathlib import Path
from tempfile import TemporaryFile

from shariff_py.channels import Register
from shariff_py.consent_ui.gate import longest_gate
from shariff_py.consent_ui.lengths import MAX_GATE_BYTES
from shariff_py.counts.circuit_breaker import CircuitBreaker
from shariff_py.counts.platform_state import PlatformState
from shariff_py.errors import ConfigurationError, ShariffError, StoreError
from shariff_py.gate import Outcome, gate_html
from shariff_py.gate.browser_rules.loading_attributes import FORM_ACTION_ATTRIBUTES
from shariff_py.journal import Journal, checkpoints
from shariff_py.platforms.count_source import CountSource
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, platform_of, service
from shariff_py.response_policy.budget import MOST_BYTES, header_bytes
from shariff_py.response_policy.connections import CONNECTION_EFFECTS
from shariff_py.response_policy.pages import policy_headers, size_problems
from shariff_py.settings import Settings, read_channels
from shariff_py.stores import open_store, shown
from shariff_py.stores.sqlite import CORRUPT_CURE, SQLiteStore
from shariff_py.urls import parse
from shariff_py.web.assets import differing_files, static_folder

TRANSFER_CHECK = timedelta(days=90)
"""For how long the check of a transfer's legal basis is relied on (an adequacy decision can be annulled any day)."""

RECORD_CHECK = timedelta(days=180)
"""For how long a record counts as up to date: plugins have ended within three months of the announcement."""

VERSION_WARNING = timedelta(days=60)

REPORTS_LOOKED_AT = timedelta(days=30)
"""Older reports of browsers may have been fixed since."""

MOST_NAMED = 3
"""How many pages are listed."""

FORM_TARGETS = frozenset({f"{tag}[{name}]" for tag, name in FORM_ACTION_ATTRIBUTES.items()})
"""What the gate reports and is no data: where a form is sent."""

STORES = {
    "report": 'report: embed code that pages keep as data (JSON, attributes, comments, base64) stays; "shariff-py scan" lists it',
    "gate": "gate: embed code that pages keep as data is replaced where that is certain",
}
"""What happens to embed code in data, by ``gate.stores``."""

KEPT_CURES = {
    "report": '"shariff-py scan" lists it. Set gate.stores to "gate", or have the script put in a link in its place.',
    "gate": '"shariff-py scan" lists it. It cannot be replaced with certainty where it is: have the script put in a link in its place.',
}
"""What to do about embed code that stays in data, by ``gate.stores``."""

POLICY_CURES = {
    "report-only": 'Check what browsers report, here and under "policy" in GET status; when it is nothing that the site needs, '
    'set headers.policy to "enforce".',
    "off": 'Set headers.policy to "report-only" first, later to "enforce".',
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One check: whether it passed, what was found, and how to fix it where it did not."""

    well: bool
    what: str
    finding: str
    cure: str = ""


LATER = "these 1 to 24 hours after their first view"

DISCOVERY = {
    "": f"pages that show a share bar (standalone: pages requested by browsers), {LATER}",
    "listed": "pages of a sitemap",
    "shown": f"pages of a sitemap, and pages that show a share bar, {LATER}",
    "asked": f"pages of a sitemap, pages that show a share bar, and pages requested by browsers, {LATER}",
}
"""Which pages counts are fetched for, by ``counts.learn``."""

FAILURE_CURES = {
    "rate-limited": "It is retried automatically. If this goes on, lower platforms.NAME.per_hour or raise counts.refresh_minutes.",
    "token-expired": "A new token is requested automatically.",
    "token": "Create a new token and set it; it is used at once.",
    "permission": "Give the token's application the missing permission; it is retried once a day.",
    "blocked": "The platform has blocked the token's application; see the platform's developer pages.",
    "version": "Set platforms.NAME.version to one that has not ended, or remove the setting.",
}
"""What to do about a platform whose requests fail, by the reason."""


def examine(settings: Settings, today: date) -> tuple[Diagnosis, ...]:
    """All checks, in order of importance."""
    return (
        *_site(settings),
        *(
            found
            for platform in REGISTRY.values()
            if platform.operator
            for found in _platform(settings, platform, today)
        ),
        *_counts(settings, today),
        *_policy(settings, today),
        *_places(settings),
    )


def examine_pages(settings: Settings, pages: Iterable[tuple[str, str | None]]) -> Diagnosis:
    """Which of these pages, by name and HTML, keep embed code as data that stays there. ``None`` in place of the HTML: it could not be read."""
    found: Counter[str] = Counter()
    read = unread = 0
    for name, html in pages:
        read, unread = read + (html is not None), unread + (html is None)
        findings = gate_html(html, settings).findings if html is not None else ()
        stays = [f for f in findings if f.outcome is Outcome.REPORTED and f.platform and f.found not in FORM_TARGETS]
        found.update({name: len(stays)} if stays else {})
    named = ", ".join(f"{name} ({times})" for name, times in found.most_common(MOST_NAMED))
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    what = f"embed code in data of {len(found)} of {read} pages" + (f": {named}{more}" if found else "")
    return Diagnosis(
        not found and not unread,
        "data of pages",
        what + (f"; not read: {unread}" if unread else ""),
        KEPT_CURES[settings.gate.stores],
    )


def _site(settings: Settings) -> Iterator[Diagnosis]:
    yield Diagnosis(
        bool(settings.site.origin), "site.origin",
        settings.site.origin or "not set: addresses follow the request's Host header",
        'Set it to the address visitors use, for example "https://www.example.org".',
    )  # fmt: skip
    yield Diagnosis(
        bool(settings.controllers), "controllers",
        ", ".join(settings.controllers) or "none: every gate is only a link", "Add a controller for the pages.",
    )  # fmt: skip
    longest = longest_gate(settings)
    yield Diagnosis(
        longest.size <= MAX_GATE_BYTES, "gates", str(longest),
        f"A gate should have at most {MAX_GATE_BYTES} bytes, and what it has to say is never cut. Shorten the controller's name and "
        "addresses, or do without remember_days or offer_login.",
    )  # fmt: skip
    unreleased = [name for name in settings.services if not _may_share(settings, name)]
    yield Diagnosis(
        not unreleased, "services",
        f"not released and so not shown: {', '.join(unreleased)}" if unreleased else ", ".join(settings.services),
        "Release them in releases, or take them out of services.",
    )  # fmt: skip
    yield Diagnosis(
        bool(settings.frame.secrets), "frame.secrets", "set" if settings.frame.secrets else "not set",
        "Set SHARIFF_FRAME__SECRETS_FILE, or the application's secret key.",
    )  # fmt: skip
    yield Diagnosis(
        not settings.stand_in, "stand_in", ", ".join(settings.stand_in) or "none",
        "Remove the mock servers (stand_in) before the site goes live.",
    )  # fmt: skip


def _may_share(settings: Settings, name: str) -> bool:
    record = service(name)
    return record is not None and settings.policy.may_share(record)


def _platform(settings: Settings, platform: Platform, today: date) -> Iterator[Diagnosis]:
    release = settings.policy.release(platform.name)
    yield Diagnosis(True, platform.name, f"{release.state}" + (f" since {release.since}" if release.since else ""))
    if not release.is_open or platform.operator is None:
        return
    yield Diagnosis(
        today - platform.checked_on <= RECORD_CHECK,
        f"{platform.name}: record",
        f"last verified against the platform on {platform.checked_on}",
        "Load some of its content and see whether it still appears; update the library.",
    )
    transfer = platform.operator.transfer
    yield Diagnosis(
        transfer.in_force and today - transfer.checked_on <= TRANSFER_CHECK,
        f"{platform.name}: transfer basis",
        f"{transfer.mechanism}, {'' if transfer.in_force else 'no longer in force, '}checked on {transfer.checked_on}",
        "Check that it is still valid, and update the library.",
    )


def _counts(settings: Settings, today: date) -> Iterator[Diagnosis]:
    """What each released platform needs for counts, and whether its requests fail."""
    counted = [record for record in REGISTRY.values() if record.counts and settings.policy.release(record.name).is_open]
    states = _platform_states(settings, [record.name for record in counted])
    for record in counted:
        name, source, own = record.name, record.counts, settings.platform(record.name)
        assert source is not None  # noqa: S101 - the condition above, for the type checker
        if source.needs_credentials:
            variable = f"SHARIFF_PLATFORMS__{name.upper()}__TOKEN_FILE"
            yield Diagnosis(
                bool(own.token), f"{name}: token", "set" if own.token else "not set: no counts", f"Set {variable}."
            )
        if source.version:
            yield _version(name, source, own.version or source.version, today)
        if (state := states.get(name)) is not None and state.breaker.failures:
            yield _failing(name, state.breaker)
    if counted:
        yield Diagnosis(True, "counts.learn", DISCOVERY[settings.counts.learn])
        if settings.counts.origins:
            yield Diagnosis(True, "counts.origins", ", ".join(settings.counts.origins))


def _platform_states(settings: Settings, names: list[str]) -> dict[str, PlatformState]:
    """The saved state of each platform; nothing where the store does not exist yet or cannot be used."""
    try:
        store = open_store(settings.counts.store, mends=False)
        if not names or (isinstance(store, SQLiteStore) and not store.path.exists()):
            return {}
        with closing(store):
            return {name: store.load_state(name) for name in names}
    except ShariffError:
        # `_store` reports what is wrong with the store.
        return {}


def _failing(name: str, breaker: CircuitBreaker) -> Diagnosis:
    when = datetime.fromtimestamp(breaker.failed_at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    return Diagnosis(
        not breaker.is_tripped, f"{name}: replies",
        f"failures in a row: {breaker.failures} ({breaker.reason}, last on {when})",
        FAILURE_CURES.get(
            breaker.reason, "It is retried automatically. Check whether this server can reach the platform's host."
        ),
    )  # fmt: skip


def _version(name: str, source: CountSource, version: str, today: date) -> Diagnosis:
    known = version == source.version or version in source.version_ends
    ends = source.version_ends.get(version)
    return Diagnosis(
        known and (ends is None or date.fromisoformat(ends) - today > VERSION_WARNING),
        f"{name}: interface version",
        version + (f", ends on {ends}" if ends else "") + ("" if known else ", unknown to this release"),
        f"Set platforms.{name}.version to {source.version}.",
    )


def _policy(settings: Settings, today: date) -> Iterator[Diagnosis]:
    mode = settings.headers.policy
    what_it_does = {"enforce": "", "report-only": ": nothing is blocked yet", "off": ": pages have none"}[mode]
    yield Diagnosis(True, "gate.stores", STORES[settings.gate.stores])
    yield Diagnosis(mode not in POLICY_CURES, "headers.policy", mode + what_it_does, POLICY_CURES.get(mode, ""))
    size, problems = header_bytes(policy_headers(settings, [])), size_problems(settings, [])
    finding = f"{size:,} of {MOST_BYTES:,} bytes on a page without a policy of its own"
    yield Diagnosis(not problems, "headers", finding, " ".join(problems))
    yield Diagnosis(True, "headers.connections", CONNECTION_EFFECTS[settings.headers.connections])
    try:
        with closing(open_store(settings.counts.store, mends=False)) as store:
            reported = store.reports.all()
    except ShariffError:
        # `_store` reports what is wrong with the store.
        return
    tried = [row for row in reported if row.last >= today - REPORTS_LOOKED_AT and _is_platforms(row.blocked)]
    if tried:
        named = [
            f"{row.page} tried {row.blocked} ({row.times} times, last on {row.last})" for row in tried[:MOST_NAMED]
        ]
        more = len(tried) - len(named)
        yield Diagnosis(
            False,
            "policy reports",
            "; ".join(named) + (f"; and {more} more" if more else ""),
            'Find the markup with "shariff-py scan" and gate it; where a script takes it from data of the page, set gate.stores to '
            '"gate"; remove a script that builds the address itself.',
        )


def _is_platforms(blocked: str) -> bool:
    parts = parse(blocked)
    return parts is not None and platform_of(parts.host) is not None


def _places(settings: Settings) -> Iterator[Diagnosis]:
    wrong = differing_files(static_folder())
    finding = f"missing or not as they were made: {', '.join(wrong)}" if wrong else "complete"
    yield Diagnosis(
        not wrong, "widget files", finding, "Install the package again: browsers refuse a file that was changed."
    )
    yield _store(settings.counts.store)
    yield _journal(settings)
    yield _channels(settings)


def _store(address: str) -> Diagnosis:
    what, place = "counts.store", shown(address)
    try:
        store = open_store(address, mends=False)
        if isinstance(store, SQLiteStore):
            if why := _unwritable(store.path):
                return Diagnosis(False, what, f"{place}: {why}", "Correct the path, or the permissions of its folder.")
            if not store.path.exists():
                return Diagnosis(True, what, f"{place}, will be created with the first page")
        with closing(store):
            state = store.summary()
            store.check_writable()
    except (StoreError, ConfigurationError) as error:
        return Diagnosis(False, what, str(error).removesuffix(f" {error.cure}"), error.cure)
    if state.set_aside:
        return Diagnosis(False, what, f"{place} was corrupt and is kept as {', '.join(state.set_aside)}", CORRUPT_CURE)
    return Diagnosis(True, what, f"{place}, pages: {state.pages}")


def _journal(settings: Settings) -> Diagnosis:
    path = Path(settings.journal.path)
    if why := _unwritable(path):
        return Diagnosis(False, "journal", f"{path}: {why}", "Correct journal.path, or the permissions of its folder.")
    try:
        verified, compared = checkpoints(settings, Journal(path)).verify()
    except ShariffError as error:
        return Diagnosis(False, "journal", str(error), "Keep the file, find out who changed it, and start a new one.")
    wrong = [one.sentence for one in compared if one.is_alarm]
    finding = " ".join(wrong) or f"{verified.records} records, the chain is intact"
    return Diagnosis(not wrong, "journal", finding, "Compare the journal with your backups.")


def _channels(settings: Settings) -> Diagnosis:
    if not settings.channels:
        return Diagnosis(True, "channels", "no register set")
    try:
        register = Register.from_mapping(read_channels(settings), language=settings.site.language)
    except ShariffError as error:
        return Diagnosis(False, "channels", str(error), "Correct the file, or the setting channels.")
    return Diagnosis(True, "channels", f"{settings.channels}, channels: {len(register.channels)}")


def _unwritable(path: Path) -> str:
    """Why a file could not be written at that path; empty where it could. Missing folders are not created.

    A nameless file is tried in the nearest existing folder, because permissions do not show a disk that is full or read-only.
    """
    if path.is_dir():
        return "it is a folder."
    if path.exists() and not access(path, W_OK):
        return "this user may not write the file."
    nearest = next(place for place in path.absolute().parents if place.exists())
    try:
        with TemporaryFile(dir=nearest):
            return ""
    except OSError as error:
        return f"nothing can be written in {str(nearest)!r} ({error.strerror})."
