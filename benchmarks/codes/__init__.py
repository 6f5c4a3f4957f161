"""How well and how fast codes are read: QR codes of identity cards, machine-readable zones, barcodes."""
