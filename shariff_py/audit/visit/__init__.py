"""One page visited in a real browser, phase by phase, with its network log on."""
