"""Dossiers as they come to the counter; one module a field of law."""

__all__: list[str] = []
