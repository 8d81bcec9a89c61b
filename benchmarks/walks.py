"""How far the code is walked for one thing: calls of the package's functions, and how often the next one is in another file.

Four walks, each with everything that is kept already kept, as in the second request of a process, and the first of them also without:
one share bar, one embed in a template, one pressed gate, one pasted page with three embeds.

    .venv/bin/python benchmarks/walks.py [--files]    with --files, each walk as the files it passes, in their order
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from portal_page import EMBEDS, portal_page

import shariff_py
from shariff_py import Settings, Shariff, gate_html

PACKAGE = str(Path(shariff_py.__file__).parent)
POST = "https://www.facebook.com/leinau/posts/1234567890"
SETTINGS: dict[str, Any] = {
    "site": {"origin": "https://www.leinau.example", "language": "de"},
    "releases": {"facebook": {"state": "released", "since": "2026-01-01"}},
    "controllers": {
        "leinau": {
            "name": "Stadt Leinau",
            "contact_url": "/impressum",
            "privacy_url": "/datenschutz",
            "alternative_url": "/aktuelles",
        }
    },
    "counts": {"store": "memory:", "scheduler": "outside"},
    "frame": {"secrets": ["a secret that is long enough"]},
}


def walked(work: Callable[[], object]) -> list[str]:
    """The package's files whose functions are called, in their order, one entry a call."""
    files: list[str] = []

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(PACKAGE):
            files.append(frame.f_code.co_filename.removeprefix(PACKAGE).lstrip("/\\"))

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return files


def changes(files: list[str]) -> int:
    """How often a call is in another file than the one before it."""
    return sum(1 for before, after in pairwise(files) if before != after)


def walks() -> dict[str, list[str]]:
    """Each walk by its name."""
    app = Flask(__name__)
    app.config["SHARIFF"] = SETTINGS
    Shariff(app)

    def show(template: str) -> Callable[[], object]:
        def work() -> object:
            with app.test_request_context("/aktuelles/stadtfest"):
                return render_template_string(template)

        return work

    share, embed = show("{{ shariff.share() }}"), show(f"{{{{ shariff.embed({POST!r}) }}}}")
    page, settings = portal_page(EMBEDS), Settings.from_mapping(SETTINGS)
    found = {"share() for the first time": walked(share), "share()": walked(share)}
    found |= {"embed() for the first time": walked(embed), "embed()": walked(embed)}
    gate = BeautifulSoup(str(embed()), "html.parser")
    form = {str(field["name"]): str(field.get("value", "")) for field in gate.select("form [name][value]")}
    client = app.test_client()
    client.post("/shariff/frame", data=form)
    found["POST frame"] = walked(lambda: client.post("/shariff/frame", data=form))
    found["a page with three embeds for the first time"] = walked(lambda: gate_html(page, settings))
    found["a page with three embeds"] = walked(lambda: gate_html(page, settings))
    return found


def main() -> None:
    """Print each walk: changes of file, calls."""
    for name, files in walks().items():
        print(f"{name:46} {changes(files):5} changes of file in {len(files):5} calls")
        if "--files" in sys.argv[1:]:
            print("    " + " > ".join(file for i, file in enumerate(files) if i == 0 or files[i - 1] != file))


if __name__ == "__main__":
    main()
