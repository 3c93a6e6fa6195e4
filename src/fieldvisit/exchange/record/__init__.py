"""The record sheet in Markdown, as an editor saved it."""
