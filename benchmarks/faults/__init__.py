"""What is done to the product, and what it loses, says and needs until it works again. `table.FAULTS` lists all of it."""
