"""The open study: a view of it for one audience, a change of it, and what names in it mean."""
