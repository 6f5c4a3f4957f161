"""Page processing: from the bytes of one page to upright pixels, text with boxes and a searchable PDF."""
