"""What the pages of the quick check, and the consultancy's lists of links and shared checks, print."""
