"""Authorities and regions are known by code and name; what no school has is refused with the nearest."""

import pytest

from services.programmes.domain.register.places import REGIONS, Places

KNOWN = Places(
    {"926": "Norfolk", "373": "Sheffield", "382": "Kirklees", "878": "Devon"},
    {"926": "East of England", "373": "Yorkshire and The Humber"},
    frozenset({"East of England", "Yorkshire and The Humber", "Wales (pseudo)"}),
)


@pytest.mark.parametrize("named", ["373", "Sheffield", " sheffield ", "Sheffield Council", "SHEFFIELD"])
def test_an_authority_goes_by_its_code_or_name(named):
    assert KNOWN.authority(named) == ("373", "Sheffield")


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("Bristol", "801"), ("City of Bristol", "801"), ("Bristol City Council", "801"), ("Durham", "840"),
        ("London Borough of Camden", "202"), ("Camden LBC", "202"), ("City of London", "201"),
    ],
)  # fmt: skip
def test_an_authority_goes_without_what_kind_of_council_it_is(named, code):
    kinds = Places({"801": "Bristol, City of", "840": "County Durham", "202": "Camden", "201": "City of London"})
    assert kinds.authority(named)[0] == code


def test_a_name_that_two_authorities_share_is_refused():
    with pytest.raises(ValueError, match="the nearest is"):
        Places({"1": "City of Otley", "2": "Otley County"}).authority("Otley")


@pytest.mark.parametrize(("named", "nearest"), [("Shefield", "373 Sheffield"), ("Norfork", "926 Norfolk")])
def test_an_authority_that_no_school_has_is_refused_with_the_nearest(named, nearest):
    with pytest.raises(ValueError, match=f"has the local authority '{named}'; the nearest is {nearest}\\."):
        KNOWN.authority(named)


def test_a_code_that_no_school_has_is_refused():
    for named in ("999", "Xanadu"):
        with pytest.raises(ValueError, match=rf"No school of the register has the local authority '{named}'\."):
            KNOWN.authority(named)
    with pytest.raises(ValueError, match="The register is not imported yet"):
        Places().authority("373")


@pytest.mark.parametrize(
    ("named", "region"),
    [
        ("East of England", "East of England"),
        ("yorkshire & the humber", "Yorkshire and The Humber"),
        ("Yorkshire and Humber", "Yorkshire and The Humber"),
        ("The North West", "North West"),
        ("north-west region", "North West"),
        ("Wales (pseudo)", "Wales (pseudo)"),
        ("North-East England", "North East"),
    ],
)
def test_a_region_goes_by_its_name_as_people_write_it(named, region):
    assert KNOWN.region(named) == region


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("East of Englnd", "'East of Englnd' is no region; the nearest is 'East of England'."),
        ("East Midland", "'East Midland' is no region; the nearest is 'East Midlands'."),
        ("Yorkshire", "'Yorkshire' is no region; the nearest is 'Yorkshire and The Humber'."),
        (
            "TBC",
            f"'TBC' is no region; there are {', '.join(REGIONS)}.",
        ),
        ("Norfolk", "'Norfolk' is a local authority, not a region; it lies in 'East of England'. Write the region."),
    ],
)
def test_a_region_that_is_none_is_refused_with_what_is_meant(named, said):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the sentence is compared whole
        KNOWN.region(named)
    assert str(error.value) == said
