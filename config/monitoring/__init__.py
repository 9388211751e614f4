"""For whoever watches over the site: the door for probes, /metrics for Prometheus, errors for Sentry.

What is counted where, and why, is in docs/decisions/0030-metrics.md. No label holds a person, an organisation or what
somebody typed.
"""
