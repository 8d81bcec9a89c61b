"""Reddit: posts and comments."""

from __future__ import annotations

import pytest
from support.platform_content import contacts, is_untouched, opened

POST = "https://www.reddit.com/r/musterstadt/comments/1abc2d/"
COMMENT = "https://www.reddit.com/r/musterstadt/comments/1abc2d/comment/k1abcde/"
BY = 'by <a href="https://www.reddit.com/user/erika/">u/erika</a> in <a href="https://www.reddit.com/r/musterstadt/">musterstadt</a>'
POST_2026 = (
    '<blockquote class="reddit-embed-bq" style="height:500px" data-embed-height="546"><a '
    f'href="https://www.reddit.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen/">Das Freibad ist offen</a><br> {BY}</blockquote>'
    '<script async="" src="https://embed.reddit.com/widgets.js" charset="UTF-8"></script>'
)
COMMENT_2026 = (
    f'<blockquote class="reddit-embed-bq" data-embed-height="240"><a href="{COMMENT}">Comment</a><br> by <a '
    'href="https://www.reddit.com/user/erika/">u/erika</a> from discussion <a '
    'href="https://www.reddit.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen/"></a></blockquote>'
    '<script async="" src="https://embed.reddit.com/widgets.js" charset="UTF-8"></script>'
)
CARD_2018 = (
    '<blockquote class="reddit-card" data-card-created="1520000000"><a '
    'href="https://www.reddit.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen/?ref=share&amp;ref_source=embed">Das Freibad ist offen</a> '
    'from <a href="http://www.reddit.com/r/musterstadt">r/musterstadt</a></blockquote>'
    '<script async src="//embed.redditmedia.com/widgets/platform.js" charset="UTF-8"></script>'
)
COMMENT_2016 = (
    '<div class="reddit-embed" data-embed-media="www.redditmedia.com" data-embed-parent="false" data-embed-live="false"><a '
    'href="https://www.reddit.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen/k1abcde">Comment</a> from discussion <a '
    'href="https://www.reddit.com/r/musterstadt/comments/1abc2d/das_freibad_ist_offen">Das Freibad ist offen</a>.</div>'
    '<script async src="https://www.redditstatic.com/comment-embed.js"></script>'
)


@pytest.mark.parametrize(
    ("document", "address"), [(POST_2026, POST), (COMMENT_2026, COMMENT), (CARD_2018, POST), (COMMENT_2016, COMMENT)]
)
def test_a_released_page_asks_before_it_loads(document: str, address: str) -> None:
    assert contacts(document)
    html, findings = opened(document, "reddit")

    assert findings[0] == ("gated", "post", address)
    assert [outcome for outcome, _, _ in findings[1:]] == ["removed"]
    assert "Comment" in html or "Das Freibad ist offen" in html


@pytest.mark.parametrize(
    "document",
    [
        '<div class="reddit-card">Unser Auftritt</div>',
        '<div class="reddit-embed"><a href="https://www.reddit.com/r/musterstadt/comments/1abc2d/">Frage</a></div>',
        '<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/musterstadt/">r/musterstadt</a></blockquote>',
        f'<p><a href="{POST}">Frage</a></p>',
    ],
)
def test_own_elements_of_that_name_and_links_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "reddit")
