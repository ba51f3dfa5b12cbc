"""Why a movement, and the month, cost what they cost. No Qt."""

from collections.abc import Iterator, Sequence

from desktop.ui.ground import Ground, source_lines
from desktop.ui.month.lines import Decisions
from desktop.ui.month.presenter import MonthPresenter, signed
from desktop.ui.texts import tr
from forms.months.model import Cost, Proposed

MOST_LINES = 15


def of_movement(presenter: MonthPresenter, movement: Proposed) -> Ground:
    cost = movement.cost
    said = presenter.cost(cost) or tr("ui.month.cost.none")
    return Ground(
        title=tr("ui.why.cost.title", person=movement.person.name, cost=said),
        lines=(presenter.reason(movement), *_of_cost(presenter, movement, cost)),
        sources=source_lines(cost.sources) if cost else (),
    )


def _of_cost(presenter: MonthPresenter, movement: Proposed, cost: Cost | None) -> tuple[str, ...]:
    if cost is None:
        return (tr("ui.why.cost.none"),)
    if cost.unknown:
        return (presenter.cost_lines(cost),)
    how = tr("ui.why.cost.how", months=presenter.months(movement))
    return presenter.cost_lines(cost), how


def of_month(presenter: MonthPresenter, decisions: Decisions) -> Ground:
    """Of the total below the list."""
    whole, unknown = decisions.cost
    known = [each for each in decisions.declared if each.cost and not each.cost.unknown]
    rows = (source for each in known if each.cost for source in each.cost.sources)
    lines = list(_lines(presenter, known)) or [tr("ui.why.month.nothing")]
    if unknown:
        lines.append(tr("ui.why.month.unknown", count=unknown))
    return Ground(
        title=tr("ui.why.month.title", total=signed(whole.total)),
        lines=tuple(lines),
        sources=source_lines(rows),
    )


def _lines(presenter: MonthPresenter, known: Sequence[Proposed]) -> Iterator[str]:
    shown, rest = known[:MOST_LINES], known[MOST_LINES:]
    if shown:
        yield "\n".join(
            tr(
                "ui.why.month.line",
                person=each.person.name,
                kind=presenter.kind(each.phuong_an),
                cost=presenter.cost(each.cost),
            )
            for each in shown
        )
    if rest:
        total = signed(sum(each.cost.total for each in rest if each.cost))
        yield tr("ui.why.month.more", count=len(rest), total=total)
