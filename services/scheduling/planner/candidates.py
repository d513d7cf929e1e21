"""Which facilitators to try for a group, nearest and least loaded first."""

import numpy as np
from numpy.typing import NDArray

from services.scheduling.planner.board import Board
from services.scheduling.planner.diaries import serves
from services.scheduling.planner.model import Facilitator, Group

LOAD_KM = 2
"""A facilitator with one more visit is treated as this many kilometres farther away."""


class Candidates:
    """Facilitators by region, with their places in arrays, so that a thousand are ranked in microseconds."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.everyone = tuple(board.problem.facilitators.values())
        self._of_regions: dict[frozenset[str], tuple[tuple[Facilitator, ...], NDArray[np.float64]]] = {}

    def eligible(self, group: Group) -> tuple[tuple[Facilitator, ...], NDArray[np.float64]]:
        """Facilitators who travel in all regions of the group, and their places (metres; NaN unknown)."""
        schools = self.board.problem.schools
        return self.serving(frozenset(schools[school].region for school in group.schools))

    def serving(self, regions: frozenset[str]) -> tuple[tuple[Facilitator, ...], NDArray[np.float64]]:
        """Facilitators who travel in all these regions, and their places."""
        if regions not in self._of_regions:
            found = tuple(one for one in self.everyone if serves(one, regions))
            places = [(one.easting or np.nan, one.northing or np.nan) for one in found]
            self._of_regions[regions] = found, np.array(places, dtype=float).reshape(-1, 2)
        return self._of_regions[regions]

    def ranked(self, group: Group) -> list[str]:
        """All eligible facilitators with room for the whole group, best first."""
        found, _ = self.eligible(group)
        load = np.array([self.board.load[one.id] for one in found])
        order = np.argsort(self._away(group) + LOAD_KM * load, kind="stable")
        need = len(group.hosts)
        return [found[number].id for number in order if self.board.spare(found[number].id) >= need]

    def nearest(self, group: Group) -> list[str]:
        """All eligible facilitators by distance from the centroid of the group's schools."""
        found, _ = self.eligible(group)
        return [found[number].id for number in np.argsort(self._away(group), kind="stable")]

    def _away(self, group: Group) -> NDArray[np.float64]:
        """Kilometres from each eligible facilitator to the centroid of the group's schools; 0 where unknown."""
        schools = [self.board.problem.schools[school] for school in group.schools]
        known = [(s.easting, s.northing) for s in schools if s.easting is not None and s.northing is not None]
        centre = np.mean(np.array(known, dtype=float), axis=0) if known else np.array([np.nan, np.nan])
        _, places = self.eligible(group)
        return np.asarray(np.nan_to_num(np.hypot(*(places - centre).T) / 1000, nan=0.0))
