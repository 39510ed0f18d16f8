"""In whom a value was seen: the groups of patients that a sentence tells values of, in papers of two arms, of one, and of none."""

from __future__ import annotations

import pytest

from extractor.ingest import from_text
from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
ABSTRACT = "{title}\n\nAbstract\n\nBackground: Little is known. Methods: {methods} Results: See below.\n\nMethods\n\n{methods}\n\nResults\n\n{said}\n"
PAPERS = {
    "two": ("Docetaxel versus gemcitabine in urachal cancer", "400 patients were randomly assigned to docetaxel or gemcitabine."),
    "one": ("Phase II trial of docetaxel in urachal cancer", "60 patients received docetaxel."),
    "none": ("Tumor markers in urachal cancer", "We read the charts of 310 people."),
}
ROWS: dict[str, tuple[str, str, set[str]]] = {
    "each group before its own bracket": (
        "two",
        "Median OS was longer with docetaxel in patients with bone lesions (12 vs 8 months; HR 0.7), in those with nodal disease (13 vs 11 months;"
        " HR 0.9) or in those with neither (16 vs 14 months).",
        {
            "[bone lesions] docetaxel = 12",
            "[bone lesions] gemcitabine = 8",
            "[nodal disease] docetaxel = 13",
            "[nodal disease] gemcitabine = 11",
            "[neither] docetaxel = 16",
            "[neither] gemcitabine = 14",
            "[bone lesions] docetaxel : gemcitabine 0.7",
            "[nodal disease] docetaxel : gemcitabine 0.9",
        },
    ),
    "estimates in the brackets of a list": (
        "two",
        "OS was improved with docetaxel in women (HR 0.7, 95% CI 0.5-0.9), in men (HR 0.8, 0.6-1.1) and in stage III disease (HR 0.9, 0.5-1.2).",
        {
            "[women] docetaxel : gemcitabine 0.7",
            "[men] docetaxel : gemcitabine 0.8",
            "[stage III disease] docetaxel : gemcitabine 0.9",
        },
    ),
    "between the arms, in two groups": (
        "two",
        "Median OS did not differ between the arms in the high QX8 group (12 vs 11 months) or the low QX8 group (8 vs 7 months).",
        {"[high QX8] docetaxel = 12", "[high QX8] gemcitabine = 11", "[low QX8] docetaxel = 8", "[low QX8] gemcitabine = 7"},
    ),
    "when something exceeded so much": (
        "two",
        "When bypass time exceeded ≥75 min, the rate of infections was 30% with docetaxel and 50% with gemcitabine.",
        {"[bypass time >= 75 min] docetaxel = 30", "[bypass time >= 75 min] gemcitabine = 50"},
    ),
    "if there was none": (
        "two",
        "However, if there was no ascites, the response rate was 42% with docetaxel and 31% with gemcitabine.",
        {"[without ascites] docetaxel = 42", "[without ascites] gemcitabine = 31"},
    ),
    "a procedure that the study did not give": (
        "two",
        "In patients undergoing cystectomy, 3-year PFS was 42% with docetaxel and 33% with gemcitabine.",
        {"[cystectomy] docetaxel = 42", "[cystectomy] gemcitabine = 33"},
    ),
    "shares of those who underwent it": (
        "two",
        "Nausea was rare (14 [3%] of 457 patients who underwent cystectomy in the docetaxel group vs 9 [2%] of 438 who underwent cystectomy in the"
        " gemcitabine group).",
        {"[cystectomy] docetaxel = 3", "[cystectomy] gemcitabine = 2"},
    ),
    "so much of the treatment": (
        "one",
        "For those who received at least four cycles, the response rate was 48%.",
        {"[at least four cycles] docetaxel = 48"},
    ),
    "the treatment itself sets nobody apart": ("one", "In patients receiving docetaxel, the response rate was 48%.", {"docetaxel = 48"}),
    "before and after an operation": (
        "two",
        "Nausea was seen both pre-operatively (40 [27%] of 149 in the docetaxel group vs 30 [20%] of 150 in the gemcitabine group) and"
        " post-operatively (20 [25%] of 80 vs 11 [14%] of 79).",
        {
            "[pre-operative] docetaxel = 27",
            "[pre-operative] gemcitabine = 20",
            "[post-operative] docetaxel = 25",
            "[post-operative] gemcitabine = 14",
        },
    ),
    "counted from an event": (
        "two",
        "There were no differences in survival from relapse (7% vs 9%; HR 0.9, 0.7-1.2) or overall survival (23% vs 22%; HR 1.1, 0.9-1.3).",
        {
            "[from relapse] docetaxel = 7",
            "[from relapse] gemcitabine = 9",
            "docetaxel = 23",
            "gemcitabine = 22",
            "[from relapse] docetaxel : gemcitabine 0.9",
            "docetaxel : gemcitabine 1.1",
        },
    ),
    "counted from an event, in two groups": (
        "none",
        "Survival after PD was 25 months in the XQ2-mutant group and 9 months in the wild-type XQ2 group.",
        {"[XQ2-mutant, after PD] all = 25", "[wild-type XQ2, after PD] all = 9"},
    ),
    "post-progression survival": (
        "two",
        "Post-progression survival was 7 months with docetaxel and 6 months with gemcitabine.",
        {"[post-progression] docetaxel = 7", "[post-progression] gemcitabine = 6"},
    ),
    "those alive": ("one", "Median follow-up of the patients still alive was 35 months.", {"[alive] docetaxel = 35"}),
    "a set beside all": (
        "one",
        "The ORR was 77% in all patients and 80% in the node-only population.",
        {"docetaxel = 77", "[node-only] docetaxel = 80"},
    ),
    "two sets of an analysis": (
        "one",
        "The response rate was 35% in the intent-to-treat population and 44% in the evaluable population.",
        {"docetaxel = 35", "[evaluable] docetaxel = 44"},
    ),
    "diseases in a list": (
        "one",
        "The response rate was 38% in lung cancer, 20% in breast cancer and 11% in renal pelvis cancer.",
        {"[lung cancer] docetaxel = 38", "[breast cancer] docetaxel = 20", "[renal pelvis cancer] docetaxel = 11"},
    ),
    "levels of a factor, in brackets": (
        "none",
        "Three-year OS was 86% (<5%), 81% (5-10%) and 60% (>10%) by loss of weight.",
        {"[< 5%] all = 86", "[5-10%] all = 81", "[> 10%] all = 60"},
    ),
    "levels of what is else an event": (
        "none",
        "Five-year OS was 86% for no weight loss, 81% for <5% weight loss and 60% for >5% weight loss.",
        {"[no weight loss] all = 86", "[< 5% weight loss] all = 81", "[> 5% weight loss] all = 60"},
    ),
    "stages one by one": (
        "none",
        "Five-year OS was 86% for stage I, 71% for stage II and 40% for stage III.",
        {"[stage I] all = 86", "[stage II] all = 71", "[stage III] all = 40"},
    ),
    "stages in their order": (
        "none",
        "Five-year OS rates for stage I, II and III were 86%, 71% and 40%, respectively.",
        {"[stage I] all = 86", "[stage II] all = 71", "[stage III] all = 40"},
    ),
    "how much was left, which is no drug": (
        "none",
        "The 5-year OS was 64% in the R0 group vs 33% in the R1/R2 group.",
        {"[R0] all = 64", "[R1/R2] all = 33"},
    ),
    "with and without, told once": (
        "none",
        "Survival at 5 years was 45% with and 62% without vascular invasion.",
        {"[vascular invasion] all = 45", "[without vascular invasion] all = 62"},
    ),
    "ages told in words": (
        "none",
        "The response rate was 14% in women 50 years or younger and 29% in women over 50 years.",
        {"[aged <= 50 years] all = 14", "[aged > 50 years] all = 29"},
    ),
    "groups within a set of data": (
        "none",
        "In the validation cohort, median OS was 15 months for the high-risk group and 28 months for the low-risk group.",
        {"[high-risk, validation cohort] all = 15", "[low-risk, validation cohort] all = 28"},
    ),
    "groups within a group": (
        "none",
        "In patients with squamous tumors, 5-year OS was 42% in women, 33% in men and 50% in never-smokers.",
        {"[women, squamous tumors] all = 42", "[men, squamous tumors] all = 33", "[never-smokers, squamous tumors] all = 50"},
    ),
    "two parts, none within the other": (
        "one",
        "In the dose-escalation part, 2 of 12 patients responded; in the expansion part, 9 of 30 patients responded.",
        {"[dose-escalation part] docetaxel = 2", "[expansion part] docetaxel = 9"},
    ),
    "people by their response": (
        "one",
        "Median OS for patients with CR, PR, SD and PD was 30, 22, 14 and 5 months, respectively.",
        {"[CR] docetaxel = 30", "[PR] docetaxel = 22", "[SD] docetaxel = 14", "[PD] docetaxel = 5"},
    ),
    "earlier treatment in a list": (
        "one",
        "Median PFS was 9 months in first-line patients and 4 months in previously treated patients.",
        {"[first-line] docetaxel = 9", "[previously treated] docetaxel = 4"},
    ),
    "a marker with a hyphen": (
        "one",
        "The ORR was 45% among XD-L1-positive patients, compared with 12% among XD-L1-negative patients.",
        {"[XD-L1-positive] docetaxel = 45", "[XD-L1-negative] docetaxel = 12"},
    ),
    "bounds of a level": (
        "none",
        "The 2-year OS of patients with KPS >80 was 44% compared with 21% for KPS <80.",
        {"[KPS >80] all = 44", "[KPS < 80] all = 21"},
    ),
    "two markers": (
        "two",
        "In ER-positive patients with low XQB13 expression, RFS was longer with docetaxel (HR 0.4, 95% CI 0.2-0.6).",
        {"[ER-positive, low XQB13 expression] docetaxel : gemcitabine 0.4"},
    ),
    "those that were treated, and had something": (
        "two",
        "Among the 74 docetaxel-treated patients with renal insufficiency, only 1 patient had a dose reduction.",
        {"[renal insufficiency] docetaxel = 1"},
    ),
    "a group, and either arm": (
        "two",
        "For normal LDH patients, the median OS was not reached in either group.",
        {"[normal LDH] docetaxel = not reached", "[normal LDH] gemcitabine = not reached"},
    ),
    "deaths on treatment": (
        "two",
        "There were six on-treatment deaths in the docetaxel group and four in the gemcitabine group.",
        {"[on-treatment] docetaxel = 6", "[on-treatment] gemcitabine = 4"},
    ),
    "deaths up to some days after the last dose": (
        "two",
        "Eight deaths (7 with docetaxel, 1 with gemcitabine) were reported within 30 days of the last dose.",
        {f"[within 30 days of last dose] {arm}" for arm in ("all = 8", "docetaxel = 7", "gemcitabine = 1")},
    ),
    "items of a list of subgroups, within those who had something": (
        "two",
        "In patients who developed a rash, OS was improved with docetaxel in all subgroups: ECOG performance status 2, HR 0.6 (95% CI 0.4-0.9);"
        " stage IV, OS HR 0.7 (95% CI 0.5-0.8) and PFS HR 0.5 (0.4-0.7).",
        {
            "[ECOG PS 2, developed a rash] docetaxel : gemcitabine 0.6",
            "[stage IV, developed a rash] docetaxel : gemcitabine 0.7",
            "[stage IV, developed a rash] docetaxel : gemcitabine 0.5",
        },
    ),
    "a share of those with something else": (
        "one",
        "Of the 22 patients with bone-only disease, 8 (36%) responded, as did 10 of 30 (33%) with visceral disease.",
        {"[bone-only disease] docetaxel = 36", "[visceral disease] docetaxel = 33"},
    ),
    "levels compared among those with something else": (
        "none",
        "Comparing overall survival of women with N0 versus N3 among those demonstrating weak XB2 staining, there was no difference"
        " (8.1 vs 7.3 years).",
        {"[N0, weak XB2 staining] all = 8.1", "[N3, weak XB2 staining] all = 7.3"},
    ),
    "people with something, their number in brackets before what they had": (
        "none",
        "Similarly, women with lobular tumors in three registries (Norway, Spain, and Malta) had a median OS of 41 months and women"
        " without lobular tumors had a median OS of 50 months.",
        {"[lobular tumors in three registries] all = 41", "[without lobular tumors] all = 50"},
    ),
    "grades of an event are no groups": ("one", "Nausea was mild: 12% (grade 1), 10% (grade 2).", {"docetaxel = 12", "docetaxel = 10"}),
}


def told(kind: str, sentence: str) -> set[str]:
    """Population, arm and value of each record of a sentence in the results of a paper."""
    title, methods = PAPERS[kind]
    found = set()
    for r in PIPELINE.extract_document(from_text(ABSTRACT.format(title=title, methods=methods, said=sentence))).records:
        who = f"[{r.population}] " if r.population else ""
        if r.kind == "measurement":
            found.add(f"{who}{r.arm} = {r.value:g}" if r.value is not None else f"{who}{r.arm} = {r.category}")
        elif r.estimate is not None:
            found.add(f"{who}{r.factor or f'{r.arm} : {r.comparator}'} {r.estimate:g}")
    return found


@pytest.mark.parametrize("name", ROWS)
def test_in_whom_a_value_was_seen(name: str) -> None:
    kind, sentence, want = ROWS[name]
    assert told(kind, sentence) == want
