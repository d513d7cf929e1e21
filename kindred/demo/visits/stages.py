"""Where the year of visits may stop, so that a newcomer does the next steps by hand."""

from kindred.demo.plot import Stage
from kindred.demo.visits import answering, closing, forming, year

STAGES: tuple[Stage, ...] = (
    Stage(
        "matching",
        (),
        ("Sign in to the console, close enrolment, look at the draft of groups and publish it.",
         "Or type: kindred programmes close, kindred cohorts show, kindred cohorts publish"),
    ),
    Stage(
        "invited",
        (forming.play,),
        ("Open a mail below and answer an invitation as the person it went to.",
         "In the console, see who has answered; or type: kindred visits list"),
    ),
    Stage(
        "visits",
        (answering.play, year.until_briefs),
        ("Let a week pass, so that a host is asked for its brief: kindred clock advance +1w",
         "Lists of what is to be done go out on Mondays: kindred clock advance monday",
         "Open the mails below, write a brief, record who came, write an appraisal."),
    ),
    Stage(
        "findings",
        (year.until_findings,),
        ("Let a week pass, so that findings are asked for: kindred clock advance +1w",
         "Lists of what is to be done go out on Mondays: kindred clock advance monday",
         "Open a request below, write findings with their evidence, and look at the report."),
    ),
    Stage("", (year.play, closing.finish)),
)  # fmt: skip
