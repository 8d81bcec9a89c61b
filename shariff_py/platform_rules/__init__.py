"""What a platform's record has to be before the gate may rely on it: rules, each with the field that breaks it and the cure."""

from shariff_py.platform_rules.contract import problems
from shariff_py.platform_rules.problem import Problem

__all__ = ["Problem", "problems"]
