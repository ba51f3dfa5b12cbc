"""Which fields of a list hold codes, of which catalogue, and what stands beside them.

The data is that of our own template, which has every field that a list of people may hold: other
layouts call the same fields by the same keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from forms.codes import CodeList, code_list
from forms.excel.layout import OWN, load
from forms.excel.template.choices import pairs_of
from forms.model import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A field that holds a code. ``name``: the field of its name, ``province``: the field of the
    code of the province that its codes lie in; empty where there is none."""

    key: str
    list: str
    name: str = ""
    province: str = ""

    @property
    def codes(self) -> CodeList:
        return code_list(self.list)


@cache
def coded(part: Part) -> Mapping[str, Coded]:
    """Field key → what codes it holds; fields that hold none are left out."""
    sheet = load(OWN).sheet(part)
    if sheet is None:
        return {}
    pairs, found = pairs_of(sheet), {}
    for column in sheet.named:
        pair = pairs.get(column.key)
        province = pair.province.key if pair and pair.province else ""
        if column.code_list:
            found[column.key] = Coded(
                key=column.key,
                list=column.code_list,
                name=pair.name.key if pair else "",
                province=province,
            )
    return found


@cache
def named_by(part: Part) -> Mapping[str, Coded]:
    """Key of the field of a name → the field of its code."""
    return {each.name: each for each in coded(part).values() if each.name}
