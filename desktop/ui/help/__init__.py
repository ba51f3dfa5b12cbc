"""F1: how to fill in the field one is on, with its source; search of all guides, offline."""
