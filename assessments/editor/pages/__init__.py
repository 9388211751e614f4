"""What the pages of the editor show, worked out."""
