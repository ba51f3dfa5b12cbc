"""The agency's monthly notices (C12-TS, D09-TS) held against what our own roster says."""
