"""What people paste of each platform is recognised, rebuilt and put behind a gate as `rows` say: one file for each platform, written out."""

from __future__ import annotations

import html
import pkgutil
import re
from dataclasses import replace
from importlib import import_module

import platforms.rows
import pytest
from bs4 import BeautifulSoup
from support.platform_content import closed, contacts
from support.platform_rows import (
    SERVERS,
    Expected,
    Frame,
    Other,
    Row,
    embed_of_row,
    facts_of,
    form_of,
    of_row,
    samples,
    settings_for,
)

from shariff_py import gate_html
from shariff_py.consent_ui.frame import frame_document, isolated_document
from shariff_py.consent_ui.gate import gate
from shariff_py.errors import EmbedRefused
from shariff_py.gate.snippet import read_snippet
from shariff_py.platforms.public_links import kind_of_frame, public_link
from shariff_py.platforms.recognition import Embed, recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES
from shariff_py.urls import parse

TABLES: dict[str, Expected] = {
    module.name: import_module(f"platforms.rows.{module.name}").EXPECTED
    for module in pkgutil.iter_modules(platforms.rows.__path__)
}
ROWS = [(name, row) for name, table in TABLES.items() for row in table.rows]
IN_PAGES = [(name, row) for name, row in ROWS if "<" in row.pasted]
OTHERS = [(name, row) for name, table in TABLES.items() for row in table.others]
TRACKERS = ("si=", "utm_", "igsh=", "ref_src", "rd=", "rp=", "feature=", "sessionId", "app_id")
AROUND = 112
"""Pixels of the lines above and below a frame."""
SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms"
SHOWN = [pytest.param(name, kind, id=f"{name}-{kind}") for name, table in TABLES.items() for kind in table.frames]


def label(value: object) -> str:
    return value.pasted[:60] if isinstance(value, Row | Other) else str(value)


def without_pasted_size(embed: Embed) -> Embed:
    """The same content where no code says how large it is."""
    pasted = {parameter.name for parameter in embed.kind_record.parameters if not parameter.in_frame}
    return replace(embed, options=tuple(option for option in embed.options if option[0] not in pasted))


def sizes(page: str) -> list[tuple[int, int]]:
    """Width and height of the platforms' frames in a page's gates, as they are written into it; what is above and below the frame is not."""
    frames = re.findall(r'<iframe class="shariff-frame"[^>]* width="([0-9]+)" height="([0-9]+)"', page)
    return [(int(width), int(height) - AROUND) for width, height in frames]


def without_quotes(page: str) -> str:
    """A page without what gates quote of the pasted code: a link there is one of the page's own."""
    return re.sub(r'<div class="shariff-quote" .*?<form method="post"', "", page, flags=re.DOTALL)


@pytest.mark.parametrize(("name", "row"), ROWS, ids=label)
def test_what_is_pasted_is_recognised(name: str, row: Row) -> None:
    assert embed_of_row(row).platform == name
    assert of_row(row) == (row.kind, row.public, row.frame)


@pytest.mark.parametrize(("name", "row"), IN_PAGES, ids=label)
def test_in_a_page_it_becomes_a_gate_and_what_is_said_with_it_stays(name: str, row: Row) -> None:
    gated = gate_html(f"<p>Davor</p>{row.pasted}<p>Danach</p>", settings_for(name))

    assert [(f.platform, f.kind, f.address) for f in gated.findings if f.outcome == "gated"] == [
        (name, row.kind, row.public)
    ]
    assert row.kept in html.unescape(gated.html)
    assert gated.html.startswith("<p>Davor</p>")
    assert gated.html.endswith("<p>Danach</p>")
    assert row.size is None or sizes(gated.html) == [row.size]
    assert [word for word in TRACKERS if word in without_quotes(gated.html)] == []


@pytest.mark.parametrize(("name", "row"), IN_PAGES, ids=label)
def test_without_a_release_there_is_a_link_in_its_place(name: str, row: Row) -> None:
    page, findings = closed(row.pasted)

    assert [found for found in findings if found[0] == "linked"] == [("linked", row.kind, row.public)]
    # Links in a quote are the page's own.
    assert row.kept or [word for word in TRACKERS if word in page] == []


@pytest.mark.parametrize("name", TABLES)
def test_before_the_press_nothing_that_is_pasted_of_it_contacts_a_platform(name: str) -> None:
    page = "".join(row.pasted for place, row in IN_PAGES if place == name)

    assert contacts(page) is (name not in SERVERS)
    assert not contacts(gate_html(page, settings_for(name)).html)


@pytest.mark.parametrize(("name", "kind"), SHOWN)
def test_every_kind_is_pasted_in_two_forms_of_code_at_least(name: str, kind: str) -> None:
    forms = {form_of(row) for place, row in IN_PAGES if (place, row.kind) == (name, kind)}

    assert len(forms) >= 2, forms


@pytest.mark.parametrize("name", TABLES)
def test_several_on_one_page_are_each_a_gate(name: str) -> None:
    rows = [row for place, row in IN_PAGES if place == name]
    kind = max({row.kind for row in rows}, key=[row.kind for row in rows].count)
    same = [row for row in rows if row.kind == kind]

    gated = gate_html("".join(row.pasted for row in same), settings_for(name))

    assert len(same) > 1
    assert [f.address for f in gated.findings if f.outcome == "gated"] == [row.public for row in same]


@pytest.mark.parametrize(("name", "row"), OTHERS, ids=label)
def test_what_shows_nothing_does_not_stay(name: str, row: Other) -> None:
    gated = gate_html(f"<p>Davor</p>{row.pasted}", settings_for(name))

    found = [f for f in gated.findings if f.found != "script" or row.pasted.count("<") == 2]
    assert [(f.outcome, f.platform, f.address, row.kind and f.kind) for f in found] == [
        (row.outcome, name, row.address, row.kind)
    ]
    assert row.pasted not in gated.html


@pytest.mark.parametrize(("name", "kind"), SHOWN)
def test_its_frame_has_what_it_needs_and_no_more(name: str, kind: str) -> None:
    expected = TABLES[name].frames[kind]
    embed = without_pasted_size(next(embed_of_row(row) for row in TABLES[name].rows if row.kind == kind))
    if expected.script:
        check_script(expected, settings_for(name), embed)
        return
    made = frame_document(settings_for(name), LANGUAGES["en"], embed)
    frame = BeautifulSoup(made.html, "html.parser").iframe
    features = expected.features.split()

    assert frame is not None
    assert frame["title"] == expected.title
    assert frame["referrerpolicy"] == expected.referrer
    assert (not frame.has_attr("credentialless")) == expected.credentials
    assert list(frame["sandbox"]) == [*SANDBOX.split(), *expected.sandbox.split()]
    assert frame.get("allow", "") == "; ".join(f"{feature} *" for feature in features)
    assert (int(str(frame["width"])), int(str(frame["height"]))) == expected.size
    powers = dict(part.split("=", 1) for part in made.headers["Permissions-Policy"].split(", "))
    assert {feature for feature, granted in powers.items() if granted != "()"} == set(features)


def check_script(expected: Frame, settings: Settings, embed: Embed) -> None:
    """What is shown as a script has a document of its own on the isolated host, and its gate a frame of the size."""
    made = isolated_document(settings, LANGUAGES["en"], embed)
    document = BeautifulSoup(made.html, "html.parser")
    frame = BeautifulSoup(gate(settings, LANGUAGES["en"], embed), "html.parser").iframe

    assert document.title is not None
    assert document.title.string == expected.title
    assert embed.frame_address in [script["src"] for script in document.find_all("script")]
    assert f"default-src 'none'; {expected.script}; worker-src 'none'; " in made.headers["Content-Security-Policy"]
    assert frame is not None
    assert (int(str(frame["width"])), int(str(frame["height"])) - AROUND) == expected.size


@pytest.mark.parametrize(("name", "address"), [(name, a) for name, table in TABLES.items() for a in table.no_pages])
def test_a_frame_that_shows_a_person_nothing_is_no_link(name: str, address: str) -> None:
    assert public_link(REGISTRY[name], address) == ""


@pytest.mark.parametrize(("name", "pasted"), [(name, code) for name, table in TABLES.items() for code in table.ended])
def test_code_of_a_kind_that_is_no_more_is_refused_as_such(name: str, pasted: str) -> None:
    with pytest.raises(EmbedRefused) as refused:
        read_snippet(pasted)

    assert refused.value.code == "retired"


@pytest.mark.parametrize(("name", "address"), [(name, a) for name, table in TABLES.items() for a in table.nothing])
def test_a_page_that_is_no_content_is_refused_as_such(name: str, address: str) -> None:
    with pytest.raises(EmbedRefused, match="is not a page, post or video"):
        recognise(address)


@pytest.mark.parametrize("name", TABLES)
def test_code_that_loads_something_of_it_has_one_of_its_marks(name: str) -> None:
    marks = REGISTRY[name].script_marks

    assert [address for address in TABLES[name].loads if not any(mark.search(address) for mark in marks)] == []
    assert [mark.pattern for mark in marks if not any(map(mark.search, TABLES[name].loads))] == []


@pytest.mark.parametrize("name", TABLES)
def test_what_else_its_record_says_is_there(name: str) -> None:
    assert facts_of(name) == TABLES[name].facts


@pytest.mark.parametrize(("name", "kind", "sample"), samples())
def test_a_sample_comes_back_from_its_address_and_from_its_frame(name: str, kind: str, sample: str) -> None:
    embed = recognise(sample)

    assert (embed.platform, embed.kind) == (name, kind)
    assert recognise(embed.address) == embed
    assert recognise(embed.frame_address).frame_address == embed.frame_address
    at = parse(embed.frame_address)
    assert at is not None
    assert kind_of_frame(embed.record, at) is not None
    assert recognise(embed.reference, dict(embed.options)) == embed


@pytest.mark.parametrize(
    "name", [r.name for r in REGISTRY.values() if any(k.becomes == "gate" and not k.retired for k in r.embeds)]
)
def test_every_platform_with_content_has_rows_and_every_kind_a_row_and_a_sample(name: str) -> None:
    kinds = {kind.name for kind in REGISTRY[name].embeds if kind.becomes == "gate" and not kind.retired}

    assert name in TABLES
    assert TABLES[name].frames.keys() == kinds
    assert {row.kind for row in TABLES[name].rows} == kinds
    assert {kind for platform, kind, _ in samples() if platform == name} >= kinds
