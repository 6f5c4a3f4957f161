"""The dashboard, the waiting room and the weekly report."""
