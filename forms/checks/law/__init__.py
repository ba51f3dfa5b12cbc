"""Drafts against the law of the contribution month; every finding names its source.

Three answers: passed (nothing), failed (an error, a warning or something to know) and not
checkable (``law.not_checkable.*``, once a list): a rule, a date or the past is not known.
"""

from forms.checks.law.envelope import check_envelope
from forms.checks.law.run import check_law

__all__ = ["check_envelope", "check_law"]
