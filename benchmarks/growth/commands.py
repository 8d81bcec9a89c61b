"""Growth of the commands, run in this process as a shell would start them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from growth import inputs
from growth.measure import Call, Growth
from shariff_py.cli import commands
from shariff_py.errors import ShariffError
from shariff_py.platforms.count_sources.cached_count import Count
from shariff_py.service.reports import Reports
from shariff_py.settings import Settings
from shariff_py.stores import open_store
from shariff_py.testing import StandIn

NOW = 1_796_000_000.0


def run(folder: Path, *arguments: object, mistake: str = "", **more: Any) -> Call:
    """The call of a command with the settings of `inputs.values`.

    It must succeed, or, where the input has a ``mistake``, be refused with a message that says so.
    """
    environ = {f"SHARIFF_{name.upper()}": _variable(value) for name, value in inputs.values(folder, **more).items()}
    words = [str(argument) for argument in arguments]
    return lambda: _run(words, environ, mistake)


def _variable(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _run(words: list[str], environ: Mapping[str, str], mistake: str) -> None:
    done = CliRunner().invoke(commands, words, env=environ, standalone_mode=False)
    if mistake:
        assert mistake in f"{done.exception} {done.output}", (words, done.exception, done.output[-300:])
    elif done.exception is not None and not isinstance(done.exception, SystemExit):
        raise AssertionError(f"{words}: {done.output[-300:]}") from done.exception


def _sqlite(folder: Path) -> dict[str, str]:
    return {"store": f"sqlite:///{folder}/counts.sqlite", "scheduler": "outside"}


def _filled(size: int, folder: Path) -> dict[str, str]:
    """A store with so many pages that have a number."""
    counts = _sqlite(folder)
    store = open_store(counts["store"], most_pages=10_000_000)
    pages = inputs.addresses(size)
    store.import_pages(dict.fromkeys(pages), NOW)
    store.record(
        "facebook", {page: Count(place) for place, page in enumerate(pages)}, NOW, next_at=dict.fromkeys(pages, NOW * 2)
    )
    store.close()
    return counts


def _blocked(size: int, folder: Path) -> Call:
    """The command on a store with reports about so many hosts."""
    more = {"counts": _sqlite(folder), "headers": {"most_reports": 1_000_000, "reports_per_minute": 1_000_000}}
    store = open_store(more["counts"]["store"])  # type: ignore[index]
    reader = Reports(inputs.settings(folder, **more), store.reports, lambda: NOW)
    for host in range(size):
        reader.take(inputs.reports(1, first=host))
    store.close()
    return run(folder, "blocked", **more)


def _page_file(size: int, folder: Path) -> Path:
    file = folder / "page.html"
    file.write_text(inputs.page(size), encoding="utf-8")
    return file


def _journal(*arguments: str) -> Callable[[int, Path], Call]:
    def prepare(size: int, folder: Path) -> Call:
        inputs.journal(size, folder / "outgoing.jsonl")
        return run(folder, "journal", *arguments)

    return prepare


def _export(size: int, folder: Path) -> Call:
    inputs.journal(size, folder / "outgoing.jsonl")
    return run(folder, "journal", "export", folder / "requests.csv")


def _refresh(size: int, folder: Path) -> Call:
    """Fetch the counts of so many pages; each time from the mock server, in a store of its own."""
    number = inputs.counting()

    def call() -> None:
        place = folder / str(number())
        place.mkdir()
        with StandIn() as stand_in:
            stand_in.allowance = 1 << 60
            more = {"counts": _sqlite(place), "stand_in": stand_in.settings}
            facebook = {"facebook": {"token": "only-for-measuring", "per_hour": 100_000_000}}
            store = open_store(more["counts"]["store"], most_pages=10_000_000)  # type: ignore[arg-type]
            store.import_pages(dict.fromkeys(inputs.addresses(size)), NOW)
            store.close()
            run(place, "refresh", platforms=facebook, **more)()

    return call


def _import_sitemap(size: int, folder: Path) -> Call:
    (folder / "sitemap.xml").write_bytes(inputs.sitemap(size))
    number = inputs.counting()

    def call() -> None:
        place = folder / str(number())
        place.mkdir()
        with StandIn() as stand_in:
            # Nothing is fetched: what is measured is the import. One page an hour is what Facebook allows here.
            facebook = {"facebook": {"token": "only-for-measuring", "per_hour": 1}}
            run(place, "refresh", "--sitemap", folder / "sitemap.xml", counts={**_sqlite(place), "most_pages": 10_000_000},
                platforms=facebook, stand_in=stand_in.settings)()  # fmt: skip

    return call


def _serve(size: int, folder: Path) -> Call:
    file = folder / "shariff.toml"
    hosts = "".join(f'"http://n{place}.leinau.example/" = "{inputs.ORIGIN}/"\n' for place in range(size))
    file.write_text(f'[site]\norigin = "{inputs.ORIGIN}"\nwrong = 1\n[site.aliases]\n{hosts}', encoding="utf-8")

    def call() -> None:
        _run(["serve", "--config", str(file)], {"SHARIFF_CONFIG": str(file)}, "site.wrong")

    return call


def _audit(size: int, folder: Path) -> Call:
    file = folder / "list.txt"
    file.write_text("".join(f"{page}\n" for page in inputs.addresses(size)) + "ftp://nothing\n", encoding="utf-8")
    return run(folder, "audit", "--list", file, mistake="list.txt")


def _counts(size: int, folder: Path) -> Call:
    return run(folder, "counts", f"https://www.elsewhere.example/{'x' * size}", mistake="elsewhere.example")


def _archive(size: int, folder: Path) -> Call:
    return run(folder, "notice", "--archive", folder / "archive", controllers=inputs.controllers(size))


def _notice(*arguments: str) -> Callable[[int, Path], Call]:
    return lambda size, folder: run(folder, "notice", *arguments, controllers=inputs.controllers(size))


def _on_channels(name: str) -> Callable[[int, Path], Call]:
    return lambda size, folder: run(folder, "channels", name, channels=inputs.channels_file(size, folder))


def _gate_folder(size: int, folder: Path) -> Call:
    site = inputs.folder_of_pages(size, folder)
    return run(folder, "gate", site, "--out", folder / "out", "--overwrite")


def _load(size: int, folder: Path) -> Call:
    from shariff_py.settings import load

    file = folder / "shariff.toml"
    hosts = "".join(f'"http://n{place}.leinau.example/" = "{inputs.ORIGIN}/"\n' for place in range(size))
    file.write_text(f'[site]\norigin = "{inputs.ORIGIN}"\n[site.aliases]\n{hosts}', encoding="utf-8")

    def call() -> Settings | None:
        try:
            return load(file=file, environ={})
        except ShariffError:  # The number of aliases may be bounded.
            return None

    return call


COMMANDS: tuple[Growth, ...] = (
    Growth("shariff-py audit", "addresses in a list", _audit, start=64),
    Growth("shariff-py blocked", "hosts in the reports", _blocked, start=16, most=1_024),
    Growth("shariff-py channels check", "channels", _on_channels("check"), start=4),
    Growth("shariff-py channels render", "channels", _on_channels("render"), start=4),
    Growth("shariff-py counts", "characters of the address", _counts, start=2_000),
    Growth("shariff-py doctor", "characters of a page", lambda size, folder: run(folder, "doctor", _page_file(size, folder)), start=4_000),
    Growth("shariff-py doctor", "pages", lambda size, folder: run(folder, "doctor", inputs.folder_of_pages(size, folder)), start=4, most=512),
    Growth("shariff-py gate", "characters of a page", lambda size, folder: run(folder, "gate", _page_file(size, folder)), start=4_000),
    Growth("shariff-py gate", "pages of a folder", _gate_folder, start=4, most=512),
    Growth("shariff-py journal show", "records", _journal("show"), start=64),
    Growth("shariff-py journal show", "records, as JSON", _journal("show", "--json"), start=64),
    Growth("shariff-py journal verify", "records", _journal("verify"), start=64),
    Growth("shariff-py journal export", "records", _export, start=64),
    Growth("shariff-py journal checkpoint", "records", _journal("checkpoint"), start=64, most=32_768),
    Growth("shariff-py journal accept-clock", "records", _journal("accept-clock"), start=64, most=32_768),
    Growth("shariff-py notice", "controllers", _notice(), start=4),
    Growth("shariff-py notice", "controllers, as data", _notice("--kind", "data"), start=4),
    Growth("shariff-py notice", "controllers, archived", _archive, start=4),
    Growth("shariff-py ranking", "pages in the store", lambda size, folder: run(folder, "ranking", counts=_filled(size, folder)), start=32),
    Growth("shariff-py refresh", "pages that are due", _refresh, start=32),
    Growth("shariff-py refresh", "pages of a sitemap", _import_sitemap, start=64),
    Growth("shariff-py scan", "characters of a page", lambda size, folder: run(folder, "scan", _page_file(size, folder)), start=4_000),
    Growth("shariff-py scan", "pages", lambda size, folder: run(folder, "scan", inputs.folder_of_pages(size, folder)), start=4, most=512),
    Growth("shariff-py serve", "aliases in the configuration", _serve, start=16),
    Growth("shariff_py.settings.load", "aliases in the configuration", _load, start=16),
)  # fmt: skip
