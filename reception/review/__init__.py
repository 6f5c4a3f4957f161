"""The confirm screen: what was read, beside where it stands; a named clerk confirms it."""
