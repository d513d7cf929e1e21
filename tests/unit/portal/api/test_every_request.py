"""Every request of the API by schemathesis, over seven services with data: what is said in OpenAPI is what is done.

A few made-up requests each here; `make acceptance` makes many more.
"""

import asyncio
import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from shared.commands.matching import ListCohorts
from shared.commands.programmes_queries import ListEnrolments
from shared.commands.public import PUBLIC
from shared.commands.tasks import ListTasks
from tests.fakes import FakeClock
from tests.unit.portal.api.town import joined
from tests.unit.presentation.story import Story

FEW = 2
SECOND = dt.timedelta(seconds=1)
MANY = 60
WELL_FORMED = {"well-formed", "no-json", "json-only", "no-key"}
"""Rules that say that a request is not as it is described; every other one is about what it asks for."""


NOT_ASKED = [positive_data_acceptance, ignored_auth]
"""Rules may refuse what is well described; and tokens are tried beside this, as the one used here is not made up."""


@dataclass
class Api:
    """The API as it describes itself, a token, and things that there are, by the name of the field that names them."""

    schema: Any
    token: str
    known: dict[str, list[Any]]
    clock: FakeClock
    asked: int = 0
    answered: int = 0


@pytest.fixture(scope="module")
def api():
    story, token = asyncio.run(filled())
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", story.town.transport.application)
    schema.config.generation.with_security_parameters = False
    return Api(schema, token, asyncio.run(things(story)), story.town.clock)


async def filled() -> tuple[Story, str]:
    story, token = await joined()
    await story.place()
    return story, token


async def things(story: Story) -> dict[str, list[Any]]:
    town, programme_id = story.town, story.programme_id
    rows = (await town.find(ListEnrolments(programme_id=programme_id))).enrolments
    people = [person.person_id for row in rows for person in row.people]
    tasks = (await town.find(ListTasks(programme_id=programme_id))).tasks
    cohorts = (await town.find(ListCohorts(programme_id=programme_id))).cohorts
    entries = list(town.collections.of("entries"))
    return {
        "programme_id": [programme_id], "urn": [100, 101], "person_id": people, "entry_id": entries,
        "task_id": [one.task_id for one in tasks], "person_entry_id": entries, "thing_entry_id": entries,
        "match_id": [*story.matches.values()],
        "school_id": [row.school.school_id for row in rows], "cohort_id": [one.cohort_id for one in cohorts],
        "round": ["exchange"], "form": ["project", "findings"],
    }  # fmt: skip


def with_known(api: Api, case: Any) -> None:
    """Put things that there are in place of two in three made-up ones."""
    for part in (case.query, case.body):
        for name in part if isinstance(part, dict) else ():
            draw = int(hashlib.sha256(f"{name} {part[name]!r}".encode()).hexdigest(), 16)
            if name in api.known and api.known[name] and draw % 3:
                part[name] = api.known[name][draw % len(api.known[name])]


def send(api: Api, mode: GenerationMode, number: int) -> None:
    """Send made-up requests to every operation; whatever it does that it does not describe is an AssertionError."""
    wrong: dict[str, str] = {}
    for found in api.schema.get_all_operations():
        operation = found.ok()
        made = given(case=operation.as_strategy(generation_mode=mode))
        how = settings(
            max_examples=number, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip

        def check(case: Any) -> None:
            if mode == GenerationMode.POSITIVE:
                with_known(api, case)
            api.clock.advance(SECOND)  # one request a second is no flood
            answer = case.call(headers={"authorization": f"Bearer {api.token}"})
            case.validate_response(answer, excluded_checks=NOT_ASKED)
            api.asked, api.answered = api.asked + 1, api.answered + (answer.status_code == 200)
            if mode == GenerationMode.POSITIVE and answer.status_code >= 400:
                assert answer.json()["rule"] not in WELL_FORMED, answer.json()["errors"]

        try:
            how(made(check))()
        except Unsatisfiable:  # a query without fields: whatever is sent is as it is described
            continue
        except (Exception, FailureGroup) as error:  # noqa: BLE001 - every operation is looked at before anything is said
            wrong[operation.label] = f"{type(error).__name__}: {getattr(error, 'exceptions', [error])}"

    assert wrong == {}


def test_what_is_described_is_answered_as_it_is_described(api):
    send(api, GenerationMode.POSITIVE, FEW)
    assert api.asked >= FEW * len(PUBLIC) / 2
    assert api.answered > len(PUBLIC) / 4


def test_what_is_not_described_is_refused(api):
    send(api, GenerationMode.NEGATIVE, 1)


@pytest.mark.acceptance
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_many_more_of_both(api, mode):
    send(api, mode, MANY)
