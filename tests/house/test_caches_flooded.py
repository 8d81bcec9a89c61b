"""Each cache of the package is asked with as many different and as long keys as it keeps, and stays within its bytes."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from shariff_py.caches import CACHES, BoundedDict, cached
from shariff_py.consent_ui import share, wording
from shariff_py.consent_ui.preview import Preview
from shariff_py.gate.detect import candidate_visits, embed_addresses, hidden_names
from shariff_py.gate.detect.context_tags import Candidate
from shariff_py.gate.detect.javascript import judgement
from shariff_py.gate.detect.javascript.addresses import Address
from shariff_py.gate.findings import Outcome, Reason, note
from shariff_py.gate.rewrite import replacements
from shariff_py.platforms import recognition, registry
from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.response_policy import frames
from shariff_py.service import Service
from shariff_py.service.count_cache import CountCache
from shariff_py.service.health import Health
from shariff_py.service.tracked_pages import PageAddresses, TrackedPages
from shariff_py.settings import Settings, model
from shariff_py.stores import open_store
from shariff_py.texts import LANGUAGES, findings_language, language
from shariff_py.urls import _parameters, parse
from shariff_py.web import site as sites
from shariff_py.web.own_pages import OwnPages
from shariff_py.web.own_pages.response_cache import CANONICAL, ResponseCache

pytestmark = pytest.mark.slow

WIDE = "\U0001f600"
"""A character that takes four bytes of memory, and twelve in an address."""

ORIGIN = "https://www.leinau.example"
DE = language("de", "de")

BY_THE_AUDIT = "audit.visit.chromium.user_agent"
"""Asked about the one program that whoever runs an audit has chosen."""

PAIRS = tuple((WIDE, f"{WIDE}{number}") for number in range(18))
"""Frame parameters, as many as are kept."""

MOST_IN_RESERVE = 30
"""How many times more a cache may have than the worst key found here: a flood that misses its cache would prove nothing."""

Flood = Callable[[int], object]


def wide(number: int, length: int) -> str:
    """A text of so many characters that take much, another one for each number."""
    return f"{number:06}".ljust(length, WIDE)


def plain(number: int, length: int) -> str:
    """A canonical address of so many characters."""
    return f"{ORIGIN}/{number:06}".ljust(length, "a")


def settings() -> Settings:
    """A site that has released what can be released."""
    return Settings.from_mapping(
        {
            "site": {"origin": ORIGIN, "language": "de"},
            "releases": {"facebook": {"state": "released"}, "reddit": {"state": "released"}},
            "frame": {"secrets": ["only-for-these-tests-0123456789abcdef"]},
            "counts": {"store": "memory:", "scheduler": "outside"},
            "controllers": {"city": {"name": "Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}},
        }
    )  # fmt: skip


def embeds(number: int, options: tuple[tuple[str, str], ...] = ()) -> recognition.Embed:
    """Content whose address is as long as one that is kept."""
    address = f"https://www.facebook.com/stadt/posts/{number:06}".ljust(340, "1")
    return recognition.recognise(address, dict(options))


def candidates(number: int) -> Any:
    """Tags of a page with names as long as all that are kept together."""
    return frozenset(Candidate(wide(number * 50 + nth, 22), "src", "face") for nth in range(50))


def response_cache() -> Flood:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        environ[CANONICAL] = True
        start_response("200 OK", [("Cache-Control", "public"), *((f"X-{n}", "x" * 30) for n in range(15))])
        return [b"x" * 300]

    cache = ResponseCache(application, "/counts", lambda: 0)

    def ask(number: int) -> object:
        query = f"{number:06}".ljust(1_600, "x")
        return cache({"PATH_INFO": "/counts", "REQUEST_METHOD": "GET", "QUERY_STRING": query}, lambda *_: print)

    return ask


def count_cache() -> Flood:
    class Full:
        """A store that knows every platform's number of every page."""

        epoch = 1

        def read(self, address: str) -> dict[str, CachedCount]:
            return {f"platform{n}": CachedCount(10_000 + n, 1.5 + n, 2.5 + n, f"reason {n}") for n in range(12)}

    store: Any = Full()
    cache = CountCache(store, {"platform1"}, Health(), lambda: 1.0, keep_seconds=9.0)
    return lambda number: cache.counts(PageAddresses(plain(number, 1_024), (plain(number, 1_024),)))


def tracked_pages() -> TrackedPages:
    store = open_store("memory:", most_pages=1)
    return TrackedPages(settings(), store, Health(), lambda: 1.0, lambda: 0.5)


def tracked() -> Flood:
    pages = tracked_pages()

    def ask(number: int) -> object:
        page = plain(number, 1_024)
        return pages.track(PageAddresses(page, (page,)), viewed=True)

    return ask


def addresses() -> Flood:
    pages = tracked_pages()
    return lambda number: pages.addresses(plain(number, 1_024))


def judged(number: int) -> object:
    """A script in which as many addresses are found as are kept; finding them would take a minute for all."""
    facebook = registry.REGISTRY["facebook"]
    found = tuple(
        Address(1_000 * number + nth, 1_000 * number + nth + 500, facebook, True, True, False) for nth in range(20)
    )
    return judgement._judgements.keep(number.to_bytes(16), judgement.Judgement(found), len(found))


def bars(shown: Settings) -> Flood:
    services = ("facebook", "reddit", "mail", "whatsapp", "telegram", "bluesky")

    def ask(number: int) -> object:
        return share.share_bar(
            shown, DE, url=plain(number, 200), title=wide(number, 60), counts={}, services=services
        )  # fmt: skip

    return ask


def warned(shown: Settings) -> Flood:
    site = sites.Site.create(shown, service=Service(shown))
    return lambda number: site.warn_once(wide(number, 500))


def flood_of(name: str) -> Flood:
    """What asks a cache with the key of that number."""
    shown = settings()
    languages = list(LANGUAGES.values())
    floods: dict[str, Callable[[], Flood]] = {
        "urls._parameters": lambda: lambda n: _parameters("&".join(f"{n * 60 + m:05}" for m in range(49))),
        "urls._parsed": lambda: lambda n: parse(f"https://a.example/{wide(n, 130)}", f"https://b.example/{WIDE * 30}"),
        "platforms.registry.platform_of": lambda: lambda n: registry.platform_of(wide(n, 253)),
        "platforms.recognition._recognise": lambda: lambda n: embeds(n, PAIRS),
        "platforms.recognition._embed_of": lambda: (
            lambda n: recognition._embed_of(
                "facebook", "post", f"https://www.facebook.com/stadt/posts/{n:06}".ljust(340, "1"), PAIRS
            )
        ),
        "texts.findings_language": lambda: lambda n: findings_language(wide(n, 20)),
        "settings.model._host_of": lambda: lambda n: model._host_of(f"https://{n}.example"),
        "response_policy.frames._same_for_all": lambda: (
            lambda n: frames._same_for_all(f"https://{n}.example", "", (), False)
        ),
        "consent_ui.wording._locale_of": lambda: lambda n: wording._locale(languages[n % len(languages)]),
        "consent_ui.wording._number": lambda: lambda n: wording.number(9_007_199_254_740_991 - n, DE),
        "consent_ui.wording._day": lambda: lambda n: wording.day(date(1990, 1, 1) + timedelta(n), language("fa", "fa")),
        "consent_ui.share._template": lambda: (
            lambda n: share.share_bar(
                shown, language("el", "ru"), url=ORIGIN, counts={}, services=(*registry.REGISTRY, f"{n}")
            )
        ),
        "consent_ui.share._offered": lambda: lambda n: share._offered(shown, (*registry.REGISTRY, f"{n}"), shown.share),
        "consent_ui.share._bars": lambda: bars(shown),
        "gate.findings.note": lambda: (
            lambda n: note("fa", Outcome.INERT, wide(n, 100), Reason.SCRIPT, (("bytes", wide(n, 100)),))
        ),
        "gate.detect.hidden_names._in_hosts": lambda: lambda n: hidden_names.as_in_hosts(chr(0x4E00 + n)),
        "gate.detect.embed_addresses._read": lambda: (
            lambda n: embed_addresses._read(
                f"https://www.facebook.com/plugins/post.php?href={wide(n, 400)}", f"{ORIGIN}/"
            )
        ),
        "gate.detect.candidate_visits.candidate_selectors": lambda: (
            lambda n: candidate_visits.candidate_selectors(candidates(n))
        ),
        "gate.detect.candidate_visits._by_attribute": lambda: lambda n: candidate_visits._by_attribute(candidates(n)),
        "gate.detect.javascript.judgement._judgements": lambda: judged,
        "gate.rewrite.replacements._fragments": lambda: (
            lambda n: replacements._fragments(
                shown, "ru", embeds(n), None, n % 100, n % 2 == 0, ("utf-8", 0), 2, Preview(wide(n, 60))
            )
        ),
        "service.count_cache.CountCache._entries": count_cache,
        "service.tracked_pages.TrackedPages._tracked": tracked,
        "service.tracked_pages.TrackedPages._addresses": addresses,
        "web.site._mounted": lambda: lambda n: sites._mounted(shown, f"/{wide(n, 199)}"),
        "web.site.Site._warned": lambda: warned(shown),
        "web.own_pages.response_cache.ResponseCache._entries": response_cache,
    }
    return floods[name]()


def grown(ask: Flood, *floods: range) -> list[int]:
    """Bytes that are held after each of these floods and were not before."""
    held = []
    # What other tests have left is not looked through each time.
    gc.freeze()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for numbers in floods:
            for number in numbers:
                ask(number)
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0] - before)
    finally:
        tracemalloc.stop()
        gc.unfreeze()
    return held


@pytest.fixture(autouse=True)
def empty() -> None:
    """What other tests have left in a cache would make room for what is measured."""
    for name, module in list(sys.modules.items()):
        for kept in list(vars(module).values()) if name.startswith("shariff_py.") else ():
            if isinstance(kept, BoundedDict):
                kept.clear()
            elif isinstance(kept, FunctionType | type(lru_cache(len))) and hasattr(kept, "cache_clear"):
                kept.cache_clear()


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Records of the log would be counted."""
    caplog.set_level("CRITICAL", "shariff_py")


@pytest.mark.parametrize("name", sorted(set(CACHES) - {BY_THE_AUDIT}))
def test_a_flood_of_long_and_different_keys_stays_within_the_bytes_of_the_table(name: str) -> None:
    """Measured where as many entries as the cache has were asked for, and again after a quarter more."""
    ask = flood_of(name)
    ask(0)
    entries, allowed = CACHES[name].entries, CACHES[name].entries * CACHES[name].piece

    full, later = grown(ask, range(1, entries), range(entries, entries * 5 // 4))

    assert max(full, later) <= allowed
    if CACHES[name].longest:
        # Of what nobody outside can choose, others may hold the same: Babel what it has read of a language.
        assert full > allowed // MOST_IN_RESERVE


def test_what_is_longer_than_the_table_says_is_worked_out_each_time_and_not_kept() -> None:
    calls: Counter[str] = Counter()

    @cached("platforms.registry.platform_of", len)
    def counting(host: str) -> int:
        calls[host] += 1
        return len(host)

    for host in ("a" * 253, "b" * 254):
        assert [counting(host), counting(host)] == [len(host)] * 2

    assert calls == {"a" * 253: 1, "b" * 254: 2}


def test_a_full_mapping_begins_anew_and_keeps_nothing_that_is_too_long() -> None:
    kept: BoundedDict[int, str] = BoundedDict("web.site.Site._warned")
    for number in range(256):
        kept.keep(number, "x", 500)
    kept.keep(0, "y", 500)
    kept.keep(1_000, "x", 501)

    assert (len(kept), kept[0]) == (256, "y")
    kept.keep(256, "x", 500)
    assert list(kept) == [256]


def test_a_cache_without_a_bound_is_noticed_by_the_same_flood() -> None:
    """The guard, shown failing: what the canonical addresses of pages were kept in before."""
    kept: dict[str, object] = {}

    [held] = grown(lambda n: kept.setdefault(plain(n, 60_000), None), range(1_000))

    assert held > 50_000_000


def test_counts_of_other_spellings_and_of_foreign_pages_are_not_kept(tmp_path: Path) -> None:
    shown = settings()
    shown = replace(shown, journal=replace(shown.journal, path=str(tmp_path / "outgoing.jsonl")))
    own = OwnPages(sites.Site.create(shown))

    def ask(number: int) -> object:
        asked = [f"url={ORIGIN}/?x={'a' * 60_000}{number}", f"url=https://foreign.example/{number}"]
        for query in asked:
            environ = {
                "PATH_INFO": "/shariff/counts",
                "REQUEST_METHOD": "GET",
                "QUERY_STRING": query,
                "SERVER_NAME": "a",
            }
            environ |= {"SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": None}
            b"".join(own(environ, lambda *_: print))
        return None

    ask(0)
    assert grown(ask, range(1, 200))[0] < 1_000_000
