"""How a Flask application starts: settings with a mistake, several applications, a store that cannot be opened, the status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from support.flask_site import FACEBOOK_POST, configuration

from shariff_py import ConfigurationError, Shariff


def test_the_status_says_how_things_are_and_holds_no_secret(tmp_path: Path) -> None:
    app = Flask("leinau")
    app.secret_key = "signing-canary, long enough"
    app.config["SHARIFF"] = configuration(tmp_path, platforms={"facebook": {"token": "token-canary"}})
    Shariff(app)

    text = app.test_client().get("/shariff/status").text

    assert json.loads(text)["platforms"]["facebook"]["configured"] is True
    assert "canary" not in text


def test_a_mistake_in_the_configuration_stops_the_start_with_its_cure(tmp_path: Path) -> None:
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    app.config["SHARIFF"] = configuration(tmp_path, releses={})

    with pytest.raises(ConfigurationError, match=r"releses: is not a setting. Check the spelling"):
        Shariff(app)


def test_without_any_secret_the_start_says_which_one_to_set(tmp_path: Path) -> None:
    app = Flask("leinau")
    app.config["SHARIFF"] = configuration(tmp_path)

    with pytest.raises(ConfigurationError, match="SHARIFF_FRAME__SECRETS"):
        Shariff(app)


def test_two_applications_in_one_process_do_not_share_their_settings(tmp_path: Path) -> None:
    bars = []
    for state in ("released", "suspended"):
        app = Flask(state)
        app.secret_key = "only for these tests"
        (tmp_path / state).mkdir()
        app.config["SHARIFF"] = configuration(tmp_path / state, releases={"facebook": {"state": state}})
        Shariff(app)
        with app.test_request_context("/"):
            bars.append(render_template_string("{{ shariff.embed(url) }}", url=FACEBOOK_POST))

    assert ["<form" in bar for bar in bars] == [True, False]


def test_a_store_that_cannot_be_opened_never_breaks_a_page(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    app.config["SHARIFF"] = configuration(
        tmp_path, counts={"store": f"sqlite:///{blocked}/counts.sqlite", "scheduler": "outside"}
    )
    Shariff(app)

    with app.test_request_context("/"):
        html = render_template_string("{{ shariff.share('https://www.leinau.example/a') }}")

    assert "facebook.com/sharer" in html
