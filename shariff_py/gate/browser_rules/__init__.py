"""What a browser reads and fetches: attributes, URLs, CSS, hints, by standards and measurements; nothing here knows a platform."""
