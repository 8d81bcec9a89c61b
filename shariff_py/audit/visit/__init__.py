"""One page visited in a real browser, phase by phase, and watched."""
