"""What runs in a worker process: one attempt after another, and what gets the process ready for them."""
