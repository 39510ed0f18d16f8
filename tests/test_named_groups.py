"""Papers of our own whose arms are told by the names of their groups, by their sort, or by there being only one."""

from __future__ import annotations

import pytest

from extractor.entities.arms import compose
from extractor.entities.concepts import is_a
from extractor.entities.drugs import find_codes, find_drugs
from extractor.entities.groups import group_names
from extractor.ingest import from_text
from extractor.pipeline import Pipeline


def measured(text: str) -> set[tuple[str | None, float | None]]:
    """Arm and value of each measurement in a paper."""
    return {(r.arm, r.value) for r in Pipeline().extract_document(from_text(text)).records if r.kind == "measurement"}


def paper(title: str, methods: str, results: str) -> str:
    """A paper with an abstract, methods and results."""
    abstract = f"Background: Little is known. Methods: {methods} Results: see below."
    return f"{title}\n\nAbstract\n\n{abstract}\n\nMethods\n\n{methods}\n\nResults\n\n{results}\n"


def test_a_name_of_a_group_that_is_set_against_another_again_and_again_is_an_arm() -> None:
    texts = [
        "Survival did not differ between the 4 mm margin group and the 8 mm margin group.",
        "Relapses were seen in 3 of the 4 mm group and 5 of the 8 mm group.",
        "More flaps were needed in the 8 mm margin group than in the 4 mm margin group.",
        "A 4 mm surgical margin was planned.",
    ]
    named = group_names(texts)
    assert named == dict.fromkeys(("4 mm", "4 mm margin"), "4 mm surgical margin") | dict.fromkeys(("8 mm", "8 mm margin"), "8 mm margin")


@pytest.mark.parametrize(
    "texts",
    [
        ["The low-risk group and the high-risk group differed."] * 4,
        ["The younger group did better than the older group."] * 4,
        ["Results of the training group were borne out in the validation group."] * 4,
        ["The robotic group did well and so did the open group."],
        ["The trial group was large."] * 4,
        ["The ipsilateral arm swelled more than the contralateral arm."] * 4,
        ["The recurrence group was older than the control group."] * 4,
        ["The hepatitis group was set against the colitis group."] * 4,
        ["Scores were taken in the -20 group and the +20 group."] * 4,
    ],
    ids=["risk", "age", "data sets", "once only", "against nothing", "sides", "what became of them", "diseases", "no words"],
)
def test_groups_that_are_no_arms(texts: list[str]) -> None:
    assert group_names(texts) == {}


def test_two_groups_in_the_plural() -> None:
    texts = [
        "Women were divided into the yoga and stretching groups.",
        "Fatigue was lower in the yoga (n = 9) and stretching (n = 8) groups than before.",
        "The yoga group did well.",
        "The stretching group did well.",
    ]
    assert group_names(texts) == {"yoga": "yoga", "stretching": "stretching"}
    assert group_names(["The yoga and control groups did well.", "The yoga and control groups differed.", "The yoga group did best."]) == {
        "yoga": "yoga"
    }


def test_names_behind_the_word_group() -> None:
    texts = ["Pain was milder in Group XL2-T7.5 than in Group XL2-T5.0.", "Group XL2-T5.0 (n = 40) and Group XL2-T7.5 (n = 41) were alike."] * 2
    assert set(group_names(texts)) == {"xl2-t5.0", "xl2-t7.5"}
    assert group_names(["Compared with the control group HR was 0.7, and in the other group OS was longer."] * 4) == {}


def test_a_verb_does_not_spell_out_the_name_of_a_group() -> None:
    texts = ["The manual massage group and the device massage group differed."] * 3 + ["A device eases massage, and a manual changes massage."]
    assert set(group_names(texts).values()) == {"manual massage", "device massage"}


GROUPS = """In the robotic group 4 patients had pain and in the open group 9 patients had pain.
Stay was shorter in the robotic group than in the open group. Blood loss was lower in the robotic group than in the open group. """


def test_values_of_groups_without_a_treatment() -> None:
    text = paper(
        "Robotic or open", "Patients were operated on.", GROUPS + "Median OS was 31 months in the robotic group and 28 months in the open group."
    )
    assert {("robotic", 31), ("open", 28)} <= measured(text)


def test_a_group_whose_treatment_is_told_is_that_treatment() -> None:
    methods = "The LX group (n = 20) received letrozole. The MX group (n = 22) was treated with megestrol."
    results = "Pain was less in the LX group than in the MX group. Sleep was better in the LX group than in the MX group. "
    text = paper("Two groups", methods, results + "Median PFS was 9 months in the LX group and 4 months in the MX group.")
    assert {("letrozole", 9), ("megestrol", 4)} <= measured(text)


def test_none_of_a_group_received_is_no_definition() -> None:
    methods = "None of the patients in the LX group received megestrol."
    results = "Pain was less in the LX group than in the MX group. Sleep was better in the LX group than in the MX group. "
    found = measured(paper("Two groups", methods, results + "Median PFS was 9 months in the LX group and 4 months in the MX group."))
    assert {("lx", 9), ("mx", 4)} <= found


def test_three_groups_called_by_their_treatments_run_together() -> None:
    results = (
        "Pain differed in the RT-5-FU arm, the RT-CAPOX arm and the RT-CAPOX+CAPOX arm. It also differed in the RT-5-FU arm and the RT-CAPOX arm. "
    )
    results += "Sleep was better in the RT-CAPOX+CAPOX arm than in the RT-CAPOX arm or the RT-5-FU arm. "
    methods = "Patients were randomised to the RT-5-FU arm, the RT-CAPOX arm or the RT-CAPOX+CAPOX arm."
    told = "Median OS was 9 months in the RT-5-FU arm, 10 months in the RT-CAPOX arm and 12 months in the RT-CAPOX+CAPOX arm."
    found = measured(paper("Three schedules", methods, results + told))
    both = "capecitabine + oxaliplatin"
    assert {("fluorouracil + radiotherapy", 9), (f"{both} + radiotherapy", 10), (f"{both} + radiotherapy followed by {both}", 12)} <= found


ONE = "Patients with sarcoma were treated with trabectedin in this phase II study."


@pytest.mark.parametrize(
    ("result", "arm"),
    [
        ("Median PFS was 5.2 months.", "trabectedin"),
        ("The response rate was 21% in all patients.", "trabectedin"),
        ("Grade 3 nausea was reported in 12 patients (24%).", "trabectedin"),
    ],
)
def test_a_study_of_one_treatment(result: str, arm: str) -> None:
    assert {a for a, _ in measured(paper("A phase II study of trabectedin in sarcoma", ONE, result))} == {arm}


@pytest.mark.parametrize(
    "methods",
    ["Patients were randomized to one of two groups in this phase II study.", "A phase II study with a control group.", "Charts were read."],
)
def test_nothing_says_that_a_study_has_one_arm(methods: str) -> None:
    assert measured(paper("Trabectedin in sarcoma", methods, "Median PFS was 5.2 months.")) == {("all", 5.2)}


def test_what_patients_had_before_is_not_the_one_arm() -> None:
    text = paper("A phase II study of trabectedin in sarcoma previously treated with doxorubicin", ONE, "Median PFS was 5.2 months.")
    assert measured(text) == {("trabectedin", 5.2)}


def test_an_arm_called_by_its_sort() -> None:
    methods = "Patients were randomly assigned to FOLFOX4 before and after surgery or to surgery alone."
    results = "Median PFS was 18 months in the perioperative chemotherapy group and 11 months in the surgery group."
    found = measured(paper("FOLFOX4 and surgery versus surgery alone", methods, results))
    assert found == {("FOLFOX4 + surgery", 18), ("surgery", 11)}


def test_each_arm_behind_its_number_after_the_word_after() -> None:
    methods = "Patients were randomly assigned to letrozole or megestrol."
    text = paper(
        "Letrozole versus megestrol", methods, "A complete response was found in 3 (4.4%) cases after megestrol and 8 (11.1%) after letrozole."
    )
    assert measured(text) == {("megestrol", 4.4), ("letrozole", 11.1)}


def test_the_order_of_the_last_sentence_holds_for_the_next() -> None:
    methods = "Patients were randomly assigned to letrozole or megestrol."
    results = "Median PFS was 4 months with megestrol and 9 months with letrozole. Median OS was 14 and 19 months, respectively."
    assert {("megestrol", 14), ("letrozole", 19)} <= measured(paper("Letrozole versus megestrol", methods, results))


@pytest.mark.parametrize(
    ("name", "general", "wanted"),
    [
        ("fluorouracil", "adjuvant chemotherapy", True),
        ("bevacizumab", "chemotherapy", False),
        ("neoadjuvant chemotherapy", "chemotherapy", True),
        ("hepatectomy", "surgery", True),
        ("chemoradiotherapy", "radiotherapy", False),
        ("hyperfractionated radiotherapy", "radiotherapy", True),
        ("tamoxifen", "endocrine therapy", True),
        ("nivolumab", "PD-1 inhibitor", True),
    ],
)
def test_the_sort_of_a_treatment(name: str, general: str, wanted: bool) -> None:
    assert is_a(name, general) is wanted


def test_one_treatment_in_two_doses() -> None:
    methods = "Patients were randomly assigned to letrozole at 5 or 20 mg or to megestrol."
    results = "Pain was less in the 5 mg letrozole group than in the 20 mg letrozole group. "
    results += "Sleep was worse in the 20 mg letrozole group than in the 5 mg letrozole group. "
    results += "Age was the same in the 5 mg letrozole group and the 20 mg letrozole group. "
    told = "Median PFS was 6 months in the 5 mg letrozole group, 9 months in the 20 mg letrozole group and 4 months in the megestrol group."
    assert {("letrozole (5 mg)", 6), ("letrozole (20 mg)", 9), ("megestrol", 4)} <= measured(paper("Two doses", methods, results + told))


def test_a_group_named_behind_dose_and_days() -> None:
    methods = "Patients received either doxorubicin 60 mg/m2 plus cyclophosphamide 600 mg/m2 every 2 weeks (ddXC),"
    methods += " or docetaxel 75 mg/m2 every 3 weeks (YD)."
    results = "Pain was less in the ddXC group than in the YD group. Sleep was better in the YD group than in the ddXC group. "
    results += "Rest was the same in the ddXC group and the YD group. Median PFS was 6 months in the ddXC group and 9 months in the YD group."
    found = measured(paper("Two schedules", methods, results))
    assert {("doxorubicin + cyclophosphamide", 6), ("docetaxel", 9)} <= found


def test_an_abbreviation_that_adds_the_initial_of_a_drug() -> None:
    methods = "We set docetaxel and cisplatin (DXC) either without or with bevacizumab (DXC-B) against each other in a randomized trial."
    found = measured(
        paper("Docetaxel and cisplatin with or without bevacizumab", methods, "Median PFS was 9 months with DXC-B and 6 months with DXC.")
    )
    assert found == {("docetaxel + cisplatin + bevacizumab", 9), ("docetaxel + cisplatin", 6)}


def test_an_abbreviation_with_another_initial_is_no_such_name() -> None:
    methods = "We set docetaxel and cisplatin (DXC) against docetaxel and cisplatin with bevacizumab (DXC-R) in a randomized trial."
    found = measured(paper("Docetaxel and cisplatin", methods, "Median PFS was 9 months with DXC-R."))
    assert ("docetaxel + cisplatin + bevacizumab", 9) not in found


def test_a_length_of_time_told_again_in_another_unit_is_one_value() -> None:
    text = paper(
        "Letrozole",
        "Patients were treated with letrozole.",
        "Median follow-up was 4.1 years (49 months) and median OS was 2.5 years (12 months in men).",
    )
    assert {
        (r.value, r.unit) for r in Pipeline().extract_document(from_text(text)).records if r.kind == "measurement" and r.endpoint == "FOLLOW_UP"
    } == {(4.1, "year")}


def test_a_value_of_no_arm_in_a_paper_with_two_is_left_over() -> None:
    methods = "Patients were randomly assigned to letrozole or megestrol."
    assert measured(paper("Letrozole versus megestrol", methods, "The disease has a poor prognosis with a median OS of 9 months.")) == set()
    assert measured(paper("Letrozole versus megestrol", methods, "At the data cut-off 94 patients had died.")) == {("all", 94)}


@pytest.mark.parametrize(
    "text",
    [
        "In all, 47 patients treated with letrozole achieved a response rate of 62%.",
        "A total of 46 patients were accrued to letrozole and no responses were noted.",
    ],
)
def test_how_many_were_treated_is_no_count_of_responses(text: str) -> None:
    assert {v for _, v in measured(paper("Letrozole", "Patients were treated with letrozole.", text))} <= {62}


@pytest.mark.parametrize(
    ("result", "wanted"),
    [
        ("The response rate was 40% with letrozole, and toxicity was identical in the two arms.", {("letrozole", 40)}),
        ("Letrozole reduced the dose of steroids, and median OS was 9 versus 7 months.", {("letrozole", 9), ("megestrol", 7)}),
        ("The DCR with letrozole increased from 40% to 55% after longer follow-up.", set()),
        ("Median OS by investigator and central review was 14 and 7 months.", set()),
        ("PFS was identical in the two arms (median 4 months).", {("letrozole", 4), ("megestrol", 4)}),
    ],
)
def test_words_about_something_else_give_no_arm(result: str, wanted: set[tuple[str, float]]) -> None:
    methods = "Patients were randomly assigned to letrozole or megestrol."
    assert measured(paper("Letrozole versus megestrol", methods, result)) == wanted


@pytest.mark.parametrize(
    "result",
    [
        "Compared with letrozole, megestrol prolonged median PFS (9.1 vs 7.2 months).",
        "Megestrol, compared with letrozole, prolonged median PFS (9.1 vs 7.2 months).",
    ],
)
def test_what_is_compared_comes_before_what_it_is_compared_with(result: str) -> None:
    methods = "Patients were randomly assigned to letrozole or megestrol."
    assert measured(paper("Letrozole versus megestrol", methods, result)) == {("megestrol", 9.1), ("letrozole", 7.2)}


def test_a_name_used_too_seldom_or_set_against_another_only_once_is_none() -> None:
    once = "Pain was less in the robotic group than in the open group."
    alone = ["The robotic group did well.", "The robotic group slept.", "The open group did well.", "The open group slept."]
    assert group_names([once, *alone]) == {}
    assert group_names([once, once]) == {}
    assert set(group_names([once, once, *alone])) == {"robotic", "open"}


def test_a_title_that_sets_treatments_against_each_other_is_of_no_study_with_one_arm() -> None:
    text = paper("A phase II study of trabectedin versus best care in sarcoma", "Charts were read.", "Median PFS was 5.2 months.")
    assert ("trabectedin", 5.2) not in measured(text)


def test_two_names_of_one_treatment_are_no_two_arms_of_a_cited_study() -> None:
    told = "In the PERIDOT trial adjuvant chemotherapy was compared with cisplatin. Median OS was 39 vs 20 months [3]."
    assert measured(f"Adjuvant treatment\n\nIntroduction\n\n{told}\n") == set()


def test_a_drug_with_a_short_code_that_is_given_again_and_again_is_an_arm() -> None:
    methods = "Women received QL-C7 or placebo for 8 weeks. Those who had placebo were switched to QL-C7 later. QL-C7 treatment lasted 8 weeks."
    results = "Median PFS was 7 months in the QL-C7 group and 4 months in the placebo group. Five women stopped QL-C7 treatment."
    assert {("QL-C7", 7), ("placebo", 4)} <= measured(paper("QL-C7 in cancer of the breast", methods, results))


def test_a_gene_is_no_drug_however_often_it_is_named() -> None:
    texts = ["Patients with KRT5 were older.", "KRT5 status was known.", "KRT5 was measured in the KRT5 group.", "The KRT5 level rose."] * 3
    assert find_codes(texts) == frozenset()
    given = ["Patients received PD-1 treatment.", "All had PD-1 injections.", "PD-1 treatment was stopped.", "PD-1 infusions were safe."]
    assert find_codes(given) == frozenset()


ROLES = """In the intervention group 4 patients had pain and in the control group 9 patients had pain.
Stay was shorter in the intervention group than in the control group. Blood loss did not differ between the intervention and control groups. """


def test_groups_that_are_told_by_their_roles_alone() -> None:
    text = paper(
        "A booklet for patients",
        "Patients of the first group were given a booklet to read at home.",
        ROLES + "In the intervention group, 6 (1.9%) patients died compared to 4 (1.3%) in the control group.",
    )
    assert {("intervention", 1.9), ("control", 1.3)} <= measured(text)


def test_letters_before_a_treatment_tell_groups_apart() -> None:
    results = "Pain was less in the DX-RFA group than in the DM-RFA group. Stay was alike in the DX-RFA group and the DM-RFA group. "
    results += "More probes were used in the DM-RFA group. Median OS was 31 months in the DX-RFA group and 28 months in the DM-RFA group."
    assert {("DX-RFA", 31), ("DM-RFA", 28)} <= measured(paper("Two ways of ablation", "Patients were treated.", results))


def test_what_both_groups_were_given_is_not_the_control() -> None:
    methods = "After the first step, women in the CAPOX group were randomly assigned to epoetin alfa or CAPOX alone."
    both = "in the epoetin alfa group than in the control group. "
    results = (
        f"Haemoglobin was higher {both} Fewer transfusions were given {both} Fatigue was less {both} Stay was shorter {both} Sleep was better {both}"
    )
    results += "In the CAPOX arm, the control group had more transfusions. The control group of the CAPOX arm was older. "
    results += "Median OS was 31 months in the epoetin alfa group and 28 months in the control group."
    assert {("epoetin alfa", 31), ("control", 28)} <= measured(paper("Epoetin alfa or not", methods, results))


@pytest.mark.parametrize(
    ("text", "drugs"),
    [("Survival was longer with DZ-TC.", set()), ("Survival was longer with TC.", {"TC"}), ("Survival was longer with HD-TC.", {"TC"})],
    ids=["tail of another name", "the regimen", "in high doses"],
)
def test_a_regimen_is_not_the_tail_of_another_name(text: str, drugs: set[str]) -> None:
    assert {m.norm for m in find_drugs(text) if m.parts} == drugs


def test_treatments_one_after_the_other_are_one_arm() -> None:
    text = "Median OS was 31 months with epirubicin followed by paclitaxel."
    (arm,) = compose(text, [m for m in find_drugs(text) if m.parts])
    assert arm.norm == "epirubicin + paclitaxel"
    text = "Most used were epirubicin (20%) followed by paclitaxel (9%)."
    assert len(compose(text, [m for m in find_drugs(text) if m.parts])) == 2


def test_groups_by_their_abbreviations() -> None:
    methods = "Patients were randomly assigned to an exercise group (EX; n = 30) or a control group (CG)."
    results = "Pain was less in the EX than in the CG. Median OS was 31 months in the EX and 28 months in the CG."
    assert {("exercise", 31), ("control", 28)} <= measured(paper("Two ways to care", methods, results))


def test_a_list_of_two_roles_that_ends_in_the_singular() -> None:
    results = ROLES + "Falls were seen in 61 (9.7%), without a difference between the intervention and control group."
    assert ("control", 9.7) not in measured(paper("A booklet for patients", "Patients were given a booklet to read at home.", results))


SINGLE = {
    "and, both given": (
        "Temsirolimus and bevacizumab for cancer of the womb",
        "Women received temsirolimus weekly plus bevacizumab.",
        "temsirolimus + bevacizumab",
    ),
    "with": ("Dose escalation of olaparib tablets with carboplatin", "Olaparib was raised, together with carboplatin.", "olaparib + carboplatin"),
    "one": ("The volume of red cells under sunitinib", "Scans of a trial of sunitinib were read.", "sunitinib"),
    "given to all": ("Late effects in survivors", "All participants had completed six cycles of docetaxel.", "docetaxel"),
}


@pytest.mark.parametrize(("title", "methods", "arm"), SINGLE.values(), ids=SINGLE.keys())
def test_the_one_treatment_of_a_study(title: str, methods: str, arm: str) -> None:
    text = f"TITLE:\n{title}\nBODY.METHODS:\n{methods}\nBODY.RESULTS:\nThe response rate was 31%. Nausea and rash were seen in 12% and 9%.\n"
    assert measured(text) == {(arm, 31.0), (arm, 12.0), (arm, 9.0)}


def test_treatments_of_a_title_that_are_not_joined_make_no_single_arm() -> None:
    text = "TITLE:\nTemsirolimus in women treated with bevacizumab\nBODY.METHODS:\nWomen received temsirolimus or bevacizumab.\n"
    text += "BODY.RESULTS:\nThe response rate was 31%. Nausea and rash were seen in 12% and 9%.\n"
    assert measured(text) == {("all", 31.0)}


def test_letters_of_the_parts_of_a_combination_are_its_name() -> None:
    methods = "Imiquimod plus tazarotene and imiquimod alone were compared in a randomized study."
    results = "Pain was seen in 25% of the IMQ-TAZ group and 31% of the imiquimod alone group."
    assert measured(paper("Imiquimod plus tazarotene cream or imiquimod alone", methods, results)) == {
        ("imiquimod + tazarotene", 25.0),
        ("imiquimod", 31.0),
    }


def test_a_phase_is_not_the_letters_of_a_combination() -> None:
    methods = "Ipilimumab plus imiquimod and imatinib alone were compared in a phase I/II study."
    results = "Fever was seen in 25% of the patients in phase I/II. Pain was seen in 31% with imatinib."
    assert measured(paper("Ipilimumab plus imiquimod or imatinib alone", methods, results)) == {("all", 25.0), ("imatinib", 31.0)}


def test_the_abbreviations_of_the_paper_go_before_those_of_the_lexicons() -> None:
    methods = "Patients were randomly assigned to cabozantinib (CAB) or metronomic capecitabine (MC)."
    results = "Rash was seen in 25% with CAB and 31% with MC."
    assert measured(paper("Two drugs", methods, results)) == {("cabozantinib", 25.0), ("capecitabine", 31.0)}


def test_a_group_with_usual_care_is_not_set_against_itself() -> None:
    text = (
        "TITLE:\nCalls after chemotherapy\nABSTRACT.METHODS:\nThis randomised trial enrolled 80 patients. "
        "Patients in group B received standard of care.\n"
        "ABSTRACT.RESULTS:\nNausea was seen in 12% in the intervention group and 20% in group B. "
        "Pain was seen in 9% of the intervention group and 3% of group B.\n"
        "BODY.METHODS:\nWe enrolled patients in a randomised controlled trial.\n"
        "BODY.RESULTS:\nFever was seen in 12% of the intervention group and 20% of group B.\nDeath occurred in 9% versus 7%.\n"
    )
    told = [r.arm for r in Pipeline().extract_text(text).records if r.endpoint == "DEATH"]
    assert told != ["standard of care", "standard of care"]
    assert len(told) in (0, 2)


@pytest.mark.parametrize(
    ("methods", "results", "wanted"),
    [
        (
            "Patients were randomly assigned to irinotecan plus 5-fluorouracil (5-FU) and oxaliplatin (IOF) or to epirubicin.",
            "Median PFS was 7.1 months with IOF and 4.4 months with epirubicin.",
            {("irinotecan + fluorouracil + oxaliplatin", 7.1), ("epirubicin", 4.4)},
        ),
        (
            "They were randomised to docetaxel 75 mg (Group D, n = 41), gemcitabine 1 g (Group G, n = 40) or docetaxel plus gemcitabine (Group DG).",
            "Rash was seen in 12% in Group D, 9% in Group G and 31% in Group DG.",
            {("docetaxel", 12), ("gemcitabine", 9), ("docetaxel + gemcitabine", 31)},
        ),
        (
            "Women undergoing surgery were randomly allocated into two groups to receive docetaxel or gemcitabine.",
            "Rash was seen in 12% of the docetaxel group and in 9% of the gemcitabine group.",
            {("docetaxel", 12), ("gemcitabine", 9)},
        ),
        (
            "Patients were randomly assigned to docetaxel 60 mg, docetaxel 75 mg, or placebo. An eight-week dose escalation came before.",
            "The mean total dose was 378 mg of docetaxel. Rash was seen in 12% with docetaxel 60 mg and in 19% with docetaxel 75 mg.",
            {("docetaxel (60 mg)", 12), ("docetaxel (75 mg)", 19)},
        ),
    ],
    ids=["initials in another order", "letters of the drugs", "what all had before", "doses in a trial"],
)
def test_arms_told_in_methods(methods: str, results: str, wanted: set[tuple[str, float]]) -> None:
    assert wanted <= measured(paper("A randomized trial", methods, results))


def test_a_short_name_that_nothing_bears_out_is_no_regimen() -> None:
    text = paper("A randomized trial", "Patients were randomly assigned to docetaxel or gemcitabine.", "MAP fell by 12% (P = 0.02) and SBP by 9%.")
    found = Pipeline().extract_document(from_text(text)).records
    assert not any("methotrexate" in str(r.arm) or r.arm == "MAP" for r in found)
