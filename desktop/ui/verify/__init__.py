"""Signatures of files, whoever signed them: intact or not, by whom, and whether to believe it."""
