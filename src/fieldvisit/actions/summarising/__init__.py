"""Summaries of the cells of the comparison: written, read back, listed."""
