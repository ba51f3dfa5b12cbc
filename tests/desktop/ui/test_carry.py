"""What the window says of carrying away. Without widgets."""

from pathlib import Path

import pytest

from desktop.ui import texts
from desktop.ui.carry.presenter import CarryPresenter
from desktop.ui.outbox.presenter import OutboxPresenter
from forms.findings import Finding, Severity
from resources.faults import UsageFault
from sync.model import ParcelState
from tests.fakes.services import PERIOD, UNIT, FakeServices, FakeSigner, draft, row

LOST = Finding(
    code="carry.no_column",
    severity=Severity.WARNING,
    field="email",
    params={"title": "Email", "count": 3, "lines": "4, 5, 6"},
)
TO_KNOW = Finding(code="carry.vnpt.note_added", severity=Severity.INFO)


@pytest.fixture
def services() -> FakeServices:
    """One signed dossier."""
    texts.use_language("vi")
    made = FakeServices()
    made.add_unit(UNIT)
    dossier = made.bring(draft(row(4)))
    made.build(unit_code=UNIT.code, period=PERIOD)
    made.sign(dossier.id, FakeSigner())
    return made


@pytest.mark.parametrize(
    ("told", "look"),
    [((), "done"), ((TO_KNOW,), "done"), ((TO_KNOW, LOST), "warning")],
)
def test_what_a_workbook_does_not_hold_is_said_first(
    services: FakeServices, tmp_path: Path, told: tuple[Finding, ...], look: str
) -> None:
    services.carry.told = told
    dossier = services.dossiers()[0].id
    said = CarryPresenter(services).workbook(dossier, "vnpt", tmp_path)
    assert said[0] == look
    assert str(tmp_path / dossier / "vnpt.xlsx") in said[1]
    assert said[2].count("•") == len(told)
    if LOST in told:
        assert said[2].splitlines()[0].startswith("• Mẫu này không có cột “Email”: 3 dòng")


def test_a_workbook_that_does_not_read_back_is_an_error(
    services: FakeServices, tmp_path: Path
) -> None:
    params = {"title": "Lương", "count": 1, "lines": "4"}
    wrong = Finding(code="carry.changed", severity=Severity.ERROR, params=params)
    services.carry.told = (wrong,)
    assert CarryPresenter(services).workbook(services.dossiers()[0].id, "vnpt", tmp_path)[0] == (
        "error"
    )


def test_only_what_no_gateway_has_may_be_handed_over(services: FakeServices) -> None:
    outbox, (dossier,) = OutboxPresenter(services), services.dossiers()
    (line,) = outbox.lines(UNIT.code)
    assert outbox.detail(line).can_hand_over
    services.gateway_answers = ParcelState.SENT
    services.enqueue(dossier.id)
    services.drain(dossier.id)
    (line,) = outbox.lines(UNIT.code)
    assert not outbox.detail(line).can_hand_over


def test_a_fault_that_is_no_question_is_only_said(services: FakeServices) -> None:
    presenter = CarryPresenter(services)
    assert presenter.wants(UsageFault("sealed.password_needed"))
    assert presenter.wants(UsageFault("handover.own", dossier="x")) == ""
    assert presenter.wants(ValueError()) == ""


def test_an_open_file_says_so(services: FakeServices, tmp_path: Path) -> None:
    said = CarryPresenter(services).hand_over(services.dossiers()[0].id, tmp_path, "")
    assert "không khóa" in said[2]
