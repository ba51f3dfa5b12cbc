"""Pictures of every screen, for README and for looking at.

``prepare`` fills a fresh practice folder with invented people; ``take_shots`` walks a window and
keeps what it shows.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from desktop.services.api import Services
from desktop.services.roster_api import Edit, Filter, RosterQuery, Test
from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.desk import PracticeHelp
from desktop.ui.formats import next_month
from desktop.ui.inbox.view import InboxView
from desktop.ui.main_window import SIZE, MainWindow
from desktop.ui.month.view import MonthView
from desktop.ui.roster.presenter import first_of
from desktop.ui.roster.view import RosterView
from desktop.ui.screens import COLUMNS, FIRST_RUN, HIDDEN, PREVIEW, SCREENS, UNIT
from desktop.ui.theme import DARK, LIGHT
from desktop.ui.widgets.page import Page
from forms.model import Period
from forms.months.model import Proposed
from resources.messages import LANGUAGES

PATIENCE = 30.0
"""seconds that a screen may take to come to rest"""
CALM = 0.25
LIST = "danh-sach.xlsx"
CHANGES = (
    *(("tien_luong", "18.500.000"), ("tien_luong", "9.750.000"), ("tien_luong", "12.250.000")),
    *(("chuc_vu", "Tổ trưởng"), ("dang_tham_gia", "leave:TS"), ("dang_tham_gia", "absent")),
)
NEWCOMER = {
    "ho_ten": "Đoàn Thị Nắng Sớm",
    "cccd": "001192000017",
    "ngay_sinh": "12/03/1992",
    "gioi_tinh": "0",
    "chuc_vu": "Kế toán viên",
    "tien_luong": "11000000",
}


def prepare(services: Services, *, practice: PracticeHelp, faulty: Path, period: Period) -> None:
    """A unit with one dossier filed, one built and one whose workbook ``faulty`` has errors.

    Raises what the use cases raise, ValueError without the sample workbook and key.
    """
    if practice.sample_workbook is None or practice.key_file is None:
        raise ValueError("pictures need the whole practice help")
    unit = practice.sample_unit()
    services.add_unit(unit)
    clean, key_file = practice.sample_workbook(), practice.key_file()
    for filed in (True, False):
        services.import_workbook(clean, unit_code=unit.code, period=period)
        dossier = services.build(unit_code=unit.code, period=period).dossier
        if filed:
            with services.open_key_file(key_file, practice.key_password) as signer:
                services.sign(dossier.id, signer)
            services.enqueue(dossier.id)
            services.drain(dossier.id)
    _prepare_letters(services, practice, unit.code)
    services.import_workbook(faulty, unit_code=unit.code, period=period)
    _prepare_movements(services, unit.code, next_month(period))
    services.upkeep.back_up_daily()


def _prepare_letters(services: Services, practice: PracticeHelp, unit_code: str) -> None:
    """What the practice officer writes of the dossier that was filed."""
    if practice.officer_step is not None:
        practice.officer_step()
        practice.officer_step()
        services.inbox.fetch(unit_code)


def _prepare_movements(services: Services, unit_code: str, period: Period) -> None:
    """What changes in the month after: three raises, a new job, a maternity leave, one who goes."""
    query = RosterQuery(
        unit_code=unit_code, filters=(Filter(key="dang_tham_gia", test=Test.EQUALS, text="active"),)
    )
    people, since = services.roster.ids(query), first_of(period)
    for person, (key, text) in zip(people, CHANGES, strict=False):
        services.roster.edit(unit_code, [Edit(person=person, key=key, text=text, since=since)])
    services.roster.add(unit_code, NEWCOMER, since)


def take_shots(window: MainWindow, folder: Path) -> list[Path]:
    """Every screen at 1366×768 as ``<screen>.png``; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    window.resize(*SIZE)
    window.show()
    settle(window)
    return [_shot(window, folder, name, show) for name, show in _views(window)]


def take_all_shots(window: MainWindow, folder: Path) -> list[Path]:
    """In the first language and light below ``folder``, in every other look in a folder of its own
    (``en-dark``)."""
    taken: list[Path] = []
    for lang in LANGUAGES:
        for look in (LIGHT, DARK):
            wear(window, lang, look)
            first = (lang, look) == (LANGUAGES[0], LIGHT)
            taken += take_shots(window, folder if first else folder / f"{lang}-{look}")
    wear(window, LANGUAGES[0], LIGHT)
    return taken


def wear(window: MainWindow, lang: str, look: str) -> None:
    appearance = window.desk.appearance
    if appearance is not None:
        appearance.choose_language(lang)
        appearance.choose_theme(look)
    settle(window)


def settle(window: MainWindow) -> None:
    """Waits until nothing is under way any more."""
    end, calm = time.monotonic() + PATIENCE, time.monotonic() + CALM
    while time.monotonic() < min(end, calm):
        QApplication.processEvents()
        if window.desk.tasks.busy:
            calm = time.monotonic() + CALM
        time.sleep(0.01)


def _views(window: MainWindow) -> Iterator[tuple[str, Callable[[], None]]]:
    period = window.desk.session.period
    yield FIRST_RUN, partial(window.go, FIRST_RUN)
    yield UNIT, partial(window.go, UNIT)
    for screen in SCREENS:
        yield screen.key, partial(_show, window, screen.key, period)
        if screen.key == "roster":
            yield "person", partial(_show_person, window)
        if screen.key == "declarations":
            yield PREVIEW, partial(_show_preview, window)
        if screen.key == "month":
            yield COLUMNS, partial(_show_columns, window)
    for screen in HIDDEN:
        if screen.anyway:
            yield screen.key, partial(_show, window, screen.key, period)


def _show(window: MainWindow, key: str, period: Period) -> None:
    window.desk.session.choose_period(period)
    window.go(key)
    settle(window)
    page = window.pages[key]
    _show_month(window, page)
    if isinstance(page, InboxView):
        page.list.selectRow(0)
    if isinstance(page, DeclarationsView) and page.findings.model.lines:
        page.go_to(page.findings.model.lines[0].finding)


def _show_month(window: MainWindow, page: Page) -> None:
    """The month after, whose movements are prepared; the other screens keep their own."""
    session = window.desk.session
    if isinstance(page, MonthView):
        session.choose_period(next_month(session.period))
        page.compare()
        settle(window)
        movements = [at for at, line in enumerate(page.model.lines) if isinstance(line, Proposed)]
        if movements:
            page.grid.selectRow(movements[-1])


def _show_person(window: MainWindow) -> None:
    page = window.pages["roster"]
    if isinstance(page, RosterView):
        page.open_person(*page.found.ids[:1])
        page.person.tabs.setCurrentIndex(1)


def _show_preview(window: MainWindow) -> None:
    """Of the dossier that is open on the page before."""
    page = window.pages["declarations"]
    if isinstance(page, DeclarationsView):
        page.print_button.click()
        settle(window)


def _show_columns(window: MainWindow) -> None:
    """Of a workbook that was just written: the roster itself."""
    unit_code = window.desk.session.unit_code
    with TemporaryDirectory() as folder:
        out = Path(folder) / LIST
        listed = RosterQuery(unit_code=unit_code)
        window.desk.tasks.run(lambda _: window.desk.services.roster.export(listed, out))
        settle(window)
        window.go(COLUMNS, str(out))
        settle(window)


def _shot(window: MainWindow, folder: Path, name: str, show: Callable[[], None]) -> Path:
    show()
    settle(window)
    path = folder / f"{name}.png"
    _small(window.grab()).save(path, optimize=True)
    return path


def _small(grabbed: QPixmap) -> Image.Image:
    """In the 256 colours that fit it best: as good for a window, and a third as large."""
    octets = QByteArray()
    buffer = QBuffer(octets)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    grabbed.save(buffer, "PNG")
    picture = Image.open(BytesIO(octets.data())).convert("RGB")
    return picture.quantize(256, dither=Image.Dither.NONE)
