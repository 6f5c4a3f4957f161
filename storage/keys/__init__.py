"""Keys that lie outside the records."""
