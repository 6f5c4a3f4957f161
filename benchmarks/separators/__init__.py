"""Separator sheets: found, missed, falsely seen; printed ones and bought ones, worn and damaged."""
