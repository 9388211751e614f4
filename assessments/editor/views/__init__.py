"""Views of the editor: guard, form, service, redirect."""
