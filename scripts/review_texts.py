"""Say that a language's texts have been read and approved: writes day and fingerprint into its file.

    python3 scripts/review_texts.py de "Data protection officer"            approve de.toml as it stands
    python3 scripts/review_texts.py --prepared sv "Editors"                 a language that no native speaker has read yet

Run it in the project's environment after changing a text; the tests refuse a changed text that nobody approved.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from shariff_py.texts import COMPLIANCE, FINDINGS, LANGUAGES

TEXTS = Path(__file__).resolve().parent.parent / "shariff_py" / "texts"


def main() -> int:
    """Approve the language named on the command line, its compliance texts and those of findings included. Returns the exit status."""
    prepared = "--prepared" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--prepared"]
    if len(arguments) != 2 or arguments[0] not in LANGUAGES:
        print(f"Name a language ({', '.join(LANGUAGES)}) and the role that approves.", file=sys.stderr)
        return 2
    code, role = arguments
    for file, language in (
        (TEXTS / f"{code}.toml", LANGUAGES[code]),
        (TEXTS / "compliance" / f"{code}.toml", COMPLIANCE.get(code)),
        (TEXTS / "findings" / f"{code}.toml", FINDINGS.get(code)),
    ):
        if language is not None:
            head = {
                "approved_by": f'"{role}"',
                "reviewed_on": str(datetime.now(UTC).date()),
                "status": '"prepared"' if prepared else '"reviewed"',
                "reviewed_text": f'"{language.fingerprint}"',
            }
            source = file.read_text(encoding="utf-8")
            for name, value in head.items():
                source = re.sub(rf"(?m)^{name} = .*$", f"{name} = {value}", source, count=1)
            file.write_text(source, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
