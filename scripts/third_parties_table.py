"""Write the tables of docs/third-parties.md anew from the register of third parties.

.venv/bin/python scripts/third_parties_table.py
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.third_parties_table import DOCUMENT, tables  # noqa: E402

HEADING = "## The register\n"


def main() -> None:
    """Replace everything behind the heading of the tables."""
    before, heading, rest = DOCUMENT.read_text(encoding="utf-8").partition(HEADING)
    introduction = rest.partition("\n### ")[0]
    DOCUMENT.write_text(f"{before}{heading}{introduction.rstrip()}\n\n{tables()}", encoding="utf-8")


if __name__ == "__main__":
    main()
