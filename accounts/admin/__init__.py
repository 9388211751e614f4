"""What administrators see, and the little that they can change by hand. Secrets are never shown."""

from accounts.admin import organisations, people, records  # noqa: F401 (each registers its own)
