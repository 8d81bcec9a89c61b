"""What is a platform's: its widgets in markup, its loaders in scripts, and whether a page names one at all."""
