"""The register of platforms: one module per platform, each with one frozen record."""
