"""What stands between a result and better ones: exact answers, computed from the result alone."""
