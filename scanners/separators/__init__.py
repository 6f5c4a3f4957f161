"""Separator sheets: their codes, how they are printed and recognised, how they cut a batch."""
