"""The rules about the people a school names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from services.programmes.domain.enrolment.addresses import address_fault, address_key
from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.enrolment.standing import Broken, Standing
from services.programmes.domain.enrolment.terms import MOST_PEOPLE, EnrolmentTerms, Team, role_title
from services.programmes.domain.records import Person, RoleOf
from shared.commands.programmes import EnrolSchool, PersonDetails
from shared.errors import Rejected

__all__ = [
    "addresses_are_valid",
    "crowded",
    "each_has_an_address_of_their_own",
    "name_key",
    "nobody_is_renamed_elsewhere",
    "pair_is_two_people",
    "refuse_bad_address",
    "refuse_other_name",
    "roles_are_filled",
    "roles_belong_to_the_programme",
    "teams_are_no_larger",
    "too_large",
]

_NUMBER = {True: "person is taken", False: "people are taken"}


def roles_are_filled(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`missing-role`: everybody the template asks for is named."""
    terms = standing.terms
    named = {person.role for person in wish.people}
    for role in terms.people:
        if role not in named:
            yield Broken(
                "missing-role",
                f"The school names no {terms.title_of(role)}.",
                terms.column(role, "name"),
            )


def roles_belong_to_the_programme(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`unknown-role`, `role-twice`: only roles the template knows, each by as many people as it allows."""
    terms = standing.terms
    known = {*terms.people, *terms.optional_people}
    named = [person.role for person in wish.people]
    for role in dict.fromkeys(named):
        column = terms.column(role, "name")
        if role not in known:
            yield Broken("unknown-role", f"This programme has no {terms.title_of(role)} of a school.", column)
        most = terms.most.get(role, 1)
        if most is not None and named.count(role) > most:
            allowed = "" if most == 1 else f"; at most {most} are taken"
            sentence = f"The school names {named.count(role)} people as {terms.title_of(role)}{allowed}."
            yield Broken("role-twice", sentence, column)
        elif most is not None and (others := _besides(wish, role, standing)) and named.count(role) + len(others) > most:
            names = ", ".join(others)
            sentence = f"The school has {names} as {terms.title_of(role)} already; at most {most} {_NUMBER[most == 1]}."
            yield Broken("role-twice", sentence, column)


def teams_are_no_larger(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`most-people`: no more people in several roles together than the template says, but by arrangement."""
    for team in standing.terms.teams:
        people = {address_key(person.email) for person in wish.people if person.role in team.roles}
        people |= {address for role in team.roles for address in standing.added.get(role, {})}
        if len(people) > team.most and team.key not in standing.arranged:
            last = [person.role for person in wish.people if person.role in team.roles][-1:]
            column = standing.terms.column(last[0], "name") if last else ""
            yield Broken(MOST_PEOPLE, too_large(team, len(people)), column)


def too_large(team: Team, count: int) -> str:
    """The sentence of the rule `most-people`."""
    command = f"kindred participation except URN {MOST_PEOPLE} --of {team.key} --by-arrangement"
    many = f"That would be {count} people in the {team.title}, and at most {team.most} are taken."
    return f"{many} The coordinator can allow more, with a reason: `{command}`."


def pair_is_two_people(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`same-person-twice`: the pair who attend every visit are different people, told by address and by name."""
    terms = standing.terms
    pair = [person for person in wish.people if person.role in terms.pair]
    for place, person in enumerate(pair):
        for earlier in pair[:place]:
            if earlier.role != person.role and _same(earlier, person):
                sentence = (
                    f"{terms.title_of(earlier.role).capitalize()} and {terms.title_of(person.role)} must be two people."
                )
                yield Broken("same-person-twice", sentence, terms.column(person.role, "name"))


def addresses_are_valid(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`invalid-address`: mail can reach everybody."""
    terms = standing.terms
    for person in wish.people:
        fault = address_fault(person.email)
        if fault:
            sentence = f"The e-mail address of the {terms.title_of(person.role)} {fault}."
            yield Broken("invalid-address", sentence, terms.column(person.role, "email"))


def each_has_an_address_of_their_own(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`shared-address`.

    Two people do not share a mailbox, because links in mails are personal. One person may hold several roles.
    """
    terms = standing.terms
    by_address: dict[str, list[PersonDetails]] = defaultdict(list)
    for person in wish.people:
        by_address[address_key(person.email)].append(person)
    for sharing in by_address.values():
        if len({name_key(person.name) for person in sharing}) > 1:
            roles = " and ".join(terms.title_of(person.role) for person in sharing)
            sentence = (
                f"The {roles} have one e-mail address but different names; each person needs an address of their own."
            )
            yield Broken("shared-address", sentence, terms.column(sharing[-1].role, "email"))


def nobody_is_renamed_elsewhere(wish: EnrolSchool, standing: Standing) -> Iterator[Broken]:
    """`shared-address`: nobody gets the address that somebody of another school has under another name."""
    terms = standing.terms
    for person in wish.people:
        known = standing.elsewhere.get(address_key(person.email))
        if known is not None and name_key(known.name) != name_key(person.name):
            theirs = f"{known.name} ({', '.join(known.schools)})"
            sentence = (
                f"{person.email} is the address of {theirs}, and here of {person.name}. "
                "Each person needs an address of their own; one person is written the same everywhere."
            )
            yield Broken("shared-address", sentence, terms.column(person.role, "email"))


def refuse_bad_address(person: PersonDetails) -> None:
    """Raise Rejected("invalid-address") unless mail can reach the person."""
    fault = address_fault(person.email)
    if fault:
        raise Rejected("invalid-address", f"The e-mail address of the {role_title(person.role)} {fault}.")


def refuse_other_name(person: PersonDetails, known: Known, school_id: str | None = None) -> None:
    """Raise Rejected("shared-address") if the address is known under another name, at another school than this one."""
    found = known.with_address(person.email)
    if found is None or name_key(found.name) == name_key(person.name):
        return
    if any(held.school_id not in {None, school_id} for held in found.roles):
        sentence = (
            f"{person.email} is the address of {found.name}, who acts for another school; "
            f"{person.name} needs an address of their own."
        )
        raise Rejected("shared-address", sentence)


def crowded(place: RoleOf, person: str, known: Iterable[Person], terms: EnrolmentTerms) -> str:
    """Why nobody with the address `person` can have this role besides who has it; blank where they can, or have it."""
    most = terms.most.get(place.role)
    holding = [one for one in known if one.holds(place)]
    if most is None or len(holding) < most or address_key(person) in {address_key(one.email) for one in holding}:
        return ""
    names = ", ".join(sorted(one.name for one in holding))
    said = f"The school has {names} as {terms.title_of(place.role)}, and at most {most} {_NUMBER[most == 1]}"
    return f"{said}; `kindred people replace` hands the role over."


def name_key(name: str) -> str:
    """Two names with the same key are written the same, give or take case, blanks and full stops."""
    return " ".join(name.replace(".", " ").casefold().split())


def _besides(wish: EnrolSchool, role: str, standing: Standing) -> list[str]:
    """Who has the role by other ways than the enrolment and is not named in it, by name."""
    named = {address_key(person.email) for person in wish.people if person.role == role}
    return [name for address, name in standing.added.get(role, {}).items() if address not in named]


def _same(one: PersonDetails, other: PersonDetails) -> bool:
    return address_key(one.email) == address_key(other.email) or name_key(one.name) == name_key(other.name)
