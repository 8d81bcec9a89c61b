"""What the scripts of a page do with a platform's addresses, from their syntax tree."""
