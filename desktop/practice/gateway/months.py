"""The end of a month at the practice gateway: each unit's statements out of what it filed."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from desktop.practice.ca import GatewayPapers
from desktop.practice.gateway.answers import VIETNAM, notice_about, outcome_of, signed
from desktop.practice.gateway.declared import declared_rows
from desktop.practice.gateway.ledger import Entry, Ledger
from desktop.practice.gateway.officer import counts, file_words
from desktop.practice.gateway.post import NewFile, NewPost
from desktop.practice.gateway.statements import Month, c12, d09
from desktop.practice.sample import sample_unit
from desktop.services.expecting import follow
from forms.model import Dossier, DossierState, Period, Row
from forms.outcomes import RESULT
from forms.reconcile.expected import Expected
from forms.render import open_envelope
from forms.rules.dated import RuleMissing
from forms.xml.envelope import Envelope
from forms.xml.notice import Notice
from resources.faults import UsageFault
from resources.messages import text
from sync.model import PostedKind

REGION = 1
"""of a unit that says it nowhere: the sample unit's"""
_LOG = logging.getLogger(__name__)


class Statements:
    """Computes and lays out; may be asked from any thread."""

    def __init__(self, ledger: Ledger, papers: GatewayPapers, now: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._papers = papers
        self._now = now

    def post(self, period: Period, *, unit_code: str | None = None) -> int:
        """For that unit, or for every one that has filed; a month may be asked for again.

        Returns how many were laid out. Raises UsageFault ``practice.month_not_over`` for a month
        to come, RuleMissing where no rule covers somebody.
        """
        if period > Period.of(self._today()):
            raise UsageFault("practice.month_not_over", month=period.wire)
        units = [unit for unit in self._units(period) if unit_code in (None, unit)]
        for unit in units:
            self._post_one(unit, period)
        return len(units)

    def post_due(self, day: int, *, unit_code: str) -> None:
        """The month before, once, from that day of the month on."""
        today = self._today()
        period = Period.of(today).plus(-1)
        if today.day < day or self._ledger.letters.has_statement(unit_code, period.iso):
            return
        try:
            self.post(period, unit_code=unit_code)
        except RuleMissing as fault:  # the unit's other notices must not wait for it
            _LOG.warning("no statement of %s: %s", period.iso, fault)

    def _post_one(self, unit_code: str, period: Period) -> None:
        filed = list(self._filed(unit_code, period))
        entry, envelope, _ = filed[-1]
        month = Month(
            unit_code=unit_code,
            unit_name=envelope.unit_name,
            period=period,
            people=people_of(filed, period),
            before=people_of(filed, period.plus(-1)),
        )
        files = (
            NewFile(text("practice.statement.file_c12", month=period.iso), c12(month)),
            NewFile(text("practice.statement.file_d09", month=period.iso), d09(month)),
        )
        notice = self._notice(entry, envelope, period, files)
        post = NewPost(
            unit_code=unit_code,
            tax_code=entry.tax_code,
            kind=PostedKind.STATEMENT,
            parcel_id=None,
            document=signed(notice, self._papers.receipts, self._now()),
            files=files,
        )
        self._ledger.letters.post_statement(post, period.iso)

    def _notice(
        self, entry: Entry, envelope: Envelope, period: Period, files: Sequence[NewFile]
    ) -> Notice:
        """About the unit's month, not about a dossier."""
        month = period.wire
        plain = replace(
            notice_about(entry, envelope, signer=self._papers.receipts, now=self._now()),
            number="",
            procedure="",
            procedure_name=text("practice.statement.name", month=month),
            period=month,
            transaction=f"C12-{entry.unit_code}-{period.iso}",
        )
        result = text("practice.statement.result", month=month)
        said = outcome_of(plain, RESULT, result=result, rows=[file_words(file) for file in files])
        return replace(said, rows=said.rows[-1 - len(files) : -1])

    def _filed(self, unit_code: str, period: Period) -> Iterator[tuple[Entry, Envelope, int]]:
        """What counts up to the month, by month and then in the order of acceptance."""
        found = [
            (Period.parse(entry.period), at, entry)
            for at, (entry, _, outcome) in enumerate(self._ledger.accepted())
            if entry.unit_code == unit_code and counts(outcome)
        ]
        for month, at, entry in sorted(found, key=lambda each: each[:2]):
            package = self._ledger.package(entry.id)
            if month <= period and package is not None:
                yield entry, open_envelope(package), at

    def _units(self, period: Period) -> Sequence[str]:
        return sorted(
            {
                entry.unit_code
                for entry, _, outcome in self._ledger.accepted()
                if counts(outcome) and Period.parse(entry.period) <= period
            }
        )

    def _today(self) -> datetime:
        return self._now().astimezone(VIETNAM)


def people_of(filed: Sequence[tuple[Entry, Envelope, int]], period: Period) -> tuple[Expected, ...]:
    """The people of the month, as the dossiers up to it tell."""
    rows = [
        (_dossier(entry, at), row)
        for entry, envelope, at in filed
        if envelope.period <= period
        for row in declared_rows(envelope)
    ]
    unit = sample_unit()
    region = unit.region if filed and filed[0][0].unit_code == unit.code else REGION
    return tuple(follow(rows, period, _region(rows, region)))


def _region(rows: Sequence[tuple[Dossier, Row]], otherwise: int) -> int:
    """The wage region that most rows name; a row may leave it to the unit's."""
    named = [row.get("ma_vung_ltt") for _, row in rows if row.get("ma_vung_ltt")]
    return int(max(set(named), key=named.count)) if named else otherwise


def _dossier(entry: Entry, at: int) -> Dossier:
    """As far as following people asks for it."""
    return Dossier(
        id=entry.id,
        unit_code=entry.unit_code,
        period=Period.parse(entry.period),
        procedure=entry.procedure,
        batch=at,
        state=DossierState.ACCEPTED,
        created=datetime.now(UTC),
        number=entry.number,
    )
