"""The safety gate: it runs first, and what it finds replaces every answer."""
