"""Adding a unit: the first thing a person sees, and later from the top of the window."""
