"""The second step of signing in: codes of an app, recovery codes, passkeys, and how their secrets are stored."""
