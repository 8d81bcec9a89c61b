"""Links that have an entry in the list of a page, although another rule might seem to make it needless."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, Response
from support.golden import CONFIGURATION, ORIGIN
from werkzeug.test import Client

from shariff_py import Settings, Shariff
from shariff_py.web.wsgi import ShariffMiddleware

HTML = "text/html; charset=utf-8"


def listed(html: str, *, base_url: str = ORIGIN, **tables: Any) -> list[str]:
    """The list of a page in both ways of sending one."""
    made = {**CONFIGURATION, "headers": {"connections": "enforce"}, **tables, "counts": {"store": "memory:"}}
    app = Flask("leinau")
    app.config["SHARIFF"] = {**made, "counts": {"store": "memory:", "scheduler": "outside"}}
    Shariff(app)
    app.add_url_rule("/fest", view_func=lambda: Response(html, content_type=HTML))

    def plain(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", HTML)])
        return [html.encode()]

    wrapped = ShariffMiddleware(plain, settings=Settings.from_mapping(made))
    answers = (
        app.test_client().get("/fest", base_url=base_url),
        Client(wrapped, Response).get("/fest", None, base_url),
    )
    return [answer.headers["Connection-Allowlist"] for answer in answers]


def test_a_wildcard_that_is_left_out_as_platforms_are_below_it_leaves_links_to_other_hosts_as_they_are() -> None:
    html = "<a href=https://maps.arcgis.com/x></a><a href=https://www.facebook.com/x></a>"

    for value in listed(html, gate={"allow": ["*.com"]}):
        assert '"*://maps.arcgis.com" "https://www.facebook.com/x?"' in value
        assert '"*://*.com"' not in value


GATED = '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F1"></iframe>'


@pytest.mark.parametrize("mode", ["enforce", "report-only"])
def test_the_middleware_around_the_extension_makes_the_list_anew_from_the_page_with_its_gates(mode: str) -> None:
    made = {**CONFIGURATION, "headers": {"connections": mode}, "counts": {"store": "memory:", "scheduler": "outside"}}
    app = Flask("leinau")
    app.config["SHARIFF"] = made
    Shariff(app)
    app.add_url_rule("/fest", view_func=lambda: Response(f"<a href=//a.example/>x</a>{GATED}", content_type=HTML))
    client = Client(ShariffMiddleware(app, settings=Settings.from_mapping(made)), Response)

    response = client.get("/fest", None, ORIGIN)

    (value,) = [value for name, value in response.headers if name.startswith("Connection-Allowlist")]
    assert value == (
        '(response-origin "*://www.leinau.example" "*://a.example" '
        '"https://www.facebook.com/leinau/posts/1?" "mailto:*" "tel:*"); redirects=allow; report-to=shariff'
    )
    assert response.headers.getlist("Reporting-Endpoints") == ['shariff="/shariff/csp-report"']


@pytest.mark.parametrize(
    "own",
    [
        "(response-origin)",
        '(response-origin "mailto:*" "tel:*")',
        '(response-origin "mailto:*" "tel:*"); redirects=block',
        '("mailto:*" "tel:*"); redirects=allow',
    ],
)
def test_a_list_of_the_sites_own_is_none_of_ours_and_stays_alone(own: str) -> None:
    def plain(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", HTML), ("connection-allowlist", own)])
        return [GATED.encode()]

    made = {**CONFIGURATION, "headers": {"connections": "enforce"}, "counts": {"store": "memory:"}}
    client = Client(ShariffMiddleware(plain, settings=Settings.from_mapping(made)), Response)

    assert client.get("/fest", None, ORIGIN).headers.getlist("Connection-Allowlist") == [own]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_where_the_scheme_of_a_page_is_not_known_links_without_one_work_over_both(scheme: str) -> None:
    html = "<a href=//www.facebook.com/x>x</a><a href=/own>x</a>"

    for value in listed(html, base_url=f"{scheme}://new.leinau.example", site={"hosts": ["www.leinau.example"]}):
        assert '(response-origin "*://www.leinau.example" "http{s}?://www.facebook.com/x?" "mailto:*"' in value


def test_of_a_service_that_is_only_linked_to_the_exact_address_is_listed() -> None:
    html = "<a href='https://t.me/share/url?text=Fest'></a><a href='https://social.leinau.example/@stadt'></a>"

    for value in listed(html):
        assert '"https://t.me/share/url?text=Fest"' in value
        assert '"*://social.leinau.example"' in value
        assert "*://t.me" not in value


def test_where_exact_addresses_are_too_many_those_services_are_listed_by_host() -> None:
    html = "".join(f"<a href='https://t.me/stadtleinau/status/{number:020}'></a>" for number in range(200))

    for value in listed(f"{html}<a href='https://www.facebook.com/leinau'></a>"):
        assert '"*://t.me"' in value
        assert "status" not in value
        assert '"https://www.facebook.com/leinau?"' in value


def test_a_page_may_redirect_to_such_a_service_and_a_site_may_name_it() -> None:
    html = "<meta http-equiv=refresh content='0; url=https://t.me/stadtleinau'>"

    for value in listed(html):
        assert '"*://t.me"' in value
    for value in listed("<a href='https://t.me/stadtleinau'></a>", gate={"allow": ["t.me"]}):
        assert '"*://t.me"' in value
        assert "stadtleinau" not in value
