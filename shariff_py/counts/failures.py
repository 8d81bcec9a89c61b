"""What the reason of a missing count means for the next request."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

ANSWERS = frozenset({"unknown-page", "bad-address", "incomplete"})
"""Reasons that are results, not failures: the platform does not know the page, cannot know it, or reported only a part of the number.
The page is due again as late as a page with a number."""


class FailureKind(StrEnum):
    """What to do about a failure: retry soon, wait as the platform wants, or stop until the operator has changed something."""

    RETRY = "retry"
    WAIT = "wait"
    STOP = "stop"


FAILURE_KINDS: Mapping[str, FailureKind] = {
    "rate-limited": FailureKind.WAIT,
    "token": FailureKind.STOP,
    "permission": FailureKind.STOP,
    "blocked": FailureKind.STOP,
    "version": FailureKind.STOP,
}
"""The reasons that are not `FailureKind.RETRY`."""


def failure_kind(reason: str) -> FailureKind:
    """The kind of a failure, by its reason."""
    return FAILURE_KINDS.get(reason, FailureKind.RETRY)
