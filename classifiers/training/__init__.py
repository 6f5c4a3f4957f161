"""Training of the statistical classifier: examples, folds, fitting, cards. Needs the ``train`` extra."""
