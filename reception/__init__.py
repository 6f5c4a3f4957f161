"""The reception desk: the screens of the office in a browser, and its interface for programs."""
