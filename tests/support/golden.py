"""The golden cases: folders in ``gate_cases``, each a page as an editor might leave it and what the gate makes of it.

``source.html``    the page as it is pasted, in its own character set
``expected.html``  the page after the gate, in the same character set, each gate as one short element (`support.short_gates`)
``findings.json``  what the gate says it did
``case.toml``      what the case shows and how it is to be read; its keys are the fields of `Case`
``markup.html``    in one case only: the page after the gate as browsers get it

``scripts/gate_case.py`` makes a new case from a file and writes expectations anew for review.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from shariff_py.gate import Gated, gate_html
from shariff_py.settings import Settings
from support.short_gates import shortened

FOLDER = Path(__file__).parent.parent / "gate_cases"

ORIGIN = "https://www.leinau.example"

CONFIGURATION: Mapping[str, Any] = {
    "site": {"origin": ORIGIN},
    "frame": {"secrets": ["only for these tests"]},
    "releases": {"facebook": {"state": "released"}},
    "controllers": {
        "city": {
            "name": "Stadt Leinau",
            "contact_url": "/kontakt",
            "privacy_url": "/datenschutz",
            "alternative_url": "/aktuelles",
        }
    },
}
"""A municipal portal that has released Facebook."""

SETTINGS = Settings.from_mapping(CONFIGURATION)


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    ``about`` says what it shows and where the form comes from. The next three are measured in Chromium: ``leaks``, a platform is
    contacted as soon as the page as it is pasted is opened; ``only_policy``, the rewriter cannot see it and the policy holds it;
    ``policy_misses``, no policy holds it and the rewriter does. With both, neither holds it; ``list_misses``, the list of allowed
    connections does not either. ``rewords`` says why words of the
    source are missing afterwards, ``open_end`` why what follows the source is not kept as it is. ``scripting`` is false where visitors without script are meant. ``page`` is the page's address,
    ``encoding`` its character set, ``unknown`` and ``allow`` are the settings of the gate for unknown hosts.
    """

    name: str
    about: str
    leaks: bool
    only_policy: bool = False
    policy_misses: bool = False
    list_misses: bool = False
    scripting: bool = True
    rewords: str = ""
    open_end: str = ""
    page: str = ""
    encoding: str = "utf-8"
    unknown: str = "leave"
    allow: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        return FOLDER / self.name

    @property
    def source(self) -> str:
        return self.text("source.html")

    @property
    def expected(self) -> str:
        return self.text("expected.html")

    @property
    def findings(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads((self.folder / "findings.json").read_text(encoding="utf-8"))
        return found

    @property
    def settings(self) -> Settings:
        return settings_of(self.unknown, self.allow)

    @property
    def contacts(self) -> Mapping[str, bool]:
        """Whether a platform is contacted: by the page as it is pasted, gated, under the policy, with both, under the list of allowed
        connections, and with all three."""
        return {
            "pasted": self.leaks,
            "gate": self.leaks and self.only_policy,
            "policy": self.leaks and self.policy_misses,
            "both": self.leaks and self.only_policy and self.policy_misses,
            "list": self.leaks and self.list_misses,
            "all": self.leaks and self.only_policy and self.policy_misses and self.list_misses,
        }

    def text(self, name: str) -> str:
        """A file of the case. Bytes that are no letters of its character set are kept as what Python has for them."""
        return (self.folder / name).read_bytes().decode(self.encoding, self._errors)

    def bytes(self, html: str) -> bytes:
        return html.encode(self.encoding, self._errors)

    def gate(self, html: str) -> Gated:
        """A piece of HTML gated as this case is."""
        return gate_html(html, self.settings, page=self.page, references=self.encoding != "utf-8")

    def short(self, html: str) -> str:
        """A page of this case after the gate, as it stands in ``expected.html``."""
        return shortened(html, self.settings)

    @property
    def _errors(self) -> str:
        return "surrogateescape" if self.encoding == "utf-8" else "strict"


@cache
def settings_of(unknown: str, allow: tuple[str, ...]) -> Settings:
    return Settings.from_mapping({**CONFIGURATION, "gate": {"unknown": unknown, "allow": list(allow)}})


def case(name: str) -> Case:
    """The case of this name. Raises `FileNotFoundError` where there is none."""
    described = tomllib.loads((FOLDER / name / "case.toml").read_text(encoding="utf-8"))
    return Case(name=name, **{**described, "allow": tuple(described.get("allow", ()))})


def findings_of(gated: Gated) -> list[dict[str, str]]:
    """Findings as they are kept: without what is empty."""
    return [{name: str(value) for name, value in asdict(found).items() if value} for found in gated.findings]


CASES = {folder.name: case(folder.name) for folder in sorted(FOLDER.iterdir()) if (folder / "case.toml").exists()}
