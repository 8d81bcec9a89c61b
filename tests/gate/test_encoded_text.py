"""Text inside other text: read in each form, and written back with everything else left letter for letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from support.stored import in_base64

from shariff_py.gate.browser_rules.encoded_text import (
    JSON_STRING,
    PERCENT,
    PERCENT_WITH_PLUS,
    REFERENCES,
    Encoding,
    as_base64,
    base64_text,
)
from shariff_py.gate.detect import store_hints

LONG = "<p>ein Text, der lang genug ist</p>"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.mark.parametrize(
    ("encoding", "raw", "text"),
    [
        (JSON_STRING, r"Gr\u00fc\u00DFe \ud83d\uDE00 \"\\\/\n", 'Grüße 😀 "\\/\n'),
        (REFERENCES, "&lt;p&gt; &amp;amp; &#x41;&#66; &copy=1 &reg &unbekannt; & x", "<p> &amp; AB &copy=1 &reg &unbekannt; & x"),
        (PERCENT, "%3Cp%3E%20+%C3%BC 100% x", "<p> +ü 100% x"),
        (PERCENT_WITH_PLUS, "%3Cp%3E+%C3%BC", "<p> ü"),
    ],
)  # fmt: skip
def test_each_form_is_read_as_scripts_read_it(encoding: Encoding, raw: str, text: str) -> None:
    assert encoding.decoded(raw) == text
    assert encoding.spliced(raw, text) == raw


@pytest.mark.parametrize(
    ("encoding", "raw"), [(JSON_STRING, "\\x"), (JSON_STRING, "a\\"), (PERCENT, "%FF%FE"), (PERCENT_WITH_PLUS, "%C3+")]
)
def test_what_is_not_in_a_form_has_no_text(encoding: Encoding, raw: str) -> None:
    assert encoding.decoded(raw) is None


@pytest.mark.parametrize(
    ("encoding", "raw", "new", "written"),
    [
        (JSON_STRING, r"\u003Cb\u003E alt \/", "<b> <i>neu</i> /", r"\u003Cb\u003E \u003Ci\u003Eneu\u003C\/i\u003E \/"),
        (JSON_STRING, r"Gr\u00fc\u00dfe alt", "Grüße Öl", r"Gr\u00fc\u00dfe \u00d6l"),
        (JSON_STRING, "Grüße alt", "Grüße Öl", "Grüße Öl"),
        (JSON_STRING, r"\u0022a\u0022 alt", '"a" "b"', r"\u0022a\u0022 \u0022b\u0022"),
        (JSON_STRING, "alt", "</script>", r"\u003c/script>"),
        (JSON_STRING, r"\x3c alt", "", None),
        (REFERENCES, "&#60;p> alt", "<p> \"neu\" 'x' &", "&#60;p> &quot;neu&quot; &#39;x&#39; &amp;"),
        (REFERENCES, "&#34; &#x27; alt", "\" ' \"'", "&#34; &#x27; &#34;&#x27;"),
        (PERCENT, "%3cp%3e alt", "<p> neu/", "%3cp%3e neu%2F"),
        (PERCENT_WITH_PLUS, "a+b+alt", "a b neu neu", "a+b+neu+neu"),
    ],
)  # fmt: skip
def test_a_new_text_is_written_in_the_style_of_the_old(
    encoding: Encoding, raw: str, new: str, written: str | None
) -> None:
    assert encoding.spliced(raw, new) == written


@effort(max_examples=50, deadline=None)
@given(TEXTS, TEXTS, TEXTS, st.sampled_from([JSON_STRING, REFERENCES, PERCENT]))
def test_a_new_text_is_read_as_it_was_meant(before: str, after: str, new: str, encoding: Encoding) -> None:
    raw = encoding.encode(f"{before} alt {after}", "")
    written = encoding.spliced(raw, f"{before} {new} {after}")

    assert written is not None
    assert encoding.decoded(written) == f"{before} {new} {after}"


@pytest.mark.parametrize("text", [LONG, f"{LONG}.", f"{LONG}..", "<ÿÿÿ>?>~~~" * 4])
def test_base64_is_written_as_it_was(text: str) -> None:
    padded = in_base64(text)
    for raw in (padded, padded.rstrip("="), padded.replace("+", "-").replace("/", "_")):
        assert base64_text(raw) == text
        assert as_base64(text, raw) == raw


@pytest.mark.parametrize(
    "raw", ["kurz", "ein Satz ist kein Base64, auch wenn er lang ist", "/w" * 20, "A" * 41, "Grüße" * 10]
)
def test_what_is_no_base64_has_no_text(raw: str) -> None:
    assert base64_text(raw) is None


@pytest.mark.parametrize("before", ["", "/", "//", "https://www."])
@pytest.mark.parametrize("after", ["", "/", "/plugins/post.php?href=x"])
def test_a_domain_is_found_in_base64_wherever_it_stands(before: str, after: str) -> None:
    text = f"{before}facebook.com{after}".ljust(40)

    assert store_hints.names_platform(f"<i data-x={in_base64(text)}>")
    assert not store_hints.names_platform(f"<i data-x={in_base64(text.replace('facebook', 'leinau89'))}>")
