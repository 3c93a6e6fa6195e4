"""What came back and what a person decides about it: the only place that may suggest."""
