"""The practice gateway: a real server on loopback that takes dossiers as an I-VAN would.

Run by itself: ``python -m desktop.practice.gateway FOLDER --port N`` (see ``__main__``).
"""

from desktop.practice.gateway.faults import Call, Faults, Trouble
from desktop.practice.gateway.ledger import Tally, tally
from desktop.practice.gateway.server import PracticeGateway

__all__ = ["Call", "Faults", "PracticeGateway", "Tally", "Trouble", "tally"]
