"""People, organisations, memberships and engagements, and who may do what. Imports no other app of ours.

Every room may enter through `access`, `queries`, `permissions` and the services; nothing here knows of assessments.
"""
