"""What gating a page costs, as ratios within one run: ``make bench-gate``.

Every figure is the fastest of many turns that take place in alternation, divided by that of the cheapest rewriter there can be: a
`turbohtml.rewrite` pass that looks at every element's name and attributes and changes nothing. For comparison the first two are given once more
against a pass without any handler, which looks at nothing. Peak memory is measured apart.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

from bs4 import BeautifulSoup
from portal_page import EMBEDS, portal_page
from turbohtml.rewrite import rewrite

from shariff_py.gate import gate_html
from shariff_py.gate.rewrite.streaming import GateStream
from shariff_py.settings import Settings

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
TURNS = 1500


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


def measure(
    page: str,
    names: dict[str, Callable[[str], object]],
    turns: int = TURNS,
    reference: Callable[[str], object] = looking,
) -> None:
    """Print one line for each."""
    found = ratios(lambda: reference(page), {name: lambda run=run: run(page) for name, run in names.items()}, turns)
    for name, ratio in found.items():
        print(f"{name}: ratio {ratio:.2f}")


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


def main() -> None:
    """Print every figure."""
    pages = {"page without embeds": portal_page(), "page with three embeds": portal_page(EMBEDS)}
    for name, page in pages.items():
        measure(page, {name: lambda page: gate_html(page, SETTINGS)})
    for name, page in pages.items():
        measure(page, {f"{name}, against no handler": lambda page: gate_html(page, SETTINGS)}, reference=rewrite)
    measure(
        portal_page(EMBEDS),
        {"soup round trip, for scale": lambda page: str(BeautifulSoup(page, "html.parser"))},
        turns=5,
    )
    print(f"memory, 32 MB against 4 MB of pages: ratio {peak(32) / peak(4):.2f}")


if __name__ == "__main__":
    main()
