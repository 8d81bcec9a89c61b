"""Every golden case: what the gate makes of it, and the laws that hold for all of them."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib

import pytest
from support.gate_forms import DOCUMENT, table
from support.golden import CASES, FOLDER, ORIGIN, SETTINGS, Case, findings_of
from support.oracle import loadable
from support.paths import ROOT
from turbohtml import parse as browser_tree

from shariff_py.gate import Outcome, gate_html

BEFORE = "<!DOCTYPE html>\r\n<P CLASS=x>Füße &amp; &eacute;</>\t\0</P>"
AFTER = "\f<br/>\r<A HREF='/y'\r\n>z</A\n>&am"

SCRIPT = ROOT / "scripts" / "gate_case.py"

UNSEEN = frozenset(
    {"head", "iframe", "noembed", "noframes", "noscript", "script", "style", "template", "textarea", "title", "xmp"}
)
"""Elements whose text no reader sees, or that are not text of the page."""

every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def words(html: str) -> list[str]:
    """What a visitor with script reads on the page."""
    found: list[str] = []
    tree = browser_tree(html, positions=False, scripting=True)
    body = tree.select_one("body")
    pending = [body] if body is not None else []
    while pending:
        node = pending.pop()
        for child in reversed(list(node.children)):
            tag = getattr(child, "tag", None)
            if tag is not None and tag not in UNSEEN:
                pending.append(child)
        found += [text for child in node.children if type(child).__name__ == "Text" for text in child.data.split()]
    return found


def missing(before: str, after: str) -> list[str]:
    """Words of the one page that are not, or not as often, on the other."""
    left = words(after)
    gone = []
    for word in words(before):
        if word in left:
            left.remove(word)
        else:
            gone.append(word)
    return gone


def address(case: Case) -> str:
    return case.page or f"{ORIGIN}/"


@every_case
def test_a_case_becomes_what_is_expected(case: Case) -> None:
    gated = case.gate(case.source)

    assert case.short(gated.html) == case.expected
    assert findings_of(gated) == case.findings


def test_a_gate_is_written_like_this() -> None:
    """The one place where the markup of a gate is pinned; all other cases have it as one short element."""
    (case,) = [case for case in CASES.values() if (case.folder / "markup.html").exists()]
    gated = case.gate(case.source).html

    assert gated == case.text("markup.html")
    assert case.short(gated) == case.expected != gated


def test_a_gate_that_is_written_in_another_way_is_not_shortened() -> None:
    case = CASES["frame-post-www"]
    gated = case.gate(case.source).html
    other = gated.replace('class="shariff-choice"', 'class="shariff-choose"', 1)

    assert case.short(other) == other
    assert len(case.short(gated)) < len(gated) / 5


@every_case
def test_gating_a_case_twice_changes_nothing(case: Case) -> None:
    once = case.gate(case.source).html

    twice = case.gate(once)

    assert twice.html == once
    assert [f for f in twice.findings if f.outcome is not Outcome.REPORTED] == []


@every_case
def test_nothing_of_a_platform_remains_loadable_in_a_case(case: Case) -> None:
    """Whatever stands in a text that scripts alone can read is the policy's affair, and marked so."""
    assert loadable(case.gate(case.source).html, address(case)) == []


@pytest.mark.parametrize("case", [c for c in CASES.values() if c.leaks and not c.only_policy], ids=lambda c: c.name)
def test_a_case_that_leaks_is_seen_before_it_is_gated(case: Case) -> None:
    assert loadable(case.source, address(case))
    assert case.gate(case.source).findings


@every_case
def test_the_words_of_a_case_are_kept(case: Case) -> None:
    gone = missing(case.source, case.gate(case.source).html)

    assert bool(gone) == bool(case.rewords), gone


@pytest.mark.parametrize("case", [c for c in CASES.values() if c.encoding == "utf-8"], ids=lambda c: c.name)
def test_bytes_outside_a_case_are_identical(case: Case) -> None:
    gated = case.gate(BEFORE + case.source + AFTER).html

    assert gated.startswith(BEFORE)
    assert gated.endswith(AFTER) != bool(case.open_end)


@pytest.mark.parametrize("case", [c for c in CASES.values() if not c.leaks and not c.findings], ids=lambda c: c.name)
def test_a_case_in_which_nothing_is_found_is_the_very_same_string(case: Case) -> None:
    source = case.source

    assert case.gate(source).html is source


def test_there_is_a_case_for_every_folder_and_each_says_what_it_shows() -> None:
    assert sorted(CASES) == sorted(folder.name for folder in FOLDER.iterdir())
    assert all(case.about.endswith(".") for case in CASES.values())


def test_what_a_case_shows_can_be_read_alone() -> None:
    """The table is in the order of names, so "the same" would be another line's."""
    assert [case.name for case in CASES.values() if case.about.startswith("The same")] == []
    assert len({case.about for case in CASES.values()}) == len(CASES)


def test_the_table_of_what_was_tried_is_in_step_with_the_cases() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == table(CASES.values()), "run scripts/gate_case.py --table"


def script(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SCRIPT, *arguments], input=given, capture_output=True, text=True, check=False
    )


@pytest.mark.subprocess
def test_the_script_does_not_overwrite_a_case() -> None:
    done = script("frame-post-www", given="<p>anders</p>")

    assert done.returncode == 2
    assert "there is a case frame-post-www already" in done.stderr
    assert "anders" not in CASES["frame-post-www"].source


@pytest.mark.subprocess
@pytest.mark.parametrize("name", ["Frame", "../frame", "a_b", "a" * 63])
def test_the_script_refuses_a_name_that_is_none(name: str) -> None:
    done = script(name, given="<p>x</p>")

    assert done.returncode == 2
    assert "is no name for a case" in done.stderr


@pytest.mark.subprocess
def test_the_script_makes_a_case_from_standard_input() -> None:
    folder = FOLDER / "made-by-a-test"
    try:
        done = script(folder.name, given='<img src="https://www.facebook.com/tr?id=1" alt="">')

        assert done.returncode == 0, done.stderr
        assert "facebook" not in (folder / "expected.html").read_text()
        assert [found["outcome"] for found in json.loads((folder / "findings.json").read_text())] == ["removed"]
        assert "leaks" in tomllib.loads((folder / "case.toml").read_text())
    finally:
        for file in folder.glob("*"):
            file.unlink()
        folder.rmdir()


@pytest.mark.parametrize(
    "page",
    [
        "<img src=https://www.facebook.com/a>", "<svg><set to='https://www.facebook.com/a'></svg>", "<p style='x:url(//fb.watch/a)'>",
        "<style>@import '//fb\\63 dn.net/a';</style>", "<noscript><img src=//m.me/a></noscript>", "<i onfoo=\"x('//connect.facebook.net/a')\">",
        "<iframe srcdoc='&lt;img src=//fb.me/a>'></iframe>", "<iframe src='data:text/html,<img src=//fb.me/a>'></iframe>",
        "<base href=//www.facebook.com><img src=a>", "<meta http-equiv=refresh content='0;//fb.me'>", "<img srcset='/a 1x,//fb.me/a 2x'>",
        "<script>x('https:\\/\\/connect.facebook.net/a')</script>", "<div><template shadowrootmode=open><img src=//fb.me/a></template></div>",
    ],
)  # fmt: skip
def test_the_other_opinion_sees_what_loads(page: str) -> None:
    assert loadable(page)


@pytest.mark.parametrize(
    "page",
    [
        "<a href=https://www.facebook.com/a>x</a>", "<p>https://www.facebook.com/a</p>", "<link rel=me href=https://www.facebook.com/a>",
        "<form action=https://www.facebook.com/a></form>", "<script type=application/json>'//www.facebook.com/'</script>",
        "<img src=//evilfacebook.com/a>", "<!-- <img src=//www.facebook.com/a> -->",
    ],
)  # fmt: skip
def test_the_other_parser_finds_no_other_contacts(page: str) -> None:
    assert loadable(page) == []


def test_a_gate_that_did_nothing_would_be_noticed() -> None:
    case = CASES["frame-post-www"]

    assert loadable(case.source) != []
    assert missing("<p>Freibad geöffnet</p>", "<p>Freibad</p>") == ["geöffnet"]
    assert gate_html(case.source, SETTINGS).html != case.source
