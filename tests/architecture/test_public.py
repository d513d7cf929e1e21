"""Every command and query is public, with a scope, or private with a reason; none is forgotten and none is twice."""

from shared.commands import programmes_released, reporting, scheduling_released
from shared.commands.catalogue import REQUESTS, requests_of
from shared.commands.private import PRIVATE
from shared.commands.public import AS_COORDINATOR, AS_ONESELF, COMMANDS, PUBLIC, QUERIES
from shared.commands.scopes import AREAS, ONLY_READ, SCOPES
from tests.architecture.test_who_acts import OF_ONESELF, REFUSED, WHO

RELEASED = {
    one.subject() for module in (programmes_released, scheduling_released) for one in requests_of(module)
}  # fmt: skip
OLDER = {one.subject() for one in requests_of(reporting) if one.subject().replace(".v1", ".v2") in REQUESTS}
MAY_ANSWER_FOR = {"AnswerInvitation"}
"""What a coordinator notes for somebody who said it by telephone, as the console does."""


def test_every_request_is_public_or_private_with_a_reason() -> None:
    assert PUBLIC.keys() | PRIVATE.keys() == REQUESTS.keys() - RELEASED - OLDER
    assert not PUBLIC.keys() & PRIVATE.keys()
    assert all(PRIVATE.values())


def test_each_is_declared_once_and_asks_for_a_scope_that_there_is() -> None:
    assert len(PUBLIC) == sum(map(len, [*QUERIES.values(), *COMMANDS.values()]))
    assert {one.scope for one in PUBLIC.values()} == set(SCOPES)
    assert QUERIES.keys() == AREAS.keys() == COMMANDS.keys() | ONLY_READ


def test_the_token_says_who_acts_wherever_a_command_does() -> None:
    public = {one.request.__name__: one for one in PUBLIC.values()}
    acting = (REFUSED.keys() | OF_ONESELF) & public.keys()
    assert {name for name in acting if public[name].own not in WHO} == MAY_ANSWER_FOR


def test_the_field_of_who_acts_is_there_and_may_stay_empty_where_it_does() -> None:
    assert all(field in request.model_fields for request, field in {**AS_ONESELF, **AS_COORDINATOR}.items())
    assert not [request for request, field in AS_COORDINATOR.items() if request.model_fields[field].is_required()]
    assert not AS_ONESELF.keys() & AS_COORDINATOR.keys()
