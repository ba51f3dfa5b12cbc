"""The cells of a sheet that give no value, as readers ask for them."""

from forms.excel.sources.facts import CellIssue, Issue, Issues

__all__ = ["CellIssue", "Issue", "Issues"]
