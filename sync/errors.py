"""The ways in which sending can stop. Codes have their words in resources/messages/sync.toml.

Transient: ``gateway.unreachable`` ``gateway.tls`` ``gateway.pin`` ``gateway.cut``
``gateway.timeout`` ``gateway.server`` (status) ``gateway.rubbish`` ``gateway.captive``
``gateway.upload_lost`` ``gateway.damaged`` ``gateway.locked`` ``gateway.busy``
``gateway.resting`` ``gateway.crowded`` ``gateway.proxy`` ``secrets.unavailable``.

Permanent, each with the status where one was told: ``gateway.refused`` ``gateway.conflict``
``gateway.too_large`` ``gateway.protocol`` ``gateway.not_found`` ``gateway.forbidden``
``gateway.unauthorised`` ``gateway.no_secret`` ``gateway.proxy_login`` ``gateway.file_gone``
``gateway.address`` ``gateway.ca`` ``gateway.uncertain`` ``gateway.plug_in`` ``gateway.no_adapter``.
"""

from resources.faults import DataFault, SurroundingsFault


class Transient(SurroundingsFault):
    """May succeed later with the same parcel; the outbox keeps it."""

    def __init__(
        self,
        code: str,
        /,
        *,
        retry_after: float | None = None,
        answer: bytes = b"",
        **params: str | int,
    ) -> None:
        super().__init__(code, **params)
        self.retry_after = retry_after
        """seconds the gateway asked for"""
        self.answer = answer


class Permanent(DataFault):
    """The gateway will never take this parcel as it is."""

    def __init__(self, code: str, /, *, answer: bytes = b"", **params: str | int) -> None:
        super().__init__(code, **params)
        self.answer = answer
