"""What a decision stores, by the type of the item."""
