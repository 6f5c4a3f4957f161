"""How well a mixed stack of pages is cut into documents."""
