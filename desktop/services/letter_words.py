"""What a letter means and what to do, in plain words: codes with their parameters."""

from collections.abc import Iterator

from desktop.services.inbox_api import Letter, LetterKind, Said, Verified
from desktop.services.letter_moving import LATE_CODE

WORDS = {
    LetterKind.RECEIPT: "inbox.words.receipt",
    LetterKind.PROCESSING: "inbox.words.processing",
    LetterKind.SUPPLEMENT: "inbox.words.supplement",
    LetterKind.RESULT: "inbox.words.result",
    LetterKind.REFUSAL: "inbox.words.refusal",
}
"""each with ``about``: the dossier's number, or what else tells it"""


def plain_words(letter: Letter) -> tuple[Said, ...]:
    """What it means, what is wanted by when, what came with it; then why it is doubted."""
    return (*meaning(letter), *limits(letter), *beside(letter), *doubts(letter))


def meaning(letter: Letter) -> Iterator[Said]:
    if letter.kind in WORDS:
        yield Said(code=WORDS[letter.kind], params={"about": about(letter)})
    elif letter.kind is not LetterKind.STATEMENT:
        yield Said(code=f"inbox.words.{letter.kind.value}")
    elif letter.period is None:
        yield Said(code="inbox.words.statement_undated")
    else:
        yield Said(code="inbox.words.statement", params={"month": letter.period.wire})


def about(letter: Letter) -> str:
    month = letter.period.wire if letter.period else ""
    return letter.number or letter.transaction or month or "?"


def limits(letter: Letter) -> Iterator[Said]:
    supplement = letter.kind is LetterKind.SUPPLEMENT
    if letter.deadline is not None:
        code = "inbox.words.supplement_until" if supplement else "inbox.words.promised"
        yield Said(code=code, params={"day": f"{letter.deadline:%d/%m/%Y}"})
    elif supplement:
        yield Said(code="inbox.words.supplement_open")
    if letter.reasons:
        yield Said(code="inbox.words.reasons", params={"count": len(letter.reasons)})


def beside(letter: Letter) -> Iterator[Said]:
    if letter.files and letter.kind is LetterKind.RESULT:
        yield Said(code="inbox.words.files", params={"count": len(letter.files)})
    strange = sum(not file.vouched for file in letter.files)
    if strange and letter.verified is Verified.YES:
        yield Said(code="inbox.words.files_unvouched", params={"count": strange})


def doubts(letter: Letter) -> Iterator[Said]:
    if letter.doubt is None:
        return
    yield letter.doubt
    if letter.dossier_id is not None and letter.doubt.code != LATE_CODE:
        yield Said(code="inbox.words.not_counted")
