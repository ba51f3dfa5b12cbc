"""``tokhai unit add`` and ``tokhai unit list``."""

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from forms.model import Unit


def add(context: Context) -> Outcome:
    options = context.options
    unit = Unit(
        code=options.code,
        name=options.name,
        tax_code=options.tax_code,
        agency=options.agency,
        region=options.region,
        signer=options.signer,
        phone=options.phone,
        email=options.email,
        address=options.address,
    )
    context.services.add_unit(unit)
    stored = context.services.unit(unit.code.strip().upper())
    words = context.console.words("cli.unit.added", code=stored.code, name=stored.name)
    return Outcome({"unit": shapes.unit(stored)}, (words,))


def show(context: Context) -> Outcome:
    units = context.services.units()
    lines = [f"{unit.code}  {unit.tax_code}  {unit.name}" for unit in units]
    if not lines:
        lines = [context.console.words("cli.unit.none")]
    return Outcome({"units": [shapes.unit(unit) for unit in units]}, lines)
