"""Soft constraints in points: Thursdays and Fridays, an even spread over the year, short journeys of facilitators."""

import datetime as dt
import math

import numpy as np
from numpy.typing import NDArray

from services.scheduling.planner.horizon import Horizon
from services.scheduling.planner.model import Facilitator, Rules, School

Points = NDArray[np.int32]
FAR_KM = 400


def weekday_points(horizon: Horizon, rules: Rules) -> Points:
    """Points of each day for its weekday: none on a preferred one."""
    other = rules.weights.other_weekday
    return np.array([0 if day.weekday() in rules.weekdays else other for day in horizon.days], dtype=np.int32)


def ideal_days(visits: int, first: int, last: int) -> list[int]:
    """Day numbers that spread `visits` evenly from day `first` to day `last`."""
    span = last - first + 1
    return [first + (2 * position + 1) * span // (2 * visits) for position in range(visits)]


def evenness_points(horizon: Horizon, rules: Rules, visits: int) -> Points:
    """Points of the n-th visit on each day, shape (visits, days); they grow with the distance from an even spread."""
    window = [horizon.index[day] for day in horizon.days if rules.first <= day <= rules.last] or [0]
    numbers = np.arange(len(horizon.days), dtype=np.int32)
    rows = [abs(numbers - ideal) * rules.weights.uneven_day for ideal in ideal_days(visits, window[0], window[-1])]
    return np.array(rows, dtype=np.int32)


def kilometres(facilitator: Facilitator, school: School) -> int:
    """Straight-line distance from a facilitator to a school in whole kilometres; 0 where either place is unknown."""
    if None in (facilitator.easting, facilitator.northing, school.easting, school.northing):
        return 0
    east = (facilitator.easting or 0) - (school.easting or 0)
    north = (facilitator.northing or 0) - (school.northing or 0)
    return min(FAR_KM, round(math.hypot(east, north) / 1000))


def nearness_points(horizon: Horizon, rules: Rules, original: dt.date) -> Points:
    """Points of each day for its distance from a date that has to be given up."""
    target = int(np.searchsorted(np.array([day.toordinal() for day in horizon.days]), original.toordinal()))
    numbers = np.arange(len(horizon.days), dtype=np.int32)
    return np.asarray(abs(numbers - target) * rules.weights.moved_day, dtype=np.int32)
