"""Issuu: documents, by publisher and name, or by the number that older code has."""

from __future__ import annotations

import pytest
from support.golden import SETTINGS
from support.platform_content import closed, contacts, is_untouched, opened

from shariff_py.consent_ui.frame import load_embed_token, sign_embed_token
from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.response_policy.frames import sandbox

PUBLIC = "https://issuu.com/musterstadt/docs/amtsblatt_11_2026"
FRAME = "https://e.issuu.com/embed.html?d=amtsblatt_11_2026&u=musterstadt"
DIALOGUE_2026 = (
    '<div style="position:relative;padding-top:max(60%,326px);height:0;width:100%"><iframe allow="clipboard-write" '
    'sandbox="allow-top-navigation allow-top-navigation-by-user-activation allow-downloads allow-scripts allow-same-origin allow-popups '
    'allow-modals allow-popups-to-escape-sandbox allow-forms" allowfullscreen="true" '
    'style="position:absolute;border:none;width:100%;height:100%;left:0;right:0;top:0;bottom:0;" '
    'src="https://e.issuu.com/embed.html?backgroundColor=%23ffffff&amp;d=amtsblatt_11_2026&amp;u=musterstadt"></iframe></div>'
)
ELEMENT_2014 = (
    '<div data-configid="0/35473455" style="width:650px; height:455px;" class="issuuembed"></div>'
    '<script type="text/javascript" src="//e.issuu.com/embed.js" async="true"></script>'
)
NUMBERED = "https://e.issuu.com/embed.html#0/35473455"


@pytest.mark.parametrize("address", ["https://issuu.com/musterstadt", "https://e.issuu.com/embed.html?u=musterstadt"])
def test_addresses_without_a_document_are_refused(address: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(address)


def test_the_frame_may_save_files_and_never_navigate_the_page() -> None:
    (kind,) = REGISTRY["issuu"].embeds
    tokens = sandbox(kind.sandbox, login=True).split()

    assert "allow-downloads" in tokens
    assert not [token for token in tokens if "top-navigation" in token]
    assert {"fullscreen", "clipboard-write"} <= set(kind.features)


def test_a_page_without_a_release_shows_the_link_alone() -> None:
    assert contacts(DIALOGUE_2026)
    assert contacts(ELEMENT_2014)

    assert closed(DIALOGUE_2026)[1] == [("linked", "document", PUBLIC)]
    assert closed(ELEMENT_2014)[1] == [
        ("linked", "document", NUMBERED),
        ("removed", "", "https://e.issuu.com/embed.js"),
    ]


def test_a_released_page_asks_before_it_loads() -> None:
    html, findings = opened(ELEMENT_2014, "issuu")

    assert findings[0] == ("gated", "document", NUMBERED)
    assert "Dokument von Issuu: noch nicht geladen" in html


@pytest.mark.parametrize("address", [FRAME, NUMBERED])
def test_the_signed_description_leads_to_the_same_frame(address: str) -> None:
    embed = recognise(address)

    assert load_embed_token(sign_embed_token(embed, SETTINGS), SETTINGS).frame_address == address


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{PUBLIC}">Amtsblatt lesen</a></p>',
        '<div class="issuuembed">Amtsblatt</div>',
        '<div class="issuuembed" data-url="/amtsblatt/11">Amtsblatt</div>',
        '<div data-configid="0/35473455">Amtsblatt</div>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "issuu")
