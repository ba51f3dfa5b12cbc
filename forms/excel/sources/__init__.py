"""One face for every kind of workbook: what its sheets hold, and what the library leaves out."""
