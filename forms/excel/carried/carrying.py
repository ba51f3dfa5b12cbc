"""Front door: a draft → a workbook for another program, read back at once by our own import."""

from pathlib import Path

from forms.excel.carried.comparing import differences
from forms.excel.carried.providers import provider
from forms.excel.carried.writing import write_draft
from forms.excel.workbook import read_workbook
from forms.findings import Finding, Severity
from forms.model import Draft


def carry_draft(
    draft: Draft, provider_code: str, folder: Path, *, lang: str = "vi"
) -> tuple[Path, tuple[Finding, ...]]:
    """The workbook in the folder, and what a person must know of it: what it does not hold
    (warnings), what our own import does not read back the same (errors), what that program does
    with it (to know).

    Raises UsageFault ``carry.provider``, SurroundingsFault ``workbook.cannot_write``, and as
    ``read_workbook``.
    """
    chosen = provider(provider_code)
    out = folder / chosen.file
    write_draft(out, draft, chosen.layout)
    back = read_workbook(out, layout=chosen.layout).draft
    told = (Finding(code=code, severity=Severity.INFO) for code in chosen.remarks)
    return out, (*differences(draft, back, chosen.layout, lang), *told)
