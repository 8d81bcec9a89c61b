"""What belongs to a platform: URLs, widgets in markup, loaders in scripts, and whether a page's text names a platform at all."""
