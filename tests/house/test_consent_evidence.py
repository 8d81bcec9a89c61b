"""The archive of what was shown: complete, not twice, and never changed without being noticed (R28)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.changed_english import changed_english

from shariff_py.consent_evidence import keep, verify
from shariff_py.errors import ConsentEvidenceBroken
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES
from shariff_py.web.assets import static_folder

TODAY = date(2026, 11, 25)
SECRET = "a secret of these tests"
CHECK = {"checked_on": date(2026, 11, 1), "checked_by": "Datenschutzbeauftragte"}


def settings(days: int = 90, **texts: Any) -> Settings:
    city = {"name": "Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a", "remember_days": days}
    return Settings.from_mapping(
        {
            "releases": {"facebook": {"state": "released", "reference": "Beschluss 12/2026"}},
            "controllers": {"city": city},
            "texts": texts,
            "frame": {"secrets": [SECRET]},
            "platforms": {"facebook": {"token": SECRET, "storage": "Zwei Jahre.", "transfer": CHECK}},
        }
    )


def kept(folder: Path, using: Settings | None = None, today: date = TODAY) -> Path:
    return keep(folder, using or settings(), static_folder(), today)


def test_a_version_holds_texts_facts_decisions_and_the_widget(tmp_path: Path) -> None:
    version = kept(tmp_path)

    german = json.loads((version / "texts/de.json").read_text())
    released = json.loads((version / "released.json").read_text())

    assert {file.stem for file in (version / "texts").iterdir()} == set(LANGUAGES)
    assert german["texts"]["load.post"] == "Beitrag laden und Daten an {platform} senden"
    assert german["information"][0]["slots"]["effect"].startswith("Beim Laden erhält Facebook (Meta, Irland und USA)")
    assert "Geprüft am 1. November 2026 (Datenschutzbeauftragte)." in german["information"][0]["slots"]["transfer"]
    assert released["releases"]["facebook"]["reference"] == "Beschluss 12/2026"
    assert released["platforms"]["facebook"] == {
        "servers": {},
        "storage": "Zwei Jahre.",
        "transfer": {"checked_on": "2026-11-01", "checked_by": "Datenschutzbeauftragte"},
        "joint_control": {"essence": "", "as_of": None, "url": ""},
    }
    assert (version / "static/shariff.min.js").read_bytes() == (static_folder() / "shariff.min.js").read_bytes()


def approval(version: Path, code: str) -> dict[str, Any]:
    approval: dict[str, Any] = json.loads((version / f"texts/{code}.json").read_text())["approval"]
    return approval


def test_each_language_says_what_the_site_has_approved_and_the_library_claims_nothing(tmp_path: Path) -> None:
    by = {"approved_by": "Ada Beispiel", "approved_on": date(2026, 11, 24)}
    german = LANGUAGES["de"].fingerprint

    version = kept(tmp_path, settings(de=by | {"approved_text": german}, en=by | {"approved_text": "0123456789ab"}))

    shown = {"approved_by": "Ada Beispiel", "approved_on": "2026-11-24", "outdated": False}
    assert approval(version, "de") == {"of": "these texts", "text": german, "approved_text": german, **shown}
    assert approval(version, "en") == {
        "of": "an older version",
        "text": LANGUAGES["en"].fingerprint,
        "approved_text": "0123456789ab",
        **shown,
    }
    assert approval(version, "sv") == {
        "of": "none",
        "text": LANGUAGES["sv"].fingerprint,
        "approved_by": "",
        "approved_on": None,
        "approved_text": "",
        "outdated": False,
    }


def test_each_language_says_whether_its_translation_is_older_than_its_source(tmp_path: Path) -> None:
    with changed_english():
        version = kept(tmp_path)

    current = {code: json.loads((version / f"texts/{code}.json").read_text())["is_current"] for code in LANGUAGES}
    assert {code for code, is_current in current.items() if is_current} == {"de", "de-simple", "en"}


def test_no_secret_is_kept(tmp_path: Path) -> None:
    files = [file for file in kept(tmp_path).rglob("*") if file.is_file()]

    assert len(files) > len(LANGUAGES)
    assert not [file for file in files if SECRET.encode() in file.read_bytes()]


def test_the_same_is_kept_once_and_a_change_is_another_version(tmp_path: Path) -> None:
    first = kept(tmp_path)
    again = kept(tmp_path, today=date(2026, 12, 1))
    changed = kept(tmp_path, settings(days=30), date(2026, 12, 1))

    assert first == again
    assert first.name.startswith("2026-11-25-")
    assert changed.name.startswith("2026-12-01-")
    assert verify(tmp_path) == 2


@pytest.mark.subprocess
def test_the_sums_can_be_checked_without_us(tmp_path: Path) -> None:
    version = kept(tmp_path)

    done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=version, check=False)

    assert done.returncode == 0


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (lambda version: (version / "texts/de.json").write_text("{}"), "texts/de.json"),
        (lambda version: (version / "released.json").unlink(), "released.json"),
        (lambda version: (version / "static/more.js").write_text(""), "static/more.js"),
        (lambda version: (version / "SHA256SUMS").write_text(""), "SHA256SUMS"),
        (lambda version: (version / "SHA256SUMS").unlink(), "SHA256SUMS"),
    ],
)
def test_a_later_change_is_named_and_nothing_is_added(
    tmp_path: Path, tamper: Callable[[Path], object], named: str
) -> None:
    tamper(kept(tmp_path))

    with pytest.raises(ConsentEvidenceBroken, match=named):
        verify(tmp_path)
    with pytest.raises(ConsentEvidenceBroken, match="Restore 2026-11-25-"):
        kept(tmp_path, settings(days=30))


def test_a_version_that_was_being_written_when_the_power_went_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "unfinished/texts").mkdir(parents=True)
    (tmp_path / "unfinished/texts/xx.json").write_text("{")

    version = kept(tmp_path)

    assert not (version / "texts/xx.json").exists()
    assert verify(tmp_path) == 1
