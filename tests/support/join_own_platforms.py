"""Lets platforms join from files and from an installed package, in a process of its own. Prints what it saw as JSON."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from shariff_py import Settings, gate_html
from shariff_py.audit.verdict.companies import company_of
from shariff_py.consent_ui.share import share_bar
from shariff_py.errors import ConfigurationError
from shariff_py.gate.detect.prefilter import DOMAINS
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import load
from shariff_py.testing.stubs import load_stubs
from shariff_py.texts import LANGUAGES

PAGE = (
    '<iframe src="https://player.towntube.example/embed/ab12cd"></iframe>'
    '<div class="stranger-video" data-film="https://stranger.example/film/2"></div>'
    '<iframe src="https://player.regiotube.example/embed/ab12cd"></iframe>'
)


def found(settings: Settings) -> list[list[str | None]]:
    return [[finding.outcome, finding.platform] for finding in gate_html(PAGE, settings).findings]


def refused(**values: object) -> str:
    try:
        Settings.from_mapping(values)
    except ConfigurationError as error:
        return str(error)
    return ""


def shared() -> list[list[str]]:
    """The classes and the icon of each entry in a share bar, with which a style sheet of the site finds it."""
    settings = Settings.from_mapping({"services": ["stranger"], "releases": {"stranger": {"state": "released"}}})
    bar = share_bar(settings, LANGUAGES["en"], url="https://www.example.org/", title="", counts={})
    return re.findall(r'<li class="([^"]+)">.*? d="([^"]+)"', bar)


def main() -> None:
    before = Settings.from_mapping({})
    seen: dict[str, object] = {"before": found(before), "domains before": b"towntube.example" in DOMAINS()}
    load()
    seen["file"] = found(before)
    seen["domains"] = b"towntube.example" in DOMAINS()
    records = REGISTRY.records
    load()
    seen["twice"] = REGISTRY.records is records
    os.environ["SHARIFF_PLATFORM_FILES"] = json.dumps(
        [str(Path("site/platforms/town_tube.py").resolve()), "stranger.py"]
    )
    load()
    seen["variable"] = found(before)
    seen["shared"] = shared()
    seen["counts"] = REGISTRY["stranger"].counts is not None
    seen["stub"] = sum(stub.paths == re.compile(r"/count") for stub in load_stubs())
    seen["company"] = company_of("www.towntube.example").name
    seen["frame"] = recognise("towntube.example/watch/ab12cd").frame_address
    text = Path("site/platforms/town_tube.py").read_text()
    Path("other.py").write_text(text.replace("towntube", "othertube"))
    seen["same name"] = refused(platform_files=["other.py"])
    Path("other.py").write_text(text.replace('name="town_tube"', 'name="other_tube"'))
    seen["same host"] = refused(platform_files=["other.py"])
    Path("other.py").write_text(text.replace('name="town_tube"', 'name="other_tube"').replace("towntube", "othertube"))
    seen["corrected"] = [refused(platform_files=["other.py"]), "other_tube" in REGISTRY]
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
