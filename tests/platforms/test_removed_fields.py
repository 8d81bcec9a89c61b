"""A record says nothing that nobody would miss: whichever field is taken away, a row of a test fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from support.paths import ROOT, TESTS


@pytest.mark.subprocess
@pytest.mark.parametrize(
    ("program", "fields"),
    [
        pytest.param("removed_fields.py", 1300, id="platforms with content"),
        pytest.param("removed_facts.py", 350, id="companies, services, third parties"),
    ],
)
def test_the_loss_of_any_field_of_any_record_is_noticed(program: str, fields: int) -> None:
    environ = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{TESTS}"}

    done = subprocess.run(
        [sys.executable, str(TESTS / "support" / program)], env=environ, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    looked = json.loads(done.stdout)
    assert looked["unnoticed"] == []
    assert looked["tried"] >= fields
