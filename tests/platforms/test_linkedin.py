"""LinkedIn: posts, and what its old script made of elements."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched, opened

SCRIPT = '<script src="https://platform.linkedin.com/in.js" type="text/javascript">lang: de_DE</script>'


@pytest.mark.parametrize(
    ("element", "finding"),
    [
        (
            '<script type="IN/MemberProfile" data-id="http://www.linkedin.com/in/erika-muster" data-format="inline" data-related="false">',
            ("linked", "profile", "https://www.linkedin.com/in/erika-muster"),
        ),
        (
            '<script type="IN/CompanyProfile" data-id="1337" data-format="inline">',
            ("linked", "company", "https://www.linkedin.com/company/1337"),
        ),
        (
            '<script type="IN/FollowCompany" data-id="1337" data-counter="right">',
            ("linked", "company", "https://www.linkedin.com/company/1337"),
        ),
        (
            '<script type="IN/Share" data-url="https://www.leinau.example/fest">',
            ("shared", "share-button", "https://www.leinau.example/fest"),
        ),
    ],
)
def test_what_the_old_script_showed_becomes_a_link(element: str, finding: tuple[str, str, str]) -> None:
    html, findings = opened(f"{SCRIPT}<div>{element}</script></div><p>Danach</p>", "linkedin")

    assert findings == [("removed", "", "https://platform.linkedin.com/in.js"), finding]
    assert "IN/" not in html
    assert html.endswith("</div><p>Danach</p>")


def test_the_paragraph_around_such_an_element_is_closed_and_opened_again() -> None:
    document = f'{SCRIPT}<p>Davor <script type="IN/FollowCompany" data-id="1337"></script> danach</p>'

    html, _ = opened(document, "linkedin")

    assert "<p>Davor </p><div " in html
    assert html.endswith("</div><p> danach</p>")


@pytest.mark.parametrize(
    "document",
    [
        '<p><a href="https://www.linkedin.com/company/musterstadt">LinkedIn</a></p>',
        '<p><a href="https://www.linkedin.com/company/musterstadt">LinkedIn</a></p><script type="IN/Other" data-id="1"></script>',
        '<p><a href="https://www.linkedin.com/">LinkedIn</a> <a href="/plugin/share">Teilen</a></p>',
        '<script type="text/template" data-id="IN/Share"></script>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "linkedin")
