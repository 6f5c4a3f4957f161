"""OCR engines: the only place that knows Tesseract."""
