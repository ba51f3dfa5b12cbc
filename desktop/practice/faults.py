"""Every kind of mistake that can be planted in a roster, by name."""

from collections.abc import Mapping

from desktop.practice import faults_of_cells, faults_of_law, faults_of_lists, faults_of_rows
from desktop.practice.planting import Fault

FAULTS: Mapping[str, Fault] = {
    **faults_of_cells.TYPED,
    **faults_of_cells.WRITTEN,
    **faults_of_rows.PERSON,
    **faults_of_rows.MOVEMENT,
    **faults_of_rows.MONEY_AND_PLACES,
    **faults_of_lists.LISTS,
    **faults_of_law.LAW,
}
"""fault → how it is made and which findings it must provoke"""
