"""Texts that were not stored, kept with their mark for off the record."""
