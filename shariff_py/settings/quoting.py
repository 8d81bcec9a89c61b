"""What error messages repeat of what was set. A secret that got into the wrong setting must not get into a log as well.

So a message names the setting and its right form, and repeats only what no secret looks like: a plain word, a number, a host or an
address without credentials. Everything else is replaced by its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from shariff_py.personal_paths import is_personal

WORD = re.compile(r"[a-z]{1,12}|[0-9.]{1,8}")
NAME = re.compile(r"(?=.{1,24}$)[A-Za-z]?[a-z]{1,12}(?:[_: ]{1,2}[A-Za-z]?[a-z]{1,12})*|[A-Z_]{1,12}")
LABEL = r"[A-Za-z0-9-]{1,24}"
PLACE = re.compile(
    rf"(?:[a-z]{{1,8}}://)?(?:\*\.)?(?:127\.0\.0\.1|{LABEL}(?:\.{LABEL})*\.[A-Za-z]{{2,12}})(?::[0-9]{{1,5}})?(?:/[a-z.-]{{0,12}}){{0,3}}\n?"
)
PATH = re.compile(r"(?:[a-z.]{1,12}/|/[a-z.]{1,12}){1,3}")


def quoted(value: object) -> str:
    """A value in quotation marks where it is harmless, else how long it is."""
    text = str(value)
    if WORD.fullmatch(text) or PATH.fullmatch(text) or _is_place(text):
        return repr(text)
    return f"a text of {len(text)} characters"


def dotted(path: Iterable[object]) -> str:
    """The path of a setting, with ``…`` for each name in it that could be a secret."""
    names = (str(name) for name in path)
    return ".".join(name if NAME.fullmatch(name) or WORD.fullmatch(name) or _is_place(name) else "…" for name in names)


def has_key(text: str) -> bool:
    """Whether a part of a host or an address looks like a key."""
    return any(map(is_personal, re.split(r"[.:/\n]+", text)))


def _is_place(text: str) -> bool:
    return bool(PLACE.fullmatch(text)) and not has_key(text)
