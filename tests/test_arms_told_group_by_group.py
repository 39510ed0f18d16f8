"""Arms that clauses and sentences of their own tell, group by group."""

from __future__ import annotations

import pytest

from extractor.entities.assignment import AssignedArm
from extractor.entities.mention import Part
from extractor.entities.told_by_group import with_groups
from extractor.ingest import from_text
from extractor.pipeline import Pipeline
from extractor.relations.context import about
from extractor.sections import segment

PIPELINE = Pipeline()
PAPER = """TITLE: A randomised trial in advanced cancer

ABSTRACT:

METHODS: Patients were randomly divided. {methods}

RESULTS: Median OS was long in both arms.
"""

CASES = {
    "in group I, all patients": (
        "In group I, all patients received concomitant gemcitabine and radiotherapy. In group II, all patients received radiotherapy alone.",
        ["gemcitabine + radiotherapy", "radiotherapy"],
    ),
    "with doses and days": (
        "Group A received gemcitabine 1000 mg/m2 on days 1 and 8 plus cisplatin 75 mg/m2 on day 1. Group B received docetaxel 75 mg/m2 on day 1.",
        ["gemcitabine + cisplatin", "docetaxel"],
    ),
    "with colons": ("Group A: cisplatin 75 mg/m2 day 1. Group B: carboplatin AUC 5.", ["cisplatin", "carboplatin"]),
    "three arms in three clauses": (
        "Patients in arm A were treated with gemcitabine 1000 mg/m2. Those in arm B received gemcitabine with capecitabine."
        " Arm C consisted of capecitabine alone.",
        ["gemcitabine", "gemcitabine + capecitabine", "capecitabine"],
    ),
    "the first and the second": (
        "The first group (35 patients) received cisplatin plus docetaxel monthly. The second group (36 patients) received cisplatin plus placebo.",
        ["cisplatin + docetaxel", "cisplatin + placebo"],
    ),
    "one and the other, the verb once": ("One group was given letrozole and the other group tamoxifen for five years.", ["letrozole", "tamoxifen"]),
    "halves": ("Half of the patients received zoledronic acid and the other half received denosumab.", ["zoledronic acid", "denosumab"]),
    "beside a control group": (
        "The control group received placebo tablets, the first group received letrozole and the second group exemestane.",
        ["letrozole", "exemestane", "placebo"],
    ),
    "one group is told by no treatment that is known": ("Group A received gemcitabine. Group B received an unknown herb.", []),
    "no assignment": ("Group A patients received a median of four cycles of cisplatin. Group B patients received more docetaxel than planned.", []),
}


@pytest.mark.parametrize("name", CASES)
def test_arms_group_by_group(name: str) -> None:
    methods, wanted = CASES[name]
    document = segment(from_text(PAPER.format(methods=methods)))
    assert [a.norm for a in about(document, PIPELINE.recognize(document)).assigned] == wanted


def test_groups_that_leave_out_what_other_statements_say_do_not_count() -> None:
    cisplatin, docetaxel = Part("cisplatin", "drug"), Part("docetaxel", "drug")
    full = (AssignedArm("cisplatin + docetaxel", (cisplatin, docetaxel)), AssignedArm("docetaxel", (docetaxel,)))
    short = (AssignedArm("cisplatin", (cisplatin,), ("group 1",)), AssignedArm("docetaxel", (docetaxel,), ("group 2",)))
    assert with_groups(full, short) == full
    assert with_groups(short, full) == full
    assert with_groups((), short) == short


LETTERED = (
    "Patients were randomised to three groups. Group M received mitoxantrone plus docetaxel, Group T received topotecan plus docetaxel, and Group C"
    " received cisplatin plus docetaxel. {}"
)


@pytest.mark.parametrize("more", ["", "Namely, Group M (mitoxantrone), Group T (topotecan), and Group C (control)."])
def test_a_group_may_have_any_letter(more: str) -> None:
    text = f"A randomised trial\n\nMethods\n\n{LETTERED.format(more)}\n\nResults\n\nThe response rate was 31% in Group M and 22% in Group T.\n"
    records = PIPELINE.extract_text(text).records
    assert {(record.arm, record.value) for record in records if record.kind == "measurement"} == {
        ("mitoxantrone + docetaxel", 31),
        ("topotecan + docetaxel", 22),
    }
