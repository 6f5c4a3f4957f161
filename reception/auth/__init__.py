"""The door of the desk: signing in, who is asking, what may be asked for."""
