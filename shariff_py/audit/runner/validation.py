"""Whether an audit can be made as its options say; checked before any browser is started."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from shariff_py.audit.report import FORMATS
from shariff_py.audit.report.wording import WORDS
from shariff_py.audit.visit.options import AuditOptions
from shariff_py.errors import AuditError
from shariff_py.urls import parse

MINIMUM: Mapping[str, tuple[str, float]] = {
    "idle_seconds": ("--idle", 0.0),
    "interval": ("--interval", 0.0),
    "patience": ("patience", 1.0),
    "depth": ("--depth", 0),
    "most": ("--most", 1),
    "at_once": ("--at-once", 1),
}
"""The numbers among the options: what they are called on the command line, and the least that makes sense."""


def check(options: AuditOptions, urls: Sequence[str]) -> None:
    """Raise `AuditError` for the first option or address that cannot be used."""
    if options.lang not in WORDS:
        raise AuditError(
            f"there is no report in the language {options.lang!r}. Choose one of: {', '.join(sorted(WORDS))}"
        )
    for format in options.formats:
        if format not in FORMATS:
            raise AuditError(f"there is no report format {format!r}. Choose from: {', '.join(FORMATS)}")
    for name, (option, minimum) in MINIMUM.items():
        number = getattr(options, name)
        if not (isfinite(number) and number >= minimum):
            raise AuditError(f"{option} is {number}, which is out of range. Give a number from {minimum:g} on.")
    for url in (*urls, *options.sitemaps):
        if parse(url) is None:
            raise AuditError(
                f"{url!r} is not an address that can be visited. Give it in full, as in https://www.example.org/"
            )
    if not urls and not options.sitemaps and not options.resume:
        raise AuditError("no address to audit. Name at least one page, a list or a sitemap.")
    if options.resume and options.out is None:
        raise AuditError("a run can only be continued in its folder. Name it with --out.")


def check_resumable(options: AuditOptions, about: Mapping[str, Any]) -> None:
    """A continued run keeps the bounds it began with, because pages already visited are not visited again for their links.

    Raises `AuditError` where the options have other bounds.
    """
    for name in ("depth", "most"):
        begun, wanted = int(about[name]), getattr(options, name)
        if wanted not in (begun, getattr(AuditOptions(), name)):
            raise AuditError(
                f"the run began with --{name} {begun}, not {wanted}. Leave the option out, or begin a new run."
            )
