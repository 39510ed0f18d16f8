"""An agent that no list holds is called as its paper mostly calls it: by its abbreviation, or in full."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
PAPER = (
    "A thymic factor with chemotherapy in lung cancer\n\nAbstract\n\nPatients were randomly assigned to recombinant chimeric thymic factor (rcTF)"
    " plus chemotherapy or chemotherapy alone.\n\nMethods\n\n{}\n\nResults\n\nThe response rate was 47% with rcTF plus chemotherapy and 19% with"
    " chemotherapy alone.\n"
)
IN_SHORT = "Patients received rcTF 5 mg daily. rcTF was administered for 7 days. A dose of rcTF 10 mg was not exceeded."
IN_FULL = " ".join([IN_SHORT, *["Recombinant chimeric thymic factor comes from mice."] * 6])


@pytest.mark.parametrize(("methods", "name"), [(IN_SHORT, "rcTF"), (IN_FULL, "recombinant chimeric thymic factor")])
def test_an_agent_of_no_list_is_called_as_its_paper_calls_it(methods: str, name: str) -> None:
    arms = {record.arm for record in PIPELINE.extract_text(PAPER.format(methods)).records}
    assert arms == {f"{name} + chemotherapy", "chemotherapy"}
