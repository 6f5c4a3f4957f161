"""Image stages: each a pure function from pixels to pixels or to a value."""
