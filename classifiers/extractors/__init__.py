"""Extractors of printed fields: what to look for is data, how to find it is geometry."""
