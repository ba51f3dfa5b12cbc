"""Signing: what is signed, with which key, and the PIN."""
