"""``tokhai diff OLD NEW``: two months' lists held against each other, and what is to be declared.

Exit code 1 when an error was found in the lists or in the dossiers made of them; something that
must be asked is an answer and no error.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.field_words import title_of, written
from desktop.cli.law import day, dong, source, sources
from desktop.cli.reading import dossier_document, dossier_line, exit_code_for, finding_lines
from desktop.services.months_api import Accepted, Compared, Declared
from forms.code_names import name_in
from forms.excel.mapping import ColumnMapping
from forms.excel.mapping_file import read_mapping
from forms.months.model import Cost, Evidence, Option, PersonRef, Place, Proposed, Question
from resources.faults import UsageFault

Json = dict[str, Any]
NOTHING = Declared(dossiers=(), findings={})


def diff(context: Context) -> Outcome:
    compared = _compared(context)
    declared = _accepted(context, compared) if context.options.accept else NOTHING
    found = [*compared.findings, *(f for each in declared.findings.values() for f in each)]
    proposal = compared.proposal
    document = {
        "period": proposal.period.iso,
        "movements": [movement(context, each) for each in proposal.movements],
        "questions": [question(context, each) for each in proposal.questions],
        "unchanged": proposal.unchanged,
        "findings": shapes.findings(found, context.console.lang),
        "dossiers": [dossier_document(context, each) for each in declared.dossiers],
    }
    lines = [
        *_lines(context, compared, declared),
        *(finding_lines(context, found) if found else ()),
    ]
    return Outcome(document, lines, exit_code_for(found))


def _compared(context: Context) -> Compared:
    """Two lists; one list against the roster of the unit; or the roster of both months."""
    options, months = context.options, context.services.months
    lists: Sequence[Path] = options.lists
    if len(lists) == 2:  # OLD and NEW
        return months.compare_files(
            lists[0],
            lists[1],
            period=options.period,
            mapping=_mapping(options.new_map or options.map),
            old_mapping=_mapping(options.old_map or options.map),
            progress=context.console.progress(),
        )
    if options.old_map:
        raise UsageFault("cli.diff.old_map")
    if not options.unit or len(lists) > 2:  # OLD and NEW
        raise UsageFault("cli.diff.lists")
    if lists:
        return months.compare_file_with_roster(
            options.unit,
            lists[0],
            period=options.period,
            mapping=_mapping(options.new_map or options.map),
            progress=context.console.progress(),
        )
    if options.map or options.new_map:
        raise UsageFault("cli.diff.map")
    return months.compare_roster(options.unit, options.period)


def _mapping(file: Path | None) -> ColumnMapping | None:
    return read_mapping(file) if file else None


def _accepted(context: Context, compared: Compared) -> Declared:
    """Everything that needs no answer."""
    if not context.options.unit:
        raise UsageFault("cli.diff.unit")
    every = tuple(each.id for each in compared.proposal.movements)
    chosen = Accepted(movements=every, answers={}, changes={})
    return context.services.months.accept(context.options.unit, compared, chosen)


def movement(context: Context, value: Proposed) -> Json:
    return {
        "id": value.id,
        "person": person(value.person),
        "phuong_an": value.phuong_an,
        "from_month": value.from_month.iso,
        "to_month": value.to_month.iso if value.to_month else None,
        "reason": context.console.words(value.reason, **value.params),
        "reason_code": value.reason,
        "evidence": [evidence(each) for each in value.evidence],
        "cost": cost(context, value.cost) if value.cost else None,
        "deadline": value.deadline.isoformat() if value.deadline else None,
        "deadline_source": source(value.deadline_source) if value.deadline_source else None,
        "procedure": value.procedure,
        "note": value.values.get("ghi_chu", ""),
        "papers": [paper.get("ten_loai_van_ban", "") for paper in value.papers],
    }


def person(value: PersonRef) -> Json:
    return {
        "name": value.name,
        "social_number": value.social_number,
        "citizen_id": value.citizen_id,
        "birth": value.birth,
    }


def evidence(value: Evidence) -> Json:
    return {
        "field": value.key,
        "before": value.before,
        "after": value.after,
        "old": place(value.old),
        "new": place(value.new),
    }


def place(value: Place | None) -> Json | None:
    if value is None:
        return None
    return {"sheet": value.sheet, "row": value.row, "column": value.column}


def cost(context: Context, value: Cost) -> Json:
    return {
        "employer": None if value.unknown else value.employer,
        "employee": None if value.unknown else value.employee,
        "total": None if value.unknown else value.total,
        "unknown": context.console.words(value.unknown) if value.unknown else None,
        "sources": sources(value.sources),
    }


def question(context: Context, value: Question) -> Json:
    return {
        "id": value.id,
        "code": value.code,
        "message": context.console.words(value.code, **value.params),
        "person": person(value.person) if value.person else None,
        "evidence": [evidence(each) for each in value.evidence],
        "options": [option(context, each) for each in value.options],
    }


def option(context: Context, value: Option) -> Json:
    movements = (value.movement, *value.also) if value.movement else ()
    return {
        "id": value.id,
        "words": context.console.words(value.words),
        "kind": value.kind.value,
        "movements": [movement(context, each) for each in movements],
    }


def _lines(context: Context, compared: Compared, declared: Declared) -> list[str]:
    proposal, words = compared.proposal, context.console.words
    lines = [line for each in proposal.movements for line in _movement_lines(context, each)]
    lines += [line for each in proposal.questions for line in _question_lines(context, each)]
    lines.append(
        words(
            "cli.diff.summary",
            movements=len(proposal.movements),
            questions=len(proposal.questions),
            unchanged=proposal.unchanged,
        )
    )
    return [*lines, *(dossier_line(context, each) for each in declared.dossiers)]


def _movement_lines(context: Context, value: Proposed) -> list[str]:
    words = context.console.words
    until = f"–{value.to_month.wire}" if value.to_month else ""
    code = value.phuong_an or "TK1"
    name = name_in("phuong_an", value.phuong_an, context.console.lang) or ""
    kind = f"{code:3} {name}".rstrip()
    lines = [f"{kind}  {value.from_month.wire}{until}  {_who(value.person)}"]
    lines.append(f"      {words(value.reason, **value.params)}")
    if told := [_cell(each, context.console.lang) for each in value.evidence]:
        lines.append("      " + words("cli.diff.evidence", cells="; ".join(told)))
    if value.cost:
        lines.append("      " + _cost_line(context, value.cost))
    if value.deadline and value.deadline_source:
        rule = value.deadline_source
        grade = words(f"cli.confidence.{rule.confidence.value}")
        where = ", ".join(part for part in (rule.document, rule.article) if part)
        deadline = words("cli.diff.deadline", day=day(value.deadline), source=where, grade=grade)
        lines.append(f"      {deadline}")
    return lines


def _question_lines(context: Context, value: Question) -> list[str]:
    words = context.console.words
    who = f"{_who(value.person)}: " if value.person else ""
    lines = [f"?   {who}{words(value.code, **value.params)}"]
    return [*lines, *(f"      – {words(each.words)}" for each in value.options)]


def _who(value: PersonRef) -> str:
    number = value.social_number or value.citizen_id or value.birth
    return f"{value.name} ({number})" if number else value.name


def _cell(value: Evidence, lang: str) -> str:
    places = " → ".join(filter(None, (_address(value.old), _address(value.new))))
    before, after = (written(value.key, each) or "∅" for each in (value.before, value.after))
    return f"{title_of(value.key, lang)}: {before} → {after}" + (f" [{places}]" if places else "")


def _address(value: Place | None) -> str:
    return f"{value.sheet}!{value.column}{value.row}" if value and value.row else ""


def _cost_line(context: Context, value: Cost) -> str:
    words = context.console.words
    if value.unknown:
        return words(value.unknown)
    return words(
        "cli.diff.cost",
        total=dong(value.total),
        employer=dong(value.employer),
        employee=dong(value.employee),
    )
