"""Mastodon: posts, from any server. Only the post's own server learns of a visit.

Sources: documentation of its oEmbed interface (2 July 2026), and what its servers put out for embedding, in the old and the new form.
"""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.embed_kind import PASTED_SIZE, USUAL_DISCLOSURES, EmbedKind, HeightMessage, Size, forms
from shariff_py.platforms.record import Icon, Platform, ShareLink

POST = r"(?:@(?P<user>[\w.-]+(?:@[\w.-]+)?)|users/(?P<local>[\w.-]+)/statuses)/(?P<id>[0-9]{3,20})"

PLATFORM = Platform(
    name="mastodon",
    title="Mastodon",
    link_hosts=("joinmastodon.org",),
    any_server=True,
    server_mark="/embed",
    server_scripts=("/embed.js",),
    embeds=(
        EmbedKind(
            "post",
            links=forms(rf"/{POST}/?"),
            frames=forms(rf"/{POST}/embed"),
            public=("https://{server}/@{user}/{id}", "https://{server}/users/{local}/statuses/{id}"),
            frame=("https://{server}/@{user}/{id}/embed", "https://{server}/users/{local}/statuses/{id}/embed"),
            classes=frozenset({"mastodon-embed"}),
            address_attributes={"data-embed-url": "{}"},
            address_in_link=True,
            parameters=PASTED_SIZE,
            size=Size(500, 400),
            height_message=HeightMessage(("height",), ("type",), "setHeight", {"type": "setHeight", "id": 1}),
            features=("fullscreen",),
            samples=("https://social.example.org/@musterstadt/112233445566778899",),
        ),
    ),
    share=ShareLink(
        "https://share.joinmastodon.org/#text={title}%20{url}",
        action="server",
        receiver="Mastodon gGmbH",
        country="DE",
        longest=300,
    ),
    aliases=("fediverse",),
    colour="#563acc",
    icon=Icon(
        "M5 3h14a2 2 0 0 1 2 2v8c0 3-2 4-5 4.3-2 .2-4 .2-5.5 0 .3 1.5 2 2 5 1.7v2c-5.5 1-9-.5-9.5-4.5C3.5 16 3 14.5 3 13V5a2 2 0 0 1 2-2zm3.2 10V9c0-2.5 2.8-2.5 2.8 0v2.5h2V9c0-2.5 2.8-2.5 2.8 0v4H18V8.5C18 5 14 5 12 7.5 10 5 6 5 6 8.5V13z"
    ),
    disclosures=USUAL_DISCLOSURES,
    checked_on=date(2026, 11, 30),
)
