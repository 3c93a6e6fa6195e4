"""Outputs without names: what is a name, what stands for it, and what it stood for."""
