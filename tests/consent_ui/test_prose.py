"""Plain text becomes text with links, and nothing else."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from shariff_py.consent_ui.prose import linked


def test_an_address_in_a_text_becomes_a_link_that_discloses_nothing_of_the_page() -> None:
    link = BeautifulSoup(linked("Mehr: https://www.hannover.de/freibad & Co."), "html.parser").find("a")

    assert link is not None
    assert link["href"] == "https://www.hannover.de/freibad"
    assert {"noopener", "noreferrer"} <= set(link["rel"])


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)">x</a>',
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
    ],
)
def test_markup_in_a_text_is_shown_and_never_run(text: str) -> None:
    soup = BeautifulSoup(linked(text), "html.parser")

    assert soup.get_text() == text
    assert soup.find(["script", "img"]) is None
    assert [a for a in soup.find_all("a") if not str(a["href"]).startswith(("http://", "https://"))] == []


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60))
def test_no_character_of_a_text_is_lost(text: str) -> None:
    assert BeautifulSoup(f"<p>{linked(text)}</p>", "html.parser").get_text() == text
