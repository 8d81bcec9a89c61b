"""What gating a page costs: ``make bench-gate``. Each figure is printed with its limit; the exit code is 1 if one does not hold.

Ratios are the fastest of many turns that take place in alternation, divided by that of the cheapest rewriter there can be: a
`turbohtml.rewrite` pass that looks at every element's name and attributes and changes nothing. For comparison the first two are given once more
against a pass without any handler, which looks at nothing. Peak memory is measured apart.

Real pages (`real_pages`) tell the CPU seconds per megabyte, each page the fastest of three turns, nothing of it known from a page before. All
platforms are compared with a register that has no content but Facebook's: the same pages, one register after the other in each round. Of real
pages that ratio has no limit: more is found on them. The growing pages of the tests (``tests/support/growing_pages.py``) tell how many times as long twice the text takes.
"""

from __future__ import annotations

import statistics
import sys
import time
import timeit
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from bs4 import BeautifulSoup
from portal_page import EMBEDS, portal_page
from real_pages import PagesMissing, real_pages
from turbohtml.rewrite import rewrite

from shariff_py import caches
from shariff_py.gate import gate_html
from shariff_py.gate.rewrite.streaming import GateStream
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.web.page_connections import connection_headers

sys.path.append(str(Path(__file__).parent.parent / "tests"))
from support.growing_pages import ABOVE_NOISE, MAX_RATIO, SHAPES, ratio_per_doubling

SETTINGS = Settings.from_mapping(
    {
        "site": {"origin": "https://www.leinau.example"},
        "frame": {"secrets": ["only for measuring speed"]},
        "releases": {"facebook": {"state": "released"}},
        "controllers": {
            "city": {
                "name": "Stadt Leinau",
                "contact_url": "/kontakt",
                "privacy_url": "/datenschutz",
                "alternative_url": "/aktuelles",
            }
        },
    }
)
TURNS, ROUNDS = 1500, 5

LIMITS = {
    "page without embeds": 1.0,
    "page with three embeds": 1.5,
    "list of allowed connections, page with three embeds": 2.5,
    "list of allowed connections, headers.connections off": 0.01,
    "page without embeds, all platforms against one": 1.05,
    "page with three embeds, all platforms against one": 1.05,
    "memory, 32 MB against 4 MB of pages": 1.5,
    "real pages, median CPU s/MB": 0.1,
    "real pages, worst CPU s/MB": 1.0,
    "growing pages, worst ratio per doubling": MAX_RATIO,
}
"""What each figure may be. Ratios are comparable between machines; seconds are those of a quiet one of 2024."""

SMALLEST = 3_000
"""Bytes of a real page that is measured: below that a clock tells more of itself than of the page."""
GROWN = 100_000
"""Characters of the shorter of two growing pages."""


def ratios(reference: Callable[[], object], others: dict[str, Callable[[], object]], turns: int) -> dict[str, float]:
    """How often the reference fits into each of the others, fastest turn against fastest turn."""
    fastest = dict.fromkeys(["", *others], float("inf"))
    for _ in range(turns):
        for name, run in (("", reference), *others.items()):
            start = time.perf_counter()
            run()
            fastest[name] = min(fastest[name], time.perf_counter() - start)
    return {name: fastest[name] / fastest[""] for name in others}


def looking(page: str) -> str:
    """A pass that looks at everything and changes nothing."""
    return rewrite(page, elements=[("*", lambda element: (element.tag, element.attrs))])


def gate(page: str) -> object:
    """What is measured."""
    return gate_html(page, SETTINGS)


def peak(megabytes: int) -> int:
    """The most memory held while a page of that size passes through, beside one piece of it."""
    piece = portal_page()
    stream = GateStream(SETTINGS)
    tracemalloc.start()
    for _ in range(megabytes * 1_000_000 // len(piece)):
        stream.feed(piece)
    stream.close()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def seconds_per_megabyte(page: str) -> float:
    """CPU time of gating a page for the first time, by its length in bytes; the fastest of three turns."""
    turns = []
    for _ in range(3):
        forget()
        start = time.process_time()
        gate(page)
        turns.append(time.process_time() - start)
    return min(turns) / (len(page.encode("utf-8", "replace")) / 1_000_000)


def forget() -> None:
    """Empty every cache of the package: what one page has left in them would be another's gain."""
    for name, module in list(sys.modules.items()):
        if name.startswith("shariff_py.gate"):
            for value in list(vars(module).values()):
                getattr(value, "cache_clear", int)()


class Figures:
    """Prints figures, and remembers whether all are within their limits."""

    def __init__(self) -> None:
        self.all_hold = True

    def add(self, name: str, figure: float, of: str = "") -> None:
        """One figure; ``of`` says where it was measured."""
        limit = LIMITS.get(name)
        holds = limit is None or figure <= limit
        self.all_hold &= holds
        verdict = "" if limit is None else f", limit {limit:g}: {'holds' if holds else 'DOES NOT HOLD'}"
        print(f"{name}: {figure:.2f}{verdict}{f' ({of})' if of else ''}", flush=True)


def against(reference: Callable[[str], object], page: str) -> float:
    """What gating a page costs against a pass that changes nothing."""
    return ratios(partial(reference, page), {"gate": partial(gate, page)}, TURNS)["gate"]


def add_lists(figures: Figures, page: str) -> None:
    """Making the header from where the finished page leads, against the same pass."""
    lists = {
        "page with three embeds": replace(SETTINGS, headers=replace(SETTINGS.headers, connections="enforce")),
        "headers.connections off": SETTINGS,
    }
    body, given = page.encode(), [("Content-Type", "text/html; charset=utf-8")]
    runs = {
        name: partial(connection_headers, settings, SETTINGS.site.origin + "/", given, [], body, print)
        for name, settings in lists.items()
    }
    for name, ratio in ratios(partial(looking, page), runs, TURNS // 5).items():
        figures.add(f"list of allowed connections, {name}", ratio)


def add_ratios(figures: Figures) -> None:
    """A page without embeds and one with three, against passes that change nothing."""
    pages = {"page without embeds": portal_page(), "page with three embeds": portal_page(EMBEDS)}
    for name, page in pages.items():
        figures.add(name, against(looking, page))
    for name, page in pages.items():
        figures.add(f"{name}, against no handler", against(rewrite, page))
    page = pages["page with three embeds"]
    add_lists(figures, page)
    soup = ratios(partial(looking, page), {"soup": lambda: str(BeautifulSoup(page, "html.parser"))}, 5)
    figures.add("soup round trip, for scale", soup["soup"])
    figures.add("memory, 32 MB against 4 MB of pages", peak(32) / peak(4))


@contextmanager
def content_of_facebook_alone() -> Iterator[None]:
    """A register in which no other platform has content; of real ones it is what a site would have with one."""
    every = REGISTRY.records
    REGISTRY.records = MappingProxyType(
        {name: record for name, record in every.items() if name == "facebook" or not record.embeds}
    )
    caches.empty()
    try:
        yield
    finally:
        REGISTRY.records = every
        caches.empty()


def add_registers(figures: Figures) -> None:
    """The same pages with all platforms and with one."""
    pages = {"page without embeds": portal_page(), "page with three embeds": portal_page(EMBEDS)}
    for name, page in pages.items():
        fastest = {"one": float("inf"), "all": float("inf")}
        for _ in range(ROUNDS):
            for register, context in (("one", content_of_facebook_alone()), ("all", nullcontext())):
                with context:
                    gate(page)
                    fastest[register] = min(
                        fastest[register], *timeit.repeat(partial(gate, page), number=1, repeat=TURNS // ROUNDS)
                    )
        figures.add(f"{name}, all platforms against one", fastest["all"] / fastest["one"])


def add_real_pages(figures: Figures) -> None:
    """The median and the worst of real pages. Raises `PagesMissing`."""
    found: dict[str, float] = {}
    against_one: list[float] = []
    for name, page in real_pages().items():
        if len(page) >= SMALLEST:
            with content_of_facebook_alone():
                with_one = seconds_per_megabyte(page)
            found[name] = seconds_per_megabyte(page)
            against_one.append(found[name] / with_one)
    worst = max(found, key=lambda name: found[name])
    figures.add("real pages, all platforms against one, median of ratios", statistics.median(against_one))
    figures.add("real pages, median CPU s/MB", statistics.median(found.values()), f"{len(found)} pages")
    figures.add("real pages, worst CPU s/MB", found[worst], worst)


def add_growth(figures: Figures) -> None:
    """Every shape, and the worst of them."""
    found = {name: ratio_per_doubling(gate, shape, GROWN) for name, shape in SHAPES.items()}
    for name, ratio in sorted(found.items(), key=lambda row: -row[1]):
        if ratio:
            print(f"  {ratio:.2f}  {name}")
    print(
        f"  {sum(not ratio for ratio in found.values())} more take too little time for a ratio: under {ABOVE_NOISE} s"
    )
    worst = max(found, key=lambda name: found[name])
    figures.add("growing pages, worst ratio per doubling", found[worst], f"{worst}; {len(found)} shapes")


def main() -> int:
    """Print every figure; 1 if one is beyond its limit or could not be measured."""
    figures = Figures()
    add_ratios(figures)
    add_registers(figures)
    try:
        add_real_pages(figures)
    except PagesMissing as missing:
        figures.all_hold = False
        print(f"real pages: not measured. {missing}")
    add_growth(figures)
    return 0 if figures.all_hold else 1


if __name__ == "__main__":
    sys.exit(main())
