"""A folder into which multi-function printers drop files over SMB or FTP."""
