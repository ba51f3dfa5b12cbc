"""``tokhai trust list`` and ``trust add``: whose certificates are believed."""

from datetime import datetime

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from signing.trust.known import KnownRoot

DAY = "%d/%m/%Y"
PAIR = 2


def show(context: Context) -> Outcome:
    known = context.services.trust.known()
    lines = [line for each in known for line in root_lines(context, each)]
    return Outcome({"roots": [shapes.known_root(each) for each in known]}, lines)


def add(context: Context) -> Outcome:
    """Exit code 1 until the person has seen the fingerprint and said ``--yes``."""
    options, words = context.options, context.console.words
    answer = context.services.trust.add(options.file, confirmed=options.yes)
    lines = list(root_lines(context, answer.root))
    lines.append(words("trust.added" if answer.added else "trust.confirm"))
    document = {"added": answer.added, **shapes.known_root(answer.root)}
    return Outcome(document, lines, 0 if answer.added else 1)


def root_lines(context: Context, root: KnownRoot) -> list[str]:
    words = context.console.words
    kind = words(f"trust.kind.{root.kind}")
    group = words(f"trust.group.{root.group.value}") if root.group else ""
    lines = [" · ".join(part for part in (root.name, kind, group) if part)]
    if root.sha256:
        first, last = day(root.not_before), day(root.not_after)
        lines.append("    " + words("trust.validity", first=first, last=last))
        lines.append("    SHA-256 " + grouped(root.sha256))
    return lines


def day(moment: datetime | None) -> str:
    return moment.strftime(DAY) if moment else "?"


def grouped(fingerprint: str) -> str:
    """In pairs, as the authorities print it."""
    text = fingerprint.upper()
    return ":".join(text[at : at + PAIR] for at in range(0, len(text), PAIR))
