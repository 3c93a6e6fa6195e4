"""Interview guides as YAML files: read, checked, begun and described to editors.

What a guide file may hold is declared by the value classes in `fieldwork.guide`; all here follows.
"""
