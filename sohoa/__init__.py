"""The product: settings, wiring, plugins and the command line."""
