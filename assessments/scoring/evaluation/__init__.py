"""What one answer to one question leads to: its place in the figures, in the lists, in the counts and in the plan."""
