"""The interface description and the practice gateway speak of the same calls and fields.

The description is read by its indentation: no YAML library ships with the program.
"""

import re
from collections.abc import Callable, Iterator

import pytest

from desktop.practice.gateway.desk import LABELS
from desktop.practice.gateway.web import RULES
from resources import read_text
from sync.http_gateway import NEW, STATES
from tests.fakes.gateway import Counter, announcement, good_package

DESCRIPTION = read_text("gateway/openapi.yaml")
PATH = re.compile(r"^  (/v1/\S*):$")
METHOD = re.compile(r"^    (get|post|head|patch|options|delete|put):$")
PLACE = re.compile(r"\{\w+\}|<[\w:]+>")


def described() -> Iterator[tuple[str, str]]:
    """Method and path of every call, placeholders without their names."""
    path = ""
    for line in DESCRIPTION.splitlines():
        if found := PATH.match(line):
            path = PLACE.sub("{}", found[1])
        elif found := METHOD.match(line):
            yield found[1].upper(), path


def answered() -> Iterator[tuple[str, str]]:
    for rule in RULES.iter_rules():
        methods = set(rule.methods or ()) - {"HEAD" if "GET" in (rule.methods or ()) else ""}
        yield from ((method, PLACE.sub("{}", rule.rule)) for method in methods)


def required_of(schema: str) -> set[str]:
    found = re.search(
        rf"^    {schema}:\n(?:      .*\n)*?      required: \[(.*)\]$", DESCRIPTION, re.M
    )
    assert found, f"{schema} names no required fields"
    return set(found[1].split(", "))


def test_every_call_is_described_and_nothing_else() -> None:
    assert sorted(described()) == sorted(answered())
    assert len(list(described())) == 11


def test_an_announcement_holds_what_the_gateway_asks_for() -> None:
    assert required_of("Announcement") == {"parcel_id", "size", *LABELS}


@pytest.mark.parametrize("state", [NEW, *STATES])
def test_every_state_the_client_knows_is_described(state: str) -> None:
    assert re.search(rf"^          {state}: '#/components/schemas/\w+'$", DESCRIPTION, re.M)


def test_no_other_state_is_described() -> None:
    block = DESCRIPTION.partition("        mapping:\n")[2].partition("\n    New:")[0]
    assert {line.split(":")[0].strip() for line in block.splitlines()} == {NEW, *STATES}


@pytest.mark.parametrize(
    ("schema", "package"),
    [
        ("New", None),
        ("Settled", good_package),
        ("Settled", lambda: b"<Hoso/>"),
    ],
)
def test_the_gateway_answers_with_what_is_required_and_described(
    counter: Counter, schema: str, package: Callable[[], bytes] | None
) -> None:
    content = (package or good_package)()
    told = counter.desk.announce(announcement(content)) if not package else counter.hand_in(content)
    described = re.search(rf"^    {schema}:\n((?:      .*\n)+)", DESCRIPTION, re.M)
    assert described
    assert required_of(schema) <= set(told)
    assert set(told) <= set(re.findall(r"^        (\w+):", described[1], re.M))
