"""What administrators look at, and the little that they mend by hand. Nobody's secrets are shown."""

from accounts.admin import organisations, people, records  # noqa: F401 (each registers its own)
