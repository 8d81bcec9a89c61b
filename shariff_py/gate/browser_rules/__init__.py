"""What a browser reads and fetches: attributes, addresses, style sheets, hints, as the standards and measurements have it."""
