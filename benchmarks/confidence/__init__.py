"""How far the confidences of words and pages can be believed: fitting and measuring."""
