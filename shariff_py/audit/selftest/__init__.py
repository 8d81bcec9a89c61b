"""The audit tried on a site with known leaks."""
