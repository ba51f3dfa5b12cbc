"""Ways of carrying a dossier away beside the signed package, as a menu on other screens."""
