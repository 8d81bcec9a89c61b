"""Finished pages as text: read as browsers read them, written back the same, with elements put into the head where they belong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shariff_py.static_site import decode_page
from shariff_py.static_site.head import with_policy, with_widget


@pytest.mark.parametrize(
    ("raw", "letters", "references"),
    [
        ("<p>ü".encode(), "ü", False),
        (b"\xef\xbb\xbf<p>\xc3\xbc", "ü", False),
        (b"<p>plain", "plain", True),
        (b"<p>\xfc", "ü", True),
        (b'<meta charset="ISO-8859-2"><p>\xb1', "ą", True),
        (b'<!-- <meta charset="ISO-8859-2"> --><p>\xb1', "±", True),
        ("\ufeff<p>ü".encode("utf-16-le"), "ü", False),
        (b'<meta charset="unheard-of"><p>\x81', "\x81", True),
    ],
    ids=["utf-8", "with a mark", "ascii", "undeclared", "declared", "in a comment", "utf-16", "unknown"],
)
def test_a_page_is_read_as_browsers_read_it(raw: bytes, letters: str, references: bool) -> None:
    text = decode_page(raw)

    assert letters in text.html or letters.encode("latin-1").decode("ascii", "surrogateescape") in text.html
    assert text.references is references
    assert text.encode(text.html) == raw


@given(
    st.binary(max_size=200),
    st.sampled_from(
        ["utf-8", "iso-8859-1", "shift_jis", "iso-2022-jp", "gbk", "big5", "euc-kr", "koi8-u", "x-user-defined", "hz"]
    ),
)
def test_any_bytes_in_any_declared_set_come_back_the_same(noise: bytes, charset: str) -> None:
    raw = f'<meta charset="{charset}">'.encode() + noise

    text = decode_page(raw)

    assert text.encode(text.html) == raw


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<!doctype html><title>x</title><p>y", "<!doctype html><title>x</title>@\n<p>y"),
        ("<html><head></head><body>", "<html><head>@\n</head><body>"),
        ("<head>\r\n</head>\r\n<p>", "<head>\r\n@\n</head>\r\n<p>"),
        ("<html><body>x", "<html>@\n<body>x"),
        ("<head><script>'</head>'</script><!-- </head> --></head>", "<head><script>'</head>'</script><!-- </head> -->@\n</head>"),
        ("<title></head></title>y", "<title></head></title>@\ny"),
        ("<head><template><template></template><p></template></head>", "<head><template><template></template><p></template>@\n</head>"),
        ("<head><noscript><link></noscript><meta name=a></head>", "<head><noscript><link></noscript><meta name=a>@\n</head>"),
        ("<p>part</p>", "<p>part</p>"),
        ("</><head></head>\f", "</><head>@\n</head>\f"),
    ],
)  # fmt: skip
def test_the_end_of_a_head_is_where_browsers_end_it(page: str, expected: str) -> None:
    assert with_widget(page, "W") == expected.replace("@", "<!--shariff:widget-->W<!--/shariff:widget-->")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "<head><meta charset=utf-8><script src=a></script></head>",
            "<head><meta charset=utf-8>@\n<script src=a></script></head>",
        ),
        ("<head><title>x</title><meta charset=utf-8></head>", "<head><title>x</title><meta charset=utf-8>@\n</head>"),
        ("<head><link href=a><meta charset=utf-8></head>", "<head>@\n<link href=a><meta charset=utf-8></head>"),
        ("\ufeff<!doctype html><p>x", "\ufeff<!doctype html>@\n<p>x"),
    ],
)
def test_the_policy_comes_before_what_is_fetched_and_after_the_character_set(page: str, expected: str) -> None:
    assert with_policy(page, "P") == expected.replace("@", "<!--shariff:policy-->P<!--/shariff:policy-->")


@given(
    st.lists(
        st.sampled_from(
            [
                "<",
                "head",
                ">",
                "</head>",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "\r",
                "\f",
                "</>",
                "ü",
                "<title>",
                "<body>",
                "\0",
            ]
        )
    )
)
def test_taking_the_block_out_again_gives_any_page_back(pieces: list[str]) -> None:
    page = "".join(["<!doctype html>", *pieces])
    block = "<!--shariff:widget-->W<!--/shariff:widget-->"

    changed = with_widget(page, "W")

    before, _, after = changed.partition(block)
    assert page in {before + after, before + after.removeprefix("\n")}
    assert with_widget(changed, "W") == changed
