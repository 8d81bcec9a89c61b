"""Patterns of a record: they compile, and no address makes them take time without bound.

Addresses come from pages and from strangers. Python's regular expressions try every way to divide a text among repetitions, so two shapes are
refused: a repetition inside a repetition where both can take the same characters (time doubles with each character), and three or more
repetitions in a row that can (time grows with the cube of the length, and an address has up to 2,048 characters). This finds these shapes,
not every slow pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from shariff_py.platform_rules.problem import Problem
from shariff_py.platform_rules.record_fields import field_names
from shariff_py.platforms.pattern import Pattern

MANY = 10
"""Repetitions from which on their number counts as without bound."""
ALPHABET = frozenset(map(chr, range(128))) | {"é"}
"""What characters are compared by: ASCII, and one letter for all others."""
MOST_IN_A_ROW = 2
CURE = 'Let no repetition take what follows it: r"[^/]+/" instead of r".+/".'
Parsed = list[tuple[Any, Any]]


def pattern_problems(record: object, within: str = "") -> Iterator[Problem]:
    """A problem for each pattern, in this record and those inside it, that does not compile or can be made slow."""
    for name in field_names(record):
        yield from _problems(getattr(record, name), f"{within}{name}")


def _problems(value: object, place: str) -> Iterator[Problem]:
    if isinstance(value, Pattern | re.Pattern):
        if wrong := fault(value.pattern, value.flags):
            yield Problem(place, f"{value.pattern!r} {wrong}", CURE if "slow" in wrong else "Correct it.")
    elif isinstance(value, tuple) and not field_names(value):
        for number, each in enumerate(value):
            yield from _problems(each, f"{place}.{getattr(each, 'name', '') or number}")
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _problems(each, f"{place}.{name}")
    else:
        yield from pattern_problems(value, f"{place}.")


def fault(pattern: str, flags: int = 0) -> str:
    """What is wrong with a pattern, as the end of a sentence; empty where nothing is."""
    try:
        parsed = list(parser.parse(pattern, flags & ~re.DEBUG))
    except (re.error, RecursionError, OverflowError) as error:
        return f"is no regular expression: {error}."
    if _nested(parsed, frozenset(), None):
        return "can be made slow: a repetition inside a repetition takes the same characters."
    if _longest_row(_flat(parsed)) > MOST_IN_A_ROW:
        return "can be made slow: more than two repetitions in a row take the same characters."
    return ""


def _nested(sequence: Parsed, after: frozenset[str], loop: Parsed | None) -> bool:
    """Whether a repetition inside another, whose body is ``loop``, can take the characters with which that goes on, and each round of that can
    do without any other. ``after`` are those that may follow the sequence.
    """
    for number, (op, argument) in enumerate(sequence):
        follows = _first(sequence[number + 1 :], after)
        for inner in _bodies(op, argument):
            is_loop = op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and argument[1] >= MANY
            begins = _first(inner, frozenset())
            if is_loop and loop is not None and begins & follows and not _parted(loop, begins):
                return True
            if _nested(inner, follows | begins if is_loop else follows, inner if is_loop else loop):
                return True
    return False


def _parted(sequence: Parsed, taken: frozenset[str]) -> bool:
    """Whether every text of a sequence has a character that is none of those taken."""
    for op, argument in sequence:
        if op is ops.BRANCH:
            if all(_parted(list(branch), taken) for branch in argument[1]):
                return True
        elif op in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
            if _parted(list(argument[3] if op is ops.SUBPATTERN else argument), taken):
                return True
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            if argument[0] and _parted(list(argument[2]), taken):
                return True
        elif op not in (ops.AT, ops.ASSERT, ops.ASSERT_NOT) and not _characters(op, argument) & taken:
            return True
    return False


def _bodies(op: Any, argument: Any) -> list[Parsed]:
    """The sequences inside; none of what never gives back what it took."""
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        return [list(argument[2])]
    if op is ops.SUBPATTERN:
        return [list(argument[3])]
    if op is ops.BRANCH:
        return [list(branch) for branch in argument[1]]
    return []


def _flat(sequence: Parsed) -> Parsed:
    """The sequence with its groups opened; of alternatives the first, which is enough to see repetitions in a row in usual patterns."""
    found: Parsed = []
    for op, argument in sequence:
        if op is ops.SUBPATTERN or (op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and argument[1] == 1):
            found += _flat(_bodies(op, argument)[0])
        else:
            found.append((op, argument))
    return found


def _longest_row(sequence: Parsed) -> int:
    longest, row, shared = 0, 0, ALPHABET
    for op, argument in sequence:
        is_loop = op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and argument[1] >= MANY
        taken = _first([(op, argument)], frozenset())
        if op is ops.AT or not taken:
            continue
        if not shared & taken:
            row, shared = 0, ALPHABET
        if is_loop:
            row, shared = row + 1, shared & taken
        longest = max(longest, row)
    return longest


def _first(sequence: Parsed, after: frozenset[str]) -> frozenset[str]:
    """The characters with which a sequence may begin, and those ``after`` it where it may be empty."""
    found: frozenset[str] = frozenset()
    for op, argument in sequence:
        if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
            continue
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            found |= _first(list(argument[2]), frozenset())
            if argument[0] == 0:
                continue
            return found
        if op is ops.BRANCH:
            rest = _first(sequence[sequence.index((op, argument)) + 1 :], after)
            return found.union(*(_first(list(branch), rest) for branch in argument[1]))
        if op in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
            inner = list(argument[3] if op is ops.SUBPATTERN else argument)
            rest = _first(sequence[sequence.index((op, argument)) + 1 :], after)
            return found | _first(inner, rest)
        return found | _characters(op, argument)
    return found | after


def _characters(op: Any, argument: Any) -> frozenset[str]:
    if op is ops.LITERAL:
        return frozenset({chr(argument) if argument < 128 else "é"})
    if op is ops.NOT_LITERAL:
        return ALPHABET - {chr(argument)}
    if op is ops.IN:
        listed = [item for item in argument if item[0] is not ops.NEGATE]
        found = frozenset().union(*(_characters(*item) for item in listed))
        return ALPHABET - found if len(listed) < len(argument) else found
    if op is ops.RANGE:
        low, high = argument
        return frozenset(sign for sign in ALPHABET if low <= ord(sign) <= high) | ({"é"} if high > 127 else set())
    if op is ops.CATEGORY:
        letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(argument).rpartition("_")[2]]
        return frozenset(
            filter(re.compile(f"\\{letter.upper() if '_NOT_' in str(argument) else letter}").match, ALPHABET)
        )
    # What is left is a dot, or a reference to a group.
    return ALPHABET
