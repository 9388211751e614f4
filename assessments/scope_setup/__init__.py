"""The scope in 90 seconds: place, people and trade first, then what the trade assumes, confirmed line by line.

Only the table of URLs leads here. An edition without presets goes straight to the screens of the wizard, which
`assessments/views/scope.py` shows.
"""
