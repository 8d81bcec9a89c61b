"""What a page's scripts have a platform's script do, and what takes its place."""
