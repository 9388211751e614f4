"""What each page says, worked out before the template sees it: templates only print."""
