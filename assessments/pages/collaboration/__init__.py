"""Working on one assessment together: comments, reviews, who answers what."""
