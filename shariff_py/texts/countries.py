"""Names of countries at the end of an address. Records and settings have none there: the country is printed in the reader's language."""

from __future__ import annotations

from functools import cache

from shariff_py.texts import LANGUAGES

SHORT = frozenset({"uk", "u.k.", "u.s.", "u.s.a."})
"""What people write that is no name in Unicode's list."""


def ends_in_country(address: str) -> bool:
    """Whether what stands behind the last comma is the name of a country, in one of our languages."""
    last = address.rpartition(",")[2].strip()
    # Most addresses end in a postal code and a town. The names of all languages take a quarter of a second to read.
    return not any(letter.isdigit() for letter in last) and (last.casefold() in SHORT or last.casefold() in _names())


@cache
def _names() -> frozenset[str]:
    # Settings are read before anything is written in a language.
    from babel import Locale

    locales = (Locale.parse(code) for code in {code.partition("-")[0] for code in LANGUAGES})
    return frozenset(
        name.casefold() for locale in locales for code, name in locale.territories.items() if code.isalpha()
    )
