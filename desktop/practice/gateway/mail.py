"""What lies at the gateway for a unit, brought up to date by the clock whenever it is asked for."""

from collections.abc import Sequence

from desktop.practice.gateway.months import Statements
from desktop.practice.gateway.officer import Officer
from desktop.practice.gateway.post import Letterbox, Post


class Mail:
    """``statement_day``: None: statements come only when they are asked for."""

    def __init__(
        self,
        letters: Letterbox,
        officer: Officer,
        statements: Statements,
        *,
        statement_day: int | None,
    ) -> None:
        self._letters = letters
        self._officer = officer
        self._statements = statements
        self._day = statement_day

    def page(self, unit_code: str, tax_code: str, after: int) -> tuple[Sequence[Post], bool]:
        self._officer.act()
        if self._day is not None:
            self._statements.post_due(self._day, unit_code=unit_code)
        return self._letters.page(unit_code, tax_code, after)
