"""/metrics for Prometheus: requests as the web processes count them, the site as its database knows it.

Which is which, and why, is in docs/decisions/0030-metrics.md. No label holds a person, an organisation or a name.
"""
