"""How work and memory grow with the input of every public entry. `table.GROWTHS` has the cases, `entries` what there is to have one for."""
