"""Growth of what reads addresses, logs, reports, sitemaps, registers, journals and folders."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import date
from pathlib import Path

from support.audit_traces import audit, contact, trace
from support.paths import TESTS

from growth import inputs
from growth.measure import Call, Growth
from shariff_py import consent_evidence
from shariff_py.audit.evidence.netlog.reader import read as read_netlog
from shariff_py.audit.report.document import as_json
from shariff_py.channels import Register, check, overview, public
from shariff_py.counts.sitemap import read as read_sitemap
from shariff_py.errors import AddressRefused, EmbedRefused
from shariff_py.journal import Journal
from shariff_py.platforms.recognition import recognise
from shariff_py.service.reports import Reports
from shariff_py.static_site import StaticSite
from shariff_py.stores import open_store
from shariff_py.texts import language
from shariff_py.urls import canonical

DAY = date(2026, 11, 30)
NOW = 1_796_000_000.0
RECORDED = TESTS / "audit" / "test_audit_netlog.json"


def _canonical(piece: str) -> Growth:
    def prepare(size: int, folder: Path) -> Call:
        address = f"{inputs.ORIGIN}/{piece * (size // len(piece))}"

        def call() -> None:
            with suppress(AddressRefused):
                canonical(address)

        return call

    return Growth("shariff_py.urls.canonical", f"characters, as {piece!r}", prepare, start=1_000)


def _query_allow(size: int, folder: Path) -> Call:
    names = [f"n{place}" for place in range(size)]
    return lambda: canonical(f"{inputs.ORIGIN}/?n0=1&n1=2&x=3", query_allow=names)


def _recognise(size: int, folder: Path) -> Call:
    address = f"https://www.facebook.com/{'x.' * (size // 2)}/posts/1"

    def call() -> None:
        with suppress(EmbedRefused):
            recognise(address)

    return call


def _netlog(size: int, folder: Path) -> Call:
    first, events, *lines = RECORDED.read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [line for line in lines if line.startswith('{"')]
    many = [first, events, *(lines[place % len(lines)] for place in range(size)), "]}\n"]
    return lambda: read_netlog(many)


def _netlog_line(size: int, folder: Path) -> Call:
    first, events, *_ = RECORDED.read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [
        first,
        events,
        '{"params":{"url":"' + "x" * size,
        '{"a":' * (size // 5),
        '{"time":"' + "9" * size + '","type":1}',
        "]}\n",
    ]
    return lambda: read_netlog(lines)


def _report_document(size: int, folder: Path) -> Call:
    done = audit(trace(*(contact(f"n{place}.example", at=place % 10) for place in range(size))))
    return lambda: as_json(done)


def _reports(size: int, folder: Path) -> Call:
    reader = Reports(inputs.settings(folder), open_store("memory:").reports, lambda: NOW)
    message = inputs.reports(size)
    return lambda: reader.take(message)


def _sitemap(size: int, folder: Path) -> Call:
    content = inputs.sitemap(size)
    return lambda: read_sitemap(content)


def _register(size: int, folder: Path) -> Call:
    values = inputs.channels(size)
    return lambda: Register.from_mapping(values)


def _check(size: int, folder: Path) -> Call:
    register, settings = Register.from_mapping(inputs.channels(size)), inputs.settings(folder)
    return lambda: check(register, settings, DAY)


def _overview(size: int, folder: Path) -> Call:
    register, settings = Register.from_mapping(inputs.channels(size)), inputs.settings(folder)
    return lambda: overview(register, settings, language("de", "de"))


def _public(size: int, folder: Path) -> Call:
    register = Register.from_mapping(inputs.channels(size))
    return lambda: public(register)


def _journal(what: str) -> Growth:
    def prepare(size: int, folder: Path) -> Call:
        path = folder / "outgoing.jsonl"
        inputs.journal(size, path)
        own = Journal(path, clock=lambda: NOW)
        calls: dict[str, Call] = {
            "verify": own.verify,
            "entries": lambda: sum(1 for _ in own.entries()),
            "head": own.head,
            "append": lambda: own.append("request", {}),
        }
        return calls[what]

    return Growth("shariff_py.journal.Journal", f"records, {what}", prepare, start=64, most=32_768)


def _torn_journal(size: int, folder: Path) -> Call:
    own = Journal(folder / "outgoing.jsonl")
    own.append("request", {})
    line = own.path.read_bytes()

    def call() -> None:
        own.path.write_bytes(line + b"x" * size)
        own.append("request", {})

    return call


def _archive(size: int, folder: Path) -> Call:
    for place in range(size):
        content = f"{place}\n".encode()
        sums = f"{hashlib.sha256(content).hexdigest()}  a.json\n".encode()
        version = folder / f"2026-11-30-{hashlib.sha256(sums).hexdigest()[:12]}"
        version.mkdir()
        (version / "a.json").write_bytes(content)
        (version / consent_evidence.SUMS).write_bytes(sums)
    return lambda: consent_evidence.verify(folder)


def _static_site(size: int, folder: Path) -> Call:
    source = inputs.folder_of_pages(size, folder)
    settings = inputs.settings(folder)

    def call() -> None:
        site = StaticSite(settings, source, folder / "out", overwrite=True)
        for entry in site.entries():
            site.process(entry)

    return call


READERS: tuple[Growth, ...] = (
    *(_canonical(piece) for piece in ("x", "../", "%2e/", "?a=1&", "ä", "//")),
    Growth("shariff_py.urls.canonical", "parameters that are allowed", _query_allow, start=64),
    Growth("shariff_py.platforms.recognition.recognise", "characters", _recognise, start=1_000),
    Growth("shariff_py.audit.evidence.netlog.reader.read", "events", _netlog, start=64),
    Growth("shariff_py.audit.evidence.netlog.reader.read", "characters of damaged lines", _netlog_line, start=2_000, most=400_000),
    Growth("shariff_py.audit.report.document.as_json", "contacts", _report_document, start=16),
    Growth("shariff_py.service.reports.Reports", "reports in a message", _reports, start=64),
    Growth("shariff_py.counts.sitemap.read", "pages", _sitemap, start=64),
    Growth("shariff_py.channels.Register", "channels", _register, start=8),
    Growth("shariff_py.channels.check", "channels", _check, start=8),
    Growth("shariff_py.channels.overview", "channels", _overview, start=8),
    Growth("shariff_py.channels.public", "channels", _public, start=8),
    *(_journal(what) for what in ("verify", "entries", "head", "append")),
    Growth("shariff_py.journal.Journal", "bytes of a line cut short, append", _torn_journal, start=1_000, most=4_000_000),
    Growth("shariff_py.consent_evidence.verify", "versions", _archive, start=8, most=2_048),
    Growth("shariff_py.static_site.StaticSite", "pages", _static_site, start=4, most=512),
)  # fmt: skip
