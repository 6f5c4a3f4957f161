"""How straight, upright and whole pages come out of preparation, on pages with known geometry."""
