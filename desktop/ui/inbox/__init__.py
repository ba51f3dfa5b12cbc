"""What the agency wrote, by month and dossier."""
