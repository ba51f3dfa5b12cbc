"""``resources/months``: which field says what, words of states, notes, and rows of the law."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from forms.model import Period
from forms.rules import tables
from forms.rules.dated import Entry, RulesBroken, Series
from resources import read_text

_FOLDER = "months"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tk1Group:
    """Fields whose change is declared on TK1-TS, and the procedure for it."""

    name: str
    keys: tuple[str, ...]
    procedure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Which fields of a person say what."""

    wage: tuple[str, ...]
    whole_wage: frozenset[str]
    title: tuple[str, ...]
    contract: tuple[str, ...]
    movement: frozenset[str]
    states: tuple[str, ...]
    notes: tuple[str, ...]
    unpaid_days: tuple[str, ...]
    tk1: tuple[Tk1Group, ...]
    note_parts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class StateWords:
    """``standing``: ``active``, ``absent`` or ``leave``, with ``:`` and a phương án."""

    standing: str
    words: tuple[str, ...]
    exact: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    templates: Mapping[str, str]
    reviewed: Mapping[str, str]
    tk1: Mapping[str, str]
    tk1_fields: Mapping[str, str]
    loai: Mapping[str, str]
    procedure: Mapping[str, str]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(read_text(f"{_FOLDER}/{name}.toml"))


@cache
def fields() -> Fields:
    top = _read("fields")
    return Fields(
        wage=tuple(top["wage"]["keys"]),
        whole_wage=frozenset(top["wage"]["whole"]),
        title=tuple(top["title"]["keys"]),
        contract=tuple(top["contract"]["keys"]),
        movement=frozenset(top["movement"]["keys"]),
        states=tuple(top["state"]["keys"]),
        notes=tuple(top["state"]["notes"]),
        unpaid_days=tuple(top["state"]["unpaid_days"]),
        tk1=tuple(
            Tk1Group(name=name, keys=tuple(each["keys"]), procedure=each["procedure"])
            for name, each in top["tk1"].items()
        ),
        note_parts={name: tuple(keys) for name, keys in top["note"].items()},
    )


@cache
def state_words() -> tuple[StateWords, ...]:
    return tuple(
        StateWords(each["standing"], tuple(each["words"]), frozenset(each["exact"]))
        for each in _read("words")["state"]
    )


@cache
def variants() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Phương án → kind of note → words that speak for it."""
    found: Mapping[str, Mapping[str, list[str]]] = _read("words")["variant"]
    return {
        code: {kind: tuple(words) for kind, words in kinds.items()} for code, kinds in found.items()
    }


@cache
def notes() -> Notes:
    top = _read("notes")
    tk1 = dict(top["tk1"])
    return Notes(
        templates=top["templates"],
        reviewed=top["reviewed"],
        tk1_fields=tk1.pop("fields"),
        tk1=tk1,
        loai=top["loai"],
        procedure=top["procedure"],
    )


@cache
def _rules() -> Mapping[str, Series[Any]]:
    return tables.load("months", read_text(f"{_FOLDER}/rules.toml"))


def rule(key: str, month: Period) -> Entry[Any]:
    """A row of ``resources/months/rules.toml``. Raises RuleMissing and RulesBroken."""
    found = _rules().get(key)
    if found is None:
        raise RulesBroken("rules.broken", table="months", reason=f"no series {key}")
    entry: Entry[Any] = found.at(month)
    return entry
