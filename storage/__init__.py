"""Adapters that keep things: objects, records, search."""
