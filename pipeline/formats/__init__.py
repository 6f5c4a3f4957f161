"""Incoming file formats: which one a file is, and whether every page of it is sound."""
