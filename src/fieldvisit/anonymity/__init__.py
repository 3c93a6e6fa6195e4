"""Anonymised outputs: names are found however they are written, and replaced; doubts are listed."""
