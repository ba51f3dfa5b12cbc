"""What the practice gateway takes, what it refuses and why; each reason by a real dossier."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from desktop.practice.gateway.desk import BadAnnouncement, OtherPackage
from desktop.practice.gateway.inspection import inspect
from desktop.practice.gateway.ledger import Entry
from forms.model import FileKind, FormFile
from forms.render import attachment
from resources.messages import text
from signing.model import Intact
from signing.verify import verify_document
from tests.fakes.checked import UNIT
from tests.fakes.gateway import (
    D01,
    D02,
    NOW,
    TK1,
    Counter,
    Recipe,
    announcement,
    good_package,
    other_package,
    receipt_of,
    unit_key,
)


def reasons(content: bytes, *, now: datetime = NOW, **changes: object) -> list[str]:
    """Codes of everything the gateway has against a package."""
    told = announcement(content, **changes)
    fields = {name: told[name] for name in told if name != "parcel_id"}
    entry = Entry(id="1", transaction_code="LT-1", **fields)
    return [reason.code for reason in inspect(entry, content, now)[1]]


def swap(before: bytes, after: bytes) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert before in content
        return content.replace(before, after, 1)

    return change


PDF = attachment("hop-dong.pdf", b"%PDF-1.7\n%%EOF\n")


def test_a_dossier_in_order_has_nothing_against_it() -> None:
    assert reasons(good_package()) == []
    assert reasons(Recipe(papers=[PDF]).package()) == []


def test_it_is_accepted_with_a_number_and_a_receipt_that_verifies(counter: Counter) -> None:
    answer = counter.hand_in(good_package())
    assert answer["state"] == "accepted"
    assert answer["reasons"] == []
    notice = receipt_of(answer)
    assert notice.accepted
    assert re.fullmatch(r"00001/\d{4}/07900", notice.number)
    assert notice.transaction == answer["transaction"]
    assert notice.sha256 == sha256(good_package()).hexdigest()
    assert (notice.unit_code, notice.tax_code) == (UNIT.code, UNIT.tax_code)
    assert [row.name for row in notice.rows][:3] == [D02, TK1, D01]
    (report,) = verify_document(counter.entry().receipt or b"")
    assert (report.strict, report.intact) == (True, Intact.YES)


def test_numbers_run_on_within_the_year_and_begin_anew_in_the_next(counter: Counter) -> None:
    first = receipt_of(counter.hand_in(good_package(), 1)).number
    second = receipt_of(counter.hand_in(other_package(), 2)).number
    counter.now = NOW.replace(month=12, day=31, hour=17, minute=1)  # New Year in Viet Nam
    third = receipt_of(counter.hand_in(Recipe(job="Thợ may").package(), 3)).number
    assert [number.split("/")[0] for number in (first, second, third)] == [
        "00001",
        "00002",
        "00001",
    ]
    assert int(third.split("/")[1]) == NOW.year + 1


WRONG: Mapping[str, tuple[Callable[[], bytes], list[str]]] = {
    "required form missing": (lambda: Recipe(only=[TK1]).package(), ["refuse.form_missing"]),
    "envelope not signed": (
        lambda: Recipe(envelope_signer=None).package(),
        ["refuse.not_signed", "verify.not_signed"],
    ),
    "forms not signed": (
        lambda: Recipe(form_signer=None).package(),
        ["refuse.not_signed"] * 3,
    ),
    "one changed byte in a form": (
        lambda: Recipe(change_forms={D02: swap(b"7500000", b"7500001")}).package(),
        ["refuse.signature"],
    ),
    "one changed byte in the envelope": (
        lambda: Recipe(change_envelope=swap(b"0900000001", b"0900000002")).package(),
        ["refuse.signature"],
    ),
    "one changed byte in the signature": (
        lambda: Recipe(change_envelope=swap(b"<SignatureValue>", b"<SignatureValue>A")).package(),
        ["refuse.signature"],
    ),
    "forms by another unit": (
        lambda: Recipe(form_signer=unit_key("0109999990").signer).package(),
        ["refuse.certificate", "certificate.other_unit"] * 3,
    ),
    "envelope by another unit": (
        lambda: Recipe(envelope_signer=unit_key("0109999990").signer).package(),
        ["refuse.certificate", "certificate.other_unit"],
    ),
    "expired certificate": (
        lambda: Recipe(envelope_signer=unit_key(days=-1).signer).package(),
        ["refuse.certificate", "certificate.expired"],
    ),
    "a form in another's place": (
        lambda: Recipe(change_forms={D02: lambda _: signed_form(TK1)}).package(),
        ["refuse.signature"],
    ),
    "another form than is allowed": (
        lambda: Recipe(procedure="602").package(),
        ["refuse.form_missing", "refuse.form_not_allowed"],
    ),
    "a form that hides behind another ending": (
        lambda: Recipe(only=[], papers=[unsigned_form("D02-TS-595.txt")]).package(),
        ["refuse.not_signed"],
    ),
    "a form nobody knows": (
        lambda: Recipe(papers=[unsigned_form("LA-595.xml", "LA")]).package(),
        ["refuse.form_not_allowed", "refuse.not_signed"],
    ),
    "no envelope": (lambda: b"<Hoso/>", ["refuse.envelope", "xml.order"]),
    "a document type": (lambda: b"<!DOCTYPE a []><a/>", ["refuse.envelope", "xml.doctype"]),
    "rubbish": (lambda: b"\0\1", ["refuse.envelope", "xml.malformed"]),
}


def signed_form(name: str) -> bytes:
    taken: list[bytes] = []

    def take(content: bytes) -> bytes:
        taken.append(content)
        return content

    Recipe(change_forms={name: take}).package()
    return taken[0]


def unsigned_form(name: str, code: str = "D02-TS") -> FormFile:
    return FormFile(
        name=name,
        kind=FileKind.FORM,
        form_code=code,
        title="x",
        sign_node=None,
        content=b"<D02-TS/>",
    )


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_with_a_package_is_named(what: str) -> None:
    make, codes = WRONG[what]
    changes = {"procedure": "602"} if what.startswith("another form than") else {}
    found = reasons(make(), **changes)
    assert found == codes if what != "no envelope" else found[0] == codes[0]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"size": 1}, ["refuse.size"]),
        ({"sha256": "0" * 64}, ["refuse.sha256"]),
        ({"unit_code": "ZZ0002Z"}, ["refuse.unit"]),
        ({"tax_code": "0109999990"}, ["refuse.tax_code"]),
        ({"period": "10/2026"}, ["refuse.period"]),
        ({"procedure": "601"}, ["refuse.procedure"]),
        ({"procedure": "999"}, ["refuse.procedure_unknown"]),
        (
            {"unit_code": "ZZ0002Z", "period": "10/2026"},
            ["refuse.unit", "refuse.period"],
        ),
    ],
)
def test_what_was_announced_must_be_what_is_inside(
    changes: Mapping[str, object], codes: list[str]
) -> None:
    assert reasons(good_package(), **changes) == codes


def test_procedures_that_share_a_code_on_the_wire_keep_their_own_forms() -> None:
    package = Recipe(procedure="600a", only=[D02, D01]).package()
    assert reasons(package, procedure="600a") == []
    assert reasons(Recipe(procedure="600a").package(), procedure="600a") == [
        "refuse.form_not_allowed"
    ]


def test_a_certificate_that_ended_since_is_refused() -> None:
    later = NOW + timedelta(days=366)
    assert set(reasons(good_package(), now=later)) == {"refuse.certificate", "certificate.expired"}


@pytest.mark.parametrize("what", WRONG)
def test_every_refusal_is_a_signed_notice_with_reasons_in_words(
    counter: Counter, what: str
) -> None:
    content = WRONG[what][0]()
    answer = counter.hand_in(content)
    notice = receipt_of(answer)
    assert answer["state"] == "refused"
    assert (notice.number, notice.accepted) == ("", False)
    assert notice.sha256 == sha256(content).hexdigest()
    assert notice.error_text == "\n".join(answer["reasons"])
    assert notice.error_code.startswith("refuse.")
    (report,) = verify_document(counter.entry().receipt or b"")
    assert report.strict


def test_the_same_package_under_another_id_is_a_duplicate(counter: Counter) -> None:
    first = counter.hand_in(good_package(), 1)
    second = counter.hand_in(good_package(), 2)
    assert (first["state"], second["state"]) == ("accepted", "refused")
    assert second["reasons"] == [text("refuse.duplicate", "vi")]


def test_one_that_was_refused_before_may_come_again(counter: Counter) -> None:
    counter.now = NOW + timedelta(days=366)
    assert counter.hand_in(good_package(), 1)["state"] == "refused"
    counter.now = NOW
    assert counter.hand_in(good_package(), 2)["state"] == "accepted"


def test_announcing_and_submitting_may_be_said_again(counter: Counter) -> None:
    first = counter.desk.announce(announcement(good_package()))
    assert first == counter.desk.announce(announcement(good_package()))
    assert first["state"] == "new"
    accepted = counter.hand_in(good_package())
    assert counter.hand_in(good_package()) == accepted
    assert counter.desk.announce(announcement(good_package())) == accepted
    assert len(counter.ledger.all()) == 1


@pytest.mark.parametrize(
    "changes",
    [{"size": 7}, {"sha256": "0" * 64}, {"unit_code": "ZZ0002Z"}, {"period": "10/2026"}],
)
def test_the_same_id_with_other_facts_is_refused_at_once(
    counter: Counter, changes: Mapping[str, object]
) -> None:
    counter.desk.announce(announcement(good_package()))
    with pytest.raises(OtherPackage):
        counter.desk.announce(announcement(good_package(), **changes))
    assert counter.entry().sha256 == sha256(good_package()).hexdigest()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("parcel_id", "không phải"),
        ("parcel_id", None),
        ("size", 0),
        ("size", -1),
        ("size", True),
        ("size", "7"),
        ("size", 64 * 1024 * 1024 + 1),
        ("sha256", "0" * 63),
        ("sha256", "G" * 64),
        ("sha256", "0" * 64 + "\n"),
        ("unit_code", ""),
        ("unit_code", 7),
        ("unit_code", None),
        ("period", "x" * 201),
        ("file_name", "a\0b"),
        ("file_name", "\ud800"),
        ("file_name", "a\nb"),
    ],
)
def test_an_announcement_of_the_wrong_make_is_named_by_its_field(
    counter: Counter, field: str, value: object
) -> None:
    with pytest.raises(BadAnnouncement, match=field):
        counter.desk.announce(announcement(good_package(), **{field: value}))
    assert counter.ledger.all() == []


def test_a_field_left_out_is_named(counter: Counter) -> None:
    told = announcement(good_package())
    del told["tax_code"]
    with pytest.raises(BadAnnouncement, match="tax_code"):
        counter.desk.announce(told)


def test_two_submissions_at_once_give_one_answer(counter: Counter) -> None:
    """The second looked at the parcel before the first had settled it."""
    counter.desk.announce(announcement(good_package()))
    seen_by_both = counter.entry()
    first = counter.desk.submit(seen_by_both, good_package(), None)
    assert counter.desk.submit(replace(seen_by_both), good_package(), None) == first
