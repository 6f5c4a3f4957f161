"""Sources of raw pages: one driver port, and the drivers behind it."""
