"""Tumblr: posts. The frame has a key of the blog, the link inside the address of the post."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened, shown

KEY = "BVez7Cl_SeW9VrD92h36Og"
POST = "https://musterstadt.tumblr.com/post/138827117418"
FRAME = f"https://embed.tumblr.com/embed/post/t:{KEY}/138827117418/v2"
SCRIPT = '<script async src="https://assets.tumblr.com/post.js"></script>'
LINK = f'<a href="{POST}/das-freibad-ist-offen">Das Freibad ist offen</a>'
NEW = f'<div class="tumblr-post" data-href="{FRAME}" data-did="6d25b0a1">{LINK}</div>{SCRIPT}'
OLD = (
    f'<div class="tumblr-post" data-href="https://embed.tumblr.com/embed/post/{KEY}/138827117418" data-did="6d25b0a1">'
    f'<a href="http://musterstadt.tumblr.com/post/138827117418">Das Freibad ist offen</a></div>'
    '<script async src="https://secure.assets.tumblr.com/post.js"></script>'
)


@pytest.mark.parametrize("pasted", [NEW, OLD])
def test_the_key_is_for_the_frame_and_the_link_inside_is_the_address(pasted: str) -> None:
    assert shown(pasted) == ("post", POST, f"{FRAME}#musterstadt.tumblr.com/post")


def test_a_blog_of_an_own_domain_leaves_the_address_of_the_frame() -> None:
    pasted = NEW.replace("musterstadt.tumblr.com", "blog.musterstadt.example")

    assert shown(pasted) == ("post", FRAME, FRAME)


@pytest.mark.parametrize(
    ("address", "public", "at"),
    [
        (f"{POST}/das-freibad-ist-offen?source=share", POST, "musterstadt.tumblr.com/post"),
        (
            "https://www.tumblr.com/musterstadt/138827117418/das-freibad",
            "https://www.tumblr.com/musterstadt/138827117418",
            "www.tumblr.com/musterstadt",
        ),
    ],
)
def test_an_address_alone_opens_by_the_name_of_the_blog(address: str, public: str, at: str) -> None:
    assert shown(address) == ("post", public, f"https://embed.tumblr.com/embed/post/musterstadt/138827117418/v2#{at}")


@pytest.mark.parametrize("document", [NEW, OLD])
def test_a_released_page_asks_before_it_loads(document: str) -> None:
    assert contacts(document)
    html, findings = opened(document, "tumblr")

    assert findings[0] == ("gated", "post", POST)
    assert [outcome for outcome, _, _ in findings[1:]] == ["removed"]
    assert "Das Freibad ist offen" in html
    assert closed(document)[1][0] == ("linked", "post", POST)


@pytest.mark.parametrize(
    "document",
    [
        '<div class="tumblr-post" data-href="/post/1">Eigener Beitrag</div>',
        '<article class="tumblr-post"><a href="https://www.tumblr.com/musterstadt">Tumblr</a></article>',
        f"<p>{LINK}</p>",
    ],
)
def test_own_elements_of_that_name_and_links_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "tumblr")
