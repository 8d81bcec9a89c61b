"""A record says nothing that nobody would miss: whichever field is taken away, a row of its platform fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from support.paths import ROOT, TESTS


@pytest.mark.subprocess
def test_the_loss_of_any_field_of_any_record_with_content_is_noticed() -> None:
    environ = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{TESTS}"}
    program = TESTS / "support" / "removed_fields.py"

    done = subprocess.run([sys.executable, str(program)], env=environ, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    looked = json.loads(done.stdout)
    assert looked["unnoticed"] == []
    assert looked["tried"] > 1000
