"""What is to be said of the people in the roster's list, and the list narrowed by it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from desktop.services.ports import Reading
from desktop.services.roster_addresses import COMMUNES, is_old
from desktop.services.roster_api import (
    ROW_STATE,
    Filter,
    PersonState,
    RosterQuery,
    States,
    Test,
)
from desktop.services.roster_ports import Touched
from forms.model import Dossier, DossierState
from forms.roster.changes import ABSENT
from forms.roster.fields import fields
from forms.roster.model import Values
from forms.roster.taking_in import STATE

S = DossierState
AT_THE_AGENCY = frozenset({S.SENT, S.ACCEPTED, S.PROCESSING, S.SUPPLEMENT, S.DONE})
NEEDED = ("ho_ten", "ngay_sinh", "gioi_tinh")
NUMBERS = ("ma_so_bhxh", "cccd")
"""one of them says who it is"""


def states_of(work: Reading, unit_code: str) -> States:
    """Raises UsageFault ``unit.unknown``."""
    touched = _touched(work, unit_code)
    found: dict[PersonState, set[int]] = defaultdict(set)
    communes = [key for key, field in fields().items() if field.code_list == COMMUNES]
    keys = (*NEEDED, *NUMBERS, STATE, *communes)
    for one, values in work.roster.values_of(unit_code, keys):
        for state in _said_by(values, communes):
            found[state].add(one)
    found[PersonState.NEW] = set(touched.came)
    found[PersonState.CHANGED] = set(touched.changed)
    return {state: frozenset(found[state]) for state in PersonState if found[state]}


def ids_of(work: Reading, query: RosterQuery) -> Sequence[int]:
    """As the store finds them, then those in the wanted states alone."""
    by_state = [each for each in query.filters if each.key == ROW_STATE]
    if not by_state:
        return work.roster.ids(query)
    others = tuple(each for each in query.filters if each.key != ROW_STATE)
    ids = work.roster.ids(replace(query, filters=others))
    states = states_of(work, query.unit_code)
    for each in by_state:
        ids = _narrowed(ids, states, each)
    return ids


def _narrowed(ids: Sequence[int], states: States, by: Filter) -> Sequence[int]:
    if by.test in (Test.EMPTY, Test.FILLED):
        any_: Collection[int] = frozenset().union(*states.values())
        return [one for one in ids if (one in any_) is (by.test is Test.FILLED)]
    wanted = {str(state): people for state, people in states.items()}.get(by.text, frozenset())
    return [one for one in ids if one in wanted]


def _touched(work: Reading, unit_code: str) -> Touched:
    """A dossier holds the people as they were when it was made, however late it was sent."""
    filed = [each for each in work.dossiers.all(unit_code) if _is_filed(each)]
    if not filed:
        return Touched()
    since = max(each.created for each in filed)
    return work.roster.touched_since(unit_code, since, apart_from={each.id for each in filed})


def _is_filed(dossier: Dossier) -> bool:
    return dossier.state in AT_THE_AGENCY


def _said_by(values: Values, communes: Sequence[str]) -> Iterator[PersonState]:
    """Of one who is there no more nothing is asked."""
    if values.get(STATE) == ABSENT:
        yield PersonState.LEFT
        return
    if not all(map(values.get, NEEDED)) or not any(map(values.get, NUMBERS)):
        yield PersonState.LACKING
    if any(is_old(values[key]) for key in communes if key in values):
        yield PersonState.OLD_ADDRESS
