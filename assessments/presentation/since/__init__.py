"""What has changed between two results of one organisation, as statements."""
