"""How hard a signing key is to guess, and what may be quoted of a value that was set in the wrong place.

A key is tried offline: every page shows what was signed together with its signature. So it is judged by what an attacker would have to
try, not by its length alone: what a list of usual words, a keyboard or the key's own beginning already holds adds next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import log2

from shariff_py.errors import ConfigurationError

SHORTEST = 16
"""Characters. Nobody who makes a key by a random generator makes a shorter one."""

FEWEST_BITS = 70
"""Of 2^70 keys, ten thousand graphics processors that try 10^10 a second each would need four months for half."""

LONGEST_JUDGED = 256
"""Characters. A good key has shown it by then."""

STEP_BITS = 6
"""What a piece adds that is taken from a list: which one, and how it is spelt."""

SEQUENCES = (
    "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba", "01234567890123456789", "98765432109876543210",
    "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "1qaz2wsx3edc4rfv5tgb",
)  # fmt: skip
"""What stands side by side in the alphabet or on a keyboard; any part of it is one piece."""

WORDS = (
    "admin", "change", "changeit", "changeme", "default", "demo", "develop", "development", "django", "do", "dummy", "example",
    "flask", "foobar", "geheim", "geheimnis", "here", "hunter2", "insecure", "insert", "key", "letmein", "master", "me", "monkey", "must",
    "my", "not", "now", "passphrase", "password", "passwort", "placeholder", "please", "production", "replace", "sample", "schluessel",
    "secret", "secrets", "share", "shariff", "staging", "super", "temporary", "todo", "unsafe", "welcome", "willkommen", "your",
    "dev", "2024", "2025", "2026", "2027", "aendern", "battery", "bitte", "correct", "dolor", "enter", "horse", "ipsum", "lorem", "random",
    "schluesselwort", "staple", "string", "test", "testing", "this", "with", "city", "gemeinde", "portal", "server", "site", "stadt", "webseite",
    "website",
)  # fmt: skip
"""What stands in place of a key in examples, and on lists of common passwords."""

SHORTEST_PIECE = 4
"""Characters of a sequence or of a repetition; shorter ones occur by chance."""

PLAIN_SPELLING = str.maketrans("4@310$5!", "aaelossi")
"""Digits and signs that are written in place of letters."""

CLASSES = (
    (re.compile(r"[a-z]"), 26),
    (re.compile(r"[A-Z]"), 26),
    (re.compile(r"[0-9]"), 10),
    (re.compile(r"[^\x00-\x7f]"), 128),
)
SIGNS = re.compile(r"[\x00-/:-@\[-`{-\x7f]")
"""What of ASCII is neither a letter nor a digit. Compiling a range to the end of Unicode takes milliseconds."""

NOT_FILLED_IN = re.compile(r"(?s)\$\(.*\)|`.*`|\$?\{.*\}|%\(.*\)s|<.*>|(?:python3? -|openssl rand ).*")
"""A command that makes a key, or a placeholder, where its result should be: nobody replaced it."""

MAKE_ONE = 'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))".'


def check(secrets: Iterable[object], setting: str, hosts: Iterable[str] = ()) -> None:
    """Raise `ConfigurationError` for a key that could be guessed, also by who knows the site's ``hosts``. The one check for all keys,
    wherever they were set."""
    names = names_of(hosts)
    for secret in secrets:
        if not isinstance(secret, str):
            raise ConfigurationError(f"a secret is {type(secret).__name__}, not text.", setting=setting, cure=MAKE_ONE)
        if why := weakness(secret, names):
            raise ConfigurationError(f"a secret {why}", setting=setting, cure=MAKE_ONE)


def names_of(hosts: Iterable[str]) -> tuple[str, ...]:
    """The words that hosts are made of, which are known to everybody: ``www.bad-leinau.example`` gives ``leinau`` and ``example``."""
    return tuple(
        {word for host in hosts for word in re.split(r"[^a-z0-9]", host.lower()) if len(word) >= SHORTEST_PIECE}
    )


def weakness(secret: str, names: Sequence[str] = ()) -> str:
    """Why a key could be guessed, as the end of a sentence without the key in it; empty for a good one. ``names`` are the site's own."""
    text = secret.strip()
    if len(text) < SHORTEST:
        return f"has fewer than {SHORTEST} characters and could be guessed."
    if NOT_FILLED_IN.fullmatch(text):
        return "could be guessed: it is a command or a placeholder, in whose place the key itself should be."
    if bits(text, names) < FEWEST_BITS:
        return "could be guessed: usual words, the site's name, neighbouring keys, digits alone or repeated pieces make up most of it."
    return ""


def bits(text: str, names: Sequence[str] = ()) -> float:
    """The logarithm (base 2) of how many keys an attacker tries before this one; an estimate from above for its first 256 characters."""
    text = text[:LONGEST_JUDGED]
    alphabet = sum(size for class_, size in CLASSES if class_.search(text)) + len(set(SIGNS.findall(text)))
    literals, pieces = _taken_apart(text, (*WORDS, *names))
    return literals * log2(max(alphabet, 2)) + pieces * STEP_BITS


def _taken_apart(text: str, words: Sequence[str]) -> tuple[int, int]:
    """How many characters stand for themselves, and how many pieces are known words or repeat what stands before them."""
    spellings = {text.lower(), text.lower().translate(PLAIN_SPELLING)}
    at = literals = pieces = 0
    while at < len(text):
        known = max(_longest_known(spelling, at, words) for spelling in spellings)
        literals, pieces = (literals, pieces + 1) if known else (literals + 1, pieces)
        at += known or 1
    return literals, pieces


def _longest_known(text: str, at: int, words: Sequence[str]) -> int:
    """The length of the longest piece from here that the words, sequences or the text before hold; 0 where there is none."""
    word = max((len(word) for word in words if text.startswith(word, at)), default=0)
    length = SHORTEST_PIECE
    while at + length <= len(text) and _is_known(text[at : at + length], text[:at]):
        length += 1
    return max(word, length - 1 if length > SHORTEST_PIECE else 0)


def _is_known(piece: str, before: str) -> bool:
    return piece in before or any(piece in sequence for sequence in SEQUENCES)
