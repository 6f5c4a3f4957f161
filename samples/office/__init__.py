"""The sample office: settings, names and scanners of an invented point of service."""
