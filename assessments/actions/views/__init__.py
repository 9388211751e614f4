"""The views of the plan: guard, form, service, redirect."""
