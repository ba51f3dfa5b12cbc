"""Remembered choices, by key."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from desktop.store.session import Session
from desktop.store.tables import setting


@dataclass(frozen=True, slots=True)
class SqlSettings:
    session: Session

    def get(self, key: str) -> str | None:
        found: str | None = self.session.value(select(setting.c.value).where(setting.c.key == key))
        return found

    def put(self, key: str, value: str) -> None:
        changed = self.session.change(
            update(setting).where(setting.c.key == key).values(value=value)
        )
        if not changed:
            self.session.change(insert(setting).values(key=key, value=value))
