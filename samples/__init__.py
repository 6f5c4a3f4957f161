"""Invented dossiers for demonstrations, training and tests; no real person appears in them."""

__all__: list[str] = []
