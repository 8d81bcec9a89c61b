"""Write the files in ``static/`` that hold data of the registry and the texts, so that nothing is kept twice.

    .venv/bin/python scripts/build_widget_data.py            write brands.css, script_globals.js, services.js and wording.js
    .venv/bin/python scripts/build_widget_data.py --check    fail where the committed ones are not what would be written

Run it before ``build_static.py`` after changing a row of ``services.json``, the share link, icon or colour of a platform, or a text of
``[share]``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from shariff_py.platforms.registry import REGISTRY
from shariff_py.platforms.services import ENDED
from shariff_py.texts import ALIASES, LANGUAGES

STATIC = Path(__file__).resolve().parent.parent / "static"
HEAD = "Written by scripts/build_widget_data.py from shariff_py/platforms and shariff_py/texts; change it there."
SHARE_TEXTS = frozenset(
    {
        "label", "on", "send", "mail", "clipboard", "copied", "not_copied", "print", "native", "info", "new_window", "server",
        "server_bad", "go_on",
    }
)  # fmt: skip
"""The texts of ``[share]`` that the adapter needs; the counts' plural forms come with them."""


def main() -> int:
    """Write or check. Returns the exit status."""
    made = {
        "brands.css": brands(),
        "script_globals.js": script_globals(),
        "services.js": services(),
        "wording.js": wording(),
    }
    if "--check" in sys.argv[1:]:
        stale = [
            name for name, text in made.items() if not (STATIC / name).is_file() or (STATIC / name).read_text() != text
        ]
        if stale:
            print(f"Stale: {', '.join(stale)}. Run: .venv/bin/python scripts/build_widget_data.py", file=sys.stderr)
        return 1 if stale else 0
    for name, text in made.items():
        (STATIC / name).write_text(text)
    return 0


def brands() -> str:
    """Each service's own colour as a variable of its entry."""
    rules = [
        f".shariff-button.{record.name} {{\n  --shariff-brand: {record.colour};\n}}\n"
        for record in REGISTRY.values()
        if record.share
    ]
    return f"/* {HEAD} */\n\n" + "\n".join(rules)


def services() -> str:
    """The share links as data: title, template, icon, and what is special about one."""
    table = {}
    for record in REGISTRY.values():
        if (share := record.share) is None:
            continue
        entry: dict[str, object] = {
            "title": record.title,
            "phrase": share.phrase,
            "icon": record.icon.path if record.icon else "",
        }
        optional = {
            "template": share.template,
            "action": share.action,
            "longest": share.longest,
            "receiver": bool(share.receiver),
        }
        entry |= {name: value for name, value in optional.items() if value}
        entry |= {"window": True} if share.opens_window else {}
        table[record.name] = entry
    aliases = {alias: record.name for record in REGISTRY.values() for alias in record.aliases}
    return (
        f"/** {HEAD} */\n\n"
        "/** @typedef {{ title: string, phrase: string, icon: string, template?: string, action?: string, longest?: number,"
        " receiver?: boolean, window?: boolean }} Service */\n\n"
        f"/** @type {{Record<string, Service>}} */\nexport const SERVICES = {readable_json(table)};\n\n"
        f"/** @type {{Record<string, string>}} */\nexport const ALIASES = {readable_json(aliases)};\n\n"
        f"/** @type {{Record<string, string>}} */\nexport const ENDED = {readable_json(dict(ENDED))};\n"
    )


def script_globals() -> str:
    """The global names of platforms' scripts as data: what their calls are answered with."""
    table = {}
    for record in REGISTRY.values():
        for found in record.script_globals:
            optional: dict[str, object] = {
                "ready": found.ready,
                "shareMethod": found.share_method,
                "shareDialogues": found.share_dialogues,
                "shareAddress": found.share_address,
                "template": record.share.template if record.share and found.share_method else "",
                "replies": {name: json.loads(reply) for name, reply in found.replies.items()},
            }
            table[found.name] = {"of": record.name, "callable": found.is_function} | {
                n: value for n, value in optional.items() if value
            }
    return (
        f"/** {HEAD} */\n\n"
        "/** @typedef {{ of: string, callable: boolean, ready?: string, shareMethod?: string, shareDialogues?: string[], shareAddress?: string[],"
        " template?: string, replies?: Record<string, unknown> }} ScriptGlobal */\n\n"
        f"/** @type {{Record<string, ScriptGlobal>}} */\nexport const GLOBALS = {readable_json(table)};\n"
    )


def wording() -> str:
    """The words of a share bar in every language."""
    words = {
        code: {
            key.removeprefix("share."): text
            for key, text in language.texts.items()
            if key.startswith("share.count_")
            or (key.removeprefix("share.") in SHARE_TEXTS and key.startswith("share."))
        }
        for code, language in LANGUAGES.items()
    }
    rtl = [code for code, language in LANGUAGES.items() if language.direction == "rtl"]
    return (
        f"/** {HEAD} */\n\n"
        f"/** @type {{Record<string, Record<string, string>>}} */\nexport const WORDS = {readable_json(words)};\n\n"
        f"/** @type {{Record<string, string>}} */\nexport const LANGUAGE_ALIASES = {readable_json(dict(ALIASES))};\n\n"
        f"/** @type {{string[]}} */\nexport const RIGHT_TO_LEFT = {readable_json(rtl)};\n"
    )


def readable_json(value: object) -> str:
    """As JSON that a person can read."""
    return json.dumps(value, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    sys.exit(main())
