"""Workbook in, draft and findings out; findings → the same workbook, marked."""
