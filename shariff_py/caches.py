"""What each cache of this process may hold: one table, from which the caches read their bounds.

A bound in entries alone is none: what is asked by may be as long as whoever asks likes. So each row has the length of a key as well, and
what is longer is worked out each time and not kept. Settings, codes of languages and the like, which nobody outside can choose, need no
length.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache, update_wrapper
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class CacheBound(NamedTuple):
    """One cache: what it is asked by, how many ``entries`` it has, and the bytes of one of them at most, key, value and all around them.

    ``longest`` is how much of what varies in size is kept with an entry: characters of its key, unless ``key`` says otherwise (0: nothing
    is counted, because the key comes from the settings or the package).
    """

    key: str
    entries: int
    piece: int
    longest: int = 0

    @property
    def total(self) -> int:
        """Bytes of the whole cache at most."""
        return self.entries * self.piece


CACHES: Mapping[str, CacheBound] = {
    "urls._parameters": CacheBound("the query of an address", 128, 24_000, 300),
    "urls._parsed": CacheBound("an address, and what it refers to", 4_096, 3_500, 200),
    "platforms.registry.platform_of": CacheBound("a host", 2_048, 1_500, 253),
    "platforms.recognition._recognise": CacheBound("an address and frame parameters", 256, 18_000, 700),
    "platforms.recognition._embed_of": CacheBound("an address and frame parameters", 256, 18_000, 700),
    "texts.findings_language": CacheBound("the site's language", 64, 500),
    "settings.model._host_of": CacheBound("the site's origin", 64, 1_500),
    "response_policy.frames._same_for_all": CacheBound("a platform's origin", 64, 8_000),
    "consent_ui.wording._locale_of": CacheBound("a language", 40, 60_000),
    "consent_ui.wording._number": CacheBound("a count, and a language", 1_024, 400),
    "consent_ui.wording._day": CacheBound("a day, and a language", 1_024, 500),
    "consent_ui.share._template": CacheBound("a look of the share bar", 64, 80_000),
    "consent_ui.share._offered": CacheBound("a look of the share bar", 128, 4_000),
    "consent_ui.share._bars": CacheBound("a page, and a look of the share bar; the bar is counted, too", 160, 50_000, 12_000),
    "gate.findings.note": CacheBound("an outcome, its reason, and their values", 256, 5_000, 200),
    "gate.detect.hidden_names._in_hosts": CacheBound("one character", 16_384, 300),
    "gate.detect.embed_addresses._read": CacheBound("an address, and what it refers to", 512, 10_000, 512),
    "gate.detect.candidate_visits.candidate_selectors": CacheBound("tags and attributes of a page", 128, 36_000, 1_500),
    "gate.detect.candidate_visits._by_attribute": CacheBound("tags and attributes of a page", 128, 30_000, 1_500),
    "gate.detect.javascript.judgement._judgements": CacheBound("the hash of a script; counted are the addresses of platforms in it", 2_048, 4_000, 20),
    "gate.rewrite.replacements._fragments": CacheBound("content of a platform; a gate has 12,000 characters of four bytes at most", 160, 52_000, 700),
    "service.count_cache.CountCache._entries": CacheBound("the canonical address of a page", 1_536, 6_500, 1_024),
    "service.tracked_pages.TrackedPages._tracked": CacheBound("the canonical address of a page", 10_000, 1_400, 1_024),
    "service.tracked_pages.TrackedPages._addresses": CacheBound("the canonical address of a page", 4_096, 2_000, 1_024),
    "web.site._mounted": CacheBound("where the application is mounted", 16, 4_000, 200),
    "web.site.Site._warned": CacheBound("a warning, cut", 256, 3_000, 500),
    "web.own_pages.response_cache.ResponseCache._entries": CacheBound("a canonical query, and an origin; the response is counted, too", 2_048, 5_000, 2_500),
    "audit.visit.chromium.user_agent": CacheBound("the browser's program", 16, 2_000),
}  # fmt: skip
"""Every cache that lives as long as its process, by module and name. ``tests/house/test_caches.py`` holds that there is no other, and
``tests/house/test_caches_flooded.py`` that each stays within its bytes."""


_emptied_together: list[Callable[[], None]] = []


def empty() -> None:
    """Empty every cache of functions, and every mapping of `answers`: something that their answers may depend on has changed."""
    for clear in _emptied_together:
        clear()


def cached(name: str, length: Callable[..., int] | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function returned, the last used ``entries`` of that row. ``length`` counts the characters of its arguments: where
    they are more than ``longest``, the function is called each time. Without it nothing is counted, as fits rows without ``longest``, and
    functions whose callers count.
    """
    bound = CACHES[name]

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(maxsize=bound.entries)(function)
        _emptied_together.append(kept.cache_clear)
        keeping = cast("Callable[P, R]", kept)
        if length is None:
            return keeping
        longest = bound.longest

        def within(*args: P.args, **kwargs: P.kwargs) -> R:
            return (keeping if length(*args, **kwargs) <= longest else function)(*args, **kwargs)

        update_wrapper(within, function)
        within.cache_clear = kept.cache_clear  # type: ignore[attr-defined]
        return within

    return decorate


class BoundedDict(dict[K, V]):
    """A mapping within the bound of that row. Read it as any other; write it with `keep`."""

    def __init__(self, name: str) -> None:
        self._bound = CACHES[name]

    def keep(self, key: K, value: V, length: int) -> None:
        """Keep an entry that has so many characters, unless they are more than ``longest``. A full mapping is emptied: what is in use is
        made again at once."""
        if length > self._bound.longest:
            return
        if len(self) >= self._bound.entries and key not in self:
            self.clear()
        self[key] = value


def answers(name: str) -> BoundedDict[Any, Any]:
    """A mapping within the bound of that row that holds answers alone, so that `empty` empties it. Each module makes its own, once."""
    made: BoundedDict[Any, Any] = BoundedDict(name)
    _emptied_together.append(made.clear)
    return made
