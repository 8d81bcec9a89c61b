"""For the tests of the command line and of the demonstration: a folder with settings, and the portal."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from support.command_line import CONFIGURATION
from support.demo_portal import demonstration


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the settings of a portal, to run commands in."""
    (tmp_path / "shariff.toml").write_text(CONFIGURATION)
    return tmp_path


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """The demonstration, without a mock server."""
    return demonstration(tmp_path)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the demonstration."""
    return app.test_client()
