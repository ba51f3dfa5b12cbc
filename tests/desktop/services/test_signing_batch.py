"""One PIN for several dossiers: in order, up to the first that fails, and nothing is lost."""

from dataclasses import dataclass, field

from desktop.services.progress import Progress
from desktop.services.signing_batch import SignBatch
from forms.model import Dossier, DossierState, Period
from resources.faults import Fault
from signing.errors import DeviceFault
from signing.ports import Signer
from tests.fakes.certificates import NOW, unit_identity


@dataclass
class Desk:
    """Signs what it is given, until the token is pulled out."""

    pulled_out_at: str = ""
    asked: list[str] = field(default_factory=list)

    def sign(self, dossier_id: str, signer: Signer, progress: Progress | None) -> Dossier:
        self.asked.append(dossier_id)
        if dossier_id == self.pulled_out_at:
            raise DeviceFault("token.removed", module="x.dll")
        if progress:
            progress(1, 2)
            progress(2, 2)
        return dossier(dossier_id)


def dossier(dossier_id: str) -> Dossier:
    return Dossier(
        id=dossier_id,
        unit_code="ZZ0001Z",
        period=Period(2026, 11),
        procedure="600",
        batch=1,
        state=DossierState.SIGNED,
        created=NOW,
    )


def test_all_are_signed_in_order() -> None:
    desk = Desk()
    batch = SignBatch(sign=desk.sign)(["a", "b", "c"], unit_identity().signer)
    assert [each.id for each in batch.signed] == desk.asked == ["a", "b", "c"]
    assert (batch.failed, batch.fault, batch.untried) == (None, None, ())


def test_it_stops_at_the_first_failure_and_says_what_is_left() -> None:
    desk = Desk(pulled_out_at="b")
    batch = SignBatch(sign=desk.sign)(["a", "b", "c", "d"], unit_identity().signer)
    assert [each.id for each in batch.signed] == ["a"]
    assert isinstance(batch.fault, Fault)
    assert (batch.failed, batch.fault.code, batch.untried) == ("b", "token.removed", ("c", "d"))
    assert desk.asked == ["a", "b"]


def test_progress_never_goes_back() -> None:
    seen: list[tuple[int, int]] = []
    tell = lambda done, total: seen.append((done, total))  # noqa: E731  # one line says it
    SignBatch(sign=Desk().sign)(["a", "b"], unit_identity().signer, tell)
    assert seen == [(500, 2000), (1000, 2000), (1500, 2000), (2000, 2000)]


def test_a_stop_counts_between_two_dossiers() -> None:
    desk = Desk()
    stopped = lambda: len(desk.asked) == 2  # noqa: E731  # one line says it
    batch = SignBatch(sign=desk.sign)(["a", "b", "c", "d"], unit_identity().signer, stopped=stopped)
    assert [each.id for each in batch.signed] == desk.asked == ["a", "b"]
    assert (batch.failed, batch.fault, batch.untried) == (None, None, ("c", "d"))
