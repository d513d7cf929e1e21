"""People as they are typed: a role, a name that may hold anything a name holds, an address."""

import pytest

from kindred.cli.programmes.typed import person
from shared.commands.programmes import PersonDetails
from shared.errors import Rejected


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ada Okafor <jo@s.example>", "Ada Okafor"),
        ("Smith, Jo <jo@s.example>", "Smith, Jo"),
        ('"Smith, Jo" <jo@s.example>', "Smith, Jo"),
        ("Smith, Jo, MBE  < jo@s.example > ", "Smith, Jo, MBE"),
        ("Jo Smith (acting); Head: Maths <jo@s.example>", "Jo Smith (acting); Head: Maths"),
        ("O'Neill, Zoë <jo@s.example>", "O'Neill, Zoë"),
    ],
)
def test_a_name_goes_through_as_it_is_written(typed, name) -> None:
    assert person(f"senior leader: {typed}") == PersonDetails(role="senior-leader", name=name, email="jo@s.example")


@pytest.mark.parametrize(
    "typed",
    ["Jo <jo@s.example>, Al <al@s.example>", "<jo@s.example>", '"" <jo@s.example>', "Jo jo@s.example", "Jo <jo>"],
)
def test_what_is_no_name_and_address_is_refused(typed) -> None:
    with pytest.raises(Rejected) as refused:
        person(f"headteacher: {typed}")
    assert refused.value.rule == "bad-person"
