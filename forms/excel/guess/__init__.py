"""Any list of people: where its heading stands, and which column is which field."""
