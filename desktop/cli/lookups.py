"""``tokhai code`` and ``tokhai form``: catalogues and form versions, looked up."""

from desktop.cli.console import Outcome
from desktop.cli.context import Context
from forms.codes import code_list, names
from resources.faults import UsageFault

MOST = 200


def code(context: Context) -> Outcome:
    """Entries whose code or name matches, without diacritics."""
    kind, query = context.options.kind, context.options.query
    if kind not in names():
        raise UsageFault("cli.code.kind", kinds=", ".join(sorted(names())))
    found = code_list(kind)
    matches = found.search(query, limit=MOST)
    document = {
        "kind": kind,
        "query": query,
        "matches": [{"code": entry.code, "name": entry.name} for entry in matches],
    }
    lines = [f"{entry.code}  {entry.name}" for entry in matches]
    return Outcome(document, lines or [context.console.words("cli.code.none")])
