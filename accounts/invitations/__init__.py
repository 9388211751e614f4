"""Invitations: who may make which, how a link is found again, and how it reaches the invited person.

Views and services of the accounts app enter here.
"""
