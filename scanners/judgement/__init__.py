"""Looks at every page as it leaves the feeder, before any recognition: blank, blurred, cut, askew, twice."""
