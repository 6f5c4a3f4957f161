"""Measures how page types are told, beside bag-of-words classifiers: unseen pages, unseen types."""
