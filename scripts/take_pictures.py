"""Take the pictures of the README from the demo: the gate before and after the click.

    .venv/bin/python scripts/take_pictures.py        writes docs/before.png and docs/after.png

Run it when the gate's look or texts have changed. Needs a Chromium; contacts nobody.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ROOT / ".venv" / "bin" / "shariff-py"
MARGIN = 16
"""CSS pixels of the page around what is shown."""

TALL = 2200
"""Height of the window: frames outside it are not painted."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("The demo did not start; try: make demo")


def take(page: Page, name: str) -> None:
    """The gate, and beside it what the platform has received."""
    boxes = [box for part in ("#try", "shariff-gate", "#received") if (box := page.locator(part).bounding_box())]
    left, top = min(box["x"] for box in boxes) - MARGIN, min(box["y"] for box in boxes) - MARGIN
    right = max(box["x"] + box["width"] for box in boxes) + MARGIN
    bottom = max(box["y"] + box["height"] for box in boxes) + MARGIN
    page.screenshot(
        path=ROOT / "docs" / name,
        clip={"x": left, "y": top, "width": right - left, "height": bottom - top},
    )


def main() -> None:
    port = free_port()
    with subprocess.Popen([COMMAND, "demo", "--port", str(port)], stdout=subprocess.DEVNULL) as demo:
        try:
            wait_for(port)
            with sync_playwright() as driver:
                chromium = driver.chromium.launch(executable_path=shutil.which("chromium"))
                page = chromium.new_page(viewport={"width": 1180, "height": TALL}, locale="en-GB")
                page.goto(f"http://127.0.0.1:{port}/en/", wait_until="networkidle")
                take(page, "before.png")
                page.locator("shariff-gate form button").click()
                page.locator('shariff-gate[state="open"]').wait_for()
                page.wait_for_timeout(1500)
                page.locator("[data-received-refresh]").click()
                page.wait_for_timeout(500)
                page.evaluate("for (const part of document.querySelectorAll('#received details')) part.open = false")
                take(page, "after.png")
                chromium.close()
        finally:
            demo.terminate()


if __name__ == "__main__":
    main()
