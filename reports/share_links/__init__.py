"""Links by which somebody without an account opens one report; a feature room (docs/decisions/0025-share-links.md)."""
