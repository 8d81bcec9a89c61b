"""What people paste of each platform is recognised, rebuilt and put behind a gate as `rows` say: one file for each platform, written out."""

from __future__ import annotations

import html
import pkgutil
from importlib import import_module

import platforms.rows
import pytest
from bs4 import BeautifulSoup
from support.platform_rows import Expected, Other, Row, embed_of_row, facts_of, of_row, samples, settings_for

from shariff_py import gate_html
from shariff_py.consent_ui.frame import frame_document
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.texts import LANGUAGES

TABLES: dict[str, Expected] = {
    module.name: import_module(f"platforms.rows.{module.name}").EXPECTED
    for module in pkgutil.iter_modules(platforms.rows.__path__)
}
ROWS = [(name, row) for name, table in TABLES.items() for row in table.rows]
OTHERS = [(name, row) for name, table in TABLES.items() for row in table.others]
TRACKERS = ("si=", "utm_", "igsh=", "ref_src", "rd=", "rp=", "feature=", "sessionId", "app_id")
SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms"
SHOWN = [pytest.param(name, kind, id=f"{name}-{kind}") for name, table in TABLES.items() for kind in table.frames]


def label(value: object) -> str:
    return value.pasted[:60] if isinstance(value, Row | Other) else str(value)


def without_quotes(page: str) -> str:
    """A page without what gates quote of the pasted code: a link there is one of the page's own."""
    soup = BeautifulSoup(page, "html.parser")
    for quote in soup.select(".shariff-quoted"):
        quote.decompose()
    return str(soup)


@pytest.mark.parametrize(("name", "row"), ROWS, ids=label)
def test_what_is_pasted_is_recognised(name: str, row: Row) -> None:
    assert embed_of_row(row).platform == name
    assert of_row(row) == (row.kind, row.public, row.frame)


@pytest.mark.parametrize(("name", "row"), [(name, row) for name, row in ROWS if "<" in row.pasted], ids=label)
def test_in_a_page_it_becomes_a_gate_and_what_is_said_with_it_stays(name: str, row: Row) -> None:
    gated = gate_html(f"<p>Davor</p>{row.pasted}<p>Danach</p>", settings_for(name))

    assert [(f.platform, f.kind, f.address) for f in gated.findings if f.outcome == "gated"] == [
        (name, row.kind, row.public)
    ]
    assert row.kept in html.unescape(gated.html)
    assert gated.html.startswith("<p>Davor</p>")
    assert gated.html.endswith("<p>Danach</p>")
    assert [word for word in TRACKERS if word in without_quotes(gated.html)] == []


@pytest.mark.parametrize("name", TABLES)
def test_several_on_one_page_are_each_a_gate(name: str) -> None:
    rows = [row for row in TABLES[name].rows if "<" in row.pasted]
    kind = max({row.kind for row in rows}, key=[row.kind for row in rows].count)
    same = [row for row in rows if row.kind == kind]

    gated = gate_html("".join(row.pasted for row in same), settings_for(name))

    assert len(same) > 1 or name == "vimeo"
    assert [f.address for f in gated.findings if f.outcome == "gated"] == [row.public for row in same]


@pytest.mark.parametrize(("name", "row"), OTHERS, ids=label)
def test_what_shows_nothing_does_not_stay(name: str, row: Other) -> None:
    gated = gate_html(f"<p>Davor</p>{row.pasted}", settings_for(name))

    found = [(f.outcome, f.platform, f.address) for f in gated.findings]
    assert found[-1] == (row.outcome, name, row.address)
    assert [outcome for outcome, _, _ in found[:-1]] in ([], ["removed"])
    assert row.pasted not in gated.html


@pytest.mark.parametrize(("name", "kind"), SHOWN)
def test_its_frame_has_what_it_needs_and_no_more(name: str, kind: str) -> None:
    expected = TABLES[name].frames[kind]
    embed = next(embed_of_row(row) for row in TABLES[name].rows if row.kind == kind)
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


@pytest.mark.parametrize("name", TABLES)
def test_what_else_its_record_says_is_there(name: str) -> None:
    assert facts_of(name) == TABLES[name].facts


@pytest.mark.parametrize(("name", "kind", "sample"), samples())
def test_a_sample_comes_back_from_its_address_and_from_its_frame(name: str, kind: str, sample: str) -> None:
    embed = recognise(sample)

    assert (embed.platform, embed.kind) == (name, kind)
    assert recognise(embed.address) == embed
    assert recognise(embed.frame_address).frame_address == embed.frame_address
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
