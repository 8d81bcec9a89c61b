"""The audit: what a visitor's browser contacts before consent, after it, after withdrawal and after a reload.

Playwright and a browser are needed only to run an audit, not to import this package.
"""

from __future__ import annotations

from shariff_py.audit.runner.run import AuditOptions, Progress, run
from shariff_py.audit.verdict.judge import Audit, Verdict
from shariff_py.audit.verdict.policy import AuditPolicy

__all__ = ["Audit", "AuditOptions", "AuditPolicy", "Progress", "Verdict", "run"]
