"""The printed forms of a dossier: looked at, printed, kept as PDF."""
