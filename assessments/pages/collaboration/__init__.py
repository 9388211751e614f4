"""What people say and share out about one assessment: comments, reviews, who answers what."""
