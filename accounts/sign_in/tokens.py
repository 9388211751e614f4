"""Secrets that travel in links. The database stores only their hashes."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """A random secret, safe to use in a URL."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """What is stored and looked up: 64 hexadecimal digits, always the same for a token."""
    return hashlib.sha256(token.encode()).hexdigest()
