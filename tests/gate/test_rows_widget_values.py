"""Each value by which an element with a widget's class is known to be one, where the page loads the platform's script."""

from __future__ import annotations

import pytest
from support.rows import gated

SCRIPT = '<script src="https://connect.facebook.net/de_DE/sdk.js"></script>'

BUTTON = [
    *(f"data-layout={word}" for word in ("standard", "box_count", "button_count", "button", "icon", "icon_link", "link")),
    "data-size=small", "data-size=large", "data-colorscheme=light", "data-colorscheme=dark", "data-width=200", "data-width=100%", "data-width=auto",
    "data-lazy=true", "data-action=like", "data-action=recommend", "data-show-faces=false", "data-kid-directed-site=true", "data-share=true",
    "data-send=false",
]  # fmt: skip
FEED = [
    "data-app-id=1", "data-event-app-id=1", "data-max-age=1", "data-max-rows=1", "data-header=true", "data-recommendations=true",
    "data-colorscheme=light", "data-size=small", "data-width=200",
]  # fmt: skip

VALUES = {
    "video": [
        "data-width=300", "data-height=300", "data-show-text=true", "data-show-captions=true", "data-t=5", "data-allowfullscreen=true",
        "data-autoplay=true", "data-lazy=true",
    ],
    "post": ["data-width=400", "data-height=400", "data-show-text=true", "data-include-parent=true", "data-lazy=true"],
    "page": [
        "data-tabs=timeline", "data-tabs=events", "data-tabs=messages", "data-width=300", "data-height=300", "data-small-header=true",
        "data-hide-cover=true", "data-hide-cta=true", "data-show-facepile=true", "data-adapt-container-width=true", "data-show-faces=true",
        "data-show-border=true", "data-show-posts=true", "data-force-wall=true", "data-header=true", "data-stream=true", "data-connections=5",
        "data-colorscheme=dark", "data-lazy=true",
    ],
    "share-button": [
        "data-layout=button", "data-type=icon_link", "data-mobile-iframe=true", "data-size=large", "data-width=100", "data-lazy=true",
    ],
    "like": BUTTON, "quote": BUTTON[:1], "activity": FEED, "facepile": FEED[:1], "recommendations": FEED[:1],
    "comments": [
        "data-numposts=5", "data-num-posts=5", "data-order-by=social", "data-order-by=time", "data-order-by=reverse_time", "data-mobile=true",
        "data-include-parent=true", "data-colorscheme=dark", "data-width=300", "data-lazy=true",
    ],
    "group": ["data-show-social-context=true", "data-show-metadata=true", "data-skin=light", "data-skin=dark", "data-width=300"],
    "customerchat": [
        "page_id=1", "attribution=setup_tool", "greeting_dialog_display=hide", "greeting_dialog_display=show", "greeting_dialog_display=fade",
        "greeting_dialog_delay=5", "data-minimized=true", "greeting_dialog_display=icon", "attribution=biz_inbox", "attribution=page_inbox", "attribution=install_email",
        "attribution=fbe_wordpress",
    ],
}  # fmt: skip


NEEDS_ADDRESS = ("video", "post", "page", "group")
"""Widgets that show nothing without the address of their content. One that names no host can be anybody's."""


def widget(kind: str, attributes: str) -> str:
    address = ' data-href="leinau"' if kind in NEEDS_ADDRESS else ""
    return f'{SCRIPT}<div class="fb-{kind}"{address} {attributes}></div>'


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in VALUES.items() for value in values])
def test_an_element_with_a_value_that_the_plugin_reads_is_a_widget(kind: str, value: str) -> None:
    assert f'class="fb-{kind}"' not in gated(widget(kind, value)).html


@pytest.mark.parametrize("kind", VALUES)
def test_an_element_with_a_value_that_the_plugin_does_not_read_is_none(kind: str) -> None:
    assert f'class="fb-{kind}"' in gated(widget(kind, "data-own=1")).html


@pytest.mark.parametrize("kind", NEEDS_ADDRESS)
def test_without_the_address_of_its_content_it_is_none(kind: str) -> None:
    element = f'<div class="fb-{kind}" {VALUES[kind][0]}></div>'

    assert gated(SCRIPT + element).html.endswith(element)
