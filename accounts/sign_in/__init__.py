"""Signing in: adapters for django-allauth, sessions, MFA, sign-in links, secrets.

The settings, the middleware list and the sign-in forms enter here.
"""
