"""Reads a document back to rows by its wire mapping. Strict: names and order as written."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from forms.wire import Group, Leaf, Wire
from forms.xml.safe import parse
from resources.faults import DataFault


@dataclass(slots=True)
class ReadRow:
    """What stands in one place of a document."""

    texts: dict[str, str] = field(default_factory=dict)
    """element, below plain groups ``Group/element`` → text, empty ones too"""
    values: dict[str, str] = field(default_factory=dict)
    """field key → text, for elements with one key, empty ones left out"""
    lists: dict[str, list["ReadRow"]] = field(default_factory=dict)
    households: dict[str, "ReadRow"] = field(default_factory=dict)

    def rows(self, name: str) -> list["ReadRow"]:
        return self.lists.get(name, [])


def read_document(content: bytes, wire: Wire) -> ReadRow:
    """Raises DataFault ``xml.*``; ``xml.unexpected_element`` when the layout is another."""
    root = parse(content)
    if root.tag != wire.root.element:
        raise _unexpected(wire.root.element, root)
    read = ReadRow()
    _read_children(root, wire.root, read, path="", signed=wire.sign_node.partition("/")[2])
    return read


def _read_children(
    element: etree._Element, group: Group, into: ReadRow, *, path: str, signed: str = ""
) -> None:
    children = _elements(element)
    current = next(children, None)
    for node in group.children:
        if isinstance(node, Group) and node.each is not None:
            while current is not None and current.tag == node.element:
                into.lists.setdefault(node.each, []).append(_read_row(current, node))
                current = next(children, None)
            continue
        if current is None or current.tag != node.element:
            raise _unexpected(node.element, current)
        _read_one(current, node, into, path=path, signed=signed)
        current = next(children, None)
    if current is not None:
        raise _unexpected(f"/{group.element}", current)


def _read_row(element: etree._Element, group: Group) -> ReadRow:
    row = ReadRow()
    _read_children(element, group, row, path="")
    return row


def _read_one(
    element: etree._Element, node: Leaf | Group, into: ReadRow, *, path: str, signed: str
) -> None:
    if isinstance(node, Leaf):
        _read_leaf(element, node, into, path=path, may_hold_signature=node.element == signed)
    elif node.household is None:
        _read_children(element, node, into, path=f"{path}{node.element}/")
    elif len(element):
        into.households[node.household] = _read_row(element, node)


def _read_leaf(
    element: etree._Element, leaf: Leaf, into: ReadRow, *, path: str, may_hold_signature: bool
) -> None:
    if len(element) and not may_hold_signature:
        raise _unexpected(f"/{leaf.element}", element[0])
    text = element.text or ""
    into.texts[path + leaf.element] = text
    if text and len(leaf.keys) == 1:
        into.values[leaf.keys[0]] = text


def _elements(parent: etree._Element) -> Iterator[etree._Element]:
    return (child for child in parent if isinstance(child.tag, str))


def _unexpected(expected: str, found: etree._Element | None) -> DataFault:
    name = "–" if found is None else etree.QName(found).localname[:60]
    return DataFault("xml.unexpected_element", expected=expected, found=name)
