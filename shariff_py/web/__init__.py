"""The web layer: thin modules over service, gate and consent_ui."""
