"""Copies of the data: made, looked into, put back."""
