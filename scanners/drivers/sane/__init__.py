"""Scanners that SANE drives: local ones, and those of other machines through ``saned``."""
