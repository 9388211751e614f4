"""JSON with letters as they are: escaped, an emoji takes twelve bytes instead of four where the database keeps text."""

import json
from typing import Any


class LettersAsTheyAre(json.JSONEncoder):
    """For a JSONField that holds what people type."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})
