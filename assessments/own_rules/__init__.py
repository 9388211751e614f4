"""How this site keeps the rules that it asks others about: the bank's own questions, answered from facts.

`site_facts`, `findings`, `answers` and `rules/` compute from values alone; `queries` looks the values up. Only URLs
lead to the pages; a room with jobs tells `failures` how many of them failed.
"""
