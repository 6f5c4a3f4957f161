"""Both sides of an identity card on one glass: found, straightened, put in order."""
