"""Printed forms: templates and values in, PDF out."""
