"""Interview guides as YAML files: read, checked, begun and described to editors.

`format` says what a guide file may hold; reading, the JSON Schema and the starter follow it.
"""
