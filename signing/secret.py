"""Something that must not be seen: it shows itself nowhere but where it is asked for."""


class Secret:
    """A PIN, a one-time code or a permission to sign, kept out of every print and log."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written down")
