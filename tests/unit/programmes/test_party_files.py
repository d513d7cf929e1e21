"""A file of people: trusts are enrolled, roles given, lines drawn; what will not do is said beside its row."""

import pytest

from tests.unit.programmes.made_trust import ASH, BIRCH, CEDAR, Trust

HEADINGS = "Trust or partnership,URN,Role,Name,Email,Reports to"
ASPIRE = (
    f"Aspire Trust,{ASH},Headteacher,Ann,ann@trust.example,exe@trust.example",
    f",{BIRCH},Headteacher,Bob,bob@trust.example,exe@trust.example",
    "Aspire Trust,,Executive headteacher,Exe,exe@trust.example,chi@trust.example",
    "16028,,chief-executive,Chi,chi@trust.example,",
    ",,Consultant,Con,con@trust.example,",
)


@pytest.fixture
async def trust(tmp_path):
    return await Trust(tmp_path).open()


async def read(trust, *rows):
    content = "\n".join((HEADINGS, *rows)).encode()
    return await trust.office.bring_in("parties", content, programme_id=trust.programme_id)


def wrong(report):
    return [(one.line, one.column, one.reason) for one in report.problems]


async def test_a_trust_with_its_people_schools_and_lines_goes_in_at_once_and_again_changes_nothing(trust):
    rows = [row.replace("16028", "Aspire Trust") for row in ASPIRE]
    report = await read(trust, *rows)
    assert (report.added, report.unchanged, wrong(report)) == (4, 1, [])  # the chief executive came with the trust
    assert sorted(await trust.lines()) == [("Ann", "Exe", None), ("Bob", "Exe", None), ("Exe", "Chi", None)]
    (party,) = await trust.parties()
    assert [(one.school, one.missing) for one in party.schools] == [("Ash", ()), ("Birch", ())]
    trust.office.published.clear()
    again = await read(trust, *rows)
    assert (again.added, again.unchanged, trust.said()) == (0, 5, [])


async def test_a_trust_without_somebody_it_needs_stays_out_with_the_reason(trust):
    report = await read(trust, ASPIRE[3].replace("16028", "Aspire Trust"))
    assert next(said for _, _, said in wrong(report)).startswith("Aspire Trust names no executive headteacher.")
    assert await trust.parties() == ()


async def test_a_school_of_two_trusts_in_one_file_is_asked_about(trust):
    two = f"Bold Trust,{ASH},Headteacher,Ann,ann@trust.example,"
    report = await read(trust, ASPIRE[0], two, *ASPIRE[2:3], ASPIRE[3].replace("16028", "Aspire Trust"))
    assert [(line, said) for line, column, said in wrong(report) if column == "Trust or partnership"] == [
        (2, "The school is under 'Aspire Trust' here and under 'bold trust' on line 3; a school is of one of them."),
        (3, "The school is under 'Bold Trust' here and under 'aspire trust' on line 2; a school is of one of them."),
    ]


async def test_a_school_of_another_trust_by_the_register_is_said(trust):
    await trust.enrol()
    await trust.enrol("16029", (("chief-executive", "Bol"), ("executive-headteacher", "Box")))
    report = await read(trust, f"Aspire Trust,{CEDAR},Headteacher,Ced,ced@trust.example,")
    assert wrong(report) == [
        (2, "Trust or partnership", f"The school with URN {CEDAR} is not of Aspire Trust; it is of Bold Trust.")
    ]


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (",,King,K,k@x.example,", "Role", "This programme has no 'King'; roles: chief executive,"),
        (f",{ASH},Headteacher,,k@x.example,", "Name", "The row names nobody."),
        (f",{ASH},Headteacher,K,k,", "Email", "The e-mail address "),
        (f",{ASH}0000,Headteacher,K,k@x.example,", "URN", "is no URN: six digits."),
        (
            f",{ASH},Headteacher,New,new@x.example,",
            "Role",
            "has Ann as headteacher, and at most 1 person is taken; `kindred people replace`",
        ),
        (f",{ASH},Headteacher,Ann,ann@trust.example,nobody@x.example", "whole row", "Nobody in this programme or"),
        (f",{ASH},Headteacher,Ann,ann@trust.example,chi@trust.example", "whole row", "no headteacher reports to any"),
        ("Aspire Trust,,Executive headteacher,Exe,exe@trust.example,exe@trust.example", "whole row", "no executive"),
    ],
)
async def test_what_will_not_do_is_said_beside_its_row(tmp_path, row, column, said):
    trust = await Trust(tmp_path).staffed()
    ((_, where, reason),) = wrong(await read(trust, row))
    assert (where, said in reason) == (column, True), reason
