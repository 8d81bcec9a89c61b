"""The gate: HTML in, HTML out, plus what was gated."""

from shariff_py.gate.findings import Finding, Gated, Outcome
from shariff_py.gate.rewrite.rewriter import gate_html
from shariff_py.gate.rewrite.stubs import STUB_FILE
from shariff_py.gate.snippet import read_snippet

__all__ = ["STUB_FILE", "Finding", "Gated", "Outcome", "gate_html", "read_snippet"]
