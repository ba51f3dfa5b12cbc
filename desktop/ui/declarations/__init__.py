"""Declarations: import, the draft as a grid, what is wrong with it, building."""
