"""Readers of machine-readable marks: QR and barcodes, machine-readable zones of cards and passports."""
