"""A changed byte or part anywhere that a signature protects is never called intact."""

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from resources.faults import DataFault
from signing.model import Intact
from signing.verify import verify_document
from tests.fakes.documents import form, signed_envelope, signed_form
from tests.fakes.foreign_signatures import object_without_namespace

SIGNED = signed_form(form(rows=3))
ODD = object_without_namespace(SIGNED)
PROTECTED = [
    span
    for pattern in (rb"<D02-TS .*<Cky>", rb"<SignedInfo>.*</SignedInfo>", rb"</Cky></D02-TS>")
    for span in [re.search(pattern, SIGNED)]
    if span is not None
]
VALUES = [
    span
    for name in (b"SignatureValue", b"Modulus", b"Exponent")
    for span in [re.search(b"<" + name + b">(.+?)<", SIGNED)]
    if span is not None
]
POSITIONS = [
    *(at for span in PROTECTED for at in range(*span.span())),
    *(at for span in VALUES for at in range(*span.span(1))),
]
BEFORE_THE_ODDITY = [at for at in POSITIONS if at < SIGNED.index(b"<Object>")]


def called_intact(document: bytes) -> bool:
    try:
        return any(report.intact is Intact.YES for report in verify_document(document))
    except DataFault:
        return False


def same_text(document: bytes, original: bytes) -> bool:
    """XML itself says that these bytes mean the same: white space within a tag, its quotes."""
    return re.sub(rb"\s", b" ", document) == re.sub(rb"\s", b" ", original)


@settings(max_examples=250, deadline=None)
@given(at=st.sampled_from(POSITIONS), byte=st.integers(0x20, 0x7E))
def test_a_changed_byte_is_never_called_intact(at: int, byte: int) -> None:
    changed = bytearray(SIGNED)
    changed[at] = byte
    if not same_text(bytes(changed), SIGNED):
        assert not called_intact(bytes(changed))


@settings(max_examples=250, deadline=None)
@given(at=st.sampled_from(BEFORE_THE_ODDITY), byte=st.integers(0x20, 0x7E))
def test_nor_where_the_structure_is_odd_and_the_numbers_are_done_by_hand(
    at: int, byte: int
) -> None:
    changed = bytearray(ODD)
    changed[at] = byte
    if not same_text(bytes(changed), ODD):
        assert not called_intact(bytes(changed))


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, len(SIGNED) - 1))
def test_a_cut_file_is_never_called_intact(cut: int) -> None:
    assert not called_intact(SIGNED[:cut])


@settings(max_examples=60, deadline=None)
@given(junk=st.binary(max_size=200))
def test_rubbish_is_answered_not_crashed_on(junk: bytes) -> None:
    with pytest.raises(DataFault):
        verify_document(junk)


# ---- whole parts taken away, doubled, moved, renamed: every one of them, and what stands for it

ENVELOPE = signed_envelope({"D02-TS-595.xml": SIGNED, "giay-to.pdf": b"%PDF-1.7"})
FILES = {"form": SIGNED, "envelope": ENVELOPE}
Change = Callable[[etree._Element, etree._Element], None]


def remove(one: etree._Element, _root: etree._Element) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def double(one: etree._Element, _root: etree._Element) -> None:
    one.addnext(deepcopy(one)) if one.getparent() is not None else one.append(deepcopy(one))


def to_the_front(one: etree._Element, root: etree._Element) -> None:
    if one is not root:
        root.insert(0, one)


def to_the_end(one: etree._Element, root: etree._Element) -> None:
    if one is not root:
        root.append(one)


def before_its_neighbour(one: etree._Element, _root: etree._Element) -> None:
    neighbour = one.getprevious()
    if neighbour is not None:
        neighbour.addprevious(one)


def renamed(one: etree._Element, _root: etree._Element) -> None:
    one.tag = f"{one.tag}x"


def into_no_namespace(one: etree._Element, _root: etree._Element) -> None:
    one.tag = etree.QName(one).localname


def retold(one: etree._Element, _root: etree._Element) -> None:
    one.text = (one.text or "") + "1"


def spaced(one: etree._Element, _root: etree._Element) -> None:
    one.tail = (one.tail or "") + " "


def labelled(one: etree._Element, _root: etree._Element) -> None:
    one.set("Id", "sigid")


def relabelled(one: etree._Element, _root: etree._Element) -> None:
    for name in one.attrib:
        one.set(name, f"{one.get(name)}#")


def wrapped(one: etree._Element, _root: etree._Element) -> None:
    parent = one.getparent()
    around = etree.Element("Boc")
    if parent is not None:
        parent.replace(one, around)
        around.append(one)


def instructed(one: etree._Element, _root: etree._Element) -> None:
    one.append(etree.ProcessingInstruction("lenh", "x"))


def remarked(one: etree._Element, _root: etree._Element) -> None:
    """Canonical XML leaves remarks out: the file means the same."""
    one.append(etree.Comment("ghi chú"))


CHANGES: tuple[Change, ...] = (
    remove,
    double,
    to_the_front,
    to_the_end,
    before_its_neighbour,
    renamed,
    into_no_namespace,
    retold,
    spaced,
    labelled,
    relabelled,
    wrapped,
    instructed,
    remarked,
)


def mutated(document: bytes, at: int, change: Change) -> bytes:
    """``document`` with its element number ``at`` changed."""
    root = etree.fromstring(document)
    change(list(root.iter(etree.Element))[at], root)
    return etree.tostring(root)


@dataclass(frozen=True)
class Meaning:
    """What a signature speaks for, and the signature itself; KeyInfo's other words and the
    signing time are not protected (wire format §3)."""

    content: bytes
    signatures: tuple[object, ...]
    keys: frozenset[str]
    """the key is written twice over, and once is enough"""

    def __le__(self, other: "Meaning") -> bool:
        same = (self.content, self.signatures) == (other.content, other.signatures)
        return same and self.keys <= other.keys


def meaning(document: bytes) -> Meaning:
    root = etree.fromstring(document)
    found = list(root.iter("{*}Signature"))
    keys = (
        "".join(each.itertext())
        for name in ("X509Certificate", "Modulus", "Exponent")
        for each in root.iter(f"{{*}}{name}")
    )
    signatures = tuple(spoken(each) for each in found)
    for each in found:
        detach(each)
    content = etree.tostring(root, method="c14n", with_comments=False)
    return Meaning(content, signatures, frozenset(keys))


def spoken(signature: etree._Element) -> object:
    parent = signature.getparent()
    place = None if parent is None else signature.getroottree().getpath(parent)
    values = ["".join(each.itertext()) for each in signature.iter("{*}SignatureValue")]
    infos = [canonical_part(each) for each in signature.iter("{*}SignedInfo")]
    return signature.tag, place, values, infos


def canonical_part(part: etree._Element) -> bytes:
    return etree.tostring(part, method="c14n", with_comments=False, with_tail=False)


def detach(part: etree._Element) -> None:
    """Takes a signature out, and leaves the text behind it."""
    parent = part.getparent()
    if parent is not None:
        parent.text = (parent.text or "") + (part.tail or "")
        parent.remove(part)


def elements(document: bytes) -> int:
    return len(list(etree.fromstring(document).iter(etree.Element)))


def wrongly_believed(name: str, change: Change) -> list[int]:
    document = FILES[name]
    original = meaning(document)
    every = ((at, mutated(document, at, change)) for at in range(elements(document)))
    return [at for at, each in every if called_intact(each) and not meaning(each) <= original]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", FILES)
def test_no_changed_part_is_called_intact(name: str, change: Change) -> None:
    assert wrongly_believed(name, change) == []


def test_that_is_more_than_two_hundred_files_of_each_kind_that_really_differ() -> None:
    for document in FILES.values():
        original = meaning(document)
        differ = [
            (at, change)
            for at in range(elements(document))
            for change in CHANGES
            if not meaning(mutated(document, at, change)) <= original
        ]
        assert len(differ) >= 200


@pytest.mark.parametrize("name", FILES)
def test_what_means_the_same_is_intact_still(name: str) -> None:
    """Or the tests above would be satisfied by a program that believes nothing."""
    assert called_intact(mutated(FILES[name], 1, remarked))
    assert called_intact(etree.tostring(etree.fromstring(FILES[name])))


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_nor_several_changes_at_once(data: st.DataObject) -> None:
    document = FILES[data.draw(st.sampled_from(sorted(FILES)))]
    changed = document
    for _ in range(data.draw(st.integers(2, 4))):
        at = data.draw(st.integers(0, elements(changed) - 1))
        changed = mutated(changed, at, data.draw(st.sampled_from(CHANGES)))
    if called_intact(changed):
        assert meaning(changed) <= meaning(document)
