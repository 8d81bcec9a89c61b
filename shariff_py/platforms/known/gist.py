"""GitHub Gist: pieces of text and code. It exists only as a script, which writes the text into the page.

Sources: code of sites and of their generators (2012 to 2026) for the script, with and without the owner and the name of a file, and for the
style sheet that it loads; GitHub refuses to be framed. That pictures in a text come from ``githubusercontent.com`` was not confirmed; they are
not loaded.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.companies import GITHUB
from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, ScriptForm, Size, forms
from shariff_py.platforms.pattern import patterns
from shariff_py.platforms.record import Icon, Platform

TEXT = r"(?:(?P<owner>[A-Za-z0-9][A-Za-z0-9-]{0,38})/)?(?P<id>[0-9a-f]{20,40}|[0-9]{1,9})"

PLATFORM = Platform(
    name="gist",
    title="GitHub Gist",
    operator=GITHUB,
    hosts=("gist.github.com", "github.githubassets.com"),
    content_hosts=patterns(r"gist\.github\.com"),
    public_host="gist.github.com",
    script_marks=patterns(r"(?i)\bgist\.github\.com\b[^\s\"'<>]*\.js(?:on)?\b", r"(?i)\bgithub\.githubassets\.com\b"),
    embeds=(
        EmbedKind(
            "gist",
            content="document",
            links=forms(rf"/{TEXT}/?"),
            frames=forms(rf"/{TEXT}\.js\?file=(?P<file>[^&#]+)", rf"/{TEXT}\.js"),
            public=("https://gist.github.com/{owner}/{id}", "https://gist.github.com/{id}"),
            frame=(
                "https://gist.github.com/{owner}/{id}.js?file={file}",
                "https://gist.github.com/{owner}/{id}.js",
                "https://gist.github.com/{id}.js?file={file}",
                "https://gist.github.com/{id}.js",
            ),
            script=ScriptForm(sources={"style-src": ("github.githubassets.com",)}),
            keeps_query=frozenset({"file"}),
            parameters=PASTED_SIZE,
            size=Size(700, 400),
            samples=("https://gist.github.com/musterstadt/0123456789abcdef0123456789abcdef",),
        ),
    ),
    colour="#24292f",
    icon=Icon("M8 6l1.4 1.4L4.8 12l4.6 4.6L8 18l-6-6zM16 6l6 6-6 6-1.4-1.4 4.6-4.6-4.6-4.6z"),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
