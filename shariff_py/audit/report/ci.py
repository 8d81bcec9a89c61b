"""The report for continuous integration: JUnit (a suite per page, a case per phase) and SARIF 2.1.0. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from shariff_py.audit.evidence.redaction import cleaned, redacted
from shariff_py.audit.evidence.trace import PhaseName
from shariff_py.audit.report.meaning import stored_sentence, third_party_sentences
from shariff_py.audit.report.moments import iso
from shariff_py.audit.report.wording import detail
from shariff_py.audit.verdict.contact_groups import ContactGroup
from shariff_py.audit.verdict.judge import Audit, PageResult, StoredItem

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
RULES = ("unallowed", "expired", "phase", "visit", "headers", "host", "stored", "incomplete")
UNPRINTABLE = {code: None for code in range(32) if code not in (9, 10, 13)}
"""Characters that XML 1.0 has no way to write."""


def as_junit(audit: Audit, words: Mapping[str, str]) -> str:
    """One suite per page. A phase with a finding fails, one that could not be audited is an error, and so is every failure."""
    cases = [case for page in audit.pages for case in _cases(page, words)]
    suites = "\n".join(_suite(page, words) for page in audit.pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="shariff-py audit" {_counted(cases)}>\n{suites}\n</testsuites>\n'
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """One case of a suite; ``kind`` is ``failure``, ``error``, or empty for a passed case."""

    name: str
    kind: str = ""
    message: str = ""
    text: str = ""


def _suite(page: PageResult, words: Mapping[str, str]) -> str:
    cases = _cases(page, words)
    began = iso(page.trace.began)
    stamp = f' timestamp="{began[:19]}"' if began else ""
    seconds = max(page.trace.ended - page.trace.began, 0.0)
    return (
        f'  <testsuite name={_attribute(redacted(page.trace.url))} {_counted(cases)} skipped="0" time="{seconds:.1f}"{stamp}>\n'
        + "\n".join(_written(case, page) for case in cases)
        + "\n  </testsuite>"
    )


def _counted(cases: Sequence[_Case]) -> str:
    kinds = [case.kind for case in cases]
    return f'tests="{len(kinds)}" failures="{kinds.count("failure")}" errors="{kinds.count("error")}"'


def _cases(page: PageResult, words: Mapping[str, str]) -> list[_Case]:
    cases = [_case(page, phase, words) for phase in _phases(page)]
    if page.problems:
        sentences = [
            f"{words[f'problem.{problem.name}']} {detail(words, problem.detail)}".strip() for problem in page.problems
        ]
        cases.append(_Case(words["problems"], "error", sentences[0], "\n".join(sentences)))
    return cases


def _case(page: PageResult, phase: str, words: Mapping[str, str]) -> _Case:
    name, found, stored = (
        words[f"phase.{phase}"],
        _of(page, phase),
        [t for t in page.storage_findings if t.phase == phase],
    )
    if found or stored:
        sentences = [*(_sentence(group, words) for group in found), *(stored_sentence(item, words) for item in stored)]
        names = [*(group.endpoint for group in found), *(item.what for item in stored)]
        return _Case(name, "failure", ", ".join(names), "\n".join(sentences))
    return _Case(name, "error", words["unproven"]) if _unproven(page, phase) else _Case(name)


def _written(case: _Case, page: PageResult) -> str:
    head = f"    <testcase name={_attribute(case.name)} classname={_attribute(redacted(page.trace.url))}"
    if not case.kind:
        return f"{head}/>"
    return f"{head}>\n      <{case.kind} message={_attribute(case.message)}>{_text(case.text)}</{case.kind}>\n    </testcase>"


def _phases(page: PageResult) -> list[str]:
    """The four phases, and further headings under which something was found."""
    more = [group.phase for group in page.findings if group.phase not in set(PhaseName)]
    return [*(phase.value for phase in PhaseName), *dict.fromkeys(more)]


def _of(page: PageResult, phase: str) -> list[ContactGroup]:
    return [group for group in page.findings if group.phase == phase]


def _unproven(page: PageResult, phase: str) -> bool:
    return phase in set(PhaseName) and bool(page.problems) and not page.trace.proves(phase)


def as_sarif(audit: Audit, words: Mapping[str, str], version: str) -> str:
    """One result per finding and failure; its location is the page's address."""
    results = [_result(page, group, words) for page in audit.pages for group in page.findings]
    results += [_stored(page, item, words) for page in audit.pages for item in page.storage_findings]
    results += [
        _sarif(
            "incomplete", "warning", f"{words[f'problem.{problem.name}']} {detail(words, problem.detail)}".strip(), page
        )
        for page in audit.pages
        for problem in page.problems
    ]
    rules = [
        {
            "id": rule,
            "shortDescription": {"text": words["verdict.incomplete" if rule == "incomplete" else f"why.{rule}"]},
        }
        for rule in RULES
    ]
    driver = {"name": "shariff-py audit", "version": version, "rules": rules}
    complete = bool(audit.pages) and not any(page.problems for page in audit.pages)
    run = {"tool": {"driver": driver}, "invocations": [{"executionSuccessful": complete}], "results": results}
    return json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _result(page: PageResult, group: ContactGroup, words: Mapping[str, str]) -> dict[str, object]:
    result = _sarif(group.why, "error", f"{words[f'phase.{group.phase}']}: {_sentence(group, words)}", page)
    result["partialFingerprints"] = {"phaseAndEndpoint/v1": f"{group.phase} {group.endpoint}"}
    result["properties"] = {"endpoint": group.endpoint, "company": group.company, "channels": list(group.channels)}
    return result


def _stored(page: PageResult, item: StoredItem, words: Mapping[str, str]) -> dict[str, object]:
    result = _sarif("stored", "error", f"{words[f'phase.{item.phase}']}: {stored_sentence(item, words)}", page)
    result["partialFingerprints"] = {"phaseAndEndpoint/v1": f"{item.phase} {item.what}"}
    return result


def _sarif(rule: str, level: str, message: str, page: PageResult) -> dict[str, object]:
    location = {"physicalLocation": {"artifactLocation": {"uri": redacted(page.trace.url)}}}
    return {"ruleId": rule, "level": level, "message": {"text": message}, "locations": [location]}


def _sentence(group: ContactGroup, words: Mapping[str, str]) -> str:
    channels = ", ".join(words[f"channel.{channel}"] for channel in group.channels)
    cause = f" {words['cause']}: {cleaned(group.causes[0])}." if group.causes else ""
    instead = "".join(f" {sentence}" for sentence in third_party_sentences(group, words))
    return f"{group.named}: {channels}. {words[f'why.{group.why}']}{cause}{instead}"


def _attribute(value: str) -> str:
    return quoteattr(value.translate(UNPRINTABLE))


def _text(value: str) -> str:
    return escape(value.translate(UNPRINTABLE))
