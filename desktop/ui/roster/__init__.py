"""The people of the unit."""
