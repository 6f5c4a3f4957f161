"""Work in progress: what is being read, what is stuck, why, and what to do."""
