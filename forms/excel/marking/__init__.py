"""Marks put into a workbook part by part: whatever need not change stays byte for byte."""
