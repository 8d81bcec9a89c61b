"""The report for a terminal. Pure."""

from __future__ import annotations

from shariff_py.audit.evidence.redaction import redacted
from shariff_py.audit.report.meaning import meaning, stored_sentence, third_party_sentences
from shariff_py.audit.report.wording import WORDS, detail
from shariff_py.audit.verdict.judge import Audit


def text(audit: Audit, lang: str) -> str:
    """The verdict, then each page that is not silent: every contact that was not allowed, what was stored, and what was not audited."""
    words = WORDS[lang]
    lines = [f"{words[f'verdict.{audit.verdict}']}. {meaning(audit, words)}"]
    for page in audit.pages:
        lines += ["", f"{redacted(page.trace.url)}: {words[f'verdict.{page.verdict}']}"]
        for group in page.findings:
            channels = ", ".join(words[f"channel.{channel}"] for channel in group.channels)
            lines.append(f"  {words[f'phase.{group.phase}']}: {group.named}: {channels}")
            lines += [f"    {sentence}" for sentence in third_party_sentences(group, words)]
        lines += [f"  {words[f'phase.{item.phase}']}: {stored_sentence(item, words)}" for item in page.storage_findings]
        lines += [
            f"  {words[f'problem.{problem.name}']} {detail(words, problem.detail)}".rstrip()
            for problem in page.problems
        ]
    return "\n".join(lines) + "\n"
