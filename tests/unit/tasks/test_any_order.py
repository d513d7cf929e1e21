"""Facts lead to the same tasks in whatever order they come, and versions have no gaps."""

import datetime as dt
import itertools
import random

import pytest

from tests.unit.tasks import world
from tests.unit.tasks.facts import FACTS, FORMS, TASKS
from tests.unit.tasks.world import Desk


def all_told(facts):
    desk = Desk(*TASKS, form_list=[world.form(), *FORMS], today=dt.date(2026, 12, 7))
    for fact in facts:
        desk.tell(fact)
    return desk


def standing(desk):
    """How tasks stand, with the day on which they are due while they are owed."""
    stand = desk.stand().items()
    return {whose: (how, due if how != "done" else None) for whose, (how, due) in stand if how != "excused"}


@pytest.mark.parametrize("seed", range(40))
def test_the_same_facts_lead_to_the_same_tasks_in_whatever_order_they_come(seed):
    """But for what was asked before its reason was gone: that is kept as excused."""
    shuffled = random.Random(seed).sample(FACTS, len(FACTS))
    wanted, desk = all_told(FACTS), all_told(shuffled)
    assert standing(desk) == standing(wanted)
    assert desk.things == wanted.things
    assert desk.tell(*shuffled) == []


def test_a_task_is_told_of_without_gaps_in_its_versions():
    desk = all_told(random.Random(1).sample(FACTS, len(FACTS)))
    for _, told in itertools.groupby(sorted(desk.events, key=lambda one: one.task_id), key=lambda one: one.task_id):
        versions = [event.version for event in told]
        assert versions == list(range(1, len(versions) + 1))
