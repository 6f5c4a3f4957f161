"""A large office, invented: records of many dossiers, and what the desk takes to show them."""
