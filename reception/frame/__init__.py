"""What every screen stands in: words, layout, headers, errors, static files, who is at the desk."""
