"""What a gate's markup ends, a drawing or a formula that was left open: scripts behind it stay scripts, and nothing of them becomes text."""

from __future__ import annotations

import pytest
from platforms.test_rows import settings_for
from turbohtml import Namespace, Text, parse

from shariff_py import gate_html

SDK = '<script src="//embed.typeform.com/next/embed.js"></script>'
STUB = '<script src="/shariff/static/shariff-stubs.min.js" data-of="typeform"></script>'
FRAME = "<iframe src='https://form.typeform.com/to/AbC'></iframe>"
BUTTON = '<button data-tf-popup="AbC">Umfrage</button>'
OPENED = ("<svg>", "<svg><path d='M0 0'><g>", "<math>", "<svg><a>")


PLACES = (
    "<svg>", "<math><mtext>", "<svg><title>", "<svg><desc>", "<svg><foreignObject>", "<svg><style>", "<title>", "<textarea>", "<noscript>", "<select>",
    "<select><option>", "<table>", "<table><colgroup>", "<template>", "<frameset>", "<button>", "<p>", "<ul>", "<h2>", "<html><head>", "<xmp>",
    "<noembed>", "<iframe>", "<object>", "<audio>", "<dl>", "<plaintext>", "<!--", "<datalist>",
)  # fmt: skip


def text_of(html: str, *, scripting: bool) -> str:
    """What of a page is text to a person, not code."""
    nodes = [
        node for node in parse(html, scripting=scripting).select("*") if node.tag not in {"script", "style", "noscript"}
    ]
    return " ".join(child.data for node in nodes for child in node.children if isinstance(child, Text))


def scripts(html: str) -> list[tuple[Namespace, str, str]]:
    """The scripts of a page: whether they are of a drawing, their address, their text."""
    return [(one.namespace, str(one.attrs.get("src", "")), one.text) for one in parse(html).select("script")]


@pytest.mark.parametrize("opened", OPENED)
@pytest.mark.parametrize("pasted", [BUTTON + SDK, FRAME + SDK])
def test_what_stands_in_for_a_script_is_no_text_behind_an_open_drawing(opened: str, pasted: str) -> None:
    gated = gate_html(f"{opened}{pasted}", settings_for("typeform")).html

    assert gated.count(STUB) == 1
    assert "&lt;" not in gated
    assert scripts(gated) == [(Namespace.HTML, "/shariff/static/shariff-stubs.min.js", "")]


@pytest.mark.parametrize("opened", ["<svg>", "<svg><g>", "<svg><a>"])
def test_a_script_of_the_page_that_ran_in_an_open_drawing_runs_behind_it(opened: str) -> None:
    gated = gate_html(f"{opened}{FRAME}<script>count(1)</script>", settings_for("typeform")).html

    assert scripts(gated) == [(Namespace.HTML, "", "count(1)")]


def test_of_such_a_script_only_the_address_goes_that_it_loads() -> None:
    code = "count(1); new Image().src = 'https://www.facebook.com/tr?id=1'; count(2)"
    gated = gate_html(f"<svg>{FRAME}<script>{code}</script>", settings_for("typeform")).html

    assert [text.count("count(") for _, _, text in scripts(gated)] == [2]
    assert "facebook.com" not in gated


@pytest.mark.parametrize(
    "asleep",
    [
        '<svg>{}<script src="/own.js"></script>',
        '<svg>{}<script href="/own.js">count(1)</script>',
        '<svg>{}<script xlink:href="/own.js">count(1)</script>',
        "<math>{}<script>count(1)</script>",
        '<svg>{}<script src="//stranger.example/shariff-stubs.min.js" data-of="typeform"></script>',
    ],
)
def test_a_script_that_did_nothing_there_does_nothing_behind_it(asleep: str) -> None:
    gated = gate_html(asleep.format(FRAME), settings_for("typeform")).html

    assert scripts(gated) == []
    assert "&lt;script" in gated


@pytest.mark.parametrize("opened", PLACES)
@pytest.mark.parametrize("pasted", [BUTTON + SDK, SDK, FRAME + SDK, "<div data-tf-live='01AbC'></div>" + SDK])
def test_wherever_it_stands_nothing_that_the_gate_writes_is_read_as_text(opened: str, pasted: str) -> None:
    gated = gate_html(f"{opened}{pasted}", settings_for("typeform"), language_tag="en").html

    assert "shariff-" not in text_of(gated, scripting=True)
    assert "shariff-" not in text_of(gated, scripting=False)
