"""Google Docs, Sheets, Slides and Drive, and the viewer for documents of other sites."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened, shown

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

DOCS, DRIVE = "https://docs.google.com", "https://drive.google.com"
PUBLISHED = "d/e/2PACX-1vAbCdEf"
DOCUMENT = f'<iframe src="{DOCS}/document/{PUBLISHED}/pub?embedded=true"></iframe>'
TABLE = f'<iframe src="{DOCS}/spreadsheets/{PUBLISHED}/pubhtml?gid=0&amp;single=true&amp;widget=true&amp;headers=false"></iframe>'
SLIDES = (
    f'<iframe src="{DOCS}/presentation/{PUBLISHED}/pubembed?start=true&loop=true&delayms=3000" frameborder="0" width="960" height="569" '
    'allowfullscreen="true" mozallowfullscreen="true" webkitallowfullscreen="true"></iframe>'
)
VIEWER_2012 = '<object data="https://docs.google.com/gview?embedded=true&amp;url=https://www.leinau.example/plan.pdf" width="600" height="780"></object>'
PLAN = "https%3A%2F%2Fwww.leinau.example%2Fplan.pdf"


@pytest.mark.parametrize(
    "address",
    [
        f"{DOCS}/uc?export=download&id=1AbC",
        f"{DRIVE}/uc?export=download&id=1AbC",
        f"{DRIVE}/drive/my-drive",
        f"{DOCS}/viewer?url=javascript%3Aalert(1)",
        f"{DOCS}/drawings/{PUBLISHED}/pub?w=960&h=720",
    ],
)
def test_downloads_pictures_and_lists_of_ones_own_are_no_content(address: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(address)


@pytest.mark.parametrize(
    ("pasted", "kind", "public"),
    [
        (DOCUMENT, "document", f"{DOCS}/document/{PUBLISHED}/pub"),
        (TABLE, "table", f"{DOCS}/spreadsheets/{PUBLISHED}/pubhtml?gid=0&single=true"),
        (SLIDES, "slides", f"{DOCS}/presentation/{PUBLISHED}/pub"),
        (VIEWER_2012, "viewer", f"{DOCS}/viewer?url={PLAN}"),
    ],
)
def test_a_page_asks_with_a_release_and_shows_the_link_without(pasted: str, kind: str, public: str) -> None:
    assert contacts(pasted)
    html, findings = opened(pasted, "google_docs")

    assert closed(pasted)[1] == [("linked", kind, public)]
    assert findings == [("gated", kind, public)]
    assert "Google-Docs-Dokument" in html


@pytest.mark.parametrize(
    "address",
    [f"{DRIVE}/uc?id=1AbC", f"{DOCS}/uc?export=view&id=1AbC", f"{DRIVE}/thumbnail?id=1AbC", f"{DOCS}/drawings/{PUBLISHED}/pub?w=960"],
)  # fmt: skip
def test_of_a_picture_that_is_fetched_from_there_the_text_stays(address: str) -> None:
    document = f'<p><img src="{address}" alt="Stadtplan"></p>'
    assert contacts(document)

    html, findings = closed(document)
    assert (html, len(findings)) == ("<p><!---->Stadtplan<!----></p>", 1)


@pytest.mark.parametrize("path", ["a/leinau.example/forms/d/e/1/viewform", "spreadsheet/pub?key=0Ak&output=html"])
def test_a_frame_of_an_older_address_becomes_a_link(path: str) -> None:
    document = f'<iframe src="{DOCS}/{path}"></iframe>'

    assert [outcome for outcome, *_ in closed(document)[1]] == ["linked"]


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{DOCS}/uc?export=download&amp;id=1AbC">Satzung (PDF)</a></p>',
        f'<p><a href="{DRIVE}/uc?export=download&amp;id=1AbC" download>Satzung (PDF)</a></p>',
        f'<p><a href="{DRIVE}/file/d/1AbC/view?usp=sharing">Satzung</a></p>',
        f'<p><a href="{DOCS}/viewer?url={PLAN}">Plan ansehen</a></p>',
        '<img src="https://docs.google.com.leinau.example/uc?id=1" alt="Eigenes">',
        '<iframe src="/documents/d/e/1/pub"></iframe>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "google_docs")


def test_the_same_paths_on_other_hosts_of_the_company_are_none_of_it() -> None:
    for address in ("https://www.google.com/document/d/1/pub", "https://maps.google.com/file/d/1/preview"):
        with pytest.raises(EmbedRefused):
            shown(address)
