"""Files that come back: what people filled in is read here."""
