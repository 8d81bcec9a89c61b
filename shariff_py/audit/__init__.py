"""The audit: what left a visitor's browser, before consent, after it, after withdrawal and after a reload.

Playwright and a browser are needed only when an audit is run, not to import this.
"""

from __future__ import annotations

from shariff_py.audit.runner.run import Order, Progress, run
from shariff_py.audit.verdict.judge import Audit, Verdict
from shariff_py.audit.verdict.policy import AuditPolicy

__all__ = ["Audit", "AuditPolicy", "Order", "Progress", "Verdict", "run"]
