"""What a page is to a whole parser: the ways to read it, what only some of them see, and what runs only since the page was changed."""
