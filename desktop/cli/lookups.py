"""``tokhai code``: catalogues, looked up."""

from desktop.cli.console import Outcome
from desktop.cli.context import Context
from forms.code_validity import DatedCode, search_codes
from forms.codes import names
from resources.faults import UsageFault

MOST = 200
DATE = "%d/%m/%Y"


def code(context: Context) -> Outcome:
    """Entries whose code or name matches, without diacritics; codes that have ended as well."""
    kind, query = context.options.kind, context.options.query
    if kind not in names():
        raise UsageFault("cli.code.kind", kinds=", ".join(sorted(names())))
    matches = search_codes(kind, query, limit=MOST)
    document = {"kind": kind, "query": query, "matches": [_shape(match) for match in matches]}
    lines = [_line(context, match) for match in matches]
    return Outcome(document, lines or [context.console.words("cli.code.none")])


def _shape(match: DatedCode) -> dict[str, object]:
    days = match.validity
    return {
        "code": match.code,
        "name": match.name,
        "valid_from": days.valid_from.isoformat() if days.valid_from else None,
        "valid_to": days.valid_to.isoformat() if days.valid_to else None,
        "replaced_by": [after.code for after in match.replaced_by],
        "replaced_by_names": [after.name for after in match.replaced_by],
    }


def _line(context: Context, match: DatedCode) -> str:
    line = f"{match.code}  {match.name}"
    ended = match.validity.valid_to
    if ended is None:
        return line
    now = "; ".join(f"{after.code} {after.name}" for after in match.replaced_by)
    said = "code.ended.to" if now else "code.ended.nothing"
    words = context.console.words(said, ended=ended.strftime(DATE), now=now)
    return f"{line}  ({words})"
