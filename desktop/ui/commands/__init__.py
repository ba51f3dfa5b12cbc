"""Everything that can be done now, found by typing; and the keys that do it."""
