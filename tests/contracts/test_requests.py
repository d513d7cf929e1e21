"""No client can smuggle a database operator into a query: every field takes values of its own kind only."""

import typing

import pytest
from pydantic import ValidationError

from shared.commands.catalogue import REQUESTS

OPERATOR = {"$ne": ""}
KEYED = {
    ("AnswerSurvey", "answers"), ("SaveDraft", "answers"), ("BrowseEntries", "chosen"), ("CountAnswers", "answers"),
    ("AnswerSharedLink", "answers"), ("AskForCall", "answers"),
}  # fmt: skip
"""Fields with keys of the sender's choice; reporting refuses all keys but the form's own before it stores them,
and compares what is chosen in memory."""
FIELDS = [
    pytest.param(request, name, id=f"{subject}:{name}")
    for subject, request in sorted(REQUESTS.items())
    for name in request.model_fields
]


def mapping(annotation):
    """Whether a field, or an item of it, may have any keys."""
    return annotation is typing.Any or dict in (annotation, typing.get_origin(annotation)) or any(
        mapping(part) for part in typing.get_args(annotation)
    )  # fmt: skip


@pytest.mark.parametrize(("request_kind", "name"), FIELDS)
def test_an_operator_is_no_value(request_kind, name):
    for smuggled in (OPERATOR, [OPERATOR]):
        with pytest.raises(ValidationError) as refused:
            request_kind.model_validate({name: smuggled})
        assert name in {error["loc"][0] for error in refused.value.errors()}


def test_fields_with_free_keys_are_those_known():
    found = {
        (request.__name__, name)
        for request in REQUESTS.values()
        for name, field in request.model_fields.items()
        if mapping(field.annotation)
    }
    assert found == KEYED


@pytest.mark.parametrize("subject", sorted(REQUESTS))
def test_a_field_that_is_not_known_is_refused(subject):
    with pytest.raises(ValidationError) as refused:
        REQUESTS[subject].model_validate({"$where": "1"})
    assert ("extra_forbidden", ("$where",)) in {(error["type"], error["loc"]) for error in refused.value.errors()}
