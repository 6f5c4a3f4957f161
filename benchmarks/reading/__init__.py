"""Reading measured beside Tesseract and OCRmyPDF: ``python -m benchmarks.reading``."""
