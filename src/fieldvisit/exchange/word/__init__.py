"""Word files that come back, read from their trees as people really return them."""
