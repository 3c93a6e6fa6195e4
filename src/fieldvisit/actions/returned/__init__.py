"""What a returned file would change, by what it is."""
