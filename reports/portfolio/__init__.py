"""One file about all clients of a consultancy: where they stand, what most of them lack, whom to look at first."""
