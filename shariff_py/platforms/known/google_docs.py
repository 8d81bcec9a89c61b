"""Google Docs, Sheets, Slides and Drive, and the viewer for documents of other sites.

Sources: code of iframely (27 June 2026) for published documents, tables, slides and for files of Drive; the code that its dialogues give
out, as found in public sites, for folders, diagrams and the viewer. The hosts were not confirmed. Links for downloading are no content.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from shariff_py.platforms.companies import GOOGLE
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, Size, forms
from shariff_py.platforms.pattern import patterns
from shariff_py.platforms.record import Icon, Platform

DOCS, DRIVE = r"docs\.google\.com", r"drive\.google\.com"
ON_DOCS, ON_DRIVE = "https://docs.google.com", "https://drive.google.com"

OF_ACCOUNT = r"(?:u/[0-9]+/)?"
ID = r"d/(?!e/)(?P<id>[\w-]+)"
PUBLISHED = r"d/e/(?P<published>[\w-]+)"
"""What is published to the web has an id of its own, which does not lead to the document that is edited. Until 2017 it had the document's, and
an address of its own: that of the document shows it only to those with whom it is shared."""

PART = r"(?P<part>(?:(?:gid=[0-9]+|range=[\w%-]+|single=(?:true|false))&?)+)"
"""Which sheet of a table, and which cells."""
SHOWN_DOCUMENT = r"url=(?P<document>https?%3A%2F%2F[^&]+)"
"""The document of another site that the viewer shows."""
KEY = r"resourcekey=(?P<key>[\w-]+)"
"""The key of an older file, without which its link is refused."""
PATHS = (
    "a/", "document", "drawings", "embeddedfolderview", "file", "gview", "present", "presentation", "spreadsheet/", "spreadsheets", "thumbnail",
    "uc", "viewer", "viewerng",
)  # fmt: skip
"""How its paths begin on a host that it shares with forms."""

_kind = partial(EmbedKind, content="document", parameters=PASTED_SIZE, size=Size(640, 480), features=("fullscreen",))

PLATFORM = Platform(
    name="google_docs",
    title="Google Docs",
    operator=GOOGLE,
    hosts=("drive.google.com", "drive.usercontent.google.com"),
    shared_hosts=tuple(f"docs.google.com/{path}" for path in PATHS),
    keeps_query=frozenset({"confirm", "export", "gid", "id", "key", "resourcekey", "url"}),
    script_marks=patterns(
        r"(?i)docs\.google\.com[\\/]++(?:document|spreadsheets?|presentation|gview|viewer)\b",
        r"(?i)\bdrive\.google\.com[\\/]++(?:file|embeddedfolderview)\b",
    ),
    embeds=(
        _kind(
            "document",
            links=forms(
                rf"/document/{OF_ACCOUNT}{PUBLISHED}(?:/pub)?/?",
                rf"/document/{OF_ACCOUNT}{ID}/(?P<pub>pub)/?",
                rf"/document/{OF_ACCOUNT}{ID}(?:/(?:edit|view|preview|mobilebasic))?/?",
                host=DOCS,
            ),
            frames=forms(
                rf"/document/{PUBLISHED}/pub\?embedded=true",
                rf"/document/{ID}/(?P<pub>pub)\?embedded=true",
                rf"/document/{ID}/preview",
                host=DOCS,
            ),
            public=(
                f"{ON_DOCS}/document/d/e/{{published}}/pub",
                f"{ON_DOCS}/document/d/{{id}}/{{pub}}",
                f"{ON_DOCS}/document/d/{{id}}/view",
            ),
            frame=(
                f"{ON_DOCS}/document/d/e/{{published}}/pub?embedded=true",
                f"{ON_DOCS}/document/d/{{id}}/{{pub}}?embedded=true",
                f"{ON_DOCS}/document/d/{{id}}/preview",
            ),
            keeps_query=frozenset({"embedded"}),
            samples=("https://docs.google.com/document/d/e/2PACX-1vAbCdEf/pub",),
        ),
        _kind(
            "slides",
            links=forms(
                rf"/presentation/{OF_ACCOUNT}(?:{PUBLISHED}|{ID})(?:/(?:edit|view|present|pub))?/?",
                host=DOCS,
            ),
            frames=forms(
                rf"/presentation/{PUBLISHED}/(?:pub)?embed",
                rf"/presentation/{ID}/(?:embed|preview)",
                host=DOCS,
            ),
            public=(f"{ON_DOCS}/presentation/d/e/{{published}}/pub", f"{ON_DOCS}/presentation/d/{{id}}/view"),
            frame=(
                f"{ON_DOCS}/presentation/d/e/{{published}}/embed?start=false",
                f"{ON_DOCS}/presentation/d/{{id}}/embed?start=false",
            ),
            size=Size(640, 389),
            samples=("https://docs.google.com/presentation/d/e/2PACX-1vAbCdEf/pub",),
        ),
        _kind(
            "diagram",
            frames=forms(rf"/spreadsheets/(?:{PUBLISHED}|{ID})/pubchart\?oid=(?P<diagram>[0-9]+)", host=DOCS),
            public=(
                f"{ON_DOCS}/spreadsheets/d/e/{{published}}/pubchart?oid={{diagram}}",
                f"{ON_DOCS}/spreadsheets/d/{{id}}/pubchart?oid={{diagram}}",
            ),
            frame=(
                f"{ON_DOCS}/spreadsheets/d/e/{{published}}/pubchart?oid={{diagram}}&format=interactive",
                f"{ON_DOCS}/spreadsheets/d/{{id}}/pubchart?oid={{diagram}}&format=interactive",
            ),
            keeps_query=frozenset({"oid"}),
            size=Size(600, 371),
            samples=("https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEf/pubchart?oid=123456789",),
        ),
        _kind(
            "table",
            links=forms(
                rf"/spreadsheets/{OF_ACCOUNT}{PUBLISHED}(?:/pubhtml)?/?(?:\?{PART})?",
                rf"/spreadsheets/{OF_ACCOUNT}{ID}/(?P<pub>pubhtml)/?(?:\?{PART})?",
                rf"/spreadsheets/{OF_ACCOUNT}{ID}(?:/(?:edit|view|preview|htmlview))?/?(?:\?{PART})?",
                host=DOCS,
            ),
            frames=forms(
                rf"/spreadsheets/{PUBLISHED}/pubhtml\?(?:{PART})?widget=true",
                rf"/spreadsheets/{ID}/(?P<pub>pubhtml)\?(?:{PART})?widget=true",
                rf"/spreadsheets/{ID}/preview",
                host=DOCS,
            ),
            public=(
                f"{ON_DOCS}/spreadsheets/d/e/{{published}}/pubhtml?{{part}}",
                f"{ON_DOCS}/spreadsheets/d/e/{{published}}/pubhtml",
                f"{ON_DOCS}/spreadsheets/d/{{id}}/{{pub}}?{{part}}",
                f"{ON_DOCS}/spreadsheets/d/{{id}}/{{pub}}",
                f"{ON_DOCS}/spreadsheets/d/{{id}}/view",
            ),
            frame=(
                f"{ON_DOCS}/spreadsheets/d/e/{{published}}/pubhtml?{{part}}&widget=true&headers=false",
                f"{ON_DOCS}/spreadsheets/d/e/{{published}}/pubhtml?widget=true&headers=false",
                f"{ON_DOCS}/spreadsheets/d/{{id}}/{{pub}}?{{part}}&widget=true&headers=false",
                f"{ON_DOCS}/spreadsheets/d/{{id}}/{{pub}}?widget=true&headers=false",
                f"{ON_DOCS}/spreadsheets/d/{{id}}/preview",
            ),
            keeps_query=frozenset({"gid", "range", "single", "widget"}),
            completed=lambda parts: {"part": parts["part"].rstrip("&")} if "part" in parts else {},
            samples=("https://docs.google.com/spreadsheets/d/e/2PACX-1vAbCdEf/pubhtml?gid=0&single=true",),
        ),
        _kind(
            "file",
            links=forms(
                rf"/file/{OF_ACCOUNT}{ID}(?:/(?:edit|view|preview))?/?(?:\?{KEY})?",
                rf"/open\?id=(?P<id>[\w-]+)(?:&{KEY})?",
                host=DRIVE,
            ),
            frames=forms(rf"/file/{ID}/preview\?{KEY}", rf"/file/{ID}/preview", host=rf"{DRIVE}|{DOCS}"),
            public=(f"{ON_DRIVE}/file/d/{{id}}/view?resourcekey={{key}}", f"{ON_DRIVE}/file/d/{{id}}/view"),
            frame=(f"{ON_DRIVE}/file/d/{{id}}/preview?resourcekey={{key}}", f"{ON_DRIVE}/file/d/{{id}}/preview"),
            keeps_query=frozenset({"id", "resourcekey"}),
            samples=("https://drive.google.com/file/d/1AbCdEfGhIjKlMnOp/view",),
        ),
        _kind(
            "folder",
            links=forms(rf"/drive/{OF_ACCOUNT}(?:mobile/)?folders/(?P<id>[\w-]+)", host=DRIVE),
            frames=forms(r"/embeddedfolderview\?id=(?P<id>[\w-]+)(?:#(?P<look>grid|list))?", host=rf"{DRIVE}|{DOCS}"),
            public=(f"{ON_DRIVE}/drive/folders/{{id}}",),
            frame=(f"{ON_DRIVE}/embeddedfolderview?id={{id}}#{{look}}", f"{ON_DRIVE}/embeddedfolderview?id={{id}}"),
            keeps_query=frozenset({"id"}),
            samples=("https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOp",),
        ),
        _kind(
            "viewer",
            links=forms(
                rf"/(?:viewer|gview|viewerng/viewer)\?(?:embedded=\w+&)?{SHOWN_DOCUMENT}", host=rf"{DOCS}|{DRIVE}"
            ),
            frames=forms(
                rf"/viewer\?embedded=true&{SHOWN_DOCUMENT}",
                rf"/gview\?embedded=true&{SHOWN_DOCUMENT}",
                rf"/viewerng/viewer\?embedded=true&{SHOWN_DOCUMENT}",
                host=rf"{DOCS}|{DRIVE}",
            ),
            public=(f"{ON_DOCS}/viewer?url={{document}}",),
            frame=(f"{ON_DOCS}/viewer?embedded=true&url={{document}}",),
            keeps_query=frozenset({"embedded", "url"}),
            samples=("https://docs.google.com/viewer?url=https%3A%2F%2Fwww.musterstadt.example%2Fplan.pdf",),
        ),
    ),
    colour="#2866c9",
    icon=Icon("M5 2h9l5 5v15H5zM8 11v2h8v-2zM8 15v2h8v-2z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
