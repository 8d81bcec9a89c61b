"""What a visitor sees, as escaped fragments: share bar, gate, gate frame, privacy notice. No inline style, no inline script."""
