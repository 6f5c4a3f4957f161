"""The statistical classifier: hashed n-grams, layout and colour, weighed together with the rules."""
