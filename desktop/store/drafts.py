"""Draft rows and findings at rest, written in bulk, read back in their order."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from desktop.store.session import Session
from desktop.store.tables import draft_chunk, draft_row, draft_section, finding
from forms.findings import Finding, Severity
from forms.model import Part, Row, Section
from forms.packed import Chunk, PackedRows


@dataclass(frozen=True, slots=True)
class Drafts:
    """The sections and findings of dossiers that are known to exist."""

    session: Session

    def sections(self, dossier_id: str) -> tuple[Section, ...]:
        packed, loose = self._packed(dossier_id), self._loose(dossier_id)
        stored = self.session.rows(
            select(draft_section)
            .where(draft_section.c.dossier_id == dossier_id)
            .order_by(draft_section.c.position)
        )
        return tuple(
            Section(
                Part(one["part"]),
                one["sheet"],
                one["letters"],
                packed.get(one["position"]) or PackedRows.of(loose[one["position"]]),
            )
            for one in stored
        )

    def _packed(self, dossier_id: str) -> dict[int, PackedRows]:
        chunks: dict[int, list[Chunk]] = defaultdict(list)
        for one in self.session.rows(
            select(draft_chunk)
            .where(draft_chunk.c.dossier_id == dossier_id)
            .order_by(draft_chunk.c.section, draft_chunk.c.position)
        ):
            chunks[one["section"]].append(Chunk(one["count"], one["content"]))
        return {section: PackedRows(tuple(found)) for section, found in chunks.items()}

    def _loose(self, dossier_id: str) -> dict[int, list[Row]]:
        """Rows as they were kept before they were packed."""
        rows: dict[int, list[Row]] = defaultdict(list)
        for one in self.session.rows(
            select(draft_row.c.section, draft_row.c.line, draft_row.c.cells)
            .where(draft_row.c.dossier_id == dossier_id)
            .order_by(draft_row.c.section, draft_row.c.position)
        ):
            rows[one["section"]].append(Row(one["line"], one["cells"]))
        return rows

    def write_sections(self, dossier_id: str, sections: Sequence[Section]) -> None:
        """In place of those before."""
        for table in (draft_chunk, draft_row, draft_section):
            self.session.change(delete(table).where(table.c.dossier_id == dossier_id))
        for position, section in enumerate(sections):
            self._write(dossier_id, position, section)

    def _write(self, dossier_id: str, position: int, section: Section) -> None:
        place = {"dossier_id": dossier_id, "position": position}
        values = {"part": section.part, "sheet": section.sheet, "letters": section.columns}
        self.session.change(insert(draft_section), {**place, **values})
        rows = section.rows if isinstance(section.rows, PackedRows) else PackedRows.of(section.rows)
        chunks = [
            {
                "dossier_id": dossier_id,
                "section": position,
                "position": at,
                "count": chunk.count,
                "content": chunk.content,
            }
            for at, chunk in enumerate(rows.chunks)
        ]
        self.session.change_many(insert(draft_chunk), chunks)

    def findings(self, dossier_id: str) -> list[Finding]:
        stored = self.session.rows(
            select(finding).where(finding.c.dossier_id == dossier_id).order_by(finding.c.position)
        )
        return [
            Finding(
                code=one["code"],
                severity=Severity(one["severity"]),
                sheet=one["sheet"],
                row=one["line"],
                column=one["letters"],
                field=one["field"],
                params=one["params"],
            )
            for one in stored
        ]

    def write_findings(self, dossier_id: str, findings: Sequence[Finding]) -> None:
        """In place of those before."""
        self.session.change(delete(finding).where(finding.c.dossier_id == dossier_id))
        rows = [
            {
                "dossier_id": dossier_id,
                "position": position,
                "code": one.code,
                "severity": one.severity,
                "sheet": one.sheet,
                "line": one.row,
                "letters": one.column,
                "field": one.field,
                "params": one.params,
            }
            for position, one in enumerate(findings)
        ]
        self.session.change_many(insert(finding), rows)
