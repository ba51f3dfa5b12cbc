"""A month against the one before: what changed, and what must be declared for it. Pure."""
