"""Printed forms: templates and values in, PDF out."""

__all__: list[str] = []
