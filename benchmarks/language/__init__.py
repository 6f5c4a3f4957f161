"""Builds the language model and its vocabularies, and measures what they change."""
