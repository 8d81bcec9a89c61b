"""The gate: HTML in, HTML out, plus what was gated."""

from shariff_py.gate.findings import Finding, Gated, Outcome
from shariff_py.gate.page_info import PageInfo
from shariff_py.gate.rewrite.rewriter import gate_html, gate_page
from shariff_py.gate.rewrite.stubs import STUB_FILE
from shariff_py.gate.snippet import read_snippet

__all__ = ["STUB_FILE", "Finding", "Gated", "Outcome", "PageInfo", "gate_html", "gate_page", "read_snippet"]
