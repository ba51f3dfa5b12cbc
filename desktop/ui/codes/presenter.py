"""Code lists, searched without marks; what each code became, and how sure the list is. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.ui.texts import language, tr
from forms.catalog import procedures
from forms.code_names import name_in
from forms.code_validity import DatedCode, search_codes
from forms.codes import code_list, fold

PROCEDURES = "thu_tuc"
LISTS = (
    "phuong_an",
    "xa",
    "tinh",
    "benh_vien",
    PROCEDURES,
    "loai",
    "quoc_tich",
    "dan_toc",
    "moi_quan_he",
    "loai_giay_to",
    "nghe_nghiep",
    "muc_huong",
    "doi_tuong_the",
    "phuong_thuc",
    "tham_gia",
    "phuong_an_d03",
    "phuong_an_d05",
    "gioi_tinh",
    "vung_ltt",
    "vung_ss",
    "ngan_hang",
    "ivan",
    "co_quan_cu",
)
"""the ones asked for most stand first; words under ``ui.codes.list.<name>``"""
MOST = 500
"""lines shown: who finds more types more"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLine:
    code: str
    name: str
    until: str
    """from and until when, in words; empty where nothing is known"""
    now: str
    """what came after it; empty while it is good"""

    @property
    def is_old(self) -> bool:
        return bool(self.now)


def title(kind: str) -> str:
    return tr(f"ui.codes.list.{kind}")


def search(kind: str, typed: str) -> Sequence[CodeLine]:
    """At most ``MOST`` + 1, so that one sees that there are more."""
    if kind == PROCEDURES:
        return _procedures(typed)
    return [_line(kind, found) for found in search_codes(kind, typed, limit=MOST + 1)]


def about(kind: str) -> str:
    """Where the list is from, of when, and whether it is whole."""
    if kind == PROCEDURES:
        return tr("ui.codes.procedures_about")
    known = code_list(kind)
    whole = tr("ui.codes.whole" if known.complete else "ui.codes.not_whole")
    return tr("ui.codes.about", origin=known.origin, date=_month(known.date), whole=whole)


def count_words(found: int) -> str:
    if found > MOST:
        return tr("ui.codes.more", count=MOST)
    return tr("ui.codes.found", count=found) if found else tr("ui.codes.none")


def _procedures(typed: str) -> Sequence[CodeLine]:
    wanted = fold(typed).split()
    lines = (
        CodeLine(code=each.code, name=_named(each.name_vi, each.name_en), until="", now="")
        for each in procedures()
    )
    return [line for line in lines if all(w in fold(f"{line.code} {line.name}") for w in wanted)]


def _named(vi: str, en: str) -> str:
    return en if language() == "en" and en else vi


def _line(kind: str, found: DatedCode) -> CodeLine:
    days = found.validity
    now = "; ".join(f"{after.code} {after.name}" for after in found.replaced_by)
    ended = found.kind != kind
    return CodeLine(
        code=found.code,
        name=name_in(kind, found.code, language()) or found.name if not ended else found.name,
        until=_days(days.valid_from, days.valid_to),
        now=now or (tr("ui.codes.nothing_after") if ended else ""),
    )


def _days(first: date | None, last: date | None) -> str:
    if last:
        return tr("ui.codes.until", last=f"{last:%d/%m/%Y}")
    return tr("ui.codes.since", first=f"{first:%d/%m/%Y}") if first else ""


def _month(iso: str) -> str:
    year, month = iso.split("-")[:2]
    return f"{month}/{year}"
