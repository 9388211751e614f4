"""The consultants' desk: many clients in one table. Only the URL table imports this package."""
