"""The movements that a month calls for."""
