"""The result of a rule: pass, warn or fail, with a sentence and a fix."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shariff_py.settings.model import Settings


class Verdict(StrEnum):
    """What a check found."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one rule for one channel (``channel`` is empty where the rule is about the register as a whole).

    ``role`` says who has to act and ``cure`` what to do; both are empty when the rule is kept. ``source`` is where the rule comes from.
    """

    channel: str
    rule: str
    verdict: Verdict
    sentence: str
    role: str
    cure: str
    source: str


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule is judged against: the site's settings, the day, and the holidays (days off besides Saturday and Sunday)."""

    settings: Settings
    today: date
    holidays: Collection[date] = ()


@dataclass(frozen=True, slots=True)
class RuleResult:
    """The result of one rule for one channel."""

    verdict: Verdict
    sentence: str
    cure: str = ""


def passed(sentence: str) -> RuleResult:
    return RuleResult(Verdict.PASS, sentence)


def warned(sentence: str, cure: str) -> RuleResult:
    return RuleResult(Verdict.WARN, sentence, cure)


def failed(sentence: str, cure: str) -> RuleResult:
    return RuleResult(Verdict.FAIL, sentence, cure)
