"""Access tokens of platforms that issue them for credentials (OAuth), kept in memory until they expire."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from shariff_py.counts.targets import Target
from shariff_py.errors import FetchFailed, FetchRefused, JournalError
from shariff_py.http_client import Fetcher
from shariff_py.platforms.count_sources.cached_count import Unavailable
from shariff_py.platforms.count_sources.credentials import Credentials

EARLY_SECONDS = 60.0
"""How much earlier than it expires a token is replaced: it must not expire between two requests."""

_log = logging.getLogger("shariff_py")


class AccessTokens:
    """The tokens of one process. ``clock`` gives Unix seconds."""

    def __init__(self, fetcher: Fetcher, clock: Callable[[], float]) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._tokens: dict[str, tuple[Credentials, float]] = {}

    def credentials(self, target: Target, trigger: str) -> Credentials | Unavailable:
        """What to send with a request: the configured credentials, or a token issued for them. `Unavailable` where none was issued."""
        token_request = target.source.token_request
        if token_request is None:
            return target.credentials
        credentials, expires_at = self._tokens.get(target.platform, (target.credentials, 0.0))
        if self._clock() < expires_at:
            return credentials
        try:
            request = token_request.build_request(target.credentials)
            issued = token_request.read(self._fetcher.send(request, trigger=trigger, purpose="token"))
        except FetchFailed as failed:
            return Unavailable(failed.reason)
        except (FetchRefused, JournalError) as error:
            _log.error("%s", error)
            return Unavailable("journal")
        if isinstance(issued, Unavailable):
            return issued
        token, seconds = issued
        credentials = replace(target.credentials, token=token)
        self._tokens[target.platform] = (credentials, self._clock() + seconds - EARLY_SECONDS)
        return credentials

    def discard(self, target: Target) -> None:
        """Forget a token that the platform refused."""
        self._tokens.pop(target.platform, None)
