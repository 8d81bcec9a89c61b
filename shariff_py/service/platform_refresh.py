"""One platform's part of a refresh cycle: batch by batch, within the platform's limits.

Each attempt is in the store before it is sent, under the lease. A process that takes over from a killed one therefore does not
repeat what that one may have requested, and a platform's limit for each address holds in any case.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from shariff_py.counts.failures import ANSWERS, FAILURE_KINDS, FailureKind, failure_kind
from shariff_py.counts.platform_state import PlatformState
from shariff_py.counts.refresh_policy import KnownPage, next_refresh
from shariff_py.counts.targets import Target
from shariff_py.errors import FetchFailed, FetchRefused, JournalError, LeaseLost
from shariff_py.http_client import Fetcher
from shariff_py.platforms.count_sources.cached_count import Count, CountResult, Unavailable
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import QuotaHeaders, Request
from shariff_py.service.access_tokens import AccessTokens
from shariff_py.service.health import Health
from shariff_py.service.refresh_result import RefreshResult
from shariff_py.service.signals import UpdateNotifier
from shariff_py.service.tracked_pages import TrackedPages
from shariff_py.stores import Store

MOST_AT_ONCE = 1000
"""Pages that are read from the store at once."""

UNDER_WAY = "under-way"
"""The reason of an attempt that is noted before it is sent. It stays where a process ended before the reply was noted."""

LEASE_LOST = "lease-lost"

NOT_OWN = "not-own"
"""The reason of a page that does not belong to the site any more: its host or a query parameter was removed from the settings."""

PERSONAL = "personal-address"
"""The reason of a page with something in its address that may belong to a person, and that no sitemap lists."""

TOKEN_EXPIRED = "token-expired"  # noqa: S105 - a reason, no secret
"""The reason where a platform refuses the token that it issued: it may have expired early. It is tried once more with a new one."""

REFUSED_SECONDS = 60.0
"""When a page is due again about which nothing could be sent."""

_log = logging.getLogger("shariff_py")


@dataclass(frozen=True, slots=True)
class RefreshContext:
    """What every part of a refresh cycle works with. ``clock`` gives Unix seconds, ``random`` numbers from 0 up to 1."""

    store: Store
    pages: TrackedPages
    fetcher: Fetcher
    tokens: AccessTokens
    health: Health
    notifier: UpdateNotifier
    clock: Callable[[], float]
    random: Callable[[], float]
    saved: dict[str, tuple[int, PlatformState]] = field(default_factory=dict)
    """By platform, the last state that was saved, and the store's epoch then: a store that was emptied has forgotten the limits."""


class PlatformRefresh:
    """Fetches the due counts of one target. ``fence`` is the fencing token of the lease, ``trigger`` goes into the journal."""

    def __init__(self, context: RefreshContext, target: Target, trigger: str, fence: int) -> None:
        self._context = context
        self._store = context.store
        self._target = target
        self._trigger = trigger
        self._fence = fence
        self._state = self._load_state()

    def run(self) -> RefreshResult:
        """Send requests until nothing is due, a limit is reached, or one fails. Raises `StoreError` where the store fails."""
        name, done, began = self._target.platform, RefreshResult(is_leader=True), self._context.clock()
        if self._state.breaker.failures and self._state.is_resting(began):
            return done.ended(name, self._state.breaker.reason)
        waiting: list[KnownPage] = []
        more = True
        try:
            while most := self._state.allowed(self._target.rate_limit, self._context.clock()):
                if not waiting and more:
                    # By the time the cycle began: a request must not follow a visit, so pages that appear meanwhile wait for the next.
                    waiting, more = self._due(began, min(most, MOST_AT_ONCE))
                if not waiting:
                    if more:
                        continue
                    break
                credentials = self._context.tokens.credentials(self._target, self._trigger)
                if isinstance(credentials, Unavailable):
                    self._fail(credentials.reason, 0, QuotaHeaders())
                    return done.ended(name, credentials.reason)
                size = min(most, self._target.source.batch)
                batch, waiting = waiting[:size], waiting[size:]
                sent = self._send(batch, credentials)
                done += sent
                if sent.failures:
                    break
        except LeaseLost:
            return done.ended(name, LEASE_LOST)
        return done

    def _due(self, began: float, most: int) -> tuple[list[KnownPage], bool]:
        """At most so many due pages, and whether there may be more. Pages that must not be sent are postponed instead."""
        policy = self._target.refresh_policy
        due = self._store.due(self._target.platform, began, most, furthest=policy.horizon)
        pages, sent, kept_back = self._context.pages, [], dict[str, list[str]]()
        for known in due:
            if not pages.is_own(known.page):
                kept_back.setdefault(NOT_OWN, []).append(known.page)
            elif not pages.may_be_sent(known):
                kept_back.setdefault(PERSONAL, []).append(known.page)
            else:
                sent.append(known)
        for reason, some in kept_back.items():
            self._postpone(some, reason, self._context.clock(), policy.longest_ttl)
        return sent, len(due) == most

    def _send(self, batch: list[KnownPage], credentials: Credentials) -> RefreshResult:
        """One request, noted in the store before and after."""
        target, now = self._target, self._context.clock()
        pages = [known.page for known in batch]
        self._postpone(pages, UNDER_WAY, now, target.refresh_policy.min_interval)
        try:
            results, quota = self._fetch(target.source.build_request(pages, credentials))
        except FetchRefused as refused:
            self._context.health.request_refused(target.platform, now)
            _log.error("%s", refused)
            self._postpone(pages, "refused", now, REFUSED_SECONDS)
            return RefreshResult(True).ended(target.platform, "refused")
        self._state = self._state.after_request(len(batch), target.rate_limit, now)
        return self._record(batch, self._without_expired_token(results), quota)

    def _record(self, batch: list[KnownPage], results: Mapping[str, CountResult], quota: QuotaHeaders) -> RefreshResult:
        """Save what a request gave, and what it means for the platform."""
        target, now = self._target, self._context.clock()
        next_at = {
            known.page: next_refresh(known, results[known.page], now, target.refresh_policy, self._context.random())
            for known in batch
        }
        self._store.record(target.platform, results, now, next_at=next_at, fence=self._fence)
        if failure := _failure(results):
            self._fail(failure, len(batch), quota)
        else:
            self._state = self._state.after_success(len(batch), quota, now)
            self._save_state()
        counts = {page: result.value for page, result in results.items() if isinstance(result, Count)}
        if counts:
            self._context.notifier.notify(target.platform, counts, {known.page: known.cached.value for known in batch})
        return RefreshResult(True, 1, len(batch), len(counts)).ended(target.platform, failure)

    def _fetch(self, request: Request) -> tuple[dict[str, CountResult], QuotaHeaders]:
        try:
            reply = self._context.fetcher.send(request, trigger=self._trigger, purpose="counts")
        except FetchFailed as failed:
            return dict.fromkeys(request.pages, Unavailable(failed.reason)), QuotaHeaders()
        except JournalError as error:
            _log.error("%s", error)
            return dict.fromkeys(request.pages, Unavailable("journal")), QuotaHeaders()
        source = self._target.source
        try:
            return source.read(request, reply), source.parse_quota(reply, self._context.clock())
        except Exception:
            # Readers do not raise. If one does all the same, the attempt still has to be recorded.
            _log.exception("The reply of %s could not be read", request.host)
            return dict.fromkeys(request.pages, Unavailable("malformed")), QuotaHeaders()

    def _without_expired_token(self, results: dict[str, CountResult]) -> dict[str, CountResult]:
        """The results; where a platform refuses a token it issued itself, for the first time in a row, as `TOKEN_EXPIRED`."""
        if self._target.source.token_request is None or Unavailable("token") not in results.values():
            return results
        self._context.tokens.discard(self._target)
        breaker = self._state.breaker
        if breaker.failures and breaker.reason == TOKEN_EXPIRED:
            return results
        return {page: Unavailable(TOKEN_EXPIRED) for page in results}

    def _postpone(self, pages: list[str], reason: str, now: float, seconds: float) -> None:
        self._store.record(
            self._target.platform,
            dict.fromkeys(pages, Unavailable(reason)),
            now,
            next_at=dict.fromkeys(pages, now + seconds),
            fence=self._fence,
        )

    def _load_state(self) -> PlatformState:
        """The saved state. That a platform refused other credentials than today's does not count."""
        known = self._store.load_state(self._target.platform)
        epoch, saved = self._context.saved.get(self._target.platform, (self._store.epoch, known))
        if known == PlatformState() and epoch != self._store.epoch:
            known = saved
        if known.fingerprint != self._target.fingerprint and failure_kind(known.breaker.reason) is FailureKind.STOP:
            known = known.reset()
        return replace(known, fingerprint=self._target.fingerprint)

    def _save_state(self) -> None:
        self._store.save_state(self._target.platform, self._state, self._fence)
        self._context.saved[self._target.platform] = self._store.epoch, self._state

    def _fail(self, reason: str, pages: int, quota: QuotaHeaders) -> None:
        """Save a failure, and log it where the operator has to act."""
        platform = self._target.platform
        if failure_kind(reason) is FailureKind.STOP and self._state.breaker.reason != reason:
            _log.error(
                "%s refuses requests (%s). No more are sent for a day, or until its settings change; see shariff-py doctor.",
                platform,
                reason,
            )
        context = self._context
        self._state = self._state.after_failure(reason, pages, quota, context.clock(), context.random())
        self._save_state()


def _failure(results: Mapping[str, CountResult]) -> str:
    """The reason why a request failed as a whole, empty where it did not: a rate limit, or what left every page without a result.

    A platform that replies with results for some pages has refused neither us nor our credentials, whatever it says about one of them.
    """
    reasons = [r.reason for r in results.values() if isinstance(r, Unavailable) and r.reason not in ANSWERS]
    usable = len(reasons) < len(results)
    serious = [r for r in reasons if r in FAILURE_KINDS and (failure_kind(r) is not FailureKind.STOP or not usable)]
    if serious:
        return serious[0]
    return reasons[0] if reasons and not usable else ""
