"""What the people who run the site see of the queue: counts and times, never whose file it is; a feature room."""
