"""Issuu: documents, by publisher and name, or by the number that older code has."""

from __future__ import annotations

import pytest
from support.golden import SETTINGS
from support.platform_content import is_untouched

from shariff_py.consent_ui.frame import load_embed_token, sign_embed_token
from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.response_policy.frames import sandbox

PUBLIC = "https://issuu.com/musterstadt/docs/amtsblatt_11_2026"
FRAME = "https://e.issuu.com/embed.html?d=amtsblatt_11_2026&u=musterstadt"
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
