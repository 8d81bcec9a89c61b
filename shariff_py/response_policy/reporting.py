"""Where browsers report what a policy blocked: to this site, in both ways that browsers know.

``report-uri`` is understood by all of them. ``report-to`` comes in its place where a browser knows it, and names an entry of the header
``Reporting-Endpoints`` (Reporting API). Measured in Chromium 156: with ``report-to`` in a policy ``report-uri`` is never used, and over plain
http, on the own machine too, nothing is delivered by ``report-to``. So it is sent only where the site is reached over https.
"""

from __future__ import annotations

import re
from itertools import count

from shariff_py.response_policy.csp import Headers, header_values
from shariff_py.settings.model import Settings

REPORTING_ENDPOINTS = "Reporting-Endpoints"

NAME = "shariff"
"""The entry of ours. Where the site has one of that name for itself, ours is called ``shariff-2``: of two the later would count."""

ENTRY = re.compile(r'(?:^|,)[ \t]*(?P<name>[a-z*][a-z0-9_.*-]*)[ \t]*=[ \t]*"(?P<address>[^"]*)"')
"""An entry of the header, a dictionary of strings (RFC 9651, section 3.2)."""


def reporting_endpoints(settings: Settings, given: Headers = ()) -> tuple[str, list[tuple[str, str]]]:
    """The name for ``report-to``, and the header to add beside those ``given``, if it is not among them.

    Without reports, and where the site is not reached over https, the name is empty and there is no header.
    """
    if not settings.headers.reports or not settings.site.origin.startswith("https:"):
        return "", []
    address = f"{settings.frame.prefix}/csp-report"
    taken = {
        entry["name"]: entry["address"]
        for value in header_values(given, REPORTING_ENDPOINTS)
        for entry in ENTRY.finditer(value)
    }
    names = (NAME if number == 1 else f"{NAME}-{number}" for number in count(1))
    name = next(name for name in names if taken.get(name, address) == address)
    return name, [] if name in taken else [(REPORTING_ENDPOINTS, f'{name}="{address}"')]


def report_directives(settings: Settings, endpoint: str = "") -> str:
    """The directives that have a policy's blocks reported, each after ``"; "``; empty without reports."""
    if not settings.headers.reports:
        return ""
    return f"; report-uri {settings.frame.prefix}/csp-report" + (f"; report-to {endpoint}" if endpoint else "")
