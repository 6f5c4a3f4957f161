"""Identity cards on the glass: both sides in one scan, found and put in order."""
