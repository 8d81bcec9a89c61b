"""The pass over a page: each element looked at once, what may not stay replaced, everything else left byte for byte."""
