"""Columns of a list → fields, by heading and content together."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from forms.excel.cleaned import Raw
from forms.excel.guess.assign import best_pairs
from forms.excel.guess.by_sex import by_sex, fields_given, without_halves
from forms.excel.guess.content import content, fits
from forms.excel.guess.joined_names import joined_name
from forms.excel.guess.synonyms import NOTHING, SURE, Meaning, meaning
from forms.excel.headings import Path
from forms.excel.kinds import Kind
from forms.excel.layout import MAPPED, load
from forms.excel.letters import to_letters
from forms.excel.mapping import ColumnGuess
from forms.model import Part

BY_HEADING = "columns.by_heading"
BY_CONTENT = "columns.by_content"
BY_BOTH = "columns.by_both"
JOINED = "columns.joined"
NO_FIELD = "columns.no_field"
UNKNOWN = "columns.unknown"
_LEAST = 0.35
_STRONG = 0.8
_MISFIT = 0.5
_MISFIT_WEIGHT = 0.6
_UNSAID_WEIGHT = 0.9
_UNKNOWN_WEIGHT = 0.8
_SAMPLES = 5
_PARTS_OF_NAME = ("ho_ten:1", "ho_ten:2")
_LONE_NAME = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One column: its titles and some of its values."""

    number: int
    path: Path
    values: tuple[Raw, ...]
    samples: tuple[str, ...] = ()
    said: Meaning = field(default_factory=dict)
    looks: Meaning = field(default_factory=dict)


def candidate(number: int, path: Path, values: Sequence[Raw], samples: Sequence[str]) -> Candidate:
    return Candidate(
        number=number,
        path=path,
        values=tuple(values),
        samples=tuple(samples[:_SAMPLES]),
        said=meaning(path),
        looks=content(values),
    )


def guess_columns(candidates: Sequence[Candidate]) -> tuple[ColumnGuess, ...]:
    """One guess for each column, in the order of the sheet; of parts of a name that are joined
    the later follows the earlier. A field goes to one column at most, those parts excepted."""
    by_number = {each.number: each for each in candidates}
    pair, halves = joined_name(candidates), by_sex(candidates)
    known = fields_given(halves) | ({"ho_ten"} if pair else set())
    scores = {
        each.number: _scores(each, known=known)
        for each in sorted(candidates, key=lambda each: (each.path, each.number))
        if each.number not in pair and each.number not in halves
    }
    fields = best_pairs(scores)
    guesses = {
        number: _guess(each, fields.get(number), scores.get(number, {}))
        for number, each in sorted(by_number.items())
    }
    for number, half in halves.items():
        guesses[number] = _as_guess(by_number[number], half.field, half.sure, half.why)
    for number, sure in pair.items():
        guesses[number] = _joined(by_number[number], sure)
    return tuple(guesses[number] for number in _ordered(tuple(guesses), tuple(pair)))


def _ordered(numbers: Sequence[int], pair: Sequence[int]) -> Sequence[int]:
    if not pair:
        return numbers
    others = [number for number in numbers if number not in pair]
    at = sum(number < min(pair) for number in others)
    return [*others[:at], *pair, *others[at:]]


def kind_of(field_key: str) -> Kind:
    sheet = load(MAPPED).sheet(Part.LAO_DONG)
    column = sheet.column(field_key) if sheet else None
    return column.kind if column else Kind.TEXT


def _scores(column: Candidate, *, known: Set[str]) -> Mapping[str, float]:
    """``known``: fields that other columns give together."""
    if column.said.get(NOTHING, 0.0) >= _STRONG:
        return {}
    said = _lone_name(column.said)
    scores = {key: _weighed(column, key, score) for key, score in said.items()}
    strong = max(scores.values(), default=0.0) >= _STRONG
    weight = _UNKNOWN_WEIGHT if column.path else _UNSAID_WEIGHT
    for key, score in column.looks.items():
        if key in scores:
            scores[key] = 1 - (1 - scores[key]) * (1 - score / 2)
        elif not strong:
            scores[key] = score * weight
    return {key: score for key, score in scores.items() if score >= _LEAST and key not in known}


def _lone_name(said: Meaning) -> dict[str, float]:
    """A part of a name that has no other part is the name, less surely."""
    apart = (NOTHING, *_PARTS_OF_NAME)
    found = {key: score for key, score in without_halves(said).items() if key not in apart}
    alone = max((said.get(part, 0.0) for part in _PARTS_OF_NAME), default=0.0)
    if alone:
        found.setdefault("ho_ten", alone * _LONE_NAME)
    return found


def _weighed(column: Candidate, key: str, score: float) -> float:
    """Less sure where the values are not what such a column holds."""
    misfit = fits(kind_of(key), column.values) < _MISFIT
    if key == "ho_ten":
        misfit = bool(column.values) and not any(isinstance(v, str) for v in column.values)
    return score * _MISFIT_WEIGHT if misfit else score


def _guess(column: Candidate, key: str | None, scores: Mapping[str, float]) -> ColumnGuess:
    if key is None:
        nothing = column.said.get(NOTHING, 0.0)
        return _as_guess(column, None, nothing, NO_FIELD if nothing else UNKNOWN)
    by_heading, by_content = key in _lone_name(column.said), key in column.looks
    why = BY_BOTH if by_heading and by_content else BY_HEADING if by_heading else BY_CONTENT
    if scores[key] >= SURE:
        why = BY_HEADING
    return _as_guess(column, key, scores[key], why)


def _joined(column: Candidate, sure: float) -> ColumnGuess:
    return _as_guess(column, "ho_ten", sure, JOINED)


def _as_guess(column: Candidate, key: str | None, confidence: float, why: str) -> ColumnGuess:
    return ColumnGuess(
        column=to_letters(column.number),
        heading=" / ".join(column.path),
        field=key,
        confidence=round(confidence, 2) if confidence < SURE else SURE,
        samples=column.samples,
        why=why,
    )
