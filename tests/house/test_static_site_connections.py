"""A folder of finished pages can have no list of allowed connections for each page; that is said where the setting asks for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.golden import CONFIGURATION

from shariff_py.settings import Settings
from shariff_py.static_site import StaticSite


@pytest.mark.parametrize(("mode", "said"), [("enforce", True), ("report-only", True), ("off", False)])
def test_what_the_setting_asks_for_and_a_folder_cannot_have_is_said(mode: str, said: bool, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    settings = Settings.from_mapping({**CONFIGURATION, "headers": {"connections": mode}})
    work = StaticSite(settings, tmp_path / "site", tmp_path / "gated")

    notes = {one.file: one.note for one in work.write_own_files() if one.note}

    assert set(notes) == ({"_headers", "shariff-nginx.conf", "shariff-apache.conf"} if said else set())
    assert all(note.startswith("They set no Connection-Allowlist") for note in notes.values())
    assert all('headers.connections to "off"' in note for note in notes.values())
    assert "Connection-Allowlist" not in (tmp_path / "gated" / "_headers").read_text()
