"""``tokhai roster …``: the roster looked at, changed in steps, undone, told, exported."""

from collections.abc import Mapping

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.field_words import clock, title_of, written
from desktop.services.roster_api import (
    Edit,
    HistoryEntry,
    RosterField,
    RosterQuery,
    RosterRow,
    Step,
)
from forms.code_names import name_in
from forms.roster.fields import fields
from forms.roster.model import Employee, Span
from resources.faults import DataFault
from resources.messages import catalogue

DATE = "%d/%m/%Y"
NONE = "–"
LISTED = ("ma_so_bhxh", "cccd", "ho_ten", "chuc_vu", "tien_luong")


def show_all(context: Context) -> Outcome:
    options, roster = context.options, context.services.roster
    query = _query(context)
    ids = roster.ids(query)
    rows = roster.rows(options.unit, ids[: options.limit], options.month)
    words = context.console.words
    lines = [_person_line(one) for one in rows]
    lines.append(words("cli.roster.count", shown=len(rows), count=len(ids)))
    document = {
        "unit": options.unit,
        "count": len(ids),
        "people": [{"id": one.id, "values": dict(one.values)} for one in rows],
        "fields": [_field(one) for one in roster.fields()],
    }
    return Outcome(document, lines if rows else [words("cli.roster.none")])


def _person_line(one: RosterRow) -> str:
    cells = (written(key, one.values.get(key, "")) for key in LISTED)
    return "  ".join([f"{one.id:>6}", *cells])


def show(context: Context) -> Outcome:
    found = context.services.roster.person(context.options.unit, context.options.person)
    titles = _titles(context)
    lang = context.console.lang
    lines = [f"{titles[key]}: {_named(key, text, lang)}" for key, text in found.values.items()]
    for track, spans in found.tracks.items():
        lines.append(context.console.words(_group(context, track)))
        lines += [_span_line(context, titles, span.since.strftime(DATE), span) for span in spans]
    return Outcome({"unit": context.options.unit, "person": _person(found)}, lines)


def change(context: Context) -> Outcome:
    options = context.options
    edit = Edit(person=options.person, key=options.field, text=options.value, since=options.since)
    try:
        step = context.services.roster.edit(options.unit, [edit])
    except DataFault as fault:
        raise _by_title(fault, context.console.lang) from fault
    return Outcome({"step": step_document(context, step)}, [_sentence(context, step)])


def _by_title(fault: DataFault, lang: str) -> DataFault:
    """A field is told by its title; its key goes along for programs."""
    key = fault.params.get("field")
    if not isinstance(key, str):
        return fault
    return DataFault(fault.code, **{**fault.params, "field": title_of(key, lang), "key": key})


def undo(context: Context) -> Outcome:
    step = context.services.roster.undo(context.options.unit)
    return _moved(context, step, "cli.roster.undone", "cli.roster.nothing_undone")


def redo(context: Context) -> Outcome:
    step = context.services.roster.redo(context.options.unit)
    return _moved(context, step, "cli.roster.redone", "cli.roster.nothing_redone")


def history(context: Context) -> Outcome:
    options, roster = context.options, context.services.roster
    if options.person is None:
        steps = roster.steps(options.unit, options.limit)
        lines = [f"{clock(one.at)}  {_sentence(context, one)}" for one in steps]
        return Outcome({"steps": [step_document(context, one) for one in steps]}, lines)
    entries = roster.history(options.unit, options.person)
    titles = _titles(context)
    return Outcome(
        {"history": [_entry(one) for one in entries]},
        [_entry_line(context, titles, one) for one in entries],
    )


def export(context: Context) -> Outcome:
    written = context.services.roster.export(_query(context), context.options.out)
    line = context.console.words("cli.roster.written", file=str(written))
    return Outcome({"written": [str(written)]}, [line])


def _query(context: Context) -> RosterQuery:
    options = context.options
    return RosterQuery(unit_code=options.unit, words=options.words, month=options.month)


def _moved(context: Context, step: Step | None, done: str, nothing: str) -> Outcome:
    words = context.console.words
    if step is None:
        return Outcome({"step": None}, [words(nothing)])
    lines = [words(done, what=_sentence(context, step))]
    if step.remark:
        lines.append(words(step.remark, **step.params))
    return Outcome({"step": step_document(context, step)}, lines)


def _sentence(context: Context, step: Step) -> str:
    params = dict(step.params)
    if isinstance(key := params.get("field"), str):
        params["field"] = title_of(key, context.console.lang)
    return context.console.words(step.code, **params).strip()


def _named(key: str, value: str, lang: str) -> str:
    """As it is written, with the name that belongs to a code."""
    listed = fields()[key].code_list if key in fields() else None
    name = name_in(listed, value, lang) if listed and value else None
    return f"{value} ({name})" if name else written(key, value)


def _titles(context: Context) -> Mapping[str, str]:
    english = context.console.lang == "en"
    fields = context.services.roster.fields()
    return {one.key: one.title_en if english else one.title_vi for one in fields}


def _group(context: Context, track: str) -> str:
    fields = context.services.roster.fields()
    group = next(one.group for one in fields if one.track == track)
    return f"roster.group.{group}"


def _span_line(context: Context, titles: Mapping[str, str], since: str, span: Span) -> str:
    lang = context.console.lang
    told = (f"{titles[key]}: {_named(key, text, lang)}" for key, text in span.values.items())
    values = "; ".join(told)
    return context.console.words("cli.roster.since", since=since, values=values)


def _entry_line(context: Context, titles: Mapping[str, str], entry: HistoryEntry) -> str:
    own = f"roster.field.{entry.key}"
    title = context.console.words(own) if own in catalogue() else titles.get(entry.key, entry.key)
    since = f" ({entry.since.strftime(DATE)})" if entry.since else ""
    lang = context.console.lang
    before, after = (_named(entry.key, each, lang) or NONE for each in (entry.before, entry.after))
    return f"{clock(entry.at)}  {title}{since}: {before} → {after}"


def _field(field: RosterField) -> shapes.Json:
    return {
        "key": field.key,
        "title_vi": field.title_vi,
        "title_en": field.title_en,
        "kind": field.kind,
        "group": field.group,
        "track": field.track.value if field.track else None,
        "code_list": field.code_list,
    }


def _person(one: Employee) -> shapes.Json:
    return {
        "id": one.id,
        "values": dict(one.values),
        "tracks": {
            track.value: [
                {"since": span.since.isoformat(), "values": dict(span.values)} for span in spans
            ]
            for track, spans in one.tracks.items()
        },
        "household": [dict(member) for member in one.household],
    }


def step_document(context: Context, step: Step) -> shapes.Json:
    remark = context.console.words(step.remark, **step.params) if step.remark else None
    return {
        "id": step.id,
        "at": shapes.moment(step.at),
        "code": step.code,
        "params": step.params,
        "message": _sentence(context, step),
        "people": step.people,
        "undone": step.undone,
        "remark": remark,
    }


def _entry(entry: HistoryEntry) -> shapes.Json:
    return {
        "at": shapes.moment(entry.at),
        "step": entry.step,
        "code": entry.code,
        "key": entry.key,
        "before": entry.before,
        "after": entry.after,
        "since": entry.since.isoformat() if entry.since else None,
    }
