"""General modules know no platform: what is true of one platform stands in its record, and the code walks the registry (law 8)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import shariff_py
from shariff_py.platforms.registry import REGISTRY

PACKAGE = Path(shariff_py.__file__).parent

NAMES = re.compile(
    r"""facebook | \bmeta\ platforms | \bfb | tfbnw | atdmt | messenger\.com | \bm\.me\b | instagram | whatsapp | twitter | youtube | reddit | pinterest | tumblr
    | hatena | lemmy | bluesky | \bbsky | mastodon | linkedin | telegram | weibo | odnoklassniki | \bvk\b | hacker\ ?news | flipboard
    | \bog_object | \bsharer\b | /plugins/ | graph\.""",
    re.IGNORECASE | re.VERBOSE,
)
"""Names of platforms, of their hosts and companies, of their markup and of their paths."""

ORDINARY_WORDS = frozenset({"x", "threads"})
"""Names of platforms that are words of programs, too; their hosts are looked for."""

OF_RECORDS = re.compile(
    "|".join(
        rf"\b{re.escape(word)}\b"
        for record in REGISTRY.values()
        for word in (*({record.name} - ORDINARY_WORDS), *record.hosts, *record.shared_hosts)
        if record.embeds
    ),
    re.IGNORECASE,
)
"""The same from the records of platforms that show something, whichever there are."""

OWN_PLACES = ("platforms/known/", "platforms/companies.py", "audit/selftest/", "response_policy/widget_hashes.py")
"""Where platforms and their companies are described, the audit's own test page with forms of contact that it has to see, and a generated table
of hashes, in which any letters can stand beside each other."""

EXAMPLES = {
    ("settings/model.py", "facebook"): "the default of `services`, a public default that only names rows of the registry",
    ("web/own_pages/count_formats.py", "Name services: services=facebook|vk."): "an example in an error message",
    ("channels/model.py", 'must be lower-case letters, digits and hyphens, for example "town-facebook".'): "an example, too",
}  # fmt: skip
"""Strings that name a platform without the code depending on it, each with the reason."""


def named(source: str) -> list[str]:
    """The identifiers and strings of a source that name a platform. Docstrings and comments may give examples."""
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and id(node) not in prose:
            found.append(node.value if isinstance(node.value, str) else node.value.decode("latin-1"))
        else:
            fields = ("id", "attr", "name", "arg", "module")
            found += [value for name in fields if isinstance(value := getattr(node, name, None), str)]
    return [text for text in found if NAMES.search(text) or OF_RECORDS.search(text)]


def general_modules() -> list[str]:
    files = (file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py"))
    return sorted(file for file in files if not file.startswith(OWN_PLACES))


@pytest.mark.parametrize("file", general_modules())
def test_a_general_module_names_no_platform(file: str) -> None:
    names = named((PACKAGE / file).read_text(encoding="utf-8"))

    assert [text for text in names if (file, text) not in EXAMPLES] == []


@pytest.mark.parametrize(("file", "text"), EXAMPLES)
def test_an_exception_that_is_no_longer_needed_is_noticed(file: str, text: str) -> None:
    assert text in named((PACKAGE / file).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        'if platform.name == "facebook": pass',
        'HOST = "www.facebook.com"',
        'found = "fb-post" in classes',
        'PATH = re.compile(rb"/plugins/post\\.php")',
        "from shariff_py.platforms.known.facebook import PLATFORM",
        "def is_facebook(): ...",
        'sharer = "https://www.example.org/sharer/sharer.php"',
        'f"https://{host}/graph.{name}"',
    ],
)
def test_a_platform_named_in_code_is_noticed(source: str) -> None:
    assert named(source)


def test_a_platform_named_in_a_docstring_or_a_comment_is_an_example() -> None:
    assert named('"""A page on Facebook."""\nX = 1\n"""Such as fb-post."""\n# www.facebook.com\n') == []


def test_every_platform_that_shows_or_counts_something_is_looked_for() -> None:
    records = [record for record in REGISTRY.values() if record.embeds or record.counts]
    words = [word for record in records for word in (record.name, *record.hosts) if word not in ORDINARY_WORDS]

    assert len(words) > 20
    assert [word for word in words if not (NAMES.search(word) or OF_RECORDS.search(word))] == []
