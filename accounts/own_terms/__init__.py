"""Owners choose how long their organisation keeps things, and see before what that deletes.

Only URLs lead here. What was chosen is obeyed elsewhere: `accounts.people_data.own_terms` says whose time is over.
"""
