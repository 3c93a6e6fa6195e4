"""Sheets that go out and come back: tags, columns, and what belongs where."""
