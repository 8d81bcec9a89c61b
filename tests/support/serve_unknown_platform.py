"""Serves a site with content of an unknown platform, from a copy of the package that has its file. Prints where, and ends with its input.

What one frame host receives is kept apart from what all other hosts of all platforms do.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from flask import jsonify
from werkzeug.serving import make_server

from shariff_py.testing import StandIn
from support.gated_site import gated_site, reports

PASTED = (
    '<iframe src="https://www.stranger.example/player?film=https%3A%2F%2Fstranger.example%2Ffilm%2F7"></iframe>'
    '<iframe src="https://boards.stranger.example/b/news"></iframe>'
)


def serve(declared: StandIn, others: StandIn, folder: Path) -> None:
    hosts = {**others.settings, "www.stranger.example": declared.origin}
    app = gated_site(declared, folder, {"/": PASTED}, ["stranger"], hosts=hosts)

    def received() -> Any:
        return jsonify(
            {
                name: {
                    "connections": server.connections,
                    "documents": [
                        [r.path, r.headers.get("referer", "")]
                        for r in server.received
                        if not r.path.startswith("/stand-in/")
                    ],
                    "reports": reports(server),
                }
                for name, server in (("declared", declared), ("others", others))
            }
        )

    app.add_url_rule("/received", "received", received)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"site": server.server_port, "declared": declared.port, "others": others.port}), flush=True)
    sys.stdin.read()


logging.getLogger("werkzeug").setLevel(logging.ERROR)
with StandIn() as first, StandIn() as second, tempfile.TemporaryDirectory() as place:
    serve(first, second, Path(place))
