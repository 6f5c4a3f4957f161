"""The drivers that come with Sohoa, one file each."""
