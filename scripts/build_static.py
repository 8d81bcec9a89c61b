"""Build the minified files in ``static/`` from the readable ones beside them.

    python3 scripts/build_static.py            write them
    python3 scripts/build_static.py --check    fail where the committed ones are not what would be written

Needs ``npm ci`` once (esbuild; Node measures the compressed size). The minified files are committed, so nobody else needs Node.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
from base64 import b64encode
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
HASHES = ROOT / "shariff_py" / "response_policy" / "widget_hashes.py"
ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"

MODULE = (
    "--bundle",
    "--format=esm",
    "--target=es2022",
    "--external:./shariff-fit.js",
    "--external:./shariff-opened.js",
)
SCRIPT = (*MODULE, "--footer:js=})();")
"""Format ``iife`` would replace ``import()`` by ``require``, so the function around a script is written here."""
STYLE = ("--bundle", "--target=chrome123,firefox128,safari17.4")

BUILT = {
    "shariff.min.js": ("shariff.js", *SCRIPT),
    "shariff.min.css": ("shariff.css", *STYLE),
    "shariff-actions.min.js": ("shariff-actions.js", *SCRIPT),
    "shariff-consents.min.js": ("shariff-consents.js", *SCRIPT),
    "shariff-opened.min.js": ("shariff-opened.js", *MODULE),
    "shariff-isolated.min.js": ("shariff-isolated.js", *SCRIPT),
    "shariff-fit.min.js": ("shariff-fit.js", *MODULE),
    "shariff-check.min.js": ("shariff-check.js", *SCRIPT),
    "shariff-server.min.js": ("shariff-server.js", *SCRIPT),
    "shariff-stubs.min.js": ("shariff-stubs.js", *SCRIPT),
    "shariff-frame.min.css": ("shariff-frame.css", *STYLE),
    "shariff-more.min.css": ("shariff-more.css", *STYLE),
    "shariff-compat.min.js": ("shariff-compat.js", *SCRIPT),
    "shariff-compat.min.css": ("shariff-compat.css", *STYLE),
}
"""Each committed file, its source and how it is made. The targets keep class fields, nesting and ``color-mix`` as they are."""

ALWAYS = ("shariff.min.js", "shariff.min.css")
"""What every page with a share bar and a gate loads. The other files are loaded only by pages that need them."""

BUDGET = 3_000
"""Bytes, brotli, that a page with a share bar and a gate may load: both files together."""

LATER_BUDGETS = {
    "shariff-actions.min.js": 1_300,
    "shariff-check.min.js": 700,
    "shariff-compat.min.css": 2_100,
    "shariff-compat.min.js": 12_800,
    "shariff-consents.min.js": 1_000,
    "shariff-fit.min.js": 1_900,
    "shariff-frame.min.css": 300,
    "shariff-isolated.min.js": 300,
    "shariff-more.min.css": 1_250,
    "shariff-opened.min.js": 1_200,
    "shariff-server.min.js": 200,
    "shariff-stubs.min.js": 1_500,
}
"""The same for each of the other files."""

IMPORTED = re.compile(r'''(?:from|@import) "\./([^"]+)"''')

LOADED_LATER = re.compile(rb'import\("\./([^"]+)\.js"\)')
"""What a script loads itself, under the name of its source."""

BROTLI = "process.stdin.toArray().then(c=>console.log(require('zlib').brotliCompressSync(Buffer.concat(c)).length))"


def main() -> int:
    """Build or check, then weigh. Returns the exit status."""
    if not ESBUILD.exists():
        print("esbuild is missing. Run: npm ci", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        made = {name: build(name, Path(folder)) for name in BUILT}
    if "--check" in sys.argv[1:]:
        stale = [name for name, content in made.items() if not same(STATIC / name, content)]
        stale += [] if same(HASHES, hashes(made)) else [HASHES.name]
        if stale:
            print(f"Stale: {', '.join(stale)}. Run: python3 scripts/build_static.py", file=sys.stderr)
            return 1
    else:
        for name, content in made.items():
            (STATIC / name).write_bytes(content)
        HASHES.write_bytes(hashes(made))
    return weigh(made)


def build(name: str, folder: Path) -> bytes:
    """The minified content of one of `BUILT`."""
    source, *options = BUILT[name]
    made = folder / name
    kind = name.rpartition(".")[2]
    opening = "\n(()=>{" if SCRIPT[-1] in options else ""
    banner = f"--banner:{kind}=/* {fingerprint(name)} */{opening}"
    command = [str(ESBUILD), str(STATIC / source), "--minify", *options, banner, f"--outfile={made}"]
    subprocess.run([*command, "--log-level=warning"], check=True)
    content = made.read_bytes()
    if kind == "css":
        return content.replace(b", ", b",")
    return LOADED_LATER.sub(rb'import("./\1.min.js")', content)


def fingerprint(name: str) -> str:
    """Eight digits that change with any source of one of `BUILT`."""
    content = b"".join((STATIC / source).read_bytes() for source in sources(BUILT[name][0]))
    return f"shariff_py {hashlib.sha256(content).hexdigest()[:8]}"


def sources(entry: str) -> list[str]:
    """A file and everything it imports, in order of first mention."""
    found = [entry]
    for name in found:
        text = (STATIC / name).read_text(encoding="utf-8")
        found += [other for other in IMPORTED.findall(text) if other not in found]
    return found


def same(file: Path, content: bytes) -> bool:
    """Whether a committed file is what would be written."""
    return file.is_file() and file.read_bytes() == content


def hashes(made: dict[str, bytes]) -> bytes:
    """The module with the hash of each committed file, from which pages have ``integrity``."""
    rows = "".join(
        f'    "{name}": "{b64encode(hashlib.sha384(content).digest()).decode()}",\n'
        for name, content in sorted(made.items())
    )
    return (
        '"""The SHA-384 of each file of the widget. Written by scripts/build_static.py; do not edit."""\n\n'
        "from __future__ import annotations\n\nfrom collections.abc import Mapping\n\n"
        f"HASHES: Mapping[str, str] = {{\n{rows}}}\n"
    ).encode()


def weigh(made: dict[str, bytes]) -> int:
    """Print the sizes; fail where they are over budget."""
    total, over = 0, False
    for name, content in made.items():
        size, most = compressed(content), LATER_BUDGETS.get(name, BUDGET)
        total += size if name in ALWAYS else 0
        over |= size > most
        print(f"{name:24} {len(content):6,} bytes, {size:6,} brotli" + ("" if name in ALWAYS else f" of {most:,}"))
    print(f"{'every page':24} {total:20,} brotli of {BUDGET:,}")
    return 1 if over or total > BUDGET else 0


def compressed(content: bytes) -> int:
    """Bytes after brotli at its strongest, which is how static files are served."""
    done = subprocess.run(["node", "-e", BROTLI], input=content, capture_output=True, check=True)
    return int(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
