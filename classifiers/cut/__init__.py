"""Where one document ends and the next begins: cues of each page, costs of joining, the cheapest cut."""
