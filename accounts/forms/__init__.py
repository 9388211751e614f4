"""Forms of the accounts pages. Views import them; they import models and permissions, never services."""
