"""Dates of a course in words: each with its title and place, neither said twice."""

import pytest

from services.notifications.domain.template_mails.course_words import Date, dates


@pytest.mark.parametrize(
    ("title", "place", "said"),
    [
        ("Summer concert", "Corn Exchange", "Summer concert. Corn Exchange"),
        ("A tale at each school, School 0", "School 0", "A tale at each school, School 0"),
        ("Summer concert", "", "Summer concert"),
    ],
)
def test_a_place_that_the_title_says_stands_once(title: str, place: str, said: str) -> None:
    letter = dates("Course", "", [Date("Thursday 10 June 2027", title, place)], "page")
    assert letter.parts[0].facts == (("Thursday 10 June 2027", said),)
