"""Rows of the list of papers (D01-TS) that go with what is reported late (wire format §7.4)."""

from forms import catalog
from forms.model import Period
from forms.months.data import notes
from forms.months.model import Values


def papers(code: str, values: Values, start: Period, *, less: bool) -> tuple[Values, ...]:
    """Numbers and dates of the papers are the user's to fill in."""
    words = notes().reviewed["less" if less else "more"]
    reviewed = words.format(name=values.get("ho_ten", ""), month=start.wire)
    wanted = (each for each in catalog.papers() if code in each.movements and not each.when_vi)
    rows = (
        {
            "stt": values.get("stt", ""),
            "ho_ten": values.get("ho_ten", ""),
            "ma_so_bhxh": values.get("ma_so_bhxh", ""),
            "ten_loai_van_ban": paper.name_vi,
            "noi_dung_tham_dinh": reviewed,
        }
        for paper in wanted
    )
    return tuple({key: text for key, text in row.items() if text} for row in rows)
