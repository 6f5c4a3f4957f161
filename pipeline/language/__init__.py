"""What Vietnamese allows and expects: syllables, a small n-gram model, closed vocabularies, repair."""
