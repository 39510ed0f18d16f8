"""Numbers that were read for outcomes in real reports and are none, or of another endpoint; the sentences are our own."""

from __future__ import annotations

import pytest
from test_groups_beside_two_arms import PAPER, told
from test_relations import PIPELINE

ROWS = {
    "from all causes": (
        "Compared with denozatinib, tarolimab lowered the risk of death from lung cancer (HR 0.52, 95% CI 0.31-0.87) and from all causes (HR 0.71, "
        "95% CI 0.50-0.99).",
        {"CSS tarolimab v denozatinib: 0.52", "OS tarolimab v denozatinib: 0.71"},
    ),
    "a landmark of the factor": (
        "The CTC count after 8 weeks was associated with OS (HR 1.9, 95% CI 1.2-3.0).",
        {"OS CTC count after 8 weeks: 1.9"},
    ),
    "sets of data": (
        "High TRX2 was a prognostic factor for death in the training (HR 2.2, 95% CI 1.3-3.7) and the validation cohort (HR 2.6, 95% CI 1.4-4.9).",
        {"OS High TRX2 in training cohort: 2.2", "OS High TRX2 in validation cohort: 2.6"},
    ),
    "those who died left out": ("Return to work was 81% and 77%, respectively, when patients who had died were excluded.", set()),
    "those who took part": ("The response rate to this survey was 58%, and the findings were limited by a low response rate (58%).", set()),
    "responders were": ("The majority of responders were white (>87%).", set()),
    "a letter": ("Of those invited, 1204 patients responded to the 2 reminder letters, a rate of 44%.", set()),
    "a response not reached": ("In all, 14% failed to achieve a complete response with tarolimab and 22% did not attain one.", set()),
    "responses without a code": (
        "In the tarolimab group 26% had a complete response, 33% had more than 50% response, and 41% had no response.",
        {"CR tarolimab: 26"},
    ),
    "no response, in letters": (
        "In the tarolimab group 26% (11/42) of CR, 33% (14/42) of PR and 41% (17/42) NR were observed.",
        {"CR tarolimab: 26", "PR tarolimab: 33"},
    ),
    "survived so long": ("Thirty-one patients survived more than 4 months and were analysed further.", set()),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_was_read_for_an_outcome(name: str) -> None:
    text, expected = ROWS[name]
    assert told(text) == expected


def test_landmark_of_a_factor_is_none_of_its_endpoint() -> None:
    (record,) = PIPELINE.extract_text(PAPER + ROWS["a landmark of the factor"][0] + "\n").records
    assert record.timepoint is None
