"""Signed files of reports: downloading one, the public keys of this installation, and a page that checks any."""
