"""Mastodon: code as its servers put it out, the new form and the old; addresses of local and of remote accounts."""

from support.platform_rows import Expected, Frame, Other, Row

POST = "https://social.example.org/@town/112233"

EXPECTED = Expected(
    "mastodon",
    rows=(
        Row(
            '<blockquote class="mastodon-embed" data-embed-url="https://social.example.org/@town/112233/embed" style="background: #FCF8FF;"><a href="https://social.example.org/@town/112233" target="_blank"><div>Post von @town@social.example.org</div></a></blockquote>',
            "post",
            POST,
            f"{POST}/embed",
            kept="Post von @town@social.example.org",
        ),
        Row(
            '<iframe src="https://social.example.org/@town/112233/embed" class="mastodon-embed" style="max-width: 100%; border: 0" width="400" height="300" allowfullscreen="allowfullscreen"></iframe>',
            "post",
            POST,
            f"{POST}/embed",
            size=(400, 300),
        ),
        Row('<blockquote class="mastodon-embed" data-embed-url="https://social.example.org/@town/112233/embed"></blockquote>', "post", POST, f"{POST}/embed"),
        Row(
            '<blockquote class="mastodon-embed"><a href="https://social.example.org/@town/112233">Beitrag ansehen</a></blockquote>',
            "post",
            POST,
            f"{POST}/embed",
        ),
        Row("https://social.example.org/@guest@other.example/112233?utm_source=x", "post", "https://social.example.org/@guest@other.example/112233", "https://social.example.org/@guest@other.example/112233/embed"),
        Row("https://social.example.org/users/town/statuses/112233", "post", "https://social.example.org/users/town/statuses/112233", "https://social.example.org/users/town/statuses/112233/embed"),
    ),
    frames={"post": Frame("Mastodon post", "fullscreen", size=(500, 400))},
    facts={
        "post takes": "width height",
        "linked at": "joinmastodon.org",
        "post tells its height": 'height if type is setHeight, asked by {"type": "setHeight", "id": 1}',
        "colour": "#563acc",
        "icon": "M5",
        "also": "fediverse",
        "share": "https://share.joinmastodon.org/#text={title}%20{url}",
        "mark": "/embed",
        "discloses": "ip browser language time content site_name",
    },
    others=(
        Other('<script data-allowed-prefixes="https://social.example.org/" async src="https://social.example.org/embed.js"></script>', "removed", "https://social.example.org/embed.js"),
    ),
)  # fmt: skip
