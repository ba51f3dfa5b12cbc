"""The settings: how the window looks, where dossiers go, copies of the data."""
