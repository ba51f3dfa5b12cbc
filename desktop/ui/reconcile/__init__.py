"""The agency's C12-TS and D09-TS against what was filed here."""
