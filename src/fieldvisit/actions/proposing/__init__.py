"""What a returned file would change: each module gathers what one kind of file is set against."""
