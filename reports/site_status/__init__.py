"""How the site is: what it depends on, in figures and in words, for probes and for administrators; a feature room."""
