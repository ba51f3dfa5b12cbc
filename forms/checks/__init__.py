"""Findings about a draft: code, severity, place, parameters. No words (see ``resources/messages``).

Types, lengths, required fields and code lists are those of the form data in force; nothing here
repeats them. What the law of the month says is in ``forms.checks.law``.
"""

from forms.checks.everything import check

__all__ = ["check"]
