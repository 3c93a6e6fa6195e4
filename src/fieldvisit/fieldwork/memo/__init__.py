"""A colleague's memo: what its lines are, and the notes that they become."""
