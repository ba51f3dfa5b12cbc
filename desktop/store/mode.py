"""What a data folder is for: real filing, or practice."""

from typing import Literal

Mode = Literal["real", "practice"]
MODE = "store.mode"
"""the setting that says it"""
