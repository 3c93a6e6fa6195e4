"""The subject in plain Python: guides, cities, visits, notes, states, disclosure. No I/O."""
