"""A record says nothing that nobody would miss: whichever field is taken away, a row of its platform fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from support.paths import ROOT, TESTS

NOT_MISSED = {
    # The parameters of its frame have the same size as their defaults.
    "flickr: album: size",
    "flickr: photo: size",
    # Each form of its addresses names its host.
    "google_docs: content_hosts",
}
"""Fields whose loss changes nothing of the code that is known."""


@pytest.mark.subprocess
def test_the_loss_of_any_field_of_any_record_with_content_is_noticed() -> None:
    environ = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{TESTS}"}
    program = TESTS / "support" / "removed_fields.py"

    done = subprocess.run([sys.executable, str(program)], env=environ, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    looked = json.loads(done.stdout)
    assert set(looked["unnoticed"]) == NOT_MISSED
    assert looked["tried"] > 1000
