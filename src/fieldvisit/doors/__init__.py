"""Where bytes come in and go out: every other module reads and writes through these."""
