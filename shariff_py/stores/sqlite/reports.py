"""Policy reports in a SQLite file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple
from datetime import date

from shariff_py.stores.report_store import FURTHER, KEPT_FOR, Finding, Reported, most_frequent_first, rest_of
from shariff_py.stores.sqlite.connection import Connection


class SQLiteReports:
    """See `shariff_py.stores.report_store.ReportStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, findings: Iterable[Finding], day: date, most: int) -> None:
        with self._connection.writing() as db:
            db.execute("DELETE FROM reports WHERE last < ?", ((day - KEPT_FOR).isoformat(),))
            for finding in findings:
                if _counted_again(db, finding, day):
                    continue
                (rows,) = db.execute("SELECT count(*) FROM reports WHERE blocked <> ?", (FURTHER,)).fetchone()
                new = finding if rows < most else rest_of(finding)
                if new is finding or not _counted_again(db, new, day):
                    row = (*astuple(new), 1, day.isoformat(), day.isoformat())
                    db.execute("INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def all(self) -> list[Reported]:
        if not os.path.exists(self._connection.path):  # noqa: PTH110 - raises nothing
            return []
        with self._connection.reading() as db:
            rows = db.execute("SELECT blocked, directive, page, enforced, times, first, last FROM reports").fetchall()
        return most_frequent_first(
            Reported(
                blocked, directive, page, bool(enforced), times, date.fromisoformat(first), date.fromisoformat(last)
            )
            for blocked, directive, page, enforced, times, first, last in rows
        )


def _counted_again(db: sqlite3.Connection, finding: Finding, day: date) -> bool:
    """Count a finding once more, if it is known."""
    known = db.execute(
        "UPDATE reports SET times = times + 1, last = max(last, ?) "
        "WHERE blocked = ? AND directive = ? AND page = ? AND enforced = ?",
        (day.isoformat(), *astuple(finding)),
    )
    return known.rowcount == 1
