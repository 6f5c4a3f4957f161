"""Searchable PDF/A-2b documents made of upright pages."""
