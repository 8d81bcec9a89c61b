"""Inputs of any size: pages, settings, registers, journals, reports."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.paths import TESTS

from shariff_py.journal.record import BEGINNING, canonical, sha256
from shariff_py.settings import Settings

ORIGIN = "https://www.leinau.example"
EMBED = '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F{n}"></iframe>\n'
TEXT = '<p class="t">Der Rat der Stadt hat beschlossen, die <a href="/b/{n}">Bücherei</a> länger zu öffnen.</p>\n'
SCRIPT = "<script>var f=document.createElement('script');f.src='//connect.facebook.net/{n}.js';document.head.append(f)</script>\n"
CHANNEL = tomllib.loads((TESTS / "fixtures" / "channels.toml").read_text(encoding="utf-8"))["channels"][0]


def page(size: int, piece: str = EMBED + TEXT * 5) -> str:
    """A page of about so many characters, made of pieces that are numbered."""
    return "<!doctype html><title>Seite</title>" + "".join(
        piece.replace("{n}", str(number)) for number in range(max(1, size // len(piece)))
    )


def values(folder: Path, **more: Any) -> dict[str, Any]:
    """Settings of a site, as a mapping; tables in ``more`` replace or add to them."""
    return {
        "site": {"origin": ORIGIN},
        "frame": {"secrets": ["only for measuring how the work grows"]},
        "releases": {"facebook": {"state": "released"}},
        "platforms": {"facebook": {"token": "only-for-measuring"}},
        "controllers": controllers(1),
        "counts": {"store": "memory:", "scheduler": "outside"},
        "journal": {"path": str(folder / "outgoing.jsonl")},
        **more,
    }


def settings(folder: Path, **more: Any) -> Settings:
    """The same, read."""
    return Settings.from_mapping(values(folder, **more))


def controllers(number: int) -> dict[str, Any]:
    """So many controllers of a site."""
    return {
        f"city{place}": {
            "name": f"Stadt Leinau {place}", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a",
            "public_body": True,
        }
        for place in range(number)
    }  # fmt: skip


def channels(number: int) -> dict[str, Any]:
    """A register of so many channels."""
    return {
        "channels": [
            {
                **CHANNEL, "id": f"city-{place}", "handle": f"@stadt{place}", "controller": "city0",
                "url": f"https://www.facebook.com/stadt{place}",
            }
            for place in range(number)
        ]
    }  # fmt: skip


def channels_file(number: int, folder: Path) -> str:
    """The same as a file; its path."""
    path = folder / "channels.toml"
    path.write_text(
        "".join(
            "[[channels]]\n" + "".join(f"{name} = {_toml(value)}\n" for name, value in channel.items())
            for channel in channels(number)["channels"]
        ),
        encoding="utf-8",
    )
    return str(path)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_toml(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | int | bool) else value.isoformat()


def addresses(number: int) -> list[str]:
    """So many pages of the site."""
    return [f"{ORIGIN}/seite/{place}" for place in range(number)]


def sitemap(number: int) -> bytes:
    """A sitemap of so many pages."""
    entries = "".join(f"<url><loc>{page}</loc><lastmod>2026-11-01</lastmod></url>" for page in addresses(number))
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()


def journal(number: int, path: Path) -> None:
    """A journal of so many records, written at once instead of one after the other."""
    lines, previous = [], BEGINNING
    for place in range(1, number + 1):
        request = {"kind": "request", "trigger": "schedule", "platform": "facebook", "method": "POST",
                   "host": "graph.facebook.com", "path": "/v26.0/", "pages": [f"{ORIGIN}/"], "headers": ["host"]}  # fmt: skip
        outcome = {"kind": "outcome", "of": place - 1, "status": 200, "bytes": 900, "milliseconds": 31}
        record: dict[str, Any] = {
            **(request if place % 2 else outcome), "sequence": place, "previous": previous,
            "time": "2026-11-30T08:00:00.000+00:00",
        }  # fmt: skip
        previous = record["hash"] = sha256(canonical(record))
        lines.append(canonical(record))
    path.write_bytes(b"\n".join(lines) + b"\n")


def reports(number: int, first: int = 0) -> bytes:
    """A message with so many reports of the policy, each about another host."""
    body = {"documentURL": f"{ORIGIN}/", "effectiveDirective": "img-src", "disposition": "enforce"}
    return json.dumps(
        [
            {"type": "csp-violation", "body": {**body, "blockedURL": f"https://n{place}.example/"}}
            for place in range(first, first + number)
        ]
    ).encode()


def folder_of_pages(number: int, folder: Path, size: int = 2_000) -> Path:
    """A folder with so many pages."""
    site = folder / "site"
    site.mkdir()
    for place in range(number):
        (site / f"{place}.html").write_text(page(size), encoding="utf-8")
    return site


def counting() -> Callable[[], int]:
    """Numbers that do not come again, for inputs that no cache knows."""
    numbers = iter(range(1 << 60))
    return lambda: next(numbers)
