"""Records of a kind share what is the same in all of them, and nothing that one of them changes."""

from services.scheduling.store.reading import Reading
from services.scheduling.store.sharing import alike
from shared.events.scheduling_parts import Attendee


def attendee(name, **more):
    return alike(Attendee(person_id=name, role="headteacher", **more))


def test_records_with_the_same_fields_given_share_their_names():
    one, two, other = attendee("per-1"), attendee("per-2"), attendee("per-3", required=True)
    assert one.model_fields_set is two.model_fields_set
    assert other.model_fields_set == {"person_id", "role", "required"}
    assert one.model_dump(exclude_unset=True) == {"person_id": "per-1", "role": "headteacher"}


def test_a_copy_with_another_field_leaves_the_others_as_they_are():
    one, two = attendee("per-1"), attendee("per-2")
    changed = one.model_copy(update={"school_id": "sch-1"})
    assert "school_id" in changed.model_fields_set
    assert two.model_fields_set == {"person_id", "role"}


def test_the_enrolments_of_a_cohort_share_the_names_of_their_fields():
    reading = Reading()
    one, two = (reading.enrolment(enrolment(number)) for number in (1, 2))
    assert one.model_fields_set is two.model_fields_set
    assert one.people[0].model_fields_set is two.people[0].model_fields_set


def enrolment(number):
    return {
        "enrolment_id": f"enr-{number}",
        "programme_id": "prg-1",
        "school_id": f"sch-{number}",
        "authority_code": "E1",
        "authority": "E1",
        "phase": "primary",
        "people": [{"person_id": f"per-{number}", "role": "headteacher"}],
        "version": 1,
    }
