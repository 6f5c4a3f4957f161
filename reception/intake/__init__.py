"""The intake screen: citizen, procedure, checklist, scanning, receipt."""
