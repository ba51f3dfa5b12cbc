"""Writes rows by their wire mapping. One engine for every form and for the envelope."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from forms.definition import Condition
from forms.model import Row
from forms.wire import Computed, Group, Leaf, Wire
from forms.xml.writer import ByteSink, CanonicalWriter

Lists = Mapping[str, Sequence[Row]]
_NO_LISTS: Lists = {}


def no_related(_row: Row) -> Lists:
    return _NO_LISTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What one document is written from."""

    lists: Lists
    """list name → its rows, in order"""
    values: Mapping[str, str] = field(default_factory=dict)
    """header values by key"""
    related: Callable[[Row], Lists] = no_related
    """lists that belong to one row, such as its household"""


@dataclass(slots=True)
class _Scope:
    """Where the writing stands: what a key means here, and which lists are in reach."""

    get: Callable[[str], str]
    lists: Lists
    ordinal: int = 0
    head: Row | None = None


_Value = Callable[[_Scope], str]
_Step = Callable[[CanonicalWriter, _Scope], None]


def write_document(out: ByteSink, wire: Wire, content: Content) -> None:
    """Streams the document in canonical form.

    Raises DataFault ``xml.illegal_character``.
    """
    writer = CanonicalWriter(out)
    steps = [_step(node, content.related) for node in wire.root.children]
    scope = _Scope(lambda key: content.values.get(key, ""), content.lists)
    writer.start(wire.root.element)
    for step in steps:
        step(writer, scope)
    writer.close()


def _step(node: Leaf | Group, related: Callable[[Row], Lists]) -> _Step:
    """Prepares the writing of one node, so that rows cost no decisions."""
    if isinstance(node, Leaf):
        return _leaf_step(node)
    steps = [_step(child, related) for child in node.children]
    if node.each is not None:
        return _each_step(node.element, node.each, steps, related)
    if node.household is not None:
        return _household_step(node.element, node.household, node.head, steps)
    return _group_step(node.element, steps)


def _leaf_step(leaf: Leaf) -> _Step:
    element, value = leaf.element, _value(leaf)

    def step(writer: CanonicalWriter, scope: _Scope) -> None:
        writer.leaf(element, value(scope))

    return step


def _group_step(element: str, steps: Sequence[_Step]) -> _Step:
    def write(writer: CanonicalWriter, scope: _Scope) -> None:
        writer.open(element)
        for step in steps:
            step(writer, scope)
        writer.close()

    return write


def _each_step(
    element: str, name: str, steps: Sequence[_Step], related: Callable[[Row], Lists]
) -> _Step:
    one = _group_step(element, steps)

    def write(writer: CanonicalWriter, scope: _Scope) -> None:
        line_above = writer.row
        for ordinal, row in enumerate(scope.lists.get(name, ()), 1):
            writer.row = row.line
            one(writer, _Scope(row.get, related(row), ordinal))
        writer.row = line_above

    return write


def _household_step(
    element: str, name: str, head: Condition | None, steps: Sequence[_Step]
) -> _Step:
    full = _group_step(element, steps)

    def write(writer: CanonicalWriter, scope: _Scope) -> None:
        rows = scope.lists.get(name, ())
        if not rows:
            writer.leaf(element, "")
            return
        heads = [row for row in rows if head is not None and head.holds(row.get)]
        asked = heads + [row for row in rows if row not in heads]
        get = _first_filled(asked)
        full(writer, _Scope(get, scope.lists, scope.ordinal, heads[0] if heads else None))

    return write


def _first_filled(rows: Sequence[Row]) -> Callable[[str], str]:
    return lambda key: next((value for row in rows if (value := row.get(key))), "")


def _value(leaf: Leaf) -> _Value:
    if leaf.computed is not None:
        return _computed(leaf, leaf.computed)
    if not leaf.keys:
        return lambda _scope: leaf.const
    written = _first_of(leaf.keys)
    if leaf.last is not None:
        written = _last(written, leaf.last)
    if leaf.decimals is not None:
        written = _decimals(written, leaf.decimals)
    return _or_default(written, leaf.default) if leaf.default else written


def _first_of(keys: tuple[str, ...]) -> _Value:
    if len(keys) == 1:
        only = keys[0]
        return lambda scope: scope.get(only)
    return lambda scope: next((value for key in keys if (value := scope.get(key))), "")


def _last(value: _Value, count: int) -> _Value:
    return lambda scope: value(scope)[-count:]


def _decimals(value: _Value, count: int) -> _Value:
    def written(scope: _Scope) -> str:
        whole, dot, rest = (text := value(scope)).partition(".")
        is_number = whole.isdecimal() and (rest.isdecimal() or not dot)
        return f"{whole}.{rest.ljust(count, '0')}" if is_number else text

    return written


def _or_default(value: _Value, default: str) -> _Value:
    return lambda scope: value(scope) or default


def _computed(leaf: Leaf, kind: Computed) -> _Value:
    of, when = leaf.of, leaf.when
    match kind:
        case Computed.ORDINAL:
            return lambda scope: str(scope.ordinal)
        case Computed.COUNT:
            return lambda scope: str(
                sum(all(c.holds(row.get) for c in when) for row in scope.lists.get(of, ()))
            )
        case Computed.FLAG:
            return lambda scope: str(int(all(c.holds(scope.get) for c in when)))
        case Computed.HEAD:
            return lambda scope: scope.head.get(of) if scope.head else ""
        case Computed.COMPLETENESS:
            return lambda scope: _completeness(scope.get(of))


def _completeness(date_text: str) -> str:
    """0 day, month, year · 1 month, year · 2 year (CCNS). A missing date is 0, the wire's own."""
    if not date_text:
        return "0"
    return str(2 - min(date_text.count("/"), 2))
