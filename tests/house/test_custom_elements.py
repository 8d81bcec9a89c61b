"""``custom-elements.json`` and the page of elements say what the elements in ``static/`` have, and nothing else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from support.documents import DOCS, rows, section, text_of
from support.paths import ROOT

from shariff_py import Settings
from shariff_py.consent_ui.gate import gate
from shariff_py.platforms.recognition import recognise
from shariff_py.texts import LANGUAGES

MANIFEST: dict[str, Any] = json.loads(text_of(ROOT / "custom-elements.json"))
ELEMENTS = {
    declared["tagName"]: (module["path"], declared)
    for module in MANIFEST["modules"]
    for declared in module["declarations"]
}
OF_EVERY_ELEMENT = {"class", "id", "lang", "dir", "role", "aria-label"}


def source_of(tag: str) -> str:
    return text_of(ROOT / ELEMENTS[tag][0])


def names(tag: str, what: str) -> set[str]:
    return {str(entry["name"]) for entry in ELEMENTS[tag][1][what]}


def dashed(name: str) -> str:
    return "data-" + re.sub(r"([A-Z])", lambda letter: f"-{letter[1].lower()}", name)


def attributes_read(script: str) -> set[str]:
    """The attributes an element reads from itself: by name, through ``dataset``, or taken apart from it."""
    own = set(re.findall(r"this\.(?:get|has|set|toggle)Attribute\(\"([^\"]+)\"", script))
    own |= {dashed(name) for name in re.findall(r"(?:this|action)\.dataset\.(\w+)", script)}
    taken = re.findall(r"const \{([^}]+)\} = this\.dataset", script)
    return own | {dashed(name.strip()) for names in taken for name in names.split(",")}


def events_sent(script: str) -> set[str]:
    """The events of our own that an element dispatches: every name that begins as they all do."""
    return set(re.findall(r"\"(shariff[:-](?:open|opened|failed|closed|share))\"", script)) | set(
        re.findall(r"(?:new CustomEvent|#tell)\(\"([^\"]+)\"", script)
    )


def states_of(script: str) -> set[str]:
    (union,) = re.findall(r"@typedef \{([^}]+)\} State", script)
    return set(re.findall(r"\"(\w+)\"", union))


def members_of(script: str) -> set[str]:
    """The public fields, accessors and methods of a class, but those the browser calls."""
    found = set(re.findall(r"^  (?:get )?([a-z]\w*)(?:\(.*\) \{| = .*;)$", script, re.MULTILINE))
    return found - {"constructor", "connectedCallback", "disconnectedCallback", "handleEvent"}


def test_every_element_that_is_registered_is_in_the_manifest_where_it_is() -> None:
    sources = {path.name: text_of(path) for path in (ROOT / "static").glob("*.js") if ".min." not in path.name}
    registered = {
        name for text in sources.values() if "customElements.define" in text
        for name in re.findall(r"\"(shariff-[a-z]+)\"", text)
    }  # fmt: skip
    exported = {
        export["name"]: export["declaration"]
        for module in MANIFEST["modules"]
        for export in module["exports"]
        if export["kind"] == "custom-element-definition"
    }

    assert ELEMENTS.keys() == exported.keys() == registered
    for tag, (path, declared) in ELEMENTS.items():
        assert exported[tag] == {"name": declared["name"], "module": path}
        assert f"export class {declared['name']} extends HTMLElement" in source_of(tag)


@pytest.mark.parametrize("tag", ELEMENTS)
def test_the_manifest_has_an_elements_events(tag: str) -> None:
    assert names(tag, "events") == events_sent(source_of(tag))


def test_the_manifest_has_the_attributes_that_elements_read() -> None:
    assert attributes_read(source_of("shariff-gate")) <= names("shariff-gate", "attributes")
    for tag in ELEMENTS.keys() - {"shariff-gate"}:
        assert names(tag, "attributes") == attributes_read(source_of(tag)), tag


def test_the_manifest_has_the_attributes_that_the_server_writes() -> None:
    settings = Settings.from_mapping(
        {
            "site": {"origin": "https://www.example.org"},
            "releases": {"facebook": {"state": "released"}},
            "controllers": {"town": dict.fromkeys(("contact_url", "privacy_url", "alternative_url"), "/a")
                            | {"name": "Town", "remember_days": 90}},
            "frame": {"secrets": ["only for these tests"]},
        }
    )  # fmt: skip
    markup = gate(settings, LANGUAGES["en"], recognise("https://www.facebook.com/example/posts/1234567890", {}))

    element = BeautifulSoup(str(markup), "html.parser").select_one("shariff-gate")

    assert element is not None
    assert set(element.attrs) - OF_EVERY_ELEMENT == names("shariff-gate", "attributes")


def test_the_manifest_has_the_gates_states_and_what_scripts_may_call() -> None:
    (state,) = (entry for entry in ELEMENTS["shariff-gate"][1]["attributes"] if entry["name"] == "state")

    assert set(re.findall(r"\"(\w+)\"", state["type"]["text"])) == states_of(source_of("shariff-gate"))
    assert names("shariff-gate", "members") == members_of(source_of("shariff-gate"))
    assert names("shariff-share", "members") == members_of(source_of("shariff-share")) == set()


def test_what_the_manifest_leaves_out_would_be_noticed() -> None:
    script = """
  colour = "red";
  get size() {
    return this.dataset.bigSize ?? this.getAttribute("size");
  }
  open(now) {
    const { speed, way } = this.dataset;
    this.#tell("shariff:moved");
  }
/** @typedef {"calm" | "loud"} State what it is */"""

    assert attributes_read(script) == {"data-big-size", "size", "data-speed", "data-way"}
    assert events_sent(script) == {"shariff:moved"}
    assert members_of(script) == {"colour", "size", "open"}
    assert states_of(script) == {"calm", "loud"}


@pytest.mark.parametrize("tag", ELEMENTS)
def test_the_page_of_elements_has_what_the_manifest_has(tag: str) -> None:
    text = section(DOCS / "widget.md", tag)
    kinds = ("attributes", "events", "members")

    documented = {name.removesuffix("()") for name in rows(text)}

    assert documented == set().union(*(names(tag, kind) for kind in kinds))


def test_the_page_of_elements_has_every_css_variable() -> None:
    styles = [text_of(path) for path in (ROOT / "static").glob("*.css") if ".min." not in path.name]
    used = {name for style in styles for name in re.findall(r"var\((--shariff-[a-z]+)", style)}

    assert set(re.findall(r"`(--shariff-[a-z]+)`", section(DOCS / "widget.md", "CSS variables"))) == used
