"""The check of the token: what was tried, what was found, and what to do."""
