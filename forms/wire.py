"""The wire mapping: element names, their order and where each value comes from (``wire.toml``).

A mapping is a small grammar: ``[children]`` lists, for every container element, its children in
order; an element that is another thing in another place names its own list with ``children``. It
knows form keys and no bytes; ``forms.xml`` writes and reads by it.
"""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum

from forms.definition import (
    HEADER,
    Condition,
    Confidence,
    FormDefinition,
    read_condition,
    read_conditions,
    read_source,
)
from forms.strict_toml import Table

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")


class Computed(StrEnum):
    """Values that stand in no cell."""

    ORDINAL = "ordinal"
    """1, 2, … within its list"""
    COUNT = "count"
    """how many rows of the list ``of`` meet every condition of ``when``"""
    FLAG = "flag"
    """1 when the row meets every condition of ``when``, else 0"""
    HEAD = "head"
    """the field ``of`` of the head of household, empty when nobody is marked as head"""
    COMPLETENESS = "completeness"
    """of the date ``of``: 0 dd/MM/yyyy, 1 MM/yyyy, 2 yyyy (CCNS, wire format §2.2)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """An element that holds text."""

    element: str
    keys: tuple[str, ...] = ()
    """field keys; the first that is not empty is written"""
    const: str = ""
    computed: Computed | None = None
    of: str = ""
    when: tuple[Condition, ...] = ()
    default: str = ""
    """written where the value is empty"""
    last: int | None = None
    """only so many characters from the end are written"""
    decimals: int | None = None
    """a plain number gets at least so many digits after the dot"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An element that holds elements."""

    element: str
    children: tuple["Leaf | Group", ...]
    each: str | None = None
    """repeated for every row of this list"""
    household: str | None = None
    """stands once over the rows of this list, and is empty when there are none"""
    head: Condition | None = None
    """marks the head of household among those rows"""


Node = Leaf | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Unproven:
    """Why nobody can say yet that this layout is the agency's. The user is told before signing."""

    reason_vi: str
    reason_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """How one form is written."""

    family: str
    """schema family, such as ``595``"""
    file: str
    sign_node: str
    """path of the signature's parent, such as ``D02-TS/Cky``"""
    source: str
    confidence: Confidence
    root: Group
    unproven: Unproven | None = None


def load_wire(text: str, *, file: str, definition: FormDefinition) -> Wire:
    """Parses ``wire.toml``. Raises DefinitionFault, also for a key the form does not have."""
    top = Table(tomllib.loads(text), file=file, place="")
    source, confidence = read_source(top)
    root = top.text("root")
    builder = _Builder(top, definition)
    wire = Wire(
        family=top.text("family"),
        file=top.text("file"),
        sign_node=f"{root}/{top.text('sign_node')}",
        source=source,
        confidence=confidence,
        root=builder.group(root),
        unproven=_unproven(top),
    )
    builder.done()
    top.done()
    return wire


def _unproven(top: Table) -> Unproven | None:
    """``unproven = true`` needs its reason in both languages; without it there is none."""
    if not top.flag("unproven"):
        return None
    return Unproven(reason_vi=top.text("unproven_vi"), reason_en=top.text("unproven_en"))


class _Builder:
    """Turns the grammar into a tree, refusing what it cannot place."""

    def __init__(self, top: Table, definition: FormDefinition) -> None:
        self._top = top
        self._definition = definition
        self._switches = _read_switches(top)
        self._children = top.table("children") or Table({}, file=top.file, place="children")
        self._reached: set[str] = set()
        self._open: list[str] = []

    def done(self) -> None:
        """Raises DefinitionFault for children of an element that is never reached."""
        for name in self._reached:
            self._children.drop(name)
        self._children.done()

    def group(
        self,
        element: str,
        *,
        part: str = HEADER,
        each: str | None = None,
        household: str | None = None,
        head: Condition | None = None,
        grammar: str = "",
    ) -> Group:
        self._check_name(element)
        inside = each or household or part
        grammar = grammar or element
        self._enter(grammar)
        children = tuple(
            node
            for table in self._children.tables(grammar, keep=True)
            if (node := self._node(table, inside)) is not None
        )
        self._open.pop()
        if not children:
            raise self._children.fault("definition.missing", element)
        if len({node.element for node in children}) != len(children):
            raise self._children.fault("definition.duplicate", element)
        return Group(element=element, children=children, each=each, household=household, head=head)

    def _enter(self, grammar: str) -> None:
        if grammar in self._open:
            raise self._children.fault("definition.duplicate", grammar)
        self._open.append(grammar)
        self._reached.add(grammar)

    def _node(self, table: Table, part: str) -> Node | None:
        element = table.text("element")
        grammar = table.text("children", element)
        switch = table.text("switch", "")
        if switch and switch not in self._switches:
            raise table.fault("definition.unknown_value", switch)
        written = not switch or self._switches[switch]
        node: Node
        if grammar in self._children:
            node = self._container(element, table, part, grammar)
        else:
            node = self._leaf(element, table, part if written else None)
        table.done()
        return node if written else None

    def _container(self, element: str, table: Table, part: str, grammar: str) -> Group:
        head = table.table("head")
        return self.group(
            element,
            grammar=grammar,
            part=part,
            each=table.text("each", "") or None,
            household=table.text("household", "") or None,
            head=read_condition(head) if head is not None else None,
        )

    def _leaf(self, element: str, table: Table, part: str | None) -> Leaf:
        """``part`` None: switched off, so that its keys need not be fields of this version."""
        self._check_name(element)
        self._check_one_origin(table)
        keys = (table.text("key"),) if "key" in table else table.texts("first_of")
        computed = _computed(table)
        leaf = Leaf(
            element=element,
            keys=keys,
            const=table.text("const", ""),
            computed=computed,
            of=table.text("of", ""),
            when=read_conditions(table.tables("when")),
            default=table.text("default", ""),
            last=table.number("last"),
            decimals=table.number("decimals"),
        )
        table.flag("empty")
        if part is not None:
            self._check_keys(leaf, part, table)
        return leaf

    def _check_one_origin(self, table: Table) -> None:
        origins = [k for k in ("key", "first_of", "const", "computed", "empty") if k in table]
        if len(origins) != 1:
            raise table.fault("definition.one_origin", table.place)

    def _check_keys(self, leaf: Leaf, part: str, table: Table) -> None:
        if leaf.computed is Computed.COUNT:
            wanted, part = {c.field for c in leaf.when}, leaf.of
        else:
            wanted = {*leaf.keys, *(c.field for c in leaf.when)} | ({leaf.of} - {""})
        for key in sorted(wanted - self._definition.keys(part)):
            raise table.fault("definition.not_a_form_key", key)

    def _check_name(self, element: str) -> None:
        if not _NAME.match(element):
            raise self._top.fault("definition.unknown_value", element)


def _computed(table: Table) -> Computed | None:
    name = table.text("computed", "")
    if not name:
        return None
    if name not in frozenset(Computed):
        raise table.fault("definition.unknown_value", name)
    return Computed(name)


def _read_switches(top: Table) -> dict[str, bool]:
    table = top.table("switches")
    if table is None:
        return {}
    return {name: table.flag(name) for name in table.keys()}  # noqa: SIM118 - not a mapping
