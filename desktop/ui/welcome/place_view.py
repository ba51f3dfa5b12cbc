"""Street, province, commune, and the region with what speaks for it."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from desktop.ui.help.presenter import OF_UNIT
from desktop.ui.texts import tr
from desktop.ui.welcome.places import address, communes, provinces, region_words
from desktop.ui.welcome.unit_fields import answer_of, below, caption, regions, show_answer
from desktop.ui.widgets.basics import label, name, set_role
from desktop.ui.widgets.explained import explained
from desktop.ui.widgets.search_box import SearchBox


class PlaceFields(QWidget):
    """Answers ``address`` and ``region`` of a unit; the rest is kept under ``place.…``."""

    def __init__(self, entered: Callable[[], object]) -> None:
        super().__init__()
        self.street, self.region = QLineEdit(), regions()
        self.province, self.commune = SearchBox(), SearchBox()
        self.reason = label(role="quiet")
        self.wrong = label(role="wrong")
        self._lay_out()
        self.street.returnPressed.connect(lambda: entered())
        self.province.settled.connect(lambda _: self._province_chosen())
        self.commune.settled.connect(lambda _: self._commune_chosen())
        self.province.offer([(place.code, place.name) for place in provinces()])
        self.region.setCurrentIndex(-1)
        self._say()

    def _lay_out(self) -> None:
        self.wrong.hide()
        for box, example in ((self.province, "province"), (self.commune, "commune")):
            name(box, f"ui.first.{example}")
            line = box.lineEdit()
            if line:
                line.setPlaceholderText(tr(f"ui.first.{example}.example"))
        self.street.setPlaceholderText(tr("ui.first.street.example"))
        name(self.street, "ui.first.street")
        name(self.region, "ui.unit.region")
        explained(self.region, f"{OF_UNIT}region")
        for each in (self.street, self.province, self.commune):
            explained(each, f"{OF_UNIT}address")
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(6)
        for code, answer, required in (
            ("ui.first.street", self.street, False),
            ("ui.first.province", self.province, False),
            ("ui.first.commune", self.commune, False),
            ("ui.unit.region", below(self.region, self.wrong, self.reason), True),
        ):
            form.addRow(caption(tr(code), required=required), answer)

    def _province_chosen(self) -> None:
        lines = communes(self.province.value) if self.province.value else ()
        self.commune.offer([(place.code, place.name) for place in lines])
        self._say()

    def _commune_chosen(self) -> None:
        """The region follows the place; the person may say another one afterwards."""
        region = region_words(self.commune.value).region
        if region:
            show_answer(self.region, region)
        self._say()

    def _say(self) -> None:
        self.reason.setText(region_words(self.commune.value).words)

    def typed(self) -> dict[str, str]:
        where = address(self.street.text(), self.commune.words, self.province.words)
        region = answer_of(self.region) if self.region.currentIndex() >= 0 else ""
        return {"address": where, "region": region}

    def places(self) -> dict[str, str]:
        return {
            "place.street": self.street.text(),
            "place.province": self.province.value,
            "place.commune": self.commune.value,
        }

    def show_answers(self, said: Mapping[str, str]) -> None:
        self.street.setText(said.get("place.street", ""))
        self.province.choose(said.get("place.province", ""))
        self._province_chosen()
        self.commune.choose(said.get("place.commune", ""))
        region = said.get("region", "")
        self.region.setCurrentIndex(self.region.findData(region) if region else -1)
        self._say()

    def say_wrong(self, messages: Mapping[str, str]) -> None:
        words = messages.get("region", "")
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
        set_role(self.region, "wrong" if words else "")
        if words:
            self.region.setFocus()
