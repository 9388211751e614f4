"""Views: guard, form, service, redirect."""
