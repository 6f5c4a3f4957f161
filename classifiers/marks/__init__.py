"""Evidence on paper: seals, signatures, marks of copies, handwriting."""
