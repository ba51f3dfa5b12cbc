"""The rules, asked directly: what is owed, what lateness costs, when somebody may retire."""
