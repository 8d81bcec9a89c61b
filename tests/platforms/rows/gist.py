"""GitHub Gist: code of pages and generators (2012 to 2026), with and without an owner, and of one file alone. What is loaded is a script."""

from support.platform_rows import Expected, Frame, Other, Row

EXPECTED = Expected(
    "gist",
    rows=(
        Row(
            '<script src="https://gist.github.com/musterstadt/8130bde1a4dd78e53d7185cc57911122.js"></script>',
            "gist",
            "https://gist.github.com/musterstadt/8130bde1a4dd78e53d7185cc57911122",
            "https://gist.github.com/musterstadt/8130bde1a4dd78e53d7185cc57911122.js",
        ),
        Row(
            '<script src="https://gist.github.com/2278953.js?file=01-init-canvas.lua"></script>',
            "gist",
            "https://gist.github.com/2278953",
            "https://gist.github.com/2278953.js?file=01-init-canvas.lua",
        ),
        Row(
            '<script async src="//gist.github.com/musterstadt/49abccbe74687b35ed72.js"></script>',
            "gist",
            "https://gist.github.com/musterstadt/49abccbe74687b35ed72",
            "https://gist.github.com/musterstadt/49abccbe74687b35ed72.js",
        ),
        Row(
            "https://gist.github.com/musterstadt/49abccbe74687b35ed72#file-fest-md",
            "gist",
            "https://gist.github.com/musterstadt/49abccbe74687b35ed72",
            "https://gist.github.com/musterstadt/49abccbe74687b35ed72.js",
        ),
    ),
    frames={
        "gist": Frame(
            "Document from GitHub Gist",
            size=(700, 400),
            script="script-src 'self' https://gist.github.com; style-src 'self' https://github.githubassets.com",
        )
    },
    facts={
        "colour": "#24292f",
        "company": "GitHub B.V.",
        "icon": "M8",
        "usual host": "gist.github.com",
        "gist keeps": "file",
        "gist takes": "width height",
        "discloses": "ip browser language time content site_name",
    },
    loads=(
        "https://gist.github.com/musterstadt/8130bde1a4dd78e53d7185cc57911122.json?callback=show",
        "https://github.githubassets.com/assets/gist-embed-0123.css",
    ),
    others=(
        Other(
            '<link rel="stylesheet" href="https://github.githubassets.com/assets/gist-embed-0123.css">',
            "removed",
            "https://github.githubassets.com/assets/gist-embed-0123.css",
        ),
    ),
)
