"""``tokhai token find`` and ``token doctor``: which driver, and why a token does not work."""

from collections.abc import Iterator, Sequence
from functools import partial

from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.shapes import Json
from desktop.services.token_api import FoundDriver
from resources.faults import SurroundingsFault, UsageFault
from resources.messages import text
from signing.doctor.model import Check, Examination, Status

MARKS = {Status.OK: "✓", Status.WARN: "!", Status.FAIL: "✗", Status.SKIPPED: "–"}
NOT_READY = SurroundingsFault.exit_code


def find(context: Context) -> Outcome:
    """Exit code 0 when a driver sees a token."""
    if context.options.unit:
        context.services.unit(context.options.unit)  # refuses one that is not there
    found = context.services.token_desk.find(context.options.unit)
    lang = context.console.lang
    lines = [found_line(each, lang) for each in found] or [text("doctor.found.none", lang)]
    document = {"drivers": [found_shape(each, lang) for each in found]}
    return Outcome(document, lines, 0 if any(each.tokens for each in found) else NOT_READY)


def doctor(context: Context) -> Outcome:
    """Exit code 0 when there is a token that can sign."""
    options, desk = context.options, context.services.token_desk
    if options.bundle and options.bundle.is_dir():
        raise UsageFault("doctor.bundle_failed", file=str(options.bundle))
    lang = context.console.lang
    heard: list[Check] = []
    hear = partial(say_step, context, heard)
    examination = desk.examine(options.module, unit_code=options.unit, hear=hear)
    lines = list(settled_lines(heard, examination, lang))
    if options.bundle:
        desk.write_bundle(examination, options.bundle)
        lines.append(text("doctor.bundle_written", lang, file=str(options.bundle)))
    document = {
        "usable": examination.usable,
        "checks": [check_shape(check, lang) for check in examination.checks],
        "bundle": str(options.bundle) if options.bundle else None,
    }
    return Outcome(document, lines, 0 if examination.usable else NOT_READY)


def say_step(context: Context, heard: list[Check], check: Check) -> None:
    """At once: a driver that hangs may keep the next one waiting for seconds."""
    heard.append(check)
    if not context.console.as_json:
        for line in check_lines(check, context.console.lang):
            context.console.say(line)


def settled_lines(heard: Sequence[Check], found: Examination, lang: str) -> Iterator[str]:
    """What was said before it was known that a token works all the same."""
    moot = [check for check in heard if check not in found.checks]
    if moot:
        yield text("doctor.moot", lang, count=len(moot))
        yield from (f"  – {text(check.code, lang, **check.params)}" for check in moot)


def check_lines(check: Check, lang: str) -> list[str]:
    said = text(check.code, lang, **check.params)
    lines = [text("doctor.line", lang, mark=MARKS[check.status], text=said)]
    if check.cure:
        lines.append(text("doctor.cure_line", lang, cure=text(check.cure, lang)))
    return lines


def check_shape(check: Check, lang: str) -> Json:
    return {
        "code": check.code,
        "status": check.status.value,
        "params": dict(check.params),
        "message": text(check.code, lang, **check.params),
        "cure": check.cure,
        "advice": text(check.cure, lang) if check.cure else None,
    }


def found_line(found: FoundDriver, lang: str) -> str:
    return text(
        "doctor.found",
        lang,
        path=found.module.path,
        brand=found.module.brand or "–",
        bits=found.module.bits or 0,
        state=state_of(found, lang),
    )


def state_of(found: FoundDriver, lang: str) -> str:
    if found.fault:
        return text(found.fault, lang, **dict(found.params))
    if found.tokens is None:
        return text("doctor.found.unusable", lang)
    if not found.tokens:
        return text("doctor.found.empty", lang)
    return text(f"doctor.found.{'remembered' if found.remembered else 'token'}", lang)


def found_shape(found: FoundDriver, lang: str) -> Json:
    known = found.module.known
    return {
        "path": found.module.path,
        "brand": found.module.brand,
        "evidence": known.evidence.value if known else None,
        "source": found.module.source.value,
        "bits": found.module.bits,
        "usable": found.module.usable,
        "tokens": found.tokens,
        "remembered": found.remembered,
        "fault": found.fault,
        "message": state_of(found, lang),
    }
