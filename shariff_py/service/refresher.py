"""One round of asking: platform by platform, batch by batch, as much as each of them allows.

Each attempt is in the store before it is sent, under the lease. So whoever takes over from a process that was killed leaves alone
what that one may have asked, and a platform's bound for each address holds through every accident.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from shariff_py.counts.plan import Target
from shariff_py.counts.refresh_policy import ANSWERS, UNDER_WAY, KnownPage, next_time
from shariff_py.counts.standing import KINDS, Kind, Standing
from shariff_py.errors import FetchFailed, FetchRefused, JournalError, LeaseLost
from shariff_py.http_client import Fetcher
from shariff_py.platforms.cached_count import Count, CountResult, Unavailable
from shariff_py.platforms.credentials import Credentials
from shariff_py.platforms.exchange import QuotaHeaders, Request
from shariff_py.service.status import Health
from shariff_py.stores import Store

MOST_AT_ONCE = 1000
"""Pages that are looked up for one platform in one round."""

LOST = "lease-lost"

NOT_OURS = "not-ours"
"""The reason of a page that is none of the site's any more: its host or a parameter of its query was taken off the settings."""

TOKEN_EXPIRED = "token-expired"  # noqa: S105 - a reason, no secret
"""The reason where a platform refuses the token it gave us: perhaps it has ended early. With a new one it is tried once more."""

RETRY_SECONDS = 60.0
"""When a page is due again about which nothing could be sent."""

_log = logging.getLogger("shariff_py")

Updated = Callable[[str, Mapping[str, int], Mapping[str, int | None]], object]


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """One round of asking.

    ``is_leader`` is false where another process holds the lease: then nothing was asked. ``requests`` were sent about ``pages`` pages and
    gave ``counts`` numbers. ``failures`` tell, by platform, in one word why its round ended before all due pages were asked about.
    """

    is_leader: bool
    requests: int = 0
    pages: int = 0
    counts: int = 0
    failures: Mapping[str, str] = field(default_factory=dict)

    def ended(self, platform: str, reason: str) -> RefreshResult:
        """The same, with the reason why a platform was not asked to the end; an empty one is none."""
        return replace(self, failures={**self.failures, platform: reason}) if reason else self

    def __add__(self, other: RefreshResult) -> RefreshResult:
        return RefreshResult(
            self.is_leader and other.is_leader,
            self.requests + other.requests,
            self.pages + other.pages,
            self.counts + other.counts,
            {**self.failures, **other.failures},
        )


class Asking:
    """Asks the targets. ``clock`` gives Unix seconds, ``random`` numbers from 0 up to 1; ``updated`` hears of every new number.

    ``ours`` says whether an address is, by the settings of today, one of a page of the site: no other leaves this server.
    """

    def __init__(
        self,
        targets: Mapping[str, Target],
        store: Store,
        fetcher: Fetcher,
        health: Health,
        clock: Callable[[], float],
        random: Callable[[], float],
        updated: Updated,
        ours: Callable[[str], bool],
    ) -> None:
        self._targets = targets
        self._store = store
        self._fetcher = fetcher
        self._health = health
        self._clock = clock
        self._random = random
        self._updated = updated
        self._ours = ours
        self._tokens: dict[str, tuple[Credentials, float]] = {}

    def round(self, trigger: str, fence: int) -> RefreshResult:
        """Ask every target about the pages that are due, under this fence. Raises `StoreError` where the store fails."""
        done = RefreshResult(is_leader=True)
        for target in self._targets.values():
            done += self._ask(target, trigger, fence)
            if LOST in done.failures.values():
                break
        return done

    def _ask(self, target: Target, trigger: str, fence: int) -> RefreshResult:
        """Ask one platform, until nothing is due, it has had enough, or it fails."""
        name, done = target.platform, RefreshResult(is_leader=True)
        standing, began = self._standing(target), self._clock()
        if standing.failures and standing.rests(began):
            return done.ended(name, standing.reason)
        waiting: list[KnownPage] = []
        more = True
        try:
            while most := standing.may_ask(target.allowance, self._clock()):
                if not waiting and more:
                    # Pages that appear while a round is under way wait for the next: a request must not follow a visit.
                    looked = min(most, MOST_AT_ONCE)
                    found = self._store.due(name, began, looked, furthest=target.ages.furthest)
                    more = len(found) == looked
                    waiting = self._still_ours(target, found, fence)
                if not waiting:
                    if more:
                        continue
                    break
                credentials = self._credentials(target, trigger)
                if isinstance(credentials, Unavailable):
                    self._failed(target, standing, credentials.reason, 0, QuotaHeaders(), fence)
                    return done.ended(name, credentials.reason)
                some = min(most, target.source.batch)
                batch, waiting = waiting[:some], waiting[some:]
                standing, sent = self._batch(target, credentials, batch, standing, trigger, fence)
                done += sent
                if sent.failures:
                    break
        except LeaseLost:
            return done.ended(name, LOST)
        return done

    def _batch(
        self,
        target: Target,
        credentials: Credentials,
        batch: list[KnownPage],
        standing: Standing,
        trigger: str,
        fence: int,
    ) -> tuple[Standing, RefreshResult]:
        """One request, noted before and after."""
        now = self._clock()
        pages = [known.page for known in batch]
        self._put_off(target, pages, UNDER_WAY, now, target.ages.shortest, fence)
        standing = standing.asked(len(batch), target.allowance, now)
        try:
            readings, told = self._readings(target, target.source.ask(pages, credentials), trigger)
        except FetchRefused as refused:
            # Nothing was sent, so nothing of the platform's bounds was used, and the platform did nothing wrong.
            self._health.refused(target.platform, now)
            _log.error("%s", refused)
            self._put_off(target, pages, "refused", now, RETRY_SECONDS, fence)
            return standing, RefreshResult(True).ended(target.platform, "refused")
        if target.source.token_request is not None and Unavailable("token") in readings.values():
            self._tokens.pop(target.platform, None)
            if standing.reason != TOKEN_EXPIRED or not standing.failures:
                readings = {page: Unavailable(TOKEN_EXPIRED) for page in readings}
        now = self._clock()
        next_at = {
            known.page: next_time(known, readings[known.page], now, target.ages, self._random()) for known in batch
        }
        self._store.record(target.platform, readings, now, next_at=next_at, fence=fence)
        counts = {page: reading.value for page, reading in readings.items() if isinstance(reading, Count)}
        failure = _failure(readings)
        if failure:
            standing = self._failed(target, standing, failure, len(batch), told, fence)
        else:
            standing = standing.succeeded(len(batch), told, now)
            self._store.save_state(target.platform, standing, fence)
        if counts:
            self._updated(target.platform, counts, {known.page: known.reading.value for known in batch})
        return standing, RefreshResult(True, 1, len(batch), len(counts)).ended(target.platform, failure)

    def _still_ours(self, target: Target, found: list[KnownPage], fence: int) -> list[KnownPage]:
        """The pages that may be asked about. The others were noted under other settings, and are left alone for as long as any page is."""
        ours = [known for known in found if self._ours(known.page)]
        if len(ours) < len(found):
            refused = list({known.page for known in found} - {known.page for known in ours})
            self._put_off(target, refused, NOT_OURS, self._clock(), target.ages.longest, fence)
        return ours

    def _readings(self, target: Target, request: Request, trigger: str) -> tuple[dict[str, CountResult], QuotaHeaders]:
        try:
            reply = self._fetcher.send(request, trigger=trigger, purpose="counts")
        except FetchFailed as failed:
            return dict.fromkeys(request.pages, Unavailable(failed.reason)), QuotaHeaders()
        except JournalError as error:
            _log.error("%s", error)
            return dict.fromkeys(request.pages, Unavailable("journal")), QuotaHeaders()
        try:
            return target.source.read(request, reply), target.source.parse_quota(reply, self._clock())
        except Exception:
            # A reader never raises. If one does, the attempt has to be noted all the same.
            _log.exception("The answer of %s could not be read", request.host)
            return dict.fromkeys(request.pages, Unavailable("malformed")), QuotaHeaders()

    def _put_off(self, target: Target, pages: list[str], reason: str, now: float, seconds: float, fence: int) -> None:
        self._store.record(
            target.platform,
            dict.fromkeys(pages, Unavailable(reason)),
            now,
            next_at=dict.fromkeys(pages, now + seconds),
            fence=fence,
        )

    def _standing(self, target: Target) -> Standing:
        """What the store knows of a platform. That it stopped answering to other credentials does not hold for these."""
        known = self._store.load_state(target.platform)
        if known.key != target.key and KINDS.get(known.reason) is Kind.STOP:
            known = replace(known, failures=0, reason="", rest_until=0.0)
        return replace(known, key=target.key)

    def _failed(
        self, target: Target, standing: Standing, reason: str, pages: int, told: QuotaHeaders, fence: int
    ) -> Standing:
        """Write a failure down, and say it in the log where somebody has to do something about it."""
        if KINDS.get(reason) is Kind.STOP and standing.reason != reason:
            _log.error(
                "%s refuses our requests (%s) and is left alone until its settings change, or for a day: see shariff-py doctor.",
                target.platform,
                reason,
            )
        failed = standing.failed(reason, pages, told, self._clock(), self._random())
        self._store.save_state(target.platform, failed, fence)
        return failed

    def _credentials(self, target: Target, trigger: str) -> Credentials | Unavailable:
        """What to ask with; where a platform wants that, after signing in."""
        token_request = target.source.token_request
        if token_request is None:
            return target.credentials
        credentials, ends_at = self._tokens.get(target.platform, (target.credentials, 0.0))
        if self._clock() < ends_at:
            return credentials
        try:
            found = token_request.read(
                self._fetcher.send(token_request.ask(target.credentials), trigger=trigger, purpose="token")
            )
        except FetchFailed as failed:
            return Unavailable(failed.reason)
        except (FetchRefused, JournalError) as error:
            _log.error("%s", error)
            return Unavailable("journal")
        if isinstance(found, Unavailable):
            return found
        token, seconds = found
        credentials = replace(target.credentials, token=token)
        # A minute less than it holds: its end must not come between two requests.
        self._tokens[target.platform] = (credentials, self._clock() + seconds - 60)
        return credentials


def _failure(readings: Mapping[str, CountResult]) -> str:
    """Why asking went wrong: that it was too much, or what left every page without an answer. Whoever answers about other pages has
    refused neither us nor our credentials, whatever is said about one."""
    reasons = [r.reason for r in readings.values() if isinstance(r, Unavailable) and r.reason not in ANSWERS]
    answered = len(reasons) < len(readings)
    if serious := [r for r in reasons if r in KINDS and (KINDS[r] is not Kind.STOP or not answered)]:
        return serious[0]
    return reasons[0] if reasons and not answered else ""
