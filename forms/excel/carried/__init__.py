"""A draft as a workbook that the program of another provider takes in."""
