"""The case of a dossier at the counter: where it stands, what is done to it, forms, the register."""
