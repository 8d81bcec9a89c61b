"""The SHA-384 of each file of the widget. Written by scripts/build_static.py; do not edit."""

from __future__ import annotations

from collections.abc import Mapping

HASHES: Mapping[str, str] = {
    "shariff-actions.min.js": "OStoyKScuRZvKgOWxqyi3aVAYJg2Ka06gwOB6zxskm1cip7lt1XwK8EczvGhkt66",
    "shariff-check.min.js": "lfGg0cQk8tDeTLInYQXsugmUrxhusgpZQZAL/rNqaxP7jYi+2GhrVC81obML2teQ",
    "shariff-compat.min.css": "0SC+lDl6C9EDTMb0fsDToPzVz7099Ae+9grHRqWWDNEZXL/CU05ch67f+p9Yjc2X",
    "shariff-compat.min.js": "PRkdJ367YAHvpSi2sN+dvpWqX7QlIlftO7R0MURayzC3J8tVLjc7yDf9w7vcQVax",
    "shariff-consents.min.js": "7kfFzQCgCz0vsjacYLzk3m+B0tipRmQ+VBYhP6gsANYjuCneFzp2a3iTCOeDNN5C",
    "shariff-fit.min.js": "rhGVLRwd+qb2i3RG5oBTK2st6Q2h4t1xSD57R4zPWM35wRBUbWAnZtBRnVYas4f1",
    "shariff-frame.min.css": "lpQr+8GINo0PI7FtZjo9N0gW8TjfU/X37FH8GjIr5yE53GKGAHrYWUHYMbfmcl1I",
    "shariff-isolated.min.js": "vyGra7kbN02IqtTmbMZ8+Ds6QsEkiSR13j+UrXrjd13XFq6AOdPA6waKPX0wqWYP",
    "shariff-more.min.css": "8fFKsV/tURcBoRbpb8/dB2xSUuYcCigOjdKfuWyukDFtb+RvZ8JfcX/DiUCe30jW",
    "shariff-opened.min.js": "sEs7evbnKmb0aBAs6DvrUbitRrtPog0mCWxIRvuNROSiFsyu8/Q9Ixfj3dA+4fZh",
    "shariff-server.min.js": "4ZthoY4ztKEpTcwZLzc4uY6Vi0WAuLPgW8krLajVDalJIl+yGHoMmSQmyBEJBJ4j",
    "shariff-stubs.min.js": "9bXhexBNxdJF9bmOzaQW5vUGkeoaCxWCcJ5cjlFu2BXX/9UJ2oMn1r1Y6qtIodls",
    "shariff.min.css": "lcZ8ZDl4VvSz4DAY0lqldyjpVRohHDQM1OwDCRezDWwdmZpNxuTHWngHG1f22zVW",
    "shariff.min.js": "jjLUmeV8eJEhTdsMwCGWMMa9K1jGKNHqwP72Ux15YHKNvOdnACsff4hNOoVn9YKe",
}
