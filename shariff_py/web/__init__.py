"""The web layer: thin pages over service, gate and markup."""
