"""What becomes of a script of which it cannot be told whether it loads something depends on the policy that goes out with its page."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, render_template_string
from support.golden import CONFIGURATION
from werkzeug.test import Client

from shariff_py import Settings, Shariff
from shariff_py.static_site import StaticSite
from shariff_py.web import wsgi

SCRIPT = "<script>menu.init(); loadjs(['https://connect.facebook.net/de_DE/sdk.js'])</script>"
PAGE = f"<!doctype html><html><head><title>x</title></head><body>{SCRIPT}</body></html>"


def settings(policy: str, folder: Path) -> Settings:
    return Settings.from_mapping(
        {
            **CONFIGURATION,
            "headers": {"policy": policy},
            "counts": {"store": f"sqlite:///{folder}/counts.sqlite", "scheduler": "outside"},
            "journal": {"path": str(folder / "outgoing.jsonl")},
        }
    )


@pytest.mark.parametrize(("policy", "stays"), [("enforce", True), ("report-only", False), ("off", False)])
def test_such_a_script_stays_in_a_response_only_where_the_policy_is_enforced(
    policy: str, stays: bool, tmp_path: Path
) -> None:
    app = Flask(__name__)
    given = settings(policy, tmp_path)
    Shariff(app, settings=given)
    app.add_url_rule("/", view_func=lambda: PAGE)
    app.add_url_rule("/filter", endpoint="filter", view_func=lambda: render_template_string("{{ s|gate }}", s=SCRIPT))

    client = Client(wsgi.ShariffMiddleware(app, settings=given))
    reply = client.get("/")

    assert (SCRIPT in reply.text) is stays
    assert ("Content-Security-Policy" in reply.headers) is stays
    assert SCRIPT not in app.test_client().get("/filter").text


@pytest.mark.parametrize(
    ("policy", "meta", "page", "stays"),
    [
        ("enforce", True, PAGE, True),
        ("enforce", False, PAGE, False),
        ("report-only", True, PAGE, False),
        ("off", True, PAGE, False),
        ("enforce", True, SCRIPT, False),
    ],
)
def test_such_a_script_stays_in_a_file_only_where_the_policy_is_written_into_it(
    policy: str, meta: bool, page: str, stays: bool, tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    file = tmp_path / "site" / "index.html"
    file.write_text(page)
    work = StaticSite(settings(policy, tmp_path), file.parent, file.parent, meta=meta)
    for entry in work.entries():
        work.process(entry)

    assert ("connect.facebook.net" in file.read_text()) is stays


def test_a_gated_folder_holds_the_stand_in_for_the_script_that_was_removed(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text(
        PAGE.replace(SCRIPT, '<script src="//connect.facebook.net/de_DE/sdk.js"></script>')
    )
    work = StaticSite(settings("enforce", tmp_path), folder, folder)
    for entry in work.entries():
        work.process(entry)
    list(work.write_own_files())

    address = "/shariff/static/shariff-stubs.min.js"
    assert f'<script src="{address}?v=' in (folder / "index.html").read_text()
    assert "FB" in (folder / address.lstrip("/")).read_text()
