"""What administrators do at the desk."""
