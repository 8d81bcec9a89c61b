"""An archive of what visitors were shown: proving a consent includes proving how it was requested (GDPR Art. 5(2), 7(1)).

An archive is a folder of versions. A version holds the texts of every language with their approval by the site, what they say about each
platform and controller, what was released, and the widget's files, with a list of their SHA-256 sums that ``sha256sum -c`` reads. It is
named by the day it was kept and by the sum of that list, so nothing in it can be changed without being noticed. It contains no visitor data.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from shariff_py.consent_ui.compliance_documents import information_as_data
from shariff_py.errors import ConsentEvidenceBroken
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

SUMS = "SHA256SUMS"


def keep(folder: Path, settings: Settings, static: Path, today: date) -> Path:
    """Keep what is shown now, and return its version's folder; what was kept before is not kept twice.

    ``static`` is where the widget's files are. Raises `ConsentEvidenceBroken` where an older version has been changed.
    """
    verify(folder)
    shown = dict(_shown(settings, static))
    sums = "".join(f"{_sum(content)}  {name}\n" for name, content in sorted(shown.items())).encode()
    kept = next(folder.glob(f"*-{_sum(sums)[:12]}"), None)
    if kept is not None:
        return kept
    unfinished = folder / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    for name, content in {**shown, SUMS: sums}.items():
        file = unfinished / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return unfinished.rename(folder / f"{today.isoformat()}-{_sum(sums)[:12]}")


def verify(folder: Path) -> int:
    """How many versions there are. Raises `ConsentEvidenceBroken` naming the first file that has been changed."""
    versions = sorted(folder.glob("[0-9]*"))
    for version in versions:
        if problem := next(_problems(version), ""):
            raise ConsentEvidenceBroken(f"{version / problem} has been changed. Restore {version.name} from a copy.")
    return len(versions)


def _shown(settings: Settings, static: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a version, by its name in it."""
    for code, language in LANGUAGES.items():
        information = information_as_data(settings, language)
        about = {"is_current": LANGUAGES.is_current(code), "approval": _approval(settings, code)}
        yield f"texts/{code}.json", _json({**asdict(language), **about, "information": information})
    yield "released.json", _json(_released(settings))
    for file in static.glob("*.min.*"):
        yield f"static/{file.name}", file.read_bytes()


def _approval(settings: Settings, code: str) -> Mapping[str, Any]:
    """Whether the site has approved exactly these texts, an older version of them or none; by whom and when."""
    approval, text = settings.approval(code), LANGUAGES[code].fingerprint
    state = {"": "none", text: "these texts"}.get(approval.approved_text, "an older version")
    return {"of": state, "text": text, **asdict(approval)}


def _released(settings: Settings) -> Mapping[str, Any]:
    """What was offered, by whose decision, how, and what the site itself says of platforms; without secrets."""
    return {
        "releases": {name: asdict(release) for name, release in settings.releases.items()},
        "controllers": {name: asdict(controller) for name, controller in settings.controllers.items()},
        "platforms": {
            name: {field: asdict(own)[field] for field in ("servers", "storage", "transfer", "joint_control")}
            for name, own in settings.platforms.items()
        },
        "without gates": {"sensitive": settings.site.sensitive, "children": settings.site.children},
        "services": settings.services,
        "share": asdict(settings.share),
    }


def _problems(version: Path) -> Iterator[str]:
    """The names in a version that are changed, missing or added."""
    sums = version / SUMS
    if not sums.is_file() or not version.name.endswith(_sum(sums.read_bytes())[:12]):
        yield SUMS
        return
    lines = (line.partition("  ") for line in sums.read_text(encoding="utf-8").splitlines())
    listed = {name: total for total, _, name in lines}
    there = {path.relative_to(version).as_posix() for path in version.rglob("*") if path.is_file()} - {SUMS}
    yield from sorted(there ^ listed.keys())
    yield from sorted(name for name in there & listed.keys() if _sum((version / name).read_bytes()) != listed[name])


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n").encode()


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
