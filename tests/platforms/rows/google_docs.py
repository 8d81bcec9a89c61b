"""Google Docs, Sheets, Slides and Drive: code of their dialogues, the viewer for other documents (2012); addresses as they are shared."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "google_docs",
    rows=(
        Row(
            '<iframe src="https://docs.google.com/document/d/e/2PACX-1vAbCdEf/pub?embedded=true"></iframe>',
            "document",
            "https://docs.google.com/document/d/e/2PACX-1vAbCdEf/pub",
            "https://docs.google.com/document/d/e/2PACX-1vAbCdEf/pub?embedded=true",
        ),
        Row(
            "https://docs.google.com/document/d/1AbC-dEf/edit?usp=sharing#heading=h.1",
            "document",
            "https://docs.google.com/document/d/1AbC-dEf/view",
            "https://docs.google.com/document/d/1AbC-dEf/preview",
        ),
        Row(
            '<iframe src="https://docs.google.com/presentation/d/e/2PACX-1vAbCdEf/pubembed?start=true&loop=true&delayms=3000" frameborder="0" width="960" height="569" allowfullscreen="true" mozallowfullscreen="true" webkitallowfullscreen="true"></iframe>',
            "slides",
            "https://docs.google.com/presentation/d/e/2PACX-1vAbCdEf/pub",
            "https://docs.google.com/presentation/d/e/2PACX-1vAbCdEf/embed?start=false",
        ),
        Row(
            "https://docs.google.com/presentation/d/1AbC/edit",
            "slides",
            "https://docs.google.com/presentation/d/1AbC/view",
            "https://docs.google.com/presentation/d/1AbC/embed?start=false",
        ),
        Row(
            '<iframe src="https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEf/pubhtml?gid=0&amp;single=true&amp;widget=true&amp;headers=false"></iframe>',
            "table",
            "https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEf/pubhtml?gid=0&single=true",
            "https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEf/pubhtml?gid=0&single=true&widget=true&headers=false",
        ),
        Row(
            "https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEf/pubhtml?widget=true&range=A1:D20",
            "table",
            "https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEf/pubhtml?range=A1%3AD20",
            "https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEf/pubhtml?range=A1%3AD20&widget=true&headers=false",
        ),
        Row(
            "https://docs.google.com/spreadsheets/d/1AbC/edit?gid=7#gid=7",
            "table",
            "https://docs.google.com/spreadsheets/d/1AbC/view",
            "https://docs.google.com/spreadsheets/d/1AbC/preview",
        ),
        Row(
            "https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEf/pubchart?oid=123&format=image",
            "diagram",
            "https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEf/pubchart?oid=123",
            "https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEf/pubchart?oid=123&format=interactive",
        ),
        Row(
            '<iframe src="https://drive.google.com/file/d/1AbC/preview" width="640" height="480" allow="autoplay"></iframe>',
            "file",
            "https://drive.google.com/file/d/1AbC/view",
            "https://drive.google.com/file/d/1AbC/preview",
        ),
        Row(
            "https://drive.google.com/file/d/1AbC/view?usp=sharing&resourcekey=0-aBc",
            "file",
            "https://drive.google.com/file/d/1AbC/view?resourcekey=0-aBc",
            "https://drive.google.com/file/d/1AbC/preview?resourcekey=0-aBc",
        ),
        Row(
            "https://drive.google.com/open?id=1AbC&usp=drive_fs",
            "file",
            "https://drive.google.com/file/d/1AbC/view",
            "https://drive.google.com/file/d/1AbC/preview",
        ),
        Row(
            '<iframe src="https://docs.google.com/file/d/0B1/preview" width="640" height="480"></iframe>',
            "file",
            "https://drive.google.com/file/d/0B1/view",
            "https://drive.google.com/file/d/0B1/preview",
        ),
        Row(
            '<iframe src="https://drive.google.com/embeddedfolderview?id=1AbC#list" width="100%" height="500"></iframe>',
            "folder",
            "https://drive.google.com/drive/folders/1AbC",
            "https://drive.google.com/embeddedfolderview?id=1AbC#list",
        ),
        Row(
            "https://drive.google.com/drive/u/1/folders/1AbC?usp=sharing",
            "folder",
            "https://drive.google.com/drive/folders/1AbC",
            "https://drive.google.com/embeddedfolderview?id=1AbC",
        ),
        Row(
            '<object data="https://docs.google.com/gview?embedded=true&amp;url=https://www.leinau.example/plan.pdf" width="600" height="780"></object>',
            "viewer",
            "https://docs.google.com/viewer?url=https%3A%2F%2Fwww.leinau.example%2Fplan.pdf",
            "https://docs.google.com/viewer?embedded=true&url=https%3A%2F%2Fwww.leinau.example%2Fplan.pdf",
        ),
    ),
    loads=(
        "https://docs.google.com/document/d/e/2PACX/pub",
        "https://drive.google.com/file/d/1AbC/preview",
    ),
    frames={
        "document": Frame("Document from Google Docs", "fullscreen", size=(640, 480)),
        "slides": Frame("Document from Google Docs", "fullscreen", size=(640, 389)),
        "diagram": Frame("Document from Google Docs", "fullscreen", size=(600, 371)),
        "table": Frame("Document from Google Docs", "fullscreen", size=(640, 480)),
        "file": Frame("Document from Google Docs", "fullscreen", size=(640, 480)),
        "folder": Frame("Document from Google Docs", "fullscreen", size=(640, 480)),
        "viewer": Frame("Document from Google Docs", "fullscreen", size=(640, 480)),
    },
    facts={
        "document takes": "width height",
        "slides takes": "width height",
        "diagram takes": "width height",
        "table takes": "width height",
        "file takes": "width height",
        "folder takes": "width height",
        "viewer takes": "width height",
        "document keeps": "embedded",
        "diagram keeps": "oid",
        "table keeps": "gid range single widget",
        "file keeps": "id resourcekey",
        "folder keeps": "id",
        "viewer keeps": "embedded url",
        "shares hosts": "docs.google.com/a/ docs.google.com/document docs.google.com/drawings docs.google.com/file docs.google.com/gview docs.google.com/presentation docs.google.com/spreadsheet/ docs.google.com/spreadsheets docs.google.com/thumbnail docs.google.com/uc docs.google.com/viewer",
        "colour": "#2866c9",
        "company": "Google Ireland Limited",
        "icon": "M5",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other(
            '<img src="https://drive.google.com/thumbnail?id=1AbC">', "removed", "https://drive.google.com/thumbnail"
        ),
        Other(
            '<iframe src="https://docs.google.com/spreadsheet/pub?key=0Ak&amp;output=html"></iframe>',
            "linked",
            "https://docs.google.com/spreadsheet/pub?key=0Ak",
        ),
        Other(
            '<iframe src="https://docs.google.com/a/leinau.example/forms/d/e/1/viewform"></iframe>',
            "linked",
            "https://docs.google.com/a/leinau.example/forms/d/e/1/viewform",
        ),
    ),
)
