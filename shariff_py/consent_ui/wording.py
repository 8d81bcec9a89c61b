"""Texts with what belongs into them: lists, numbers and days as the language writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from unicodedata import east_asian_width

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from shariff_py.caches import cached
from shariff_py.platforms.company import Company, Transfer
from shariff_py.platforms.embed_kind import EmbedKind
from shariff_py.platforms.record import Platform
from shariff_py.settings.words import LocalizedText
from shariff_py.texts import Language

REGIONS = {"en": "en_GB"}
"""How days are written where the language alone does not say it."""

SENTENCE_ENDS = frozenset(".!?…。！？؟")
QUOTES = "\"'“”’«»」"
"""The marks a sentence ends in, and the quotation marks that may stand behind it."""

SILENT_REFERRERS = frozenset({"", "no-referrer", "same-origin"})
"""The policies under which a frame of another site is not sent where it stands (W3C Referrer Policy, section 3); an empty one is that of
the document around the frame, the gate frame's ``no-referrer``."""


def sends_site_name(kind: EmbedKind) -> bool:
    """Whether the frames of a kind of content send the site's name in every browser: as the referrer, or in their address."""
    return kind.referrer not in SILENT_REFERRERS or any("{site}" in template for template in kind.frame)


def disclosed(platform: Platform, language: Language, kind: EmbedKind | None = None) -> str:
    """What reaches the platform after the click on one kind of content, as one phrase: the record's list in the language's words.

    Without a kind it is the most that any kind sends.
    """
    kinds = [kind] if kind is not None else [one for one in platform.embeds if one.becomes == "gate"]
    names = list(platform.disclosures)
    if any(sends_site_name(one) for one in kinds):
        names = [name for name in names if name != "site_name"] + ["site_name_sent"]
    return joined([language.say(f"data.{name}", platform=platform.title) for name in names], language)


def capitalized(text: str) -> str:
    """A text that begins a row or a line."""
    return f"{text[:1].upper()}{text[1:]}"


def ended(text: str) -> str:
    """A text as a whole sentence: with a full stop, unless it ends in a mark that ends one."""
    last = text.rstrip(QUOTES)[-1:]
    return text if last in SENTENCE_ENDS else f"{text}{'。' if east_asian_width(last) == 'W' else '.'}"


def one_behind_the_other(texts: list[str], language: Language) -> str:
    """Texts as one, in easy language each in lines of its own. Behind the full stop of Chinese and Japanese stands no space."""
    return ("\n" if language.in_lines else " ").join(texts).replace("。 ", "。")


def basis(transfer: Transfer, language: Language) -> str:
    """The instrument that a transfer rests on, as it is called in the language; under its own name where the texts have no other."""
    key = transfer.mechanism.lower().replace(" ", "_")
    return language.texts.get(f"mechanism.{key}", transfer.mechanism)


def joined(words: list[str], language: Language) -> str:
    """Several names as one phrase."""
    return format_list(words, locale=_locale(language))


def places(countries: list[str], language: Language) -> str:
    """Names of countries by their ISO 3166 codes: those in the texts, which are shorter, before those of Unicode's list."""
    names = _locale(language).territories
    return joined([language.texts.get(f"country.{code}") or names.get(code, code) for code in countries], language)


def marked(text: str, foreign: Iterable[LocalizedText | None]) -> Markup:
    """A text as markup, in which those parts that are in another language are marked as such (WCAG 2.2, 3.1.2)."""
    markup = escape(text)
    for part in foreign:
        if part is not None and part.lang:
            span = Markup('<span lang="{}" dir="auto">{}</span>').format(part.lang, part.text)
            markup = markup.replace(escape(part.text), span, 1)
    return markup


def postal_address(operator: Company, language: Language) -> str:
    """An address with its country in the reader's language."""
    return f"{operator.address}, {places([operator.address_country or operator.country], language)}"


def titled(platform: Platform, server: str) -> str:
    """What headings and lists call it: the platform, or the server with its platform."""
    return f"{server} ({platform.title})" if server else platform.title


def kind_of(platform: Platform, shown_as: str, language: Language) -> str:
    """What content is and where it comes from, as a short label: "Facebook-Beitrag"."""
    return language.say(f"kind.{shown_as}", platform=platform.title)


def number(value: int, language: Language) -> str:
    """A whole number with the language's separators."""
    return _number(value, language.code)


def times(value: int, language: Language) -> str:
    """How often something was shared, in the language's plural form."""
    key = f"share.count_{_locale(language).plural_form(value)}"
    return language.say(key if key in language.texts else "share.count_other", count=number(value, language))


def day(when: date | float, language: Language, form: str = "long") -> str:
    """A day, ``long`` or ``medium``; Unix seconds are read in UTC, because a server does not know where its reader is."""
    value = when if isinstance(when, date) else datetime.fromtimestamp(when, UTC).date()
    return _day(value, form, language.code)


def _locale(language: Language) -> Locale:
    """The language's locale; a variant without formats of its own (``de-simple``) uses those of its language."""
    return _locale_of(REGIONS.get(language.code, language.code))


@cached("consent_ui.wording._locale_of")
def _locale_of(code: str) -> Locale:
    try:
        return Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(code.replace("_", "-").split("-")[0])


# The same numbers and days are written on every page; making them takes longer than everything else about a share bar.


@cached("consent_ui.wording._number")
def _number(value: int, code: str) -> str:
    return format_decimal(value, locale=_locale_of(REGIONS.get(code, code)))


@cached("consent_ui.wording._day")
def _day(value: date, form: str, code: str) -> str:
    # Loads everything about time zones, for the few texts that name a day.
    from babel.dates import format_date

    return format_date(value, format=form, locale=_locale_of(REGIONS.get(code, code)))
