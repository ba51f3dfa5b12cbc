"""Values of options that can be told wrong before anything is opened."""

import argparse

HIGHEST_PORT = 65535


def unit_code(value: str) -> str:
    """As the unit is stored: codes are the same in small and capital letters."""
    return value.strip().upper()


def dossier_id(value: str) -> str:
    """``<unit>-<period>-<procedure>-<batch>``: only the unit's code has no small letters."""
    unit, dash, rest = value.strip().partition("-")
    return unit_code(unit) + dash + rest


def port(value: str) -> int:
    """0: any free one."""
    if not (value.isascii() and value.isdigit()) or int(value) > HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{value!r}: 0..{HIGHEST_PORT}")
    return int(value)
