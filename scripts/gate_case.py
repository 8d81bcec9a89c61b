"""Make a golden case of the gate from a page, or write what is expected of cases anew.

    scripts/gate_case.py NAME [FILE]          a new case from a file (or from standard input); an existing one is not overwritten
    scripts/gate_case.py --again NAME...      write expected.html and findings.json anew, and show the difference
    scripts/gate_case.py --again --all        the same for all cases
    scripts/gate_case.py --table              write docs/gate-forms.md anew from what the cases say

What is written is what the gate does, not what it should do: read it before it is kept.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.gate_forms import DOCUMENT, table  # noqa: E402
from support.golden import CASES, FOLDER, Case, case, findings_of  # noqa: E402

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 62
"""Characters a name may have: in a browser each case is a host of its own (RFC 1035)."""

NEW = 'about = "What this shows, and where the form comes from."\nleaks = true\n'


def main() -> None:
    """Do what the command line says; faults end with a sentence and code 2."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME [FILE]")
    parser.add_argument("--again", action="store_true", help="write what is expected anew")
    parser.add_argument("--all", action="store_true", help="with --again: of all cases")
    parser.add_argument("--table", action="store_true", help="write docs/gate-forms.md anew")
    given = parser.parse_args()
    if given.table:
        DOCUMENT.write_text(table(CASES.values()), encoding="utf-8")
    elif given.again:
        names = list(CASES) if given.all else given.names
        if unknown := [name for name in names if name not in CASES]:
            parser.error(f"there is no case {', '.join(unknown)}; the cases are the folders in {FOLDER.name}")
        for name in names:
            write(CASES[name])
    elif 1 <= len(given.names) <= 2:
        made = new(*given.names)
        if isinstance(made, str):
            parser.error(made)
        write(made)
        print(f"Now say in {(made.folder / 'case.toml').relative_to(ROOT)} what the case shows.")
    else:
        parser.error("name one new case and at most one file")


def new(name: str, file: str = "-") -> Case | str:
    """A new case with its source; a sentence where that cannot be."""
    folder = FOLDER / name
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        return f"{name!r} is no name for a case: small letters, digits and hyphens, at most {LONGEST}"
    if folder.exists():
        return f"there is a case {name} already; choose another name, or use --again to write its expectations anew"
    try:
        source = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        source.decode()
    except OSError as error:
        return f"{file} cannot be read: {error.strerror}"
    except UnicodeDecodeError:
        return f"{file} is not UTF-8; make the case by hand, with its encoding in case.toml"
    folder.mkdir()
    (folder / "source.html").write_bytes(source)
    (folder / "case.toml").write_text(NEW, encoding="utf-8")
    return case(name)


def write(of: Case) -> None:
    """Write what the gate makes of the case, and print what is different from what was expected."""
    gated = of.gate(of.source)
    findings = json.dumps(findings_of(gated), indent=2, ensure_ascii=False) + "\n"
    written = {"expected.html": of.bytes(of.short(gated.html)), "findings.json": findings.encode()}
    if (of.folder / "markup.html").exists():
        written["markup.html"] = of.bytes(gated.html)
    for name, content in written.items():
        file = of.folder / name
        before = file.read_bytes() if file.exists() else b""
        if before == content:
            continue
        file.write_bytes(content)
        old, now = (text.decode(of.encoding, "replace").splitlines() for text in (before, content))
        label = f"{of.name}/{name}"
        print("\n".join(difflib.unified_diff(old, now, f"{label} (before)", f"{label} (now)", lineterm="")))


if __name__ == "__main__":
    main()
