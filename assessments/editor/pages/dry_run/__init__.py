"""The page that shows what a file would change in a draft. Enter through `page.dry_run_page`."""
