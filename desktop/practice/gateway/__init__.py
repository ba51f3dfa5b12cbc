"""The practice gateway: a real server on loopback that takes dossiers as an I-VAN would."""

from desktop.practice.gateway.faults import Call, Faults, Trouble
from desktop.practice.gateway.server import PracticeGateway

__all__ = ["Call", "Faults", "PracticeGateway", "Trouble"]
