"""Arms under their full names: papers of our own that tell once what they go on to call in short."""

from __future__ import annotations

import pytest

from extractor.ingest import from_text
from extractor.pipeline import Pipeline
from extractor.records import Comparison, Measurement

PIPELINE = Pipeline()


def records(title: str, methods: str, results: str) -> tuple[Measurement | Comparison, ...]:
    """The records of a paper with an abstract, methods and results."""
    abstract = f"Background: Little is known. Methods: {methods} Results: see below."
    text = f"{title}\n\nAbstract\n\n{abstract}\n\nMethods\n\n{methods}\n\nResults\n\n{results}\n"
    return PIPELINE.extract_document(from_text(text)).records


def arms(title: str, methods: str, results: str) -> list[tuple[str | None, float | None]]:
    """Arm and value of each measurement of a paper, the smallest value first."""
    return sorted(((r.arm, r.value) for r in records(title, methods, results) if r.kind == "measurement"), key=lambda told: told[1] or 0)


RESULTS = "Median overall survival was 11.5 months in the chemotherapy group and 13.5 months in the chemotherapy plus cetuximab group."
CHEMOTHERAPY = (
    "Patients were randomly assigned to vinorelbine and carboplatin chemotherapy or chemotherapy plus cetuximab.",
    "Patients were randomly assigned to chemotherapy or chemotherapy plus cetuximab. The chemotherapy consisted of vinorelbine (25 mg/m2) and"
    " carboplatin (AUC 5).",
    "Patients were randomly assigned to chemotherapy (vinorelbine plus carboplatin) or to chemotherapy plus cetuximab.",
)


@pytest.mark.parametrize("methods", CHEMOTHERAPY, ids=["before", "of what it consisted", "in brackets"])
def test_a_chemotherapy_is_the_drugs_that_the_paper_says_it_is(methods: str) -> None:
    found = arms("Chemotherapy with or without cetuximab in cancer of the lung", methods, RESULTS)
    assert found == [("vinorelbine + carboplatin", 11.5), ("vinorelbine + carboplatin + cetuximab", 13.5)]


OPEN = (
    "Patients were randomly assigned to chemotherapy or chemotherapy plus cetuximab.",
    "Patients were randomly assigned to chemotherapy (vinorelbine or docetaxel) or to chemotherapy plus cetuximab.",
    "Patients were randomly assigned to chemotherapy or chemotherapy plus cetuximab. Prior chemotherapy with cisplatin was allowed.",
    "Patients were randomly assigned to chemotherapy or chemotherapy plus cetuximab. The chemotherapy was vinorelbine and"
    " carboplatin. In the north the chemotherapy was docetaxel and cisplatin.",
    "Patients were randomly assigned to chemotherapy or chemotherapy plus cetuximab. Chemotherapy with bevacizumab was not allowed.",
)


@pytest.mark.parametrize("methods", OPEN, ids=["not told", "a choice", "a prior one", "two of them", "no cytotoxic drug"])
def test_a_chemotherapy_of_which_the_paper_does_not_tell_one_list_of_drugs_stays(methods: str) -> None:
    found = arms("Chemotherapy with or without cetuximab in cancer of the lung", methods, RESULTS)
    assert found == [("chemotherapy", 11.5), ("chemotherapy + cetuximab", 13.5)]


def test_chemotherapy_is_of_neither_of_two_arms_with_other_drugs() -> None:
    methods = "Patients were randomly assigned to irinotecan or docetaxel chemotherapy."
    results = (
        "Median overall survival was 9.5 months with irinotecan and 12.5 months with docetaxel. Chemotherapy was stopped early in 14% of patients."
    )
    assert {arm for arm, _ in arms("Irinotecan or docetaxel in cancer of the lung", methods, results)} & {"docetaxel", "irinotecan"}
    full = {arm for arm, value in arms("Irinotecan or docetaxel in cancer of the lung", methods, results) if value == 14}
    assert full <= {"all", "chemotherapy", None}


def test_what_is_told_as_background_is_not_what_the_patients_were_given() -> None:
    methods = "Patients were randomly assigned to chemotherapy or chemotherapy plus cetuximab."
    text = (
        "Cetuximab in cancer of the lung\n\nAbstract\n\nBackground The chemotherapy consisted of cisplatin plus vinblastine in earlier trials."
        f" Methods {methods}\n\nMethods\n\n{methods}\n\nResults\n\n{RESULTS}\n"
    )
    found = {r.value: r.arm for r in PIPELINE.extract_document(from_text(text)).records if r.kind == "measurement"}
    assert found == {11.5: "chemotherapy", 13.5: "chemotherapy + cetuximab"}


def test_a_drug_is_the_one_form_of_it_that_the_paper_gave() -> None:
    methods = "Patients were randomly assigned to vinblastine or vinblastine plus interferon alfa-2b."
    results = "Median overall survival was 11.5 months with vinblastine and 13.5 months with vinblastine plus interferon alfa."
    assert arms("Interferon in cancer of the kidney", methods, results) == [("vinblastine", 11.5), ("vinblastine + interferon alfa-2b", 13.5)]


def test_a_drug_of_which_two_forms_were_given_stays() -> None:
    methods = "Patients were randomly assigned to vinblastine or vinblastine plus interferon alfa. Interferon alfa-2a or interferon alfa-2b was used."
    results = "Median overall survival was 11.5 months with vinblastine and 13.5 months with vinblastine plus interferon alfa."
    assert arms("Interferon in cancer of the kidney", methods, results) == [("vinblastine", 11.5), ("vinblastine + interferon alfa", 13.5)]


def test_the_arms_of_other_studies_stay_as_they_are_told() -> None:
    title = "Interferon in cancer of the kidney"
    methods = "Patients were randomly assigned to vinblastine or vinblastine plus interferon alfa-2b."
    results = "Median overall survival was 11.5 months with vinblastine."
    text = (
        f"{title}\n\nAbstract\n\nMethods: {methods}\n\nMethods\n\n{methods}\n\nResults\n\n{results}\n\nDiscussion\n\n"
        "Doe et al. reported a median overall survival of 9.5 months with interferon alfa.\n"
    )
    found = {r.value: r.arm for r in PIPELINE.extract_document(from_text(text)).records if r.kind == "measurement"}
    assert found == {11.5: "vinblastine", 9.5: "interferon alfa"}


KINDS = "Median overall survival was 11.5 months in the RT group and 13.5 months in the CRT group."


def test_an_abbreviation_is_of_the_kind_of_treatment_that_it_stands_behind() -> None:
    methods = "Patients were randomly assigned to short-course radiotherapy (RT) or chemoradiotherapy (CRT)."
    assert arms("Short-course radiotherapy in cancer of the rectum", methods, KINDS) == [
        ("short-course radiotherapy", 11.5),
        ("chemoradiotherapy", 13.5),
    ]


def test_an_abbreviation_that_stands_behind_two_kinds_is_of_neither() -> None:
    methods = "Patients were randomly assigned to radiotherapy (RT) or chemoradiotherapy (CRT). Short-course radiotherapy (RT) was not allowed."
    assert arms("Radiotherapy in cancer of the rectum", methods, KINDS) == [("radiotherapy", 11.5), ("chemoradiotherapy", 13.5)]


AGENT = (
    "Recombinant human growth inhibiting peptide (rhGIP) was injected on days 1 to 5. Patients received rhGIP 5 mg. All had two injections of rhGIP."
)


def test_an_agent_of_no_list_that_is_given_again_and_again_is_a_drug_as_its_paper_calls_it() -> None:
    methods = f"Patients were randomly assigned to rhGIP plus docetaxel or docetaxel. {AGENT}"
    results = "Median overall survival was 11.5 months with docetaxel and 13.5 months with rhGIP plus docetaxel."
    found = arms("A new peptide in cancer of the lung", methods, results)
    assert found == [("docetaxel", 11.5), ("rhGIP + docetaxel", 13.5)]


def test_what_is_abbreviated_and_given_once_is_no_drug() -> None:
    methods = (
        "Patients were randomly assigned to docetaxel or vinorelbine. A rapid growth imaging protocol (RGIP) was used. Some received RGIP twice."
    )
    found = arms("Docetaxel in cancer of the lung", methods, "Median overall survival was 11.5 months with docetaxel and 12.5 months with RGIP.")
    assert "rapid growth imaging protocol" not in dict(found)


ROLES = "The response rate was 23.5% in the trial group and 6.5% in the control group. "
MORE = (
    "Pain was seen in the trial group and in the control group. The trial group was older than the control group. Weight fell in the control group."
)
TOLD = (
    "Patients were randomly divided into a trial group and a control group. Thalidomide was given to the trial group together with docetaxel."
    " The control group received only docetaxel.",
    "Patients were randomly divided into a trial group and a control group. The trial group was treated with thalidomide in combination with"
    " docetaxel. Controls were given docetaxel.",
)


@pytest.mark.parametrize("methods", TOLD)
def test_groups_called_by_their_roles_are_what_they_were_given(methods: str) -> None:
    found = {(r.arm, r.value) for r in records("A drug in cancer of the lung", methods, ROLES + MORE) if r.kind == "measurement"}
    assert found == {("thalidomide + docetaxel", 23.5), ("docetaxel", 6.5)}


def test_groups_called_by_their_roles_stay_so_where_nothing_tells_what_they_were_given() -> None:
    methods = "Patients were randomly divided into a trial group and a control group. Thalidomide was given to some patients of the ward."
    found = {(r.arm, r.value) for r in records("A drug in cancer of the lung", methods, ROLES + MORE) if r.kind == "measurement"}
    assert found == {("trial", 23.5), ("control", 6.5)}


LIGHT = "Median overall survival was 11.5 months in the chemotherapy alone group and 13.5 months in the chemotherapy plus cetuximab group."


def test_a_drug_of_the_background_is_not_what_was_given() -> None:
    methods = "Adjuvant chemotherapy with carboplatin is toxic. Patients were randomly assigned to chemotherapy alone or chemotherapy plus cetuximab."
    assert [arm for arm, _ in arms("Chemotherapy with or without cetuximab", methods, LIGHT)] == ["chemotherapy", "chemotherapy + cetuximab"]


def test_what_controls_had_before_the_study_is_not_their_arm() -> None:
    methods = "Patients were assigned to the trial group or the control group. Before randomization, the control group received docetaxel."
    results = "The response rate was 23.5% in the trial group and 6.5% in the control group."
    assert {arm for arm, _ in arms("A vaccine in melanoma", methods, results)} <= {"trial", "control"}


def test_a_dose_that_never_ends_takes_no_time() -> None:
    methods = f"The chemotherapy was cisplatin {'1' * 60} etoposide."
    assert records("Chemotherapy in cancer of the lung", methods, "Median overall survival was 11.5 months.") is not None
