"""The rules that an edition must keep before it is published. Enter through `edition.check_edition`."""
