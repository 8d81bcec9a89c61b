"""The report: every contact in plain words, in two languages, in a page that causes no request."""

from __future__ import annotations

import json
import re
import string
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from shariff_py.audit import report
from shariff_py.audit.evidence.contact import Channel, Contact
from shariff_py.audit.evidence.trace import (
    EXPLORE_LIMIT,
    FailureReason,
    Phase,
    PhaseName,
    Problem,
    Step,
    StepName,
    Trace,
)
from shariff_py.audit.report import wording
from shariff_py.audit.report.page import FEW_PAGES
from shariff_py.audit.report.wording import WORDS
from shariff_py.audit.verdict.judge import Audit, Verdict, judge

NOON = 1795435200.0
NASTY = "https://tracker.example/<script>alert(1)</script>?visitor=4711&flag#private"
PHASES = (Phase("before", 0, NOON + 10), Phase("after", NOON + 10, NOON + 20))


GERMAN, ENGLISH = WORDS["de"], WORDS["en"]


def audit(*contacts: Contact, **more: object) -> Audit:
    trace = Trace(
        "https://www.example.org/?session=secret", frozenset({"www.example.org"}), PHASES, contacts, True, "Chromium 156",
        (Step(NOON, StepName.OPENED, "https://www.example.org/?session=secret"),),
        completed=frozenset({"before", "after"}), recipients=((0, "https://www.facebook.com"),),
    )  # fmt: skip
    page = judge(replace(trace, **more), frozenset())  # type: ignore[arg-type]
    return Audit((page,), ("update.googleapis.com",), "Chromium 156", NOON, 5)


def leak(url: str = NASTY) -> Contact:
    return Contact("tracker.example", 443, Channel.REQUEST, NOON + 1, url=url, sent=True)


def plugin() -> Contact:
    return Contact("www.facebook.com", 443, Channel.REQUEST, NOON + 11, sent=True)


def test_both_languages_say_the_same_things() -> None:
    assert GERMAN.keys() == ENGLISH.keys()
    for key in GERMAN:
        names = [
            {field for _, field, _, _ in string.Formatter().parse(words[key]) if field} for words in WORDS.values()
        ]
        assert names[0] == names[1], key


def test_no_message_is_in_two_files_of_the_catalogue() -> None:
    files = sorted(Path(wording.__file__).parent.glob("*.toml"))

    assert sorted(file.stem for file in files) == sorted(wording.FILES)
    assert sum(len(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files) == len(
        [key for key in GERMAN if not key.startswith(wording.OF_FINDINGS)]
    )


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_everything_that_can_be_found_has_words(words: dict[str, str]) -> None:
    for prefix, names in (
        ("channel", Channel), ("verdict", Verdict), ("meaning", Verdict), ("phase", PhaseName), ("did", PhaseName),
        ("problem", FailureReason), ("step", StepName),
    ):  # fmt: skip
        assert {f"{prefix}.{name}" for name in names} <= words.keys()


def test_the_terminal_names_who_was_contacted_when_and_how() -> None:
    text = report.text(audit(leak()), "en")

    assert text.startswith("Finding.")
    assert "Before consent: tracker.example: request" in text


def test_values_in_addresses_are_removed_everywhere() -> None:
    found = audit(
        leak(), problems=(Problem(FailureReason.MOVED_AWAY, "net::ERR at https://else.example/?token=secret"),)
    )

    for written in (report.text(found, "de"), report.as_json(found), report.html(found, "de")):
        assert "4711" not in written
        assert "secret" not in written
        assert "private" not in written
    assert report.redacted("https://me:pw@host.example/p?a=1&b=#f") == "https://host.example/p?a=…&b=…"


@pytest.mark.parametrize("lang", WORDS)
def test_the_page_loads_nothing_from_anywhere_and_runs_no_script(lang: str) -> None:
    page = BeautifulSoup(report.html(audit(leak(), plugin()), lang), "html.parser")

    assert page.html is not None
    assert page.html["lang"] == lang
    assert not page.select("script, img, iframe, link, object, a[href], [style*=url]")
    assert "url(" not in page.style.text if page.style else False
    assert "tracker.example/<script>alert(1)</script>" in page.text


@pytest.mark.parametrize(
    ("lang", "waited"),
    [
        ("de", "Wartezeit: 5 s im ersten Abschnitt, 1 s in jedem weiteren"),
        ("en", "Waiting time: 5 s in the first phase, 1 s in each later one"),
    ],
)
def test_what_was_and_was_not_observed_is_written_in_whole_sentences(lang: str, waited: str) -> None:
    page = BeautifulSoup(report.html(audit(leak(), plugin()), lang), "html.parser")
    paragraphs = [paragraph.get_text() for paragraph in page.select("p")]

    assert any(waited in text for text in paragraphs)
    assert [text for text in paragraphs if re.search(r"[a-zäöüß]{2}[.][A-ZÄÖÜ]", text)] == []


def test_the_first_thing_read_is_the_verdict_in_plain_words() -> None:
    page = BeautifulSoup(report.html(audit(), "de"), "html.parser")

    verdict = page.select_one("h1 + .verdict")

    assert verdict is not None
    assert verdict.text.split("\n")[0] == "Unauffällig"


def test_each_phase_says_what_it_came_to() -> None:
    page = BeautifulSoup(report.html(audit(leak(), plugin()), "en"), "html.parser")

    before, after, withdrawn, reloaded = page.select(".phases li")

    assert "Not allowed: tracker.example" in before.text
    assert "Allowed: www.facebook.com (Meta" in after.text
    assert "Not audited" in withdrawn.text
    assert "Not audited" in reloaded.text


def test_of_several_pages_the_report_counts_those_on_which_a_phase_proves_nothing() -> None:
    whole, cut = audit(), audit(completed=frozenset())
    first, *_ = BeautifulSoup(report.html(replace(whole, pages=whole.pages + cut.pages), "de"), "html.parser").select(
        ".phases li"
    )

    assert "Auf 1 von 2 Seiten nicht zu Ende geprüft" in first.text


def test_what_was_not_audited_is_not_drawn_as_silence() -> None:
    silent, unreached = (
        audit(),
        audit(completed=frozenset(), problems=(Problem(FailureReason.NOT_REACHED, "net::ERR"),)),
    )

    assert GERMAN["picture.silent"] in report.html(silent, "de")
    assert GERMAN["picture.silent"] not in report.html(unreached, "de")
    assert GERMAN["picture.unproven"] in report.html(unreached, "de")


FOUR = (*PHASES, Phase("withdrawn", NOON + 20, NOON + 30), Phase("reloaded", NOON + 30, NOON + 40))
COMPLETED = frozenset(phase.name for phase in FOUR)


@pytest.mark.parametrize(
    ("reason", "unproven"),
    [
        (FailureReason.NO_CONSENT, ["after", "withdrawn", "reloaded"]),
        (FailureReason.GATE_FAILED, ["after", "withdrawn", "reloaded"]),
        (FailureReason.NO_WITHDRAWAL, ["withdrawn", "reloaded"]),
    ],
)
def test_a_consent_that_was_not_given_or_withdrawn_is_not_reported_as_such(
    reason: FailureReason, unproven: list[str]
) -> None:
    found = audit(phases=FOUR, completed=COMPLETED, gates=1, problems=(Problem(reason, "text=Typo"),))

    cards = BeautifulSoup(report.html(found, "de"), "html.parser").select(".first-page .phases li")

    for phase, card in zip(PhaseName, cards, strict=True):
        invalid = phase in unproven
        assert (card["class"] == ["none"]) is invalid
        assert (GERMAN[f"problem.{reason}"] in card.text) is invalid
        assert (GERMAN[f"did.{phase}"] in card.text) is not invalid
        assert (GERMAN["silent"] in card.text) is not invalid


def test_no_contact_refers_to_the_observation_period() -> None:
    short = (*FOUR[:3], Phase("reloaded", NOON + 30, NOON + 31.9))
    found = audit(phases=FOUR, completed=COMPLETED, gates=1)
    two = replace(found, pages=found.pages + audit(phases=short, completed=COMPLETED, gates=1).pages)

    *_, withdrawn, reloaded = BeautifulSoup(report.html(two, "de"), "html.parser").select(".first-page .phases li")

    assert "Kein Kontakt zu Dritten innerhalb von 10 Sekunden" in withdrawn.text
    assert "Kein Kontakt zu Dritten innerhalb von 1 Sekunde" in reloaded.text
    assert "innerhalb von 1 Sekunden" not in reloaded.text


ASKED = Contact(
    "content-autofill.googleapis.com", 443, Channel.REQUEST, NOON + 1, site="https://example.org", sent=True
)
FIELDS = {
    "de": ("Google (content-autofill.googleapis.com)", "Feld, in das Text eingegeben wird", "Eine Seite ohne solches Feld verhindert das."),
    "en": ("Google (content-autofill.googleapis.com)", "field that text is typed into", "A page without such a field prevents it."),
}  # fmt: skip
"""Whom Chromium asks, what the cause is, and the cure."""


@pytest.mark.parametrize("lang", FIELDS)
def test_that_chromium_asks_google_about_fields_is_told_with_cause_and_cure(lang: str) -> None:
    with_a_field, without = audit(ASKED), audit()
    shown = BeautifulSoup(report.html(with_a_field, lang), "html.parser")
    verdict, of_the_page = shown.select_one(".first-page .verdict"), shown.select_one("section.pass")

    assert with_a_field.verdict is Verdict.PASS
    for part in FIELDS[lang]:
        assert part in report.text(with_a_field, lang)
        assert part not in report.text(without, lang)
        assert part not in report.html(without, lang)
        assert verdict is not None
        assert part in verdict.text
        assert of_the_page is not None
        assert part in of_the_page.text


@pytest.mark.parametrize(("lang", "untrue"), [("de", "auch auf einer leeren Seite"), ("en", "even on an empty page")])
def test_a_contact_that_a_page_causes_is_not_said_to_happen_on_an_empty_one(lang: str, untrue: str) -> None:
    assert untrue not in report.html(audit(ASKED), lang)


def test_a_phase_shorter_than_a_second_is_reported_without_its_length() -> None:
    short = (*FOUR[:3], Phase("reloaded", NOON + 30, NOON + 30.5))

    *_, reloaded = BeautifulSoup(
        report.html(audit(phases=short, completed=COMPLETED, gates=1), "en"), "html.parser"
    ).select(".first-page .phases li")

    assert ENGLISH["silent"] in reloaded.text


def test_of_many_pages_only_those_with_a_finding_are_shown_in_detail() -> None:
    silent, found = audit().pages[0], audit(leak()).pages[0]
    few, many = ((silent,) * (FEW_PAGES - 1) + (found,), (silent,) * FEW_PAGES + (found,))

    for pages, shown in ((few, [["pass"]] * (FEW_PAGES - 1) + [["finding"]]), (many, [["finding"]])):
        page = BeautifulSoup(report.html(replace(audit(), pages=pages), "en"), "html.parser")

        assert [section["class"] for section in page.select("section:has(> .page)")] == shown


def test_controls_that_were_left_out_are_reported_with_the_bound() -> None:
    steps = (Step(NOON, StepName.OPENED, ""), Step(NOON + 2, StepName.LEFT_OUT, "120"))
    found = audit(steps=steps, phases=FOUR, completed=COMPLETED, gates=1)

    before, after, *_ = BeautifulSoup(report.html(found, "de"), "html.parser").select(".first-page .phases li")

    assert "Nicht angesteuert wurden bis zu 120 Bedienelemente" in before.text
    assert "Nicht angesteuert" not in after.text
    assert GERMAN["coverage.left_out"].format(pages=1, n=120) in report.html(found, "de")
    assert GERMAN["coverage.bounds"].format(most=EXPLORE_LIMIT) in report.html(audit(), "de")
    assert "Seiten mit mehr Bedienelementen" not in report.html(audit(), "de")


def test_a_page_with_a_finding_and_a_problem_is_counted_as_both() -> None:
    both = audit(leak(), problems=(Problem(FailureReason.NO_CONSENT, "text=Typo"),))
    two = replace(both, pages=both.pages + audit().pages)

    assert "2, davon 1 auffällig, 1 unvollständig" in report.html(two, "de")
    assert GERMAN["advice.incomplete"] in report.html(two, "de")


def test_pages_with_nothing_to_release_are_not_reported_as_cut_short() -> None:
    nothing = audit(phases=(FOUR[0], FOUR[3]), completed=frozenset({"before", "reloaded"}))
    gated = audit(plugin(), phases=FOUR, completed=COMPLETED, gates=1)

    _, after, *_ = BeautifulSoup(
        report.html(replace(gated, pages=gated.pages + nothing.pages), "en"), "html.parser"
    ).select(".first-page .phases li")

    assert after["class"] == ["agreed"]
    assert "to the end" not in after.text


def test_each_recommendation_is_given_once_with_the_endpoints_it_is_about() -> None:
    found = audit(
        leak(), Contact("stats.example", 443, Channel.DNS, NOON + 2, sent=True, cause="link rel=dns-prefetch")
    )
    page = BeautifulSoup(report.html(found, "de"), "html.parser")

    assert page.text.count(GERMAN["advice.unallowed"]) == 1
    assert [item.text for item in page.select(".about li")] == [
        "tracker.example",
        "stats.example Veranlasst durch: link rel=dns-prefetch",
    ]


@pytest.mark.parametrize("defect", ["damaged lines", "no end", "began after the visit"])
def test_what_a_log_lacks_is_reported_in_the_readers_language(defect: str) -> None:
    found = audit(whole=False, problems=(Problem(FailureReason.LOG_INCOMPLETE, defect),))

    for written in (report.text(found, "de"), report.html(found, "de")):
        assert GERMAN[f"detail.{defect}"] in written
        assert defect not in written


def test_a_name_that_was_only_looked_up_is_not_reported_with_an_address() -> None:
    found = audit(Contact("stats.example", 443, Channel.DNS, NOON + 2, sent=True))

    assert GERMAN["carried.name"] in report.html(found, "de")
    assert "Mitgesendet" not in report.html(found, "de")


def test_a_phase_without_proof_is_never_called_silent() -> None:
    cut = BeautifulSoup(report.html(audit(whole=False), "en"), "html.parser")
    unreached = audit(completed=frozenset(), problems=(Problem(FailureReason.NOT_REACHED, "net::ERR"),))

    assert ENGLISH["silent"] not in cut.text
    assert ENGLISH["silent"] not in report.html(unreached, "en")
    assert "The page could not be reached." in report.html(unreached, "en")
    assert ENGLISH["silent"] in report.html(audit(), "en")


def test_json_has_the_same_content() -> None:
    document = json.loads(report.as_json(audit(leak(), plugin())))

    assert (document["format"], document["version"], document["verdict"]) == ("shariff-audit", 3, "finding")
    (page,) = document["pages"]
    assert page["findings"][0]["first"] == "2026-11-23T12:00:01.000+00:00"
    assert page["findings"][0]["urls"] == ["https://tracker.example/<script>alert(1)</script>?visitor=…&…"]
    assert page["expected"][0]["platform"] == "facebook"
    assert page["phases"][0] == {
        "name": "before", "start": None, "end": "2026-11-23T12:00:10.000+00:00", "gate": 0, "complete": True,
    }  # fmt: skip
