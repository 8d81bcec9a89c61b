"""How the counts of platforms are fetched: what a source is, what it asks and reads, what is kept of it."""
