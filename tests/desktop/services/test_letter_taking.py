"""Letters from files: told apart by what is in them, archives opened with care."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.services.inbox_api import LetterKind, TakenLetter, Verified
from desktop.services.inbox_cases import InboxCases
from desktop.services.rooms import PrintedForm
from desktop.services.unpacking import BOUNDS, Bounds, unpacked
from forms.model import DossierState, Period
from forms.outcomes import PROCESSING, RESULT, SUPPLEMENT
from resources.faults import DataFault, UsageFault
from resources.messages import catalogue
from signing.pdf import sign_pdf
from tests.desktop.services.test_receipts import RECEIPTS
from tests.fakes.certificates import NOW as SIGNED_AT
from tests.fakes.certificates import Identity, unit_identity
from tests.fakes.desk import UNIT, Desk, retold
from tests.fakes.letters import GATEWAY, at, file, notice, signed
from tests.fakes.notices import c12_sheet, portal_reply, write
from tests.fakes.papers import encrypted_pdf, pdf

PDF = b"%PDF-1.7\n"


@pytest.fixture
def desk() -> Desk:
    made = Desk(practice=False)
    made.services.default_destination = GATEWAY
    return made


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def told(taken: TakenLetter) -> tuple[str, str]:
    fault = taken.fault.code if taken.fault else ""
    return (taken.letter.kind.value if taken.letter else "", fault)


def test_an_archive_of_notices_is_taken_in_by_their_dates(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.signed()
    paper = PDF + b"ket qua"
    rows = (f"kq.pdf (SHA-256 {file('x', paper).sha256})",)
    late = signed(notice(desk, dossier, RESULT, received=at(12), rows=rows))
    early = signed(notice(desk, dossier, PROCESSING, received=at(11)))
    content = zipped(
        b__xml=late, kq__pdf=paper, a__xml=early, x__txt=b"hello", in__zip=zipped(a=b"b")
    )
    taken = desk.services.inbox.take([put(tmp_path, "thu.zip", content)])
    assert [told(one) for one in taken] == [
        ("result", ""),
        ("result", ""),
        ("processing", ""),
        ("", "inbox.not_a_letter"),
        ("", "inbox.not_a_letter"),
    ]
    assert [one.source for one in taken][:2] == ["thu.zip/b.xml", "thu.zip/kq.pdf"]
    result, processing = taken[0].letter, taken[2].letter
    assert result
    assert processing
    assert (result.moved, processing.moved) == (True, True), "the earlier one went first"
    assert [(one.name, one.vouched) for one in result.files] == [("kq.pdf", True)]
    assert desk.services.dossier(dossier).state is DossierState.DONE


def test_a_paper_is_kept_and_said_to_be_unread(desk: Desk, tmp_path: Path) -> None:
    [taken] = desk.services.inbox.take([put(tmp_path, "c12.pdf", PDF)])
    assert taken.letter
    assert taken.letter.doubt
    assert (taken.letter.kind, taken.letter.verified) == (LetterKind.PAPER, Verified.UNSIGNED)
    assert taken.letter.doubt.code == "inbox.not_read"
    assert desk.services.inbox.file(taken.letter.id, "c12.pdf") == PDF


def paper_signed_by(identity: Identity, content: bytes | None = None) -> bytes:
    return sign_pdf(content or pdf(), identity.signer, signing_time=SIGNED_AT).content


def changed(content: bytes) -> bytes:
    return content.replace(b"595 842", b"595 841")


PAPERS = {
    "of the authority": (paper_signed_by(RECEIPTS), Verified.YES, "inbox.paper.genuine"),
    "of a stranger": (paper_signed_by(unit_identity()), Verified.NO, "inbox.paper.stranger"),
    "of both": (
        paper_signed_by(unit_identity(), paper_signed_by(RECEIPTS)),
        Verified.YES,
        "inbox.paper.genuine",
    ),
    "changed": (changed(paper_signed_by(RECEIPTS)), Verified.NO, "inbox.paper.changed"),
    "not to be told": (
        paper_signed_by(RECEIPTS)[:-300],
        Verified.NO,
        "inbox.paper.doubtful",
    ),
    "not signed": (pdf(), Verified.UNSIGNED, "inbox.not_read"),
    "with a password": (encrypted_pdf(), Verified.UNSIGNED, "verify.pdf_encrypted"),
}


@pytest.mark.parametrize("packed", [False, True], ids=["alone", "in an archive"])
def test_a_signed_paper_is_believed_by_the_rule_of_notices(
    desk: Desk, tmp_path: Path, packed: bool
) -> None:
    files = {f"{number}__pdf": paper for number, (paper, _, _) in enumerate(PAPERS.values())}
    if packed:
        paths = [put(tmp_path, "thu.zip", zipped(**files))]
    else:
        paths = [put(tmp_path, f"{name}.pdf", content) for name, content in files.items()]
    taken = [each.letter for each in desk.services.inbox.take(paths)]
    assert [(each.verified, each.doubt.code if each.doubt else "") for each in taken if each] == [
        (verified, code) for _, verified, code in PAPERS.values()
    ]
    assert all(each.doubt and each.doubt.code in catalogue() for each in taken if each)
    assert {each.kind for each in taken if each} == {LetterKind.PAPER}


def test_a_believed_paper_vouches_for_itself(desk: Desk, tmp_path: Path) -> None:
    [taken] = desk.services.inbox.take([put(tmp_path, "c12.pdf", paper_signed_by(RECEIPTS))])
    assert taken.letter
    assert [each.vouched for each in taken.letter.files] == [True]
    assert not taken.letter.moved


def test_without_a_known_authority_a_signed_paper_is_intact_and_no_more(tmp_path: Path) -> None:
    desk = Desk(practice=False)
    [taken] = desk.services.inbox.take([put(tmp_path, "c12.pdf", paper_signed_by(RECEIPTS))])
    assert taken.letter
    assert taken.letter.doubt
    assert taken.letter.doubt.code == "inbox.paper.stranger"


def test_a_signature_in_a_workbook_is_not_passed_over(desk: Desk, tmp_path: Path) -> None:
    book = write(tmp_path / "c12.xlsx", C12=c12_sheet({}, unit=UNIT.code))
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    [taken] = desk.services.inbox.take([book])
    assert taken.letter
    assert taken.letter.doubt
    assert taken.letter.doubt.code == "inbox.signed_workbook"


def test_whose_a_paper_is_must_be_said_where_there_are_several_units(
    desk: Desk, tmp_path: Path
) -> None:
    desk.services.add_unit(retold(UNIT, code="ZZ0002Z"))
    path = put(tmp_path, "c12.pdf", PDF)
    [taken] = desk.services.inbox.take([path])
    assert told(taken) == ("", "inbox.which_unit")
    [taken] = desk.services.inbox.take([path], unit_code="ZZ0002Z")
    assert taken.letter
    assert taken.letter.unit_code == "ZZ0002Z"


def test_a_notice_for_a_unit_that_is_not_here_is_refused(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.signed()
    document = signed(notice(desk, dossier, unit_code="ZZ0009Z"))
    [taken] = desk.services.inbox.take([put(tmp_path, "a.xml", document)])
    assert told(taken) == ("", "inbox.unit_unknown")


def test_c12_is_known_by_what_stands_in_it(desk: Desk, tmp_path: Path) -> None:
    book = write(tmp_path / "c12.xlsx", C12=c12_sheet({}, unit=UNIT.code))
    reply = put(tmp_path, "c12.json", portal_reply({}, unit=UNIT.tax_code))
    from_book, from_portal = desk.services.inbox.take([book, reply])
    assert from_book.letter
    assert from_portal.letter
    assert (from_book.letter.kind, from_book.letter.period) == (
        LetterKind.STATEMENT,
        Period(2026, 1),
    )
    assert (from_portal.letter.kind, from_portal.letter.period) == (LetterKind.STATEMENT, None)
    assert {one.letter.verified for one in (from_book, from_portal) if one.letter} == {
        Verified.UNSIGNED
    }
    compared = desk.services.inbox.comparison(from_book.letter.id)
    assert compared.statement
    assert compared.statement.unit_code == UNIT.code


def test_the_months_notices_are_printed_from_their_letter(desk: Desk, tmp_path: Path) -> None:
    book = write(tmp_path / "c12.xlsx", C12=c12_sheet({}, unit=UNIT.code))
    [taken] = desk.services.inbox.take([book])
    assert taken.letter
    inbox = desk.services.inbox
    assert isinstance(inbox, InboxCases)
    asked: list[tuple[object, ...]] = []

    def print_notices(*notices: object, **named: object) -> Sequence[PrintedForm]:
        asked.append((*notices, named["practice"]))
        return ()

    assert replace(inbox, print_notices=print_notices).printed(taken.letter.id) == ()
    [(statement, participants, unit, period, practice)] = asked
    assert statement
    assert (participants, unit, period, practice) == (None, UNIT, Period(2026, 1), False)


def test_a_paper_has_nothing_to_print(desk: Desk, tmp_path: Path) -> None:
    [taken] = desk.services.inbox.take([put(tmp_path, "a.pdf", pdf())])
    assert taken.letter
    with pytest.raises(UsageFault, match=r"inbox\.nothing_to_compare"):
        desk.services.inbox.printed(taken.letter.id)


class Watch:
    """Stops before the second."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, int, str]] = []
        self.taken: list[TakenLetter] = []

    def next(self, done: int, whole: int, source: str) -> None:
        self.seen.append((done, whole, source))
        if done == 1:
            raise InterruptedError

    def took(self, taken: TakenLetter) -> None:
        self.taken.append(taken)


def test_what_was_taken_in_before_a_stop_is_kept(desk: Desk, tmp_path: Path) -> None:
    paths = [put(tmp_path, f"{name}.pdf", PDF + name.encode()) for name in ("a", "b", "c")]
    watch = Watch()
    with pytest.raises(InterruptedError):
        desk.services.inbox.take(paths, watch=watch)
    assert watch.seen == [(0, 3, "a.pdf"), (1, 3, "b.pdf")]
    assert [each.source for each in watch.taken] == ["a.pdf"]
    assert [one.source for one in desk.services.inbox.letters(UNIT.code)] == ["a.pdf"]


def test_another_workbook_is_a_paper(desk: Desk, tmp_path: Path) -> None:
    book = write(
        tmp_path / "khac.xlsx",
        Trang=b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData/></worksheet>",
    )
    [taken] = desk.services.inbox.take([book])
    assert told(taken) == ("paper", "")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"hello", "inbox.not_a_letter"),
        ("a.xml", b"<Hoso></Hoso>", "inbox.not_a_letter"),
        ("a.xml", b"<!DOCTYPE a><BHXH></BHXH>", "inbox.not_a_letter"),
        ("a.zip", zipped(a__xml=b"x")[:-30], "inbox.not_a_letter"),
        ("a.zip", zipped(), "inbox.archive.empty"),
        ("a.zip", zipped(**{"../a.xml": b"x"}), "inbox.archive.path"),
        ("a.zip", zipped(a=bytes(2_000_000)), "inbox.archive.bomb"),
        ("a.json", b"{}", "notice.not_recognised"),
    ],
    ids=["text", "other-xml", "dtd", "cut-off", "empty", "path", "bomb", "json"],
)
def test_what_is_no_letter_keeps_out_no_other(
    desk: Desk, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    dossier = desk.signed()
    good = put(tmp_path, "tot.xml", signed(notice(desk, dossier, SUPPLEMENT)))
    bad, fine = desk.services.inbox.take([put(tmp_path, name, content), good])
    if code == "notice.not_recognised":
        assert told(bad) == ("paper", "")
    else:
        assert told(bad) == ("", code)
    assert told(fine) == ("supplement", "")


# ---- archives


@pytest.mark.parametrize("name", ["/a", "..\\a", "C:\\a", "x/../../a"])
def test_no_path_leads_out(name: str) -> None:
    with pytest.raises(DataFault, match=r"inbox\.archive\.path"):
        unpacked(zipped(**{name: b"x"}), source="a.zip")


def test_a_link_is_no_file() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    with pytest.raises(DataFault, match=r"inbox\.archive\.path"):
        unpacked(out.getvalue(), source="a.zip")


@pytest.mark.parametrize(
    ("bounds", "code"),
    [
        (Bounds(entries=1), "too_many"),
        (Bounds(entry_bytes=3), "bomb"),
        (Bounds(total_bytes=6), "bomb"),
        (BOUNDS, ""),
    ],
)
def test_the_bounds_hold(bounds: Bounds, code: str) -> None:
    content = zipped(a=b"abcd", b=b"efgh")
    if not code:
        assert unpacked(content, source="a.zip", bounds=bounds) == (("a", b"abcd"), ("b", b"efgh"))
        return
    with pytest.raises(DataFault, match=rf"inbox\.archive\.{code}"):
        unpacked(content, source="a.zip", bounds=bounds)


def test_a_directory_that_lies_about_sizes_is_not_believed() -> None:
    content = bytearray(zipped(a=b"abcdefgh" * 100))
    at_entry = content.index(b"PK\x01\x02")
    content[at_entry + 24 : at_entry + 28] = (4).to_bytes(4, "little")
    with pytest.raises(DataFault, match=r"inbox\.archive\.(bomb|broken)"):
        unpacked(bytes(content), source="a.zip")
