"""What a grid is made of in Excel."""
