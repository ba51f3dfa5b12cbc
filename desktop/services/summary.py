"""What a person must see before typing the PIN."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from desktop.services.api import Remark, SignSummary
from desktop.services.moments import filing_day
from desktop.services.ports import Clock, Store, StoredFile
from desktop.services.rooms import FormsRoom
from forms.model import Dossier, FileKind, Part, Row

ENVELOPE = "BHXHDienTu.xml"
COEFFICIENT_UP_TO = 100
"""a wage of at most this is a coefficient, not đồng (wire format §2.1, row 6)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummariseForSigning:
    store: Store
    forms: FormsRoom
    clock: Clock

    def __call__(self, dossier_id: str) -> SignSummary:
        with self.store.reading() as work:
            dossier = work.dossiers.get(dossier_id)
            rows = work.dossiers.draft(dossier_id).rows(Part.LAO_DONG)
            files = work.dossiers.files(dossier_id)
            unit = work.units.get(dossier.unit_code)
        return SignSummary(
            dossier=dossier,
            unit=unit,
            procedure_name=self.forms.procedure_name(dossier.procedure),
            forms=file_names(files),
            people=count_people(rows),
            movements=count_movements(rows),
            total_wage=sum(map(wage, rows)),
            unproven=self._unproven(dossier, files),
        )

    def _unproven(self, dossier: Dossier, files: Iterable[StoredFile]) -> tuple[Remark, ...]:
        forms = [file.form.form_code for file in files if file.form.kind is FileKind.FORM]
        filed_on = dossier.filed_on or filing_day(self.clock())
        codes = self.forms.unproven(dossier.procedure, forms, filed_on)
        return tuple(Remark(code="form.unproven", params={"form": code}) for code in codes)


def file_names(files: Iterable[StoredFile]) -> tuple[str, ...]:
    names = [file.form.name for file in files if file.form.kind is not FileKind.ENVELOPE]
    return (*names, ENVELOPE)


def count_people(rows: Iterable[Row]) -> int:
    """People, not rows: one person may have several movements."""
    return len({_identity(row) for row in rows})


def count_movements(rows: Iterable[Row]) -> tuple[tuple[str, int], ...]:
    """Phương án and how often, the most frequent first."""
    counts = Counter(row.get("phuong_an") for row in rows)
    return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def wage(row: Row) -> int:
    """Đồng; 0 where pay is by coefficient or not a number."""
    try:
        amount = Decimal(row.get("tien_luong") or "0")
    except InvalidOperation:
        return 0
    return int(amount) if amount > COEFFICIENT_UP_TO else 0


def _identity(row: Row) -> tuple[str, ...]:
    for key in ("ma_so_bhxh", "cccd"):
        if number := row.get(key):
            return (key, number)
    return ("ho_ten", row.get("ho_ten").casefold(), row.get("ngay_sinh"))
