"""The difference of two snapshots, without loss: ``apply(diff(a, b), a) == b`` for every pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.months.identity import Signs, pairs, signs_of_all
from forms.months.model import PersonState, Place, Snapshot, Values


@dataclass(frozen=True, slots=True)
class FieldChange:
    """None: the field is not there on that side."""

    key: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Somebody of the old list, as the new one has them."""

    old: int
    """position in the old list"""
    fields: tuple[FieldChange, ...] = ()
    household: tuple[Values, ...] | None = None
    """None: the same members as before"""
    places: Mapping[str, Place] | None = None
    """None: read from the same cells as before"""
    roster_id: int | None = None

    @property
    def says(self) -> bool:
        """Whether the person's data are other ones; places and order are not data."""
        return bool(self.fields) or self.household is not None


Entry = Kept | PersonState


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """``entries`` in the order of the new list: people kept, or new ones as they are."""

    name: str
    entries: tuple[Entry, ...]
    removed: tuple[int, ...]
    """positions in the old list, ascending"""
    in_list: bool = False
    """the new people stand in a list, not in a tuple"""

    @property
    def reordered(self) -> bool:
        """Whether the people kept stand in another order than before."""
        kept = [entry.old for entry in self.entries if isinstance(entry, Kept)]
        return kept != sorted(kept)


def diff(old: Snapshot, new: Snapshot) -> Delta:
    """What turns ``old`` into ``new``; people are matched as in ``forms.months.identity``."""
    return diff_of(old, new, signs_of_all(old.people), signs_of_all(new.people))


def diff_of(old: Snapshot, new: Snapshot, before: Sequence[Signs], after: Sequence[Signs]) -> Delta:
    """The same with the signs of everybody at hand."""
    same = pairs(before, after)
    entries: tuple[Entry, ...] = tuple(
        _kept(old.people, same[position], person) if position in same else person
        for position, person in enumerate(new.people)
    )
    stayed = set(same.values())
    return Delta(
        name=new.name,
        entries=entries,
        removed=tuple(n for n in range(len(old.people)) if n not in stayed),
        in_list=isinstance(new.people, list),
    )


def apply(delta: Delta, old: Snapshot) -> Snapshot:
    """The new snapshot. Raises IndexError for a delta of other people."""
    people = [
        _restored(old.people[entry.old], entry) if isinstance(entry, Kept) else entry
        for entry in delta.entries
    ]
    return Snapshot(name=delta.name, people=people if delta.in_list else tuple(people))


def _kept(people: Sequence[PersonState], position: int, after: PersonState) -> Kept:
    before = people[position]
    return Kept(
        old=position,
        fields=() if before.values == after.values else changes(before.values, after.values),
        household=None if before.household == after.household else after.household,
        places=None if before.places == after.places else after.places,
        roster_id=after.roster_id,
    )


def changes(before: Values, after: Values) -> tuple[FieldChange, ...]:
    """Fields in which two differ, in the order of the first, then what is new."""
    keys = dict.fromkeys((*before, *after))
    return tuple(
        FieldChange(key, before.get(key), after.get(key))
        for key in keys
        if before.get(key) != after.get(key)
    )


def _restored(before: PersonState, kept: Kept) -> PersonState:
    return PersonState(
        values=_changed(before.values, kept.fields) if kept.fields else before.values,
        household=before.household if kept.household is None else kept.household,
        places=before.places if kept.places is None else kept.places,
        roster_id=kept.roster_id,
    )


def _changed(values: Values, fields: Sequence[FieldChange]) -> dict[str, str]:
    changed = dict(values)
    for field in fields:
        if field.after is None:
            changed.pop(field.key, None)
        else:
            changed[field.key] = field.after
    return changed
