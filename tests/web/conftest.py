"""For the tests of the Flask extension: an application of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, render_template_string, request
from flask.testing import FlaskClient
from support.flask_site import configuration

from shariff_py import Shariff


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """An application with the extension; ``POST /show`` renders a template."""
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    app.config["SHARIFF"] = configuration(tmp_path)
    Shariff(app)

    @app.post("/show")
    def show() -> str:
        return render_template_string(request.get_json()["template"], **request.get_json().get("values", {}))

    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of that application."""
    return app.test_client()
