"""Scripts that load something of a platform: a mere loader goes whole, of every other one the address alone becomes inert."""

from __future__ import annotations

import pytest
from support.golden import SETTINGS
from support.inert_scripts import LOADERS, OTHERS, gated_script, inert, notes

from shariff_py.gate import gate_html


@pytest.mark.parametrize("code", LOADERS)
def test_a_script_that_is_nothing_but_a_loader_or_a_pixel_goes(code: str) -> None:
    assert gated_script(code) == ""


@pytest.mark.parametrize(("host", "code"), OTHERS)
def test_of_a_script_that_does_more_the_address_alone_becomes_inert(host: str, code: str) -> None:
    assert gated_script(code) == code.replace(host, inert(host))


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("import { a as b } from '//m.me/x'; import '/y.js'; menu(b)", "var b; import '/y.js'; menu(b)"),
        ("import d, { e } from '//m.me/x'; menu(d, e)", "var d, e; menu(d, e)"),
        ("import * as all from '//m.me/x'; menu(all)", "var all; menu(all)"),
        ("export * from '//m.me/x'; menu()", ";; menu()"),
    ],
)
def test_a_module_runs_without_the_import_of_a_platform(code: str, kept: str) -> None:
    """A module with an import that fails does not run at all."""
    assert gated_script(code).replace(";;", ";") == kept.replace(";;", ";")


def test_a_script_of_which_it_cannot_be_told_stays_where_the_policy_is_enforced() -> None:
    code = "menu.init(); loadjs(['https://connect.facebook.net/de_DE/sdk.js'])"

    assert gated_script(code, policy_enforced=True) == code
    assert notes(code, policy_enforced=True) == ["Die Richtlinie verhindert, dass das Skript lädt; 66 Bytes bleiben."]
    assert gated_script(code) == code.replace("connect.facebook.net", inert("connect.facebook.net"))
    assert notes(code) == ["Das Skript hätte womöglich von dort geladen; 66 Bytes bleiben."]


def test_a_script_longer_than_a_loader_stays_where_the_policy_is_enforced_but_for_frames() -> None:
    script = f"menu.init(); s.src = '//connect.facebook.net/x.js'; /* {'x' * 5_000} */"
    frame = f"menu.init(); f.src = '//www.facebook.com/plugins/page.php?href=x'; /* {'x' * 5_000} */"

    assert gated_script(script, policy_enforced=True) == script
    assert "facebook" not in gated_script(frame, policy_enforced=True)
    assert "facebook" not in gated_script(script)


@pytest.mark.parametrize(
    "code", ["put('t', '{}')", "setTimeout(\"put('t', '{}')\", 20)", "var film = '{}'", "e.setAttribute('data-u', '{}')", "show({{url: a('{}')}})"]
)  # fmt: skip
@pytest.mark.parametrize("rest", ["", f"/* {'x' * 5_000} */"])
def test_the_address_of_a_frame_does_not_stay_where_it_cannot_be_told_either(code: str, rest: str) -> None:
    """A browser opens a connection before the policy refuses the frame."""
    before = f"menu.init(); {code.format('https://www.facebook.com/plugins/page.php?href=x')} {rest}"

    assert gated_script(before, policy_enforced=True) == before.replace("www.facebook.com", inert("www.facebook.com"))


def test_a_short_script_that_loads_is_changed_under_the_policy_too() -> None:
    assert "facebook" not in gated_script("menu.init(); s.src = '//connect.facebook.net/x.js'", policy_enforced=True)


def test_the_finding_says_how_many_bytes_stay() -> None:
    assert notes("menu('ä'); s.src = '//connect.facebook.net/x.js'") == [
        "Das Skript lädt nichts mehr von dort; 49 Bytes bleiben."
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("menu(); fetch('//m.me/a')", "menu(); fetch('//xx:1/a')"),
        ("return fetch('//m.me/a')", ""),
        ("window.open('https://www.facebook.com/sharer/sharer.php?u=a')", "window.open('https://www.facebook.com/sharer/sharer.php?u=a')"),
    ],
)  # fmt: skip
def test_a_handler_keeps_what_is_the_pages_own(before: str, after: str) -> None:
    page = gate_html(f'<a href="/" onclick="{before}">x</a>', SETTINGS).html

    assert page == (f'<a href="/" onclick="{after}">x</a>' if after else '<a href="/">x</a>')


def test_an_address_in_a_script_is_judged_with_and_without_character_references_where_it_may_be_a_picture() -> None:
    own = "<svg><foreignObject></foreignObject></svg><script>menu('&lt;'); fetch(&quot;//m.me/a&quot;)</script>"

    assert "m.me" not in gate_html(own, SETTINGS).html


def test_the_finding_tells_an_address_that_was_replaced_from_code_that_went() -> None:
    replaced = gate_html("<script>menu(); s.src = '//connect.facebook.net/x.js'</script>", SETTINGS).findings
    gone = gate_html(
        "<script>document.write('<iframe src=//www.facebook.com/plugins/like.php>')</script>", SETTINGS
    ).findings

    assert [(f.outcome, f.note) for f in replaced] == [
        ("inert", "Facebook: Adresse ersetzt. Das Skript lädt nichts mehr von dort; 45 Bytes bleiben.")
    ]
    assert [(f.outcome, f.note) for f in gone] == [
        ("removed", "Facebook: entfernt. Der Code lädt Inhalte von Facebook.")
    ]
