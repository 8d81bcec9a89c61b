"""Scripts that send a frame of the page to an address, or a form into one, and scripts that send the visitor there."""

from __future__ import annotations

import pytest
from support.inert_scripts import OWN, gated_script, inert

LINK = "https://m.me/leinau"
FRAME = "https://www.facebook.com/plugins/page.php?href=x"
PIXEL = "https://www.facebook.com/tr/?id=1"

SENDING_A_FRAME = [
    "frames['film'].location = '{}'", "window.frames[0].location = '{}'", "frames.film.location.href = '{}'",
    "f.contentWindow.location = '{}'", "f.contentWindow.location.replace('{}')", "f.contentWindow.location.assign('{}')",
    "f.contentDocument.location = '{}'", "window.frames['film'].document.location.href = '{}'",
]  # fmt: skip

SENDING_THE_VISITOR = [
    "location = '{}'", "window.top.location = '{}'", "opened.location = '{}'", "opened.location.href = '{}'", "opened.location.replace('{}')",
    "open('{}', 'share', 'width=600')", "open('{}', '_blank')", "open('{}', '_top')", "open('{}')", "form.action = '{}'",
    "form.setAttribute('action', '{}')", "button.formAction = '{}'", "frames['film'].location = '/film?of={}'",
    "f.contentWindow.location.replace('https://www.leinau.example/film?of={}')",
]  # fmt: skip


@pytest.mark.parametrize("form", SENDING_A_FRAME)
def test_an_address_becomes_inert_where_a_frame_of_the_page_is_sent_to_it(form: str) -> None:
    assert gated_script(f"{OWN} {form.format(LINK)}") == f"{OWN} {form.format('https://xx:1/leinau')}"


@pytest.mark.parametrize("form", SENDING_THE_VISITOR)
def test_an_address_stays_where_the_visitor_is_sent_to_it(form: str) -> None:
    assert gated_script(f"{OWN} {form.format(LINK)}") == f"{OWN} {form.format(LINK)}"


@pytest.mark.parametrize(
    "window", ["window", "self", "globalThis", "top", "parent", "document", "window.top", "window.parent", "this"]
)
def test_the_address_of_a_platforms_frame_stays_where_the_visitor_is_sent_to_it(window: str) -> None:
    code = f"{OWN} {window}.location = '{FRAME}'"

    assert gated_script(code) == code


@pytest.mark.parametrize("form", ["film.location = '{}'", "film.location.replace('{}')", "open('{}', 'film')"])
def test_the_address_of_a_platforms_frame_becomes_inert_where_a_window_may_be_a_frame(form: str) -> None:
    host = "www.facebook.com"

    for policy_enforced in (False, True):
        assert gated_script(f"{OWN} {form.format(FRAME)}", policy_enforced=policy_enforced) == (
            f"{OWN} {form.format(FRAME.replace(host, inert(host)))}"
        )


@pytest.mark.parametrize(
    "form", ["f.action = '{}'", "f.setAttribute('action', '{}')", "$(f).attr('action', '{}')", "b.formAction = '{}'"]
)
def test_the_address_of_a_pixel_becomes_inert_where_a_form_is_sent_to_it(form: str) -> None:
    assert (
        gated_script(f"{OWN} {form.format(PIXEL)}")
        == f"{OWN} {form.format(PIXEL.replace('www.facebook.com', inert('www.facebook.com')))}"
    )


@pytest.mark.parametrize("name", ["eval", "setTimeout", "setInterval", "new Function", "$.globalEval", "execScript"])
def test_the_address_of_a_platforms_script_becomes_inert_in_code_that_is_run_as_text(name: str) -> None:
    code = f"""{OWN} {name}("add({{src: 'https://connect.facebook.net/x.js'}})")"""

    assert gated_script(code) == code.replace("connect.facebook.net", inert("connect.facebook.net"))


@pytest.mark.parametrize("name", ["eval", "setTimeout", "new Function"])
def test_a_link_stays_in_code_that_is_run_as_text(name: str) -> None:
    code = f"""{OWN} {name}("location.href = '{LINK}'")"""

    assert gated_script(code) == code
