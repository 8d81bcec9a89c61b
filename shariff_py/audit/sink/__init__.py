"""The sink: a recording server on this machine that stands in for everybody an audited page could contact."""
