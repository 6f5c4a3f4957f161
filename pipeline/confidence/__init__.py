"""How sure a reading is: calibrated words, doubtful names and numbers, and pages that a person must see."""
