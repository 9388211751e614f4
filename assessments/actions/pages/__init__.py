"""What the pages of the plan show, worked out before the template."""
