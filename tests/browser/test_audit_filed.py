"""What a run leaves in its folder: no personal data, and nothing of another run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shariff_py.audit import Verdict, run

pytestmark = pytest.mark.browser

HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">'
PAGE = HEAD + (
    '<a href="/b?token=SECRET1&amp;mail=SECRET@example.org">on</a> <a href="mailto:SECRET@example.org">mail</a>'
    '<img src="/p.gif?SECRET-4711" alt=""><img src="/q.gif?uid=1&amp;SECRET@example.org" alt="">'
)
QUICK = {"idle_seconds": 0.3, "interval": 0.0, "control_visit": False}


ROUTES = HEAD + '<script>if (location.hash === "#/video") new Image().src = "http://tracker.test/v.gif"</script>'


def site(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/html")])
    return [(ROUTES if environ["PATH_INFO"] == "/routes" else PAGE).encode()]


def test_no_password_and_no_value_of_a_parameter_is_in_any_file(serve: Any, tmp_path: Path) -> None:
    address = serve(site).url("/?token=SECRET9").replace("//", "//max:SECRETPW@", 1)

    run([address], out=tmp_path, formats=("html", "json", "csv", "har", "junit", "sarif", "wec"), **QUICK)

    written = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()}
    assert {name for name, text in written.items() if "SECRET" in text or "max:" in text} == set()
    assert "/b?token=…&mail=…" in written["inspection.json"]
    assert "unfinished.jsonl" not in written


def test_each_route_within_a_page_is_a_page_of_its_own_and_a_second_run_replaces_the_first(
    serve: Any, tmp_path: Path
) -> None:
    address = serve(site).url("/routes")
    run([address], out=tmp_path, formats=("json",), **QUICK)

    audit = run([f"{address}#/b", f"{address}#/video"], out=tmp_path, formats=("csv",), **QUICK)

    assert [page.trace.url for page in audit.pages] == [f"{address}#/b", f"{address}#/video"]
    assert [page.verdict for page in audit.pages] == [Verdict.PASS, Verdict.FINDING]
    listed = [line.split("  ")[1] for line in (tmp_path / "MANIFEST.sha256").read_text().splitlines()]
    assert listed == ["contacts.csv", "pages/0001.json", "pages/0002.json", "run.json"]
    assert not (tmp_path / "report.json").exists()
