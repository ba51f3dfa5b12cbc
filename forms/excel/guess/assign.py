"""The best pairs of columns and fields: each at most once, the surest first, whatever the order."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

_POWER = 6
"""one sure pair is worth more than several doubtful ones"""
_FAR = float("inf")


def best_pairs(scores: Mapping[int, Mapping[str, float]]) -> dict[int, str]:
    """``scores``: column → field → 0 … 1. The columns' order breaks ties alone."""
    pairs: dict[int, str] = {}
    for columns, fields in _islands(scores):
        weights = [
            [scores[column].get(field, 0.0) ** _POWER for field in fields] for column in columns
        ]
        for column, at in zip(columns, _heaviest(weights), strict=True):
            if at is not None:
                pairs[column] = fields[at]
    return pairs


def _islands(
    scores: Mapping[int, Mapping[str, float]],
) -> list[tuple[list[int], list[str]]]:
    """Columns that compete for the same fields, group by group."""
    by_field: defaultdict[str, list[int]] = defaultdict(list)
    for column, fields in scores.items():
        for field in fields:
            by_field[field].append(column)
    islands, seen = [], set[int]()
    for start in scores:
        if start in seen or not scores[start]:
            continue
        members, queue = {start}, [start]
        while queue:
            for field in scores[queue.pop()]:
                fresh = [column for column in by_field[field] if column not in members]
                members.update(fresh)
                queue += fresh
        seen |= members
        columns = [column for column in scores if column in members]
        islands.append((columns, sorted({field for column in columns for field in scores[column]})))
    return islands


def _heaviest(weights: Sequence[Sequence[float]]) -> list[int | None]:
    """For each row its column in the heaviest matching (Hungarian method); None: no weight."""
    rows = len(weights)
    width = len(weights[0]) + rows
    costs = [[-weight for weight in row] + [0.0] * rows for row in weights]
    above, left = [0.0] * (width + 1), [0.0] * (rows + 1)
    owner = [0] * (width + 1)
    for row in range(1, rows + 1):
        _augment(costs, row, above, left, owner)
    found: list[int | None] = [None] * rows
    for column in range(1, len(weights[0]) + 1):
        if owner[column] and weights[owner[column] - 1][column - 1] > 0:
            found[owner[column] - 1] = column - 1
    return found


def _augment(
    costs: Sequence[Sequence[float]],
    row: int,
    above: list[float],
    left: list[float],
    owner: list[int],
) -> None:
    """Finds a place for one more row along the cheapest alternating path."""
    width = len(above) - 1
    cheapest, came_from, done = [_FAR] * (width + 1), [0] * (width + 1), [False] * (width + 1)
    owner[0] = row
    at = 0
    while owner[at]:
        done[at] = True
        here, step, following = owner[at], _FAR, 0
        for column in range(1, width + 1):
            if done[column]:
                continue
            cost = costs[here - 1][column - 1] - left[here] - above[column]
            if cost < cheapest[column]:
                cheapest[column], came_from[column] = cost, at
            if cheapest[column] < step:
                step, following = cheapest[column], column
        for column in range(width + 1):
            if done[column]:
                left[owner[column]] += step
                above[column] -= step
            else:
                cheapest[column] -= step
        at = following
    while at:
        owner[at] = owner[came_from[at]]
        at = came_from[at]
