"""The screen that looks codes up."""
