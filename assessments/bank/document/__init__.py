"""The bank document: YAML and JSON read into an `Edition` with every problem named, and written back.

Editor, shipped editions and tests enter through `reader`, `writer` and `json_document`.
"""
