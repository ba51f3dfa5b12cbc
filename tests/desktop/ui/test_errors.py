"""A failure in words."""

from pathlib import Path

from desktop.ui.errors import explain
from desktop.ui.texts import use_language
from resources.faults import DataFault, Fault, Sort, SurroundingsFault

LOG = Path("/somewhere/crash.log")


def test_what_the_person_can_mend_is_said_in_its_own_words() -> None:
    use_language("vi")
    told = explain(DataFault("unit.bad_region"), lambda _: LOG)
    assert told.sort is Sort.MEND
    assert "Vùng lương tối thiểu chưa đúng" in told.text
    assert "unit.bad_region" not in told.text


def test_surroundings_say_that_nothing_is_lost() -> None:
    told = explain(SurroundingsFault("store.busy"), lambda _: LOG)
    assert told.sort is Sort.RETRY
    assert "thử lại" in told.title


def test_our_mistake_is_logged_and_names_the_log() -> None:
    logged: list[BaseException] = []

    def log(error: BaseException) -> Path:
        logged.append(error)
        return LOG

    error = ValueError("Nguyễn Văn Bí Mật, 012345678901")
    told = explain(error, log)
    assert logged == [error]
    assert told.sort is Sort.BUG
    assert str(LOG) in told.text
    assert "Bí Mật" not in told.details
    assert "012345678901" not in told.details


def test_what_is_copied_for_a_helper_names_no_person() -> None:
    log = Path("/home/nguyen-van-bi-mat/logs/crash-20261123.log")
    told = explain(ValueError("x"), lambda _: log)
    assert "crash-20261123.log" in told.details
    assert "bi-mat" not in told.details


def test_a_fault_of_ours_is_treated_as_a_bug() -> None:
    told = explain(Fault("sign.unverified"), lambda _: LOG)
    assert told.sort is Sort.BUG
    assert "sign.unverified" in told.details
