"""Anonymised outputs: names are found however they are written, replaced, and missed by none."""
