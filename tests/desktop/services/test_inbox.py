"""Letters of the agency: believed ones move their dossier once and forwards, others never."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.services.inbox_api import Letter, LetterKind, Reason, Verified
from desktop.services.receipts import DOCUMENT_SIGNING, ReceiptJudge
from forms.model import DossierState
from forms.outcomes import PROCESSING, RECEIVED, REFUSAL, RESULT, SUPPLEMENT
from forms.xml.notice import Notice, read_notice, write_notice
from resources.faults import DataFault, UsageFault
from resources.messages import LANGUAGES, text
from sync.errors import Transient
from sync.model import Destination, ParcelState
from tests.desktop.services.test_receipts import SERVER_AUTH, certificate
from tests.fakes.certificates import Identity
from tests.fakes.desk import UNIT, Desk, Key, person
from tests.fakes.letters import (
    GATEWAY,
    NUMBER,
    FakeMailbox,
    about_month,
    at,
    file,
    notice,
    posted,
    signed,
)

OTHER_GATEWAY = Destination(url="https://khac.example.vn", ca_pem="")


@pytest.fixture
def desk() -> Desk:
    """Files really, at a gateway with a mailbox."""
    made = Desk(practice=False)
    made.services.default_destination = GATEWAY
    made.sending.mailboxes[GATEWAY.url] = FakeMailbox()
    return made


@pytest.fixture
def mailbox(desk: Desk) -> FakeMailbox:
    found = desk.sending.mailboxes[GATEWAY.url]
    assert isinstance(found, FakeMailbox)
    return found


@pytest.fixture
def dossier(desk: Desk) -> str:
    return desk.signed()


def take(desk: Desk, folder: Path, content: bytes, name: str = "thong-bao.xml") -> Letter:
    path = folder / name
    path.write_bytes(content)
    [taken] = desk.services.inbox.take([path])
    assert taken.letter, taken.fault
    return taken.letter


def state(desk: Desk, dossier: str) -> DossierState:
    return desk.services.dossier(dossier).state


def events(desk: Desk, dossier: str) -> list[str]:
    return [entry.event for entry in desk.services.journal(dossier)]


def doubt(letter: Letter) -> str | None:
    return letter.doubt.code if letter.doubt else None


# ---- what a believed one does


def test_a_carried_dossier_goes_the_whole_way_in_the_journal(
    desk: Desk, dossier: str, tmp_path: Path
) -> None:
    document = signed(notice(desk, dossier, PROCESSING, promised=date(2026, 11, 27)))
    letter = take(desk, tmp_path, document)
    assert (letter.kind, letter.verified, letter.moved) == (
        LetterKind.PROCESSING,
        Verified.YES,
        True,
    )
    assert (letter.dossier_id, letter.deadline) == (dossier, date(2026, 11, 27))
    assert letter.dated
    assert letter.dated.isoformat() == "2026-11-20T10:00:00+07:00"
    moved = desk.services.dossier(dossier)
    assert (moved.state, moved.number) == (DossierState.PROCESSING, NUMBER)
    assert desk.services.receipt(dossier) == document
    last = desk.services.journal(dossier)[-3:]
    assert [entry.event for entry in last] == [
        "event.carried",
        "event.notice_proves_receipt",
        "event.notice_processing",
    ]
    assert {entry.answer for entry in last} == {document}


def test_a_parcel_on_its_way_is_settled_too(desk: Desk, dossier: str, mailbox: FakeMailbox) -> None:
    desk.services.enqueue(dossier)
    mailbox.lay(posted(signed(notice(desk, dossier, SUPPLEMENT))))
    [letter] = desk.services.inbox.fetch(UNIT.code).new
    assert letter.moved
    assert state(desk, dossier) is DossierState.SUPPLEMENT
    assert [one.state for one in desk.services.parcels()] == [ParcelState.ACCEPTED]
    assert desk.services.drain() == []


def test_a_refusal_ends_a_dossier_that_was_never_accepted(
    desk: Desk, dossier: str, mailbox: FakeMailbox
) -> None:
    desk.services.enqueue(dossier)
    mailbox.lay(posted(signed(notice(desk, dossier, REFUSAL, number="", error_text="Sai tên"))))
    [letter] = desk.services.inbox.fetch(UNIT.code).new
    assert (letter.kind, letter.text, letter.moved) == (LetterKind.REFUSAL, "Sai tên", True)
    assert state(desk, dossier) is DossierState.REJECTED
    assert [one.state for one in desk.services.parcels()] == [ParcelState.REFUSED]


def test_rows_and_reasons_are_told_apart_from_files(
    desk: Desk, dossier: str, tmp_path: Path
) -> None:
    rows = ("Dòng 2: Lý Thị Mây. Thiếu hợp đồng", "Thiếu chữ ký")
    letter = take(desk, tmp_path, signed(notice(desk, dossier, SUPPLEMENT, rows=rows)))
    assert letter.reasons == (
        Reason(text="Dòng 2: Lý Thị Mây. Thiếu hợp đồng", line=2),
        Reason(text="Thiếu chữ ký"),
    )


# ---- what is not believed


FORGERS: dict[str, tuple[Callable[[], Identity], str]] = {
    "stranger": (
        lambda: certificate("ke-la", issuer="ke-la-goc", usages=(DOCUMENT_SIGNING,)),
        "inbox.untrusted",
    ),
    "server": (lambda: certificate("may-chu", usages=(SERVER_AUTH,)), "inbox.untrusted"),
}


@pytest.mark.parametrize("who", FORGERS)
def test_a_forged_one_is_kept_with_its_reason_and_moves_nothing(
    desk: Desk, dossier: str, tmp_path: Path, who: str
) -> None:
    identity, code = FORGERS[who]
    letter = take(desk, tmp_path, signed(notice(desk, dossier, RESULT), identity()))
    assert (letter.verified, doubt(letter), letter.moved) == (Verified.NO, code, False)
    assert letter.state_after is DossierState.DONE, "what it claims is shown"
    assert state(desk, dossier) is DossierState.SIGNED
    assert desk.services.dossier(dossier).number is None
    entry = desk.services.journal(dossier)[-1]
    assert (entry.event, entry.detail) == ("event.notice_unbelieved", code)


def altered(desk: Desk, dossier: str) -> bytes:
    return signed(notice(desk, dossier)).replace(b"<MA_KQUA>01", b"<MA_KQUA>09")


def unsigned(desk: Desk, dossier: str) -> bytes:
    return write_notice(notice(desk, dossier))


def of_other_unit(desk: Desk, dossier: str) -> bytes:
    return signed(notice(desk, dossier, unit_code="ZZ0009Z"))


def of_no_dossier(desk: Desk, dossier: str) -> bytes:
    return signed(notice(desk, dossier, period="01/2026"))


def of_other_tax_code(desk: Desk, dossier: str) -> bytes:
    return signed(notice(desk, dossier, tax_code="9900000099"))


@pytest.mark.parametrize(
    ("make", "verified", "code"),
    [
        (altered, Verified.NO, "inbox.tampered"),
        (unsigned, Verified.UNSIGNED, "inbox.not_signed"),
        (of_other_unit, Verified.NO, "inbox.other_unit"),
        (of_no_dossier, Verified.NO, "inbox.no_dossier"),
        (of_other_tax_code, Verified.NO, "inbox.other_dossier"),
    ],
)
def test_each_doubt_has_its_name(
    desk: Desk,
    dossier: str,
    mailbox: FakeMailbox,
    make: Callable[[Desk, str], bytes],
    verified: Verified,
    code: str,
) -> None:
    mailbox.lay(posted(make(desk, dossier)))
    [letter] = desk.services.inbox.fetch(UNIT.code).new
    assert (letter.verified, doubt(letter), letter.moved) == (verified, code, False)
    assert state(desk, dossier) is DossierState.SIGNED


def test_one_for_another_dossier_replayed_for_this_one_changes_neither(
    desk: Desk, dossier: str, tmp_path: Path
) -> None:
    """Genuinely signed, naming the package of one and the transaction of the other."""
    other = desk.built(person(4, "Lý Thị Mây"))
    desk.services.sign(other, Key())
    take(desk, tmp_path, signed(notice(desk, other, RECEIVED)))
    mixed = notice(desk, dossier, RESULT, transaction=f"GD-{other}", number="00009/2026/07900")
    letter = take(desk, tmp_path, signed(mixed))
    assert (letter.verified, doubt(letter)) == (Verified.NO, "inbox.other_dossier")
    assert state(desk, other) is DossierState.ACCEPTED
    assert state(desk, dossier) is DossierState.SIGNED


def test_the_gateways_word_for_whose_it_is_counts_for_nothing(
    desk: Desk, dossier: str, mailbox: FakeMailbox
) -> None:
    desk.services.enqueue(dossier)
    other = desk.built(person(4, "Lý Thị Mây"))
    desk.services.sign(other, Key())
    parcel = desk.services.parcels()[0]
    mailbox.lay(posted(signed(notice(desk, other, RECEIVED)), parcel_id=parcel.id))
    [letter] = desk.services.inbox.fetch(UNIT.code).new
    assert letter.dossier_id == other
    assert state(desk, dossier) is DossierState.WAITING
    assert state(desk, other) is DossierState.ACCEPTED


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"result_code": "77"}, "inbox.unknown_meaning"), ({"number": ""}, "inbox.no_number")],
)
def test_a_genuine_one_that_is_unclear_changes_nothing(
    desk: Desk, dossier: str, tmp_path: Path, changes: dict[str, str], code: str
) -> None:
    letter = take(desk, tmp_path, signed(notice(desk, dossier, **changes)))
    assert (letter.verified, doubt(letter), letter.state_after) == (Verified.YES, code, None)
    assert state(desk, dossier) is DossierState.SIGNED
    assert events(desk, dossier)[-1] == "event.notice_unclear"


# ---- again, late, out of order


def test_the_same_again_changes_nothing_however_it_comes(
    desk: Desk, dossier: str, mailbox: FakeMailbox, tmp_path: Path
) -> None:
    document = signed(notice(desk, dossier))
    first = take(desk, tmp_path, document)
    before = events(desk, dossier)
    mailbox.lay(posted(document), posted(document))
    fetched = desk.services.inbox.fetch(UNIT.code)
    assert (fetched.new, fetched.known) == ((), 2)
    assert take(desk, tmp_path, document, "lai.xml") == first
    assert desk.services.inbox.letters(UNIT.code) == (first,)
    assert events(desk, dossier) == before


@pytest.mark.parametrize("together", [True, False])
def test_out_of_order_the_agencys_own_dates_decide(
    desk: Desk, dossier: str, mailbox: FakeMailbox, together: bool
) -> None:
    later = posted(signed(notice(desk, dossier, SUPPLEMENT, received=at(12))))
    earlier = posted(signed(notice(desk, dossier, PROCESSING, received=at(11))))
    if together:
        mailbox.lay(later, earlier)
    else:
        mailbox.lay(later)
        mailbox.lay(earlier)
    new = desk.services.inbox.fetch(UNIT.code).new
    assert state(desk, dossier) is DossierState.SUPPLEMENT
    assert [doubt(one) for one in new] == ([None, None] if together else [None, "inbox.late"])
    assert events(desk, dossier)[-1] == (
        "event.notice_supplement" if together else "event.notice_late"
    )


def test_what_was_supplemented_is_processed_again(desk: Desk, dossier: str, tmp_path: Path) -> None:
    for outcome, hour in ((PROCESSING, 10), (SUPPLEMENT, 11), (PROCESSING, 12), (RESULT, 13)):
        letter = take(desk, tmp_path, signed(notice(desk, dossier, outcome, received=at(hour))))
        assert letter.moved
    assert state(desk, dossier) is DossierState.DONE


def test_of_the_same_second_the_request_for_more_stands(
    desk: Desk, dossier: str, tmp_path: Path
) -> None:
    take(desk, tmp_path, signed(notice(desk, dossier, SUPPLEMENT)))
    assert doubt(take(desk, tmp_path, signed(notice(desk, dossier, PROCESSING)))) == "inbox.late"
    assert state(desk, dossier) is DossierState.SUPPLEMENT


def test_nothing_follows_a_final_answer(desk: Desk, dossier: str, tmp_path: Path) -> None:
    take(desk, tmp_path, signed(notice(desk, dossier, RESULT)))
    late = take(desk, tmp_path, signed(notice(desk, dossier, REFUSAL, received=at(15))))
    assert (late.verified, doubt(late), late.moved) == (Verified.YES, "inbox.late", False)
    assert state(desk, dossier) is DossierState.DONE


def test_what_could_not_be_believed_may_be_once_its_authority_is_known(
    desk: Desk, dossier: str, tmp_path: Path
) -> None:
    desk.services.default_destination = None
    document = signed(notice(desk, dossier))
    before = take(desk, tmp_path, document)
    assert doubt(before) == "inbox.untrusted"
    desk.services.inbox.mark_read(before.id)
    desk.services.default_destination = GATEWAY
    after = take(desk, tmp_path, document)
    assert (after.id, after.verified, after.moved) == (before.id, Verified.YES, True)
    assert state(desk, dossier) is DossierState.PROCESSING
    assert [one.read for one in desk.services.inbox.letters(UNIT.code)] == [True]


# ---- mailboxes


def test_only_what_is_new_is_asked_for_and_fetched(
    desk: Desk, dossier: str, mailbox: FakeMailbox
) -> None:
    paper = b"ket qua"
    told = notice(desk, dossier, RESULT, rows=(f"kq.xlsx (SHA-256 {file('x', paper).sha256})",))
    strange = b"chen vao"
    mailbox.contents = {file("x", one).sha256: one for one in (paper, strange)}
    mailbox.lay(
        posted(signed(told), file("kq.xlsx", paper), file("kq.xlsx", strange), file("mat", b"?"))
    )
    mailbox.lay(posted(signed(notice(desk, dossier, RECEIVED, received=at(8)))))
    inbox = desk.services.inbox
    assert len(inbox.fetch(UNIT.code).new) == 2
    result = next(one for one in inbox.letters(UNIT.code) if one.files)
    assert [(one.name, one.vouched, one.kept) for one in result.files] == [
        ("kq.xlsx", True, True),
        ("kq (2).xlsx", False, True),
        ("mat", False, False),
    ]
    assert inbox.file(result.id, "kq.xlsx") == paper
    for name, code in (("mat", "inbox.file_not_kept"), ("?", "inbox.no_file")):
        with pytest.raises(UsageFault, match=code):
            inbox.file(result.id, name)
    assert inbox.fetch(UNIT.code).new == ()
    assert mailbox.asked == ["", "1", "2"]
    codes = [said.code for said in inbox.plain_words(result)]
    assert codes == ["inbox.words.result", "inbox.words.files", "inbox.words.files_unvouched"]


def test_files_come_to_a_notice_that_was_taken_in_by_hand(
    desk: Desk, dossier: str, mailbox: FakeMailbox, tmp_path: Path
) -> None:
    paper = b"ket qua"
    rows = (f"kq.xlsx (SHA-256 {file('x', paper).sha256})",)
    document = signed(notice(desk, dossier, RESULT, rows=rows))
    bare = take(desk, tmp_path, document)
    assert bare.files == ()
    mailbox.contents = {file("x", paper).sha256: paper}
    mailbox.lay(posted(document, file("kq.xlsx", paper)))
    assert desk.services.inbox.fetch(UNIT.code).new == ()
    [kept] = desk.services.inbox.letters(UNIT.code)
    assert (kept.moved, [one.vouched for one in kept.files]) == (True, [True])
    assert desk.services.inbox.file(kept.id, "kq.xlsx") == paper


def test_a_gateway_that_does_not_answer_keeps_out_no_other(
    desk: Desk, dossier: str, mailbox: FakeMailbox
) -> None:
    desk.services.enqueue(dossier, GATEWAY)
    desk.services.default_destination = OTHER_GATEWAY
    mailbox.lay(posted(signed(notice(desk, dossier, RECEIVED))))
    fetched = desk.services.inbox.fetch(UNIT.code)
    assert len(fetched.new) == 1
    assert [said.code for said in fetched.troubles] == ["gateway.unreachable"]
    del desk.sending.mailboxes[GATEWAY.url]
    with pytest.raises(Transient, match=r"gateway\.unreachable"):
        desk.services.inbox.fetch(UNIT.code)


def test_without_a_gateway_it_is_said(desk: Desk) -> None:
    desk.services.default_destination = None
    with pytest.raises(UsageFault, match=r"inbox\.no_gateway"):
        desk.services.inbox.fetch(UNIT.code)


def test_files_without_a_notice_prove_nothing(desk: Desk, mailbox: FakeMailbox) -> None:
    mailbox.contents = {file("x", b"abc").sha256: b"abc"}
    mailbox.lay(posted(None, file("c12.xlsx", b"abc")), posted(b"<BHXH>"))
    bare, broken = desk.services.inbox.fetch(UNIT.code).new
    assert (bare.verified, doubt(bare)) == (Verified.UNSIGNED, "inbox.no_document")
    assert (broken.verified, doubt(broken)) == (Verified.NO, "inbox.unreadable")
    assert desk.services.inbox.document(broken.id) == b"<BHXH>"


def test_a_months_statement_is_about_no_dossier(desk: Desk, dossier: str, tmp_path: Path) -> None:
    letter = take(desk, tmp_path, signed(about_month(b"c12")))
    assert (letter.kind, letter.verified, letter.dossier_id) == (
        LetterKind.STATEMENT,
        Verified.YES,
        None,
    )
    foreign = take(desk, tmp_path, signed(about_month(b"c12", tax_code="9900000099")))
    assert (foreign.verified, doubt(foreign)) == (Verified.NO, "inbox.other_unit")
    with pytest.raises(UsageFault, match=r"inbox\.nothing_to_compare"):
        desk.services.inbox.comparison(letter.id)
    assert state(desk, dossier) is DossierState.SIGNED


# ---- looking and saving


def test_letters_are_counted_marked_saved_and_newest_first(
    desk: Desk, dossier: str, tmp_path: Path
) -> None:
    inbox = desk.services.inbox
    old = take(desk, tmp_path, signed(notice(desk, dossier, PROCESSING)))
    new = take(desk, tmp_path, signed(notice(desk, dossier, RESULT, received=at(12))))
    assert [one.id for one in inbox.letters(UNIT.code)] == [new.id, old.id]
    assert [one.id for one in inbox.letters(UNIT.code, dossier_id="none")] == []
    assert (inbox.unread(), inbox.unread("ZZ0009Z")) == (2, 0)
    inbox.mark_read(old.id)
    assert inbox.unread(UNIT.code) == 1
    assert inbox.letter(old.id).read
    for act in (inbox.letter, inbox.mark_read, inbox.document, inbox.comparison):
        with pytest.raises(UsageFault, match=r"inbox\.unknown"):
            act("none")
    folder = tmp_path / "ra"
    [path] = inbox.save(old.id, folder)
    assert [path] == list(inbox.save(old.id, folder)), "there already"
    path.write_bytes(b"mine")
    [beside] = inbox.save(old.id, folder)
    assert (path.read_bytes(), beside.name.endswith("(2).xml")) == (b"mine", True)


def test_every_kind_has_plain_words_in_both_languages(
    desk: Desk, dossier: str, tmp_path: Path
) -> None:
    plain = take(desk, tmp_path, signed(notice(desk, dossier)))
    for kind in LetterKind:
        for day in (None, date(2026, 12, 1)):
            letter = replace(plain, kind=kind, deadline=day, reasons=(Reason(text="x"),))
            for one in (letter, replace(letter, period=None, number="", transaction="")):
                for said in desk.services.inbox.plain_words(one):
                    assert all(text(said.code, lang, **said.params) for lang in LANGUAGES)
    until = replace(plain, kind=LetterKind.SUPPLEMENT, deadline=date(2026, 12, 1))
    codes = [said.code for said in desk.services.inbox.plain_words(until)]
    assert codes == ["inbox.words.supplement", "inbox.words.supplement_until"]


# ---- the parser


GENUINE: dict[str, tuple[bytes, Notice]] = {}


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_notice_with_any_byte_changed_is_refused_or_says_the_same(
    desk: Desk, dossier: str, mailbox: FakeMailbox, data: st.DataObject
) -> None:
    if not GENUINE:
        document = signed(notice(desk, dossier, RECEIVED))
        GENUINE["one"] = (document, read_notice(document))
    document, told = GENUINE["one"]
    start = data.draw(st.integers(0, len(document) - 1))
    length = data.draw(st.integers(0, 12))
    spoilt = document[:start] + data.draw(st.binary(max_size=12)) + document[start + length :]
    try:
        read: Notice | None = read_notice(spoilt)
    except DataFault:
        read = None
    mailbox.pages = [[posted(spoilt)]]
    desk.store.kept.cursors.clear()
    for letter in desk.services.inbox.fetch(UNIT.code).new:
        if letter.verified is Verified.YES:
            assert read == told
        else:
            assert not letter.moved


def test_a_receipt_taken_in_by_hand_is_a_letter_that_moves_its_dossier(
    desk: Desk, tmp_path: Path
) -> None:
    """Of a dossier that was carried, so that nothing is in the outbox."""
    dossier = desk.signed()
    path = tmp_path / "thong-bao.xml"
    path.write_bytes(signed(notice(desk, dossier, RECEIVED)))
    standing_in = desk.services._take
    genuine = replace(standing_in.sending, read_notice=read_notice, judge=ReceiptJudge())
    assert replace(standing_in, sending=genuine)(path).verified
    [letter] = desk.services.inbox.letters(UNIT.code)
    assert (letter.source, letter.verified, letter.moved) == ("thong-bao.xml", Verified.YES, True)
    assert desk.services.dossier(dossier).state is DossierState.ACCEPTED
