"""Views of the accounts pages: guard, form, service, redirect. Only the URL tables import this package."""
