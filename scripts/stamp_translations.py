"""Say that translations have been brought up to their source: writes the source's fingerprint into their files.

    python3 scripts/stamp_translations.py sv fi       the texts, compliance texts and findings in Swedish and Finnish are up to date
    python3 scripts/stamp_translations.py --all       all languages are

Run it in the project's environment after translating what has changed; a translation that is older than its source fails the tests and is not
offered to pages. English and easy German are translated from German, all others from English.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from shariff_py.texts import COMPLIANCE, FINDINGS, LANGUAGES

TEXTS = Path(__file__).resolve().parent.parent / "shariff_py" / "texts"

FOLDERS = {"": LANGUAGES, "compliance": COMPLIANCE, "findings": FINDINGS}

ORIGINAL = "de"
FROM_THE_ORIGINAL = ("en", "de-simple")


def main() -> int:
    """Stamp the languages named on the command line. Returns the exit status."""
    codes = list(LANGUAGES) if sys.argv[1:] == ["--all"] else sys.argv[1:]
    if not codes or not set(codes) <= set(LANGUAGES):
        print(f"Name languages ({', '.join(LANGUAGES)}) or --all.", file=sys.stderr)
        return 2
    for folder, languages in FOLDERS.items():
        for code in codes:
            if code in languages and code != ORIGINAL:
                source = ORIGINAL if code in FROM_THE_ORIGINAL else "en"
                file = TEXTS / folder / f"{code}.toml"
                stamped = f'translated_from = "{source} {languages[source].fingerprint}"'
                content = re.sub(r"(?m)^translated_from = .*$", stamped, file.read_text(encoding="utf-8"), count=1)
                file.write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
