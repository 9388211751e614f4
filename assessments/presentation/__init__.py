"""The told result: what there is to say about a scored result, as values. Pure: no Django, no clock, no wording.

Every page and every format of a report prints these statements; `assessments/wording` puts them into words.
"""
