"""Words about what happens between results: actions, answers given again, what has changed since."""
