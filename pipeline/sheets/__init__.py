"""Tables as files for spreadsheet programs."""
