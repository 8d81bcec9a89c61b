"""Pasted code may say what it is about: with a title, and with a picture of the site's own."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from shariff_py.gate import Gated, gate_html
from shariff_py.settings import Settings

PAGE = "https://www.leinau.example/news/today"
FRAME = (
    '<iframe {} src="https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1"></iframe>'
)
WIDGET = '<div class="fb-post" {} data-href="https://www.facebook.com/leinau/posts/1"><p>Am See</p></div>'
GIVEN = 'data-shariff-title="Das Rathaus &amp; sein Turm" data-shariff-picture="/media/turm.jpg" data-shariff-text="Der Turm"'

NOT_ALLOWED = "Entfernt. Sein Host gehört nicht zur Website und steht nicht in gate.allow."


def gated(pasted: str, given: str, *, page: str = PAGE, attributes: tuple[str, ...] = (), **release: Any) -> Gated:
    city = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
    settings = Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example"},
            "frame": {"secrets": ["only-for-these-tests-0123456789abcdef"]},
            "releases": {"facebook": {"state": "released", **release}},
            "controllers": {"city": city},
            "gate": {"allow": ["pictures.example.org"], "picture_attributes": list(attributes)},
        }
    )
    return gate_html(f"<p>Davor</p>{pasted.format(given)}<p>Danach</p>", settings, language_tag="de", page=page)


def pictures(result: Gated) -> list[tuple[str, str]]:
    return [(str(one["src"]), str(one["alt"])) for one in BeautifulSoup(result.html, "html.parser").find_all("img")]


def title(result: Gated) -> str:
    found = BeautifulSoup(result.html, "html.parser").find(class_="shariff-title")
    return found.get_text() if isinstance(found, Tag) else ""


@pytest.mark.parametrize("pasted", [FRAME, WIDGET])
def test_the_gate_has_the_title_and_the_picture_that_the_element_gives(pasted: str) -> None:
    result = gated(pasted, GIVEN)

    assert title(result) == "Das Rathaus & sein Turm"
    assert pictures(result) == [("/media/turm.jpg", "Der Turm")]
    assert "data-shariff-" not in result.html
    assert [found.outcome for found in result.findings] == ["gated"]


@pytest.mark.parametrize("pasted", [FRAME, WIDGET])
def test_without_them_the_gate_is_as_before(pasted: str) -> None:
    result = gated(pasted, "")

    assert (title(result), pictures(result)) == ("", [])


@pytest.mark.parametrize(
    ("picture", "note"),
    [
        ("https://i.ytimg.com/vi/abc/hqdefault.jpg", "YouTube: entfernt. Browser würden es vor jedem Klick laden."),
        ("//www.facebook.com/a.jpg", "Facebook: entfernt. Browser würden es vor jedem Klick laden."),
        ("https://pictures.example.com/a.jpg", NOT_ALLOWED),
        ("data:image/png;base64,AAAA", NOT_ALLOWED),
        (f"/{'a' * 300}.jpg", "Entfernt. Ein Platzhalter dafür wäre zu lang."),
    ],
)
@pytest.mark.parametrize("pasted", [FRAME, WIDGET])
def test_a_picture_that_may_not_be_shown_is_left_out_and_reported(pasted: str, picture: str, note: str) -> None:
    result = gated(pasted, f'data-shariff-picture="{picture}" data-shariff-title="Turm"')

    assert (title(result), pictures(result)) == ("Turm", [])
    assert picture not in result.html
    left_out, shown = result.findings
    assert (left_out.outcome, left_out.found, left_out.address) == ("removed", "data-shariff-picture", picture[:300])
    assert left_out.note == note
    assert shown.outcome == "gated"


def test_a_relative_picture_refers_to_what_the_page_says() -> None:
    given = 'data-shariff-picture="turm.jpg"'

    assert pictures(gated(FRAME, given)) == [("/news/turm.jpg", "")]
    assert pictures(gated(f'<base href="https://pictures.example.org/a/">{FRAME}', given)) == [("/a/turm.jpg", "")]
    assert pictures(gated(f'<base href="https://www.facebook.com/a/">{FRAME}', given)) == [("/news/turm.jpg", "")]


def test_where_a_link_takes_the_place_it_has_the_title_and_no_picture() -> None:
    result = gated(FRAME, GIVEN, state="suspended")

    assert title(result) == "Das Rathaus & sein Turm"
    assert pictures(result) == []


def test_two_gates_of_the_same_content_have_each_their_own_title() -> None:
    twice = FRAME.format('data-shariff-title="Eins"') + FRAME.format('data-shariff-title="Zwei"')

    for _ in range(2):
        soup = BeautifulSoup(gated(twice, "").html, "html.parser")
        assert [one.get_text() for one in soup.find_all(class_="shariff-title")] == ["Eins", "Zwei"]


@pytest.mark.parametrize("pasted", [FRAME, WIDGET])
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('data-poster="/media/turm.jpg"', [("/media/turm.jpg", "")]),
        ('DATA-POSTER="turm.jpg" data-shariff-text="Der Turm"', [("/news/turm.jpg", "Der Turm")]),
        ('data-thumb="/media/b.jpg" data-poster="/media/turm.jpg"', [("/media/turm.jpg", "")]),
        ('data-poster="" data-thumb="/media/b.jpg"', [("/media/b.jpg", "")]),
        ('data-poster="/media/turm.jpg" data-shariff-picture="/media/c.jpg"', [("/media/c.jpg", "")]),
        ('data-other="/media/turm.jpg"', []),
    ],
)
def test_a_site_names_the_attributes_in_which_its_cms_writes_a_picture(
    pasted: str, given: str, expected: list[tuple[str, str]]
) -> None:
    assert pictures(gated(pasted, given, attributes=("data-poster", "data-thumb"))) == expected


@pytest.mark.parametrize("pasted", [FRAME, WIDGET])
def test_without_that_setting_an_attribute_of_a_cms_shows_nothing(pasted: str) -> None:
    assert pictures(gated(pasted, 'data-poster="/media/turm.jpg"')) == []


@pytest.mark.parametrize(
    "address", ["https://i.ytimg.com/vi/a/0.jpg", "https://pictures.example.com/a.jpg", "data:image/png;base64,AA"]
)
def test_an_attribute_of_a_cms_shows_no_picture_that_is_not_the_sites_own(address: str) -> None:
    result = gated(FRAME, f'data-poster="{address}"', attributes=("data-poster",))

    assert pictures(result) == []
    assert [found.outcome for found in result.findings] == ["removed", "gated"]
    assert "data-poster" not in result.html
