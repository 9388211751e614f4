"""Pages about presets: what each assumes, in words."""
