"""The record sheet: what it shows, what comes back, and what that changes."""
