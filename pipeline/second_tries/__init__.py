"""Second tries: doubtful words and left-out lines are cut out, prepared otherwise and read again."""
