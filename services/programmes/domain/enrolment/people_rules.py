"""The rules about the people a school names."""

from collections import defaultdict
from collections.abc import Iterator

from services.programmes.domain.enrolment.addresses import address_fault, address_key
from services.programmes.domain.enrolment.standing import Broken, Standing, column_of_role
from shared.commands.programmes import EnrolSchool, PersonDetails
from shared.errors import Rejected
from shared.events.people import ROLE_TITLES

__all__ = [
    "addresses_are_valid",
    "each_has_an_address_of_their_own",
    "name_key",
    "pair_is_two_people",
    "refuse_bad_address",
    "roles_are_filled",
    "roles_belong_to_the_programme",
]


def roles_are_filled(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`missing-role`: everybody the template asks for is named."""
    named = {person.role for person in wish.people}
    for role in standing.template.enrolment.people:
        if role not in named:
            yield Broken("missing-role", f"The school names no {ROLE_TITLES[role]}.", column_of_role(role, "name"))


def roles_belong_to_the_programme(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`unknown-role`, `role-twice`: only roles the template knows, each once."""
    known = {*standing.template.enrolment.people, *standing.template.enrolment.optional_people}
    named = [person.role for person in wish.people]
    for role in dict.fromkeys(named):
        column = column_of_role(role, "name")
        if role not in known:
            yield Broken("unknown-role", f"This programme has no {ROLE_TITLES[role]} of a school.", column)
        if named.count(role) > 1:
            yield Broken("role-twice", f"The school names {named.count(role)} people as {ROLE_TITLES[role]}.", column)


def pair_is_two_people(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`same-person-twice`: the pair who attend every visit are different people, told by address and by name."""
    pair = [person for person in wish.people if person.role in standing.template.enrolment.pair]
    for place, person in enumerate(pair):
        for earlier in pair[:place]:
            if earlier.role != person.role and _same(earlier, person):
                sentence = (
                    f"{ROLE_TITLES[earlier.role].capitalize()} and {ROLE_TITLES[person.role]} must be two people."
                )
                yield Broken("same-person-twice", sentence, column_of_role(person.role, "name"))


def addresses_are_valid(wish: EnrolSchool, _standing: Standing) -> Iterator[Broken]:
    """`invalid-address`: mail can reach everybody."""
    for person in wish.people:
        fault = address_fault(person.email)
        if fault:
            sentence = f"The e-mail address of the {ROLE_TITLES[person.role]} {fault}."
            yield Broken("invalid-address", sentence, column_of_role(person.role, "email"))


def each_has_an_address_of_their_own(wish: EnrolSchool, _standing: Standing) -> Iterator[Broken]:
    """`shared-address`.

    Two people do not share a mailbox, because links in mails are personal. One person may hold several roles.
    """
    by_address: dict[str, list[PersonDetails]] = defaultdict(list)
    for person in wish.people:
        by_address[address_key(person.email)].append(person)
    for sharing in by_address.values():
        if len({name_key(person.name) for person in sharing}) > 1:
            roles = " and ".join(ROLE_TITLES[person.role] for person in sharing)
            sentence = (
                f"The {roles} have one e-mail address but different names; each person needs an address of their own."
            )
            yield Broken("shared-address", sentence, column_of_role(sharing[-1].role, "email"))


def refuse_bad_address(person: PersonDetails) -> None:
    """Raise Rejected("invalid-address") unless mail can reach the person."""
    fault = address_fault(person.email)
    if fault:
        raise Rejected("invalid-address", f"The e-mail address of the {ROLE_TITLES[person.role]} {fault}.")


def name_key(name: str) -> str:
    """Two names with the same key are written the same, give or take case, blanks and full stops."""
    return " ".join(name.replace(".", " ").casefold().split())


def _same(one: PersonDetails, other: PersonDetails) -> bool:
    return address_key(one.email) == address_key(other.email) or name_key(one.name) == name_key(other.name)
