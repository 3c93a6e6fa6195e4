"""Files and pages that people read: what stands on them, and one writer a format."""
