"""The rules classifier: headings, form numbers and layout, kept as data in ``papers.toml``."""
