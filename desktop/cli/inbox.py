"""``tokhai inbox …`` and ``tokhai portal``: what the agency wrote, and where to look by hand."""

import webbrowser
from collections.abc import Sequence

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.reconcile import told
from desktop.cli.send import local
from desktop.services.inbox_api import Fetched, Letter, PortalPage, Said, TakenLetter, Verified
from resources.faults import UsageFault
from resources.messages import text

SHORT = 8
"""signs of an id that are shown, and that are enough to name a letter"""


def overview(context: Context) -> Outcome:
    """Exit code 3 when a gateway did not answer."""
    inbox, options = context.services.inbox, context.options
    units = [options.unit] if options.unit else [each.code for each in context.services.units()]
    fetched = [inbox.fetch(unit) for unit in units] if options.fetch else []
    letters = [letter for unit in units for letter in inbox.letters(unit)]
    words = context.console.words
    lines = [line_of(context, each) for each in letters] or [words("cli.inbox.empty")]
    troubles = [trouble for each in fetched for trouble in each.troubles]
    lines += [*fetched_lines(context, fetched), *(spoken(context, each) for each in troubles)]
    document = {
        "unread": sum(not each.read for each in letters),
        "new": [letter.id for each in fetched for letter in each.new],
        "troubles": [sentence(each, context.console.lang) for each in troubles],
        "letters": [letter_document(each, context.console.lang) for each in letters],
    }
    return Outcome(document, lines, 3 if troubles else 0)


def fetched_lines(context: Context, fetched: Sequence[Fetched]) -> list[str]:
    if not fetched:
        return []
    count = sum(len(each.new) for each in fetched)
    return [context.console.words("cli.inbox.fetched", count=count)]


def show(context: Context) -> Outcome:
    """A letter that was shown counts as read."""
    inbox, lang = context.services.inbox, context.console.lang
    letter = named(context)
    said = inbox.plain_words(letter)
    inbox.mark_read(letter.id)
    lines = [line_of(context, letter), *(f"  {spoken(context, each)}" for each in said)]
    lines += [f"  – {reason.text}" for reason in letter.reasons]
    if letter.text:
        lines.append(f"  {context.console.words('cli.inbox.says', text=letter.text)}")
    lines += [f"  {file.name} ({file.size} B)" for file in letter.files]
    words = [sentence(each, lang) for each in said]
    return Outcome({**letter_document(letter, lang), "words": words}, lines)


def take(context: Context) -> Outcome:
    """Exit code 1 when something could not be taken in, or is not believed."""
    options, lang = context.options, context.console.lang
    unit = getattr(options, "unit", None)
    taken = context.services.inbox.take(options.files, unit_code=unit)
    document = {"taken": [taken_document(each, lang) for each in taken]}
    lines = [line for each in taken for line in taken_lines(context, each)]
    doubted = any(each.letter is None or is_doubted(each.letter) for each in taken)
    return Outcome(document, lines, 1 if doubted else 0)


def is_doubted(letter: Letter) -> bool:
    return letter.verified is Verified.NO and not letter.of_stranger


def save(context: Context) -> Outcome:
    letter = named(context)
    written = context.services.inbox.save(letter.id, context.options.out)
    paths = [str(path) for path in written]
    document = {**letter_document(letter, context.console.lang), "written": paths}
    return Outcome(document, paths)


def compare(context: Context) -> Outcome:
    """The month's C12-TS and D09-TS in a letter against what was filed here."""
    return told(context, context.services.inbox.comparison(named(context).id))


def portal(context: Context) -> Outcome:
    """The browser is opened only when asked for; nothing is filled in by the program."""
    page = context.services.inbox.portal(context.options.dossier)
    opened = bool(context.options.open) and webbrowser.open(page.address)
    return Outcome(portal_document(context, page, opened=opened), portal_lines(context, page))


def portal_lines(context: Context, page: PortalPage) -> list[str]:
    words = context.console.words
    values = [f"  {words(each.label_code)}: {each.value}" for each in page.values]
    steps = [f"  {number}. {spoken(context, each)}" for number, each in enumerate(page.steps, 1)]
    return [spoken(context, page.title), page.address, *values, *steps]


def portal_document(context: Context, page: PortalPage, *, opened: bool) -> shapes.Json:
    lang = context.console.lang
    return {
        "address": page.address,
        "proven": page.proven,
        "opened": opened,
        "values": [
            {"key": each.key, "label": text(each.label_code, lang), "value": each.value}
            for each in page.values
        ],
        "steps": [sentence(each, lang) for each in page.steps],
    }


def named(context: Context) -> Letter:
    """By its id or the beginning of it. Raises UsageFault ``inbox.unknown``."""
    wanted, services = context.options.letter.strip().lower(), context.services
    every = [one for unit in services.units() for one in services.inbox.letters(unit.code)]
    found = [one for one in every if len(wanted) >= SHORT and one.id.startswith(wanted)]
    if len(found) != 1:
        raise UsageFault("inbox.unknown", letter=wanted[:40])
    return found[0]


def line_of(context: Context, letter: Letter) -> str:
    """``* 1a2b3c4d  21/10/2026 09:30  Đang giải quyết · 00001/2026/07900 · đã xác minh``."""
    words = context.console.words
    when = local(letter.dated or letter.received_at)
    parts = [words(letter.title_code), letter.number, words(letter.verified_code)]
    mark = " " if letter.read else "*"
    return f"{mark} {letter.id[:SHORT]}  {when}  {' · '.join(part for part in parts if part)}"


def spoken(context: Context, said: Said) -> str:
    return context.console.words(said.code, **said.params)


def taken_lines(context: Context, taken: TakenLetter) -> list[str]:
    if taken.letter is None:
        fault = taken.fault or Said(code="inbox.unreadable")
        return [f"{taken.source}: {spoken(context, fault)}"]
    again = [] if taken.new else [f"  {context.console.words('cli.inbox.known')}"]
    doubt = [f"  {spoken(context, taken.letter.doubt)}"] if taken.letter.doubt else []
    return [f"{taken.source}:", line_of(context, taken.letter), *again, *doubt]


def taken_document(taken: TakenLetter, lang: str) -> shapes.Json:
    return {
        "source": taken.source,
        "new": taken.new,
        "letter": letter_document(taken.letter, lang) if taken.letter else None,
        "fault": sentence(taken.fault, lang) if taken.fault else None,
    }


def sentence(said: Said, lang: str) -> shapes.Json:
    message = text(said.code, lang, **said.params)
    return {"code": said.code, "params": dict(said.params), "message": message}


def letter_document(letter: Letter, lang: str) -> shapes.Json:
    return {
        "id": letter.id,
        "unit": letter.unit_code,
        "kind": letter.kind.value,
        "title": text(letter.title_code, lang),
        "origin": letter.origin.value,
        "received_at": shapes.moment(letter.received_at),
        "dated": shapes.moment(letter.dated),
        "period": letter.period.iso if letter.period else None,
        "dossier": letter.dossier_id,
        "number": letter.number or None,
        "transaction": letter.transaction or None,
        "state_after": letter.state_after.value if letter.state_after else None,
        "moved": letter.moved,
        "verified": letter.verified.value,
        "doubt": sentence(letter.doubt, lang) if letter.doubt else None,
        "deadline": letter.deadline.isoformat() if letter.deadline else None,
        "text": letter.text,
        "reasons": [{"line": reason.line, "text": reason.text} for reason in letter.reasons],
        "files": [
            {
                "name": file.name,
                "size": file.size,
                "sha256": file.sha256,
                "vouched": file.vouched,
                "kept": file.kept,
            }
            for file in letter.files
        ],
        "read": letter.read,
    }
