"""Calls to programs outside: only to hosts of the list, never into inner networks unless they are listed."""
