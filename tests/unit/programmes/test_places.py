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


ENGLAND = Places({
    "202": "Camden", "307": "Ealing", "314": "Kingston upon Thames", "334": "Solihull", "342": "St. Helens",
    "355": "Salford", "371": "Doncaster", "373": "Sheffield", "391": "Newcastle upon Tyne",
    "810": "Kingston Upon Hull, City of", "812": "North East Lincolnshire", "815": "North Yorkshire", "816": "York",
    "839": "Bournemouth, Christchurch and Poole", "894": "Telford and Wrekin", "921": "Isle of Wight",
    "925": "Lincolnshire", "940": "North Northamptonshire", "941": "West Northamptonshire",
})  # fmt: skip


@pytest.mark.parametrize(
    "named", ["0373", "373.0", "LA 373", "373 - Sheffield", "Sheffield (373)", "Sheffield LA: 373"]
)
def test_an_authority_goes_by_its_code_as_lists_write_it(named):
    assert ENGLAND.authority(named) == ("373", "Sheffield")


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("LB of Camden", "202"), ("St Helens", "342"), ("Saint Helens Council", "342"), ("N. Yorkshire", "815"),
        ("N.E. Lincolnshire", "812"), ("Newcastle-upon-Tyne City Council", "391"), ("York Unitary Authority", "816"),
    ],
)  # fmt: skip
def test_an_authority_goes_by_its_name_as_people_shorten_it(named, code):
    assert ENGLAND.authority(named)[0] == code


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("Hull", "is 810 Kingston Upon Hull, City of"),
        ("Telford", "is 894 Telford and Wrekin"),
        ("Newcastle", "is 391 Newcastle upon Tyne"),
        ("Kingston", "are 314 Kingston upon Thames and 810 Kingston Upon Hull, City of"),
        ("Northamptonshire", "are 940 North Northamptonshire and 941 West Northamptonshire"),
        ("BCP Council", "is 839 Bournemouth, Christchurch and Poole"),
        ("IoW", "is 921 Isle of Wight"),
        ("NE Lincs", "is 812 North East Lincolnshire"),
        ("373 York", "is 816 York"),
    ],
)
def test_half_a_name_is_not_settled_silently_and_the_one_that_is_meant_is_named(named, meant):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the sentence is compared whole
        ENGLAND.authority(named)
    assert str(error.value).endswith(f"; the nearest {meant}.")


SHIRES = Places({
    "202": "Camden", "350": "Bolton", "803": "South Gloucestershire", "841": "Darlington", "850": "Hampshire",
    "873": "Cambridgeshire", "876": "Halton", "884": "Herefordshire, County of", "916": "Gloucestershire",
    "919": "Hertfordshire", "931": "Oxfordshire", "314": "Kingston upon Thames",
})  # fmt: skip


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("Hants", "is 850 Hampshire"),
        ("Cambs", "is 873 Cambridgeshire"),
        ("Oxon", "is 931 Oxfordshire"),
        ("Glos", "are 803 South Gloucestershire and 916 Gloucestershire"),
        ("S Glos", "is 803 South Gloucestershire"),
        ("Hereford", "is 884 Herefordshire, County of"),
        ("RB Kingston", "is 314 Kingston upon Thames"),
    ],
)
def test_a_county_as_people_shorten_it_is_named_and_not_another_of_like_letters(named, meant):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the sentence is compared whole
        SHIRES.authority(named)
    assert str(error.value).endswith(f"; the nearest {meant}.")


@pytest.mark.parametrize("named", ["Edinburgh", "Cardiff", "All"])
def test_a_place_elsewhere_is_likened_to_none(named):
    with pytest.raises(ValueError, match=rf"has the local authority '{named}'\.$"):
        SHIRES.authority(named)


@pytest.mark.parametrize("named", ["E08000019", "373 374", "England"])
def test_what_is_like_no_authority_is_not_likened_to_one(named):
    with pytest.raises(ValueError, match=rf"has the local authority '{named}'\.$"):
        ENGLAND.authority(named)


def test_a_name_that_two_authorities_share_is_refused():
    with pytest.raises(ValueError, match="; the nearest are 1 City of Otley and 2 Otley County"):
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
        ("Southwest", "South West"),
        ("S.W.", "South West"),
        ("E. Midlands", "East Midlands"),
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
        ("Midlands", "'Midlands' is no region; the nearest are 'East Midlands' and 'West Midlands'."),
        ("The North", "'The North' is no region; the nearest are 'North East' and 'North West'."),
        ("W Mids", "'W Mids' is no region; the nearest is 'West Midlands'."),
        ("England", f"'England' is no region; there are {', '.join(REGIONS)}."),
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
