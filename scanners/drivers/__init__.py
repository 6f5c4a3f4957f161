"""The drivers that come with Sohoa, one package each, and what they share."""
