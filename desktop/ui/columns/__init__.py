"""Which column of a workbook is which field: guessed, confirmed, imported."""
