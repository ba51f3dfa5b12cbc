"""The outbox: signed dossiers on their way, and what came back."""
