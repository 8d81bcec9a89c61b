"""What becomes of a script that names a platform: it goes, an address in it becomes inert, or it stays, each with its finding."""

from __future__ import annotations

from typing import NamedTuple

from turbohtml import unescape

from shariff_py.gate.detect.javascript.addresses import addresses
from shariff_py.gate.detect.javascript.judgement import Judgement, exchanged, judged
from shariff_py.gate.findings import Finding, Outcome, Reason
from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.platforms.record import Platform

MAX_ROUNDS = 4
"""How often a script is judged again after something in it has changed. One that still changes goes whole."""


class ScriptEdit(NamedTuple):
    """The new text of a script, ``None`` where all of it goes, and the finding. ``platform`` is the one that it loads or may load."""

    code: str | None
    platform: Platform | None
    finding: Finding


def edited_script(context: RewriteContext, code: str, found: str, *, references: bool = False) -> ScriptEdit | None:
    """What becomes of a script; ``None`` where there is nothing to say about it.

    ``found`` is its name in the finding. With ``references`` it may be inside foreign content, where a browser resolves character
    references in it (WHATWG HTML 13.2.6.5).
    """
    first = _edited_once(context, code, found, references)
    if first is None or first.code is None or first.code == code:
        return first
    # Another address turns up where they were too many to follow at once, and in broken code that is read in another way now.
    changed = first.code
    for _ in range(MAX_ROUNDS - 1):
        edit = _edited_once(context, changed, found, references)
        if edit is None or edit.code == changed:
            return first._replace(code=changed)
        if edit.code is None:
            return edit
        changed = edit.code
    return _whole(context, first.platform, found)


def _edited_once(context: RewriteContext, code: str, found: str, references: bool) -> ScriptEdit | None:
    judgement = judged(code, allow=context.allow)
    gone = judgement.to_exchange(policy_enforced=context.info.policy_enforced)
    if not gone and references and "&" in code and (edit := _edited_reading(context, code, found)) is not None:
        return edit
    if not gone:
        return _left(context, code, judgement, found)
    if judgement.only_loader:
        return _whole(context, judgement.platform, found)
    changed = exchanged(code, gone)
    reason = Reason.SCRIPT_ADDRESS if judgement.loaded else Reason.SCRIPT_UNCERTAIN
    return ScriptEdit(changed, judgement.platform, _finding(context, Outcome.INERT, judgement, found, reason, changed))


def _edited_reading(context: RewriteContext, code: str, found: str) -> ScriptEdit | None:
    """What becomes of a script that loads something once its character references are resolved."""
    reading = unescape(code)
    judgement = judged(reading, allow=context.allow)
    gone = judgement.to_exchange(policy_enforced=context.info.policy_enforced)
    if not gone:
        return None
    names = {reading[address.start : address.end] for address in gone}
    written = [address for address in addresses(code) if code[address.start : address.end] in names]
    if judgement.only_loader or len(written) < len(gone):
        return _whole(context, judgement.platform, found)
    changed = exchanged(code, written)
    finding = _finding(context, Outcome.INERT, judgement, found, Reason.SCRIPT_ADDRESS, changed)
    return ScriptEdit(changed, judgement.platform, finding)


def _whole(context: RewriteContext, platform: Platform | None, found: str) -> ScriptEdit:
    """A script that goes."""
    return ScriptEdit(None, platform, context.finding(Outcome.REMOVED, platform, found, reason=Reason.SCRIPT))


def _left(context: RewriteContext, code: str, judgement: Judgement, found: str) -> ScriptEdit | None:
    if judgement.platform is not None:
        finding = _finding(context, Outcome.REPORTED, judgement, found, Reason.SCRIPT_UNDER_POLICY, code)
    elif judgement.keeps is not None and context.settings.gate.stores != "gate":
        finding = context.finding(Outcome.REPORTED, judgement.keeps, found, reason=Reason.SCRIPT_KEEPS)
    else:
        return None
    return ScriptEdit(code, judgement.platform, finding)


def _finding(
    context: RewriteContext, outcome: Outcome, judgement: Judgement, found: str, reason: Reason, kept: str
) -> Finding:
    size = str(len(kept.encode("utf-8", "replace")))
    return context.finding(outcome, judgement.platform, found, reason=reason, bytes=size)
