"""What a person can do: one file a verb. Each opens the study, does it whole, returns a value."""
