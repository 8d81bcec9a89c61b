"""Growth of the commands for previews, and of the address that serves their pictures."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from werkzeug.test import Client

from growth import inputs
from growth.commands import run
from growth.measure import Call, Growth
from shariff_py.previews.folder import Folder, Kept
from shariff_py.testing import StandIn
from shariff_py.web.own_pages import OwnPages
from shariff_py.web.site import Site


def _settings(folder: Path, **more: Any) -> dict[str, Any]:
    wanted = {"platforms": ["youtube"], "path": str(folder / "previews")}
    return {"previews": wanted, "releases": {"youtube": {"state": "released"}}, **more}


def _addresses(size: int) -> list[str]:
    return [f"https://www.youtube.com/watch?v={place:011d}" for place in range(size)]


def _filled(size: int, folder: Path) -> None:
    """A folder with so many previews."""
    place, now = Folder(folder / "previews"), time.time()
    for address in _addresses(size):
        place.save(Kept("youtube", address, "A title", "An author", has_picture=True, fetched_at=now), b"a picture")


def _on_filled(*arguments: str) -> Callable[[int, Path], Call]:
    def prepare(size: int, folder: Path) -> Call:
        _filled(size, folder)
        return run(folder, "previews", *arguments, **_settings(folder))

    return prepare


def _fetch(size: int, folder: Path) -> Call:
    """Fetch so many; each time from the mock server, into a folder of its own."""
    number = inputs.counting()

    def call() -> None:
        place = folder / str(number())
        place.mkdir()
        with StandIn() as stand_in:
            run(place, "previews", "fetch", *_addresses(size), **_settings(place, stand_in=stand_in.settings))()

    return call


def _remove(size: int, folder: Path) -> Call:
    _filled(size, folder)
    return run(folder, "previews", "remove", *_addresses(size), **_settings(folder))


def _picture(size: int, folder: Path) -> Call:
    client, number = Client(OwnPages(Site.create(inputs.settings(folder, **_settings(folder))))), inputs.counting()
    return lambda: client.get(f"/shariff/previews/{number()}{'x' * size}.webp").data


PREVIEWS: tuple[Growth, ...] = (
    Growth("shariff-py previews fetch", "addresses", _fetch, start=8, most=512),
    Growth("shariff-py previews refresh", "previews that are kept", _on_filled("refresh"), start=16, most=2_048),
    Growth("shariff-py previews list", "previews that are kept", _on_filled("list"), start=16, most=2_048),
    Growth("shariff-py previews remove", "addresses", _remove, start=16, most=1_024),
    Growth("GET previews/", "characters of the picture's name", _picture),
)
