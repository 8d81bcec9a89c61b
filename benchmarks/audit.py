"""What an audit costs: four phases and the control visit against a single phase of the same browser, pages side by side, and memory.

Prints lines like ``four_phases_per_page: ratio 1.80``. Everything is served on this machine. Run it with ``make bench-audit``.
"""

from __future__ import annotations

import gc
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from shariff_py.audit import run
from shariff_py.audit.report.tables import as_csv
from shariff_py.audit.runner.archive import EvidenceArchive
from shariff_py.audit.verdict.judge import judge

HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">'
GATE = '<form method="post" target="F" action="/shariff/frame"><button type="submit">Show</button></form><iframe name="F"></iframe>'
FRAME = '<a data-remove href="/removed">Remove</a><p>Content'
TEXT = "<p>Words.</p>" * 200
PAGES_FOR_TIME, PAIRS, PAGES_FOR_MEMORY = 2, 3, 200


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Requests are not news here."""


def site(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    path = environ["PATH_INFO"]
    body = FRAME if path == "/shariff/frame" else "Removed" if path == "/removed" else GATE + TEXT
    policy = (
        ("Content-Security-Policy", "frame-src https://www.facebook.com")
        if path == "/shariff/frame"
        else ("X-Page", path)
    )
    start_response("200 OK", [("Content-Type", "text/html"), ("Cache-Control", "no-store"), policy])
    return [(HEAD + body).encode()]


def main() -> None:
    server = make_server("127.0.0.1", 0, site, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    urls = [f"http://127.0.0.1:{server.server_port}/{number}" for number in range(PAGES_FOR_TIME)]

    def seconds(**options: Any) -> float:
        """Per page, the start of the run (an empty page is measured there) left out."""
        begun: list[float] = []
        run(urls, interval=0.0, on_progress=lambda progress: begun.append(time.perf_counter()), **options)
        return (begun[-1] - begun[0]) / len(urls)

    one, four, together = [], [], []
    for _ in range(PAIRS):
        one.append(seconds(all_phases=False, control_visit=False, at_once=1))
        four.append(seconds(at_once=1))
        together.append(seconds(at_once=PAGES_FOR_TIME))
    print(f"one_phase_per_page: {median(one):.1f} s (for orientation)", flush=True)
    print(f"four_phases_and_control_visit_per_page: ratio {_ratio(four, one):.2f}", flush=True)
    print(f"the_same_pages_at_once: ratio {_ratio(together, one):.2f}", flush=True)
    if "--memory" in sys.argv:
        print(f"memory_after_200_pages_to_20: ratio {memory(server.server_port):.2f}")
    server.shutdown()


def _ratio(these: list[float], those: list[float]) -> float:
    """The middle of what was measured in turns, so that whatever else the machine does falls on both."""
    return median(this / that for this, that in zip(these, those, strict=True))


def memory(port: int) -> float:
    """Of this process after 200 pages, against after 20: visits, evidence, judgement and table included."""
    urls = [f"http://127.0.0.1:{port}/{number}" for number in range(PAGES_FOR_MEMORY)]
    used: dict[int, int] = {}

    def on_progress(progress: Any) -> None:
        if progress.finished and progress.done in (20, PAGES_FOR_MEMORY):
            gc.collect()
            used[progress.done] = resident()

    with tempfile.TemporaryDirectory() as folder:
        audit = run(
            urls,
            out=Path(folder),
            formats=("json",),
            idle_seconds=0.2,
            interval=0.0,
            at_once=4,
            control_visit=False,
            on_progress=on_progress,
        )
        for _ in as_csv(
            (judge(trace, frozenset()) for trace in EvidenceArchive(Path(folder)).traces()), frozenset(audit.background)
        ):
            pass
    print(f"peak_resident_megabytes: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
    return used[PAGES_FOR_MEMORY] / used[20]


def resident() -> int:
    """Pages of memory this process holds now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1])


if __name__ == "__main__":
    main()
