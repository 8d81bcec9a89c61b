"""Policy reports in a SQLite file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple
from datetime import date
from random import SystemRandom

from shariff_py.stores.report_store import Finding, Reported, counted, most_frequent_first
from shariff_py.stores.report_table import ReportTable
from shariff_py.stores.sqlite.connection import Connection

DAYS = "CREATE TABLE IF NOT EXISTS report_days (place INTEGER PRIMARY KEY, day TEXT NOT NULL)"
"""Made with the first report, so that files of earlier versions need no upgrade, and earlier versions can still use the file."""

DELETE = "DELETE FROM reports WHERE blocked = ? AND directive = ? AND page = ? AND enforced = ?"


class SQLiteReports:
    """See `shariff_py.stores.report_store.ReportStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, findings: Iterable[Finding], day: date, most: int) -> None:
        with self._connection.writing() as db:
            db.execute(DAYS)
            before = _table(db)
            after = before.after(findings, day, most, SystemRandom().random)
            for finding in before.rows.keys() - after.rows.keys():
                db.execute(DELETE, astuple(finding))
            for finding, row in after.rows.items():
                if before.rows.get(finding) != row:
                    days = row.first.isoformat(), row.last.isoformat()
                    db.execute(
                        "INSERT OR REPLACE INTO reports VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (*astuple(finding), row.times, *days),
                    )
            if before.days != after.days:
                db.execute("DELETE FROM report_days")
                db.executemany("INSERT INTO report_days (day) VALUES (?)", [(day.isoformat(),) for day in after.days])

    def all(self) -> list[Reported]:
        if not os.path.exists(self._connection.path):  # noqa: PTH110 - raises nothing
            return []
        with self._connection.reading() as db:
            return most_frequent_first(_rows(db).values())


def _table(db: sqlite3.Connection) -> ReportTable:
    days = db.execute("SELECT day FROM report_days ORDER BY place").fetchall()
    return ReportTable(_rows(db), tuple(date.fromisoformat(day) for (day,) in days))


def _rows(db: sqlite3.Connection) -> dict[Finding, Reported]:
    rows = db.execute("SELECT blocked, directive, page, enforced, times, first, last FROM reports").fetchall()
    found = {}
    for blocked, directive, page, enforced, times, first, last in rows:
        finding = Finding(blocked, directive, page, bool(enforced))
        found[finding] = counted(finding, times, date.fromisoformat(first), date.fromisoformat(last))
    return found
