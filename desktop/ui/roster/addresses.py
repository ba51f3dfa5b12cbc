"""What taking a new address means for a person's fields. No Qt."""

from collections.abc import Iterable, Iterator, Mapping

from desktop.services.roster_api import AddressProposal, RosterField
from forms.codes import code_list, former

COMMUNES, PROVINCES = "xa", "tinh"
Taken = tuple[AddressProposal, str, str]
"""(proposal, code of the commune, its name)"""


def cells_of(
    taken: Iterable[Taken], fields: Mapping[str, RosterField]
) -> tuple[tuple[int, str, str], ...]:
    """Commune and province with their names: they must go on agreeing with one another."""
    found = (cell for each in taken for cell in _cells(*each))
    return tuple(cell for cell in found if cell[1] in fields)


def _cells(proposal: AddressProposal, code: str, name: str) -> Iterator[tuple[int, str, str]]:
    place = proposal.key.removeprefix("ma_xa_")
    yield proposal.person, proposal.key, code
    yield proposal.person, f"ten_xa_{place}", name
    entry = code_list(COMMUNES).entry(code)
    province = entry.more.get("province", "") if entry else ""
    if province:
        yield proposal.person, f"ma_tinh_{place}", province
        yield proposal.person, f"ten_tinh_{place}", code_list(PROVINCES).name_of(province) or ""


def old_names(proposals: Iterable[AddressProposal]) -> dict[str, str]:
    """code → what the commune was called before."""
    old = former(COMMUNES)
    found = {each.before: old.name_of(each.before) if old else None for each in proposals}
    return {code: name for code, name in found.items() if name}
