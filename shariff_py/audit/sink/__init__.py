"""The sink: a recording server on this machine that takes the place of every server an audited page could contact."""
