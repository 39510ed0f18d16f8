"""Comparisons as prose words them: whose the contrast is, which outcome an estimate or p-value is of, and where one is of several."""

from __future__ import annotations

import pytest
from test_prose import THREE
from test_relations import OWN, PIPELINE, told

ROWS = {
    "people who have something against those without": (
        "Patients with marrow invasion had a significantly shorter OS than patients without marrow invasion (P = 0.004).",
        {"OS: marrow invasion: p=0.004"},
    ),
    "two kinds of people with a difference between them": (
        "There was no difference in PFS between female and male patients (P = 0.31).",
        {"PFS: female vs male: p=0.31"},
    ),
    "one kind of people fares worse than another": (
        "Smokers had worse OS than never smokers (HR 1.4; 95% CI 1.1-1.9).",
        {"OS: Smokers vs never smokers: HR 1.4 [1.1, 1.9]"},
    ),
    "people of whom nothing but a better outcome is told are not an arm": (
        "Patients achieving pCR had longer OS (HR 0.40; 95% CI 0.20-0.80).",
        set(),
    ),
    "a factor of the estimate before holds for the next endpoint": (
        "KRAS mutation was a negative predictor of OS (P = 0.01) but not of PFS (P = 0.30).",
        {"OS: KRAS mutation: p=0.01", "PFS: KRAS mutation: p=0.3"},
    ),
    "values of two populations, the second a level of a marker": (
        "Median OS was 12.1 months in patients with high CEA and 20.3 months in those with low CEA (P = 0.01).",
        {"OS in high CEA: all = 12.1 month", "OS in low CEA: all = 20.3 month", "OS: high vs low CEA: p=0.01"},
    ),
    "a factor that has an impact": (
        "Tumor grade had a significant impact on OS (P = 0.01) and PFS (P = 0.03).",
        {"OS: Tumor grade: p=0.01", "PFS: Tumor grade: p=0.03"},
    ),
    "factors before the verb": (
        "Tumor grade (P = 0.01) and nodal status (P = 0.02) significantly affected PFS.",
        {"PFS: Tumor grade: p=0.01", "PFS: nodal status: p=0.02"},
    ),
    "values of a factor are not of the arms": (
        "CEA response was associated with longer PFS (7.1 vs 4.2 months; HR 0.60; P = 0.01).",
        {"PFS in CEA response: all = 7.1 month", "PFS in not CEA response: all = 4.2 month", "PFS: CEA response: HR 0.6 p=0.01"},
    ),
    "what a regression identified": (
        "Cox regression identified stage (HR 2.3; P < 0.001) and LDH (HR 1.7; P = 0.01) as independent predictors of OS.",
        {"OS: stage: HR 2.3 p<0.001", "OS: LDH: HR 1.7 p=0.01"},
    ),
    "an interaction": (
        "There was no significant interaction between treatment and age for OS (P for interaction = 0.40).",
        {"OS: interaction between treatment and age: p=0.4"},
    ),
    "the hazard of progression or death": (
        "The hazard ratio for progression or death was 0.66 (95% CI, 0.52 to 0.84; P<0.001).",
        {"PFS: docetaxel vs gemcitabine: HR 0.66 [0.52, 0.84] p<0.001"},
    ),
    "the risk of progression, by the arm that lowers it": (
        "Compared with gemcitabine, docetaxel reduced the risk of progression (HR 0.60; 95% CI 0.40-0.90).",
        {"TTP: docetaxel vs gemcitabine: HR 0.6 [0.4, 0.9]"},
    ),
    "the risk of recurrence, by a factor": (
        "Positive margins increased the risk of recurrence (HR 2.6; 95% CI 1.5-4.4).",
        {"RFS: Positive margins: HR 2.6 [1.5, 4.4]"},
    ),
    "no difference, between whom goes without saying": (
        "No difference was seen in OS (P = 0.45) or PFS (P = 0.62).",
        {"OS: docetaxel vs gemcitabine: p=0.45", "PFS: docetaxel vs gemcitabine: p=0.62"},
    ),
    "a difference between the arms, other drugs told behind": (
        "OS did not differ between the two treatment arms (P = 0.45), which may be due to crossover to erlotinib or cetuximab.",
        {"OS: docetaxel vs gemcitabine: p=0.45"},
    ),
    "one p-value of a list of events": (
        "Neutropenia, fatigue and diarrhea were significantly more common in the docetaxel arm than in the gemcitabine arm (all P < .05).",
        {f"AE {event}: docetaxel vs gemcitabine: p<0.05" for event in ("neutropenia", "fatigue", "diarrhea")},
    ),
    "as many p-values as events": (
        "Neutropenia, fatigue, and diarrhea were significantly more common in the docetaxel arm (P < .001, P = .02 and P = .03, respectively).",
        {
            "AE neutropenia: docetaxel vs gemcitabine: p<0.001",
            "AE fatigue: docetaxel vs gemcitabine: p=0.02",
            "AE diarrhea: docetaxel vs gemcitabine: p=0.03",
        },
    ),
    "this difference, of what the sentence before told": (
        "Median OS was 11.2 months with docetaxel and 9.3 months with gemcitabine. This difference was not statistically significant (P = 0.22).",
        {"OS: docetaxel = 11.2 month", "OS: gemcitabine = 9.3 month", "OS: docetaxel vs gemcitabine: p=0.22"},
    ),
    "a difference in an outcome, between whom goes without saying": (
        "The difference in OS was not statistically significant (P = 0.22).",
        {"OS: docetaxel vs gemcitabine: p=0.22"},
    ),
    "the odds of an adverse event": (
        "Febrile neutropenia occurred more often with docetaxel (odds ratio 3.2; 95% CI 1.4-7.4; P = 0.005).",
        {"AE febrile neutropenia: docetaxel vs gemcitabine: OR 3.2 [1.4, 7.4] p=0.005"},
    ),
    "an effect that did not differ by two factors": (
        "The effect of docetaxel on OS did not differ by sex (P for interaction = 0.33) or age (P for interaction = 0.81).",
        {"OS: sex: p=0.33", "OS: age: p=0.81"},
    ),
    "what remained significant": (
        "OS was analyzed next. In multivariate analysis of OS, only stage remained significant (HR 2.4; 95% CI 1.5-3.8; P < 0.001).",
        {"OS: stage: HR 2.4 [1.5, 3.8] p<0.001"},
    ),
    "one p-value of two endpoints": (
        "There was no difference between the arms in OS or PFS (P > 0.05).",
        {"OS: docetaxel vs gemcitabine: p>0.05", "PFS: docetaxel vs gemcitabine: p>0.05"},
    ),
    "a difference of shares and its interval, in the bracket of the second": (
        "Rash was seen in 13.0% of the docetaxel arm and 29.8% of the gemcitabine arm (difference -16.8%, 95% CI -29.7 to -3.9; p = 0.006).",
        {
            "AE rash: docetaxel vs gemcitabine: difference -16.8 [-29.7, -3.9] p=0.006",
            "AE rash: docetaxel = 13.0 percent",
            "AE rash: gemcitabine = 29.8 percent",
        },
    ),
    "differences of a list of events, the word told once": (
        "Nausea (difference -8.4, 95% CI -15.5 to -1.3) and rash (-11.7, 95% CI -20.0 to -3.4) were less frequent with docetaxel than gemcitabine.",
        {"AE nausea: docetaxel vs gemcitabine: difference -8.4 [-15.5, -1.3]", "AE rash: docetaxel vs gemcitabine: difference -11.7 [-20.0, -3.4]"},
    ),
    "a difference that its interval does not go round": (
        "The response rate was 45% with docetaxel and 41% with gemcitabine (difference 4.7, 95% CI 5.8 to 13.2).",
        {"ORR: docetaxel = 45 percent", "ORR: gemcitabine = 41 percent"},
    ),
    "a p-value before the estimate it goes with, outside brackets": (
        "Rash was seen in 12 of 51 patients (23.5%) in the docetaxel group and 20 of 49 (40.8%) in the gemcitabine group; p = 0.06, "
        "relative risk (RR) 0.58; (95% CI 0.31-1.05).",
        {
            "AE rash: docetaxel = 23.5 percent (12/51)",
            "AE rash: gemcitabine = 40.8 percent (20/49)",
            "AE rash: docetaxel vs gemcitabine: RR 0.58 [0.31, 1.05] p=0.06",
        },
    ),
    "a p-value in a bracket of its own before the estimate": (
        "Differences in OS between docetaxel and gemcitabine were not significant (P = .42); (HR, 0.85; 95% CI, 0.57-1.26).",
        {"OS: docetaxel vs gemcitabine: HR 0.85 [0.57, 1.26] p=0.42"},
    ),
    "people set against people behind their numbers": (
        "No difference was found in RFS (P = 0.68) or OS (P = 0.30) between patients with high ferritin and those with low ferritin.",
        {"RFS: high ferritin vs low ferritin: p=0.68", "OS: high ferritin vs low ferritin: p=0.3"},
    ),
    "a kind of people against another behind the estimate": (
        "The risk of death was lower (HR 0.45, 95% CI 0.3-0.63; p < 0.0001) among screened men compared to unscreened men.",
        {"OS: screened vs unscreened: HR 0.45 [0.3, 0.63] p<0.0001"},
    ),
    "two kinds of people behind the p-value": (
        "No difference in PFS (P = 0.2) was seen between smokers and never smokers.",
        {"PFS: smokers vs never smokers: p=0.2"},
    ),
    "what another thing did is not told of the people named before it": (
        "Screened tumors were more frequent in male than in female patients, and were associated with a reduction in OS (P = 0.008).",
        set(),
    ),
    "the association just told, in others": (
        "High ferritin was associated with shorter OS (HR 1.5; 95% CI 1.1-2.0). Restricting the analysis to men gave similar results "
        "(HR 1.6; 95% CI 1.0-2.4).",
        {"OS: High ferritin: HR 1.5 [1.1, 2.0]", "OS: High ferritin: HR 1.6 [1.0, 2.4]"},
    ),
    "the difference just told, after adjustment": (
        "OS was shorter in women with high ferritin than in women with low ferritin (P = 0.005); this association remained in the "
        "multivariable model (HR 1.52; 95% CI 1.21-1.93).",
        {"OS: high vs low ferritin: p=0.005", "OS: high vs low ferritin: HR 1.52 [1.21, 1.93]"},
    ),
    "this, which remained": (
        "High ferritin was associated with shorter OS (P = 0.01). This remained significant in the multivariable model (HR 1.5; 95% CI 1.1-2.0).",
        {"OS: High ferritin: p=0.01", "OS: High ferritin: HR 1.5 [1.1, 2.0]"},
    ),
    "one p-value of several factors": (
        "Ferritin, albumin, and tumor stage were associated with OS (all p<0.001).",
        {"OS: Ferritin: p<0.001", "OS: albumin: p<0.001", "OS: tumor stage: p<0.001"},
    ),
    "one p-value of two factors and two endpoints": (
        "We found that tumor stage and ferritin significantly affected OS and DFS (all P < 0.05).",
        {f"{code}: {factor}: p<0.05" for code in ("OS", "DFS") for factor in ("tumor stage", "ferritin")},
    ),
    "as many p-values as factors": (
        "Neither sex nor tumor site was associated with PFS (P = 0.2 and P = 0.4, respectively).",
        {"PFS: sex: p=0.2", "PFS: tumor site: p=0.4"},
    ),
    "as many estimates as factors": (
        "Ferritin level and lymph node status were independent predictors of OS (HR 1.7; 95% CI 1.1-2.4 and HR 2.1; 95% CI 1.4-3.3, respectively).",
        {"OS: Ferritin level: HR 1.7 [1.1, 2.4]", "OS: lymph node status: HR 2.1 [1.4, 3.3]"},
    ),
    "two levels are no two factors": ("High and low ferritin were associated with OS (P = 0.01).", set()),
    "levels of a factor in the bracket": (
        "Tumor stage was associated with OS (stage II: HR 1.3, 95% CI 1.1-1.7; stage III: HR 2.3, 95% CI 1.3-4.2).",
        {"OS: stage II: HR 1.3 [1.1, 1.7]", "OS: stage III: HR 2.3 [1.3, 4.2]"},
    ),
    "an interaction, of the outcome just told": (
        "OS was longer with docetaxel (HR 0.7). The interaction between sex and treatment was not significant (p=0.29).",
        {"OS: docetaxel vs gemcitabine: HR 0.7", "OS: interaction between sex and treatment: p=0.29"},
    ),
    "interactions with a list of factors": (
        "No interaction was found between treatment and sex (p = 0.31), age (p = 0.55) or stage (p = 0.08) for PFS.",
        {f"PFS: interaction between treatment and {one}" for one in ("sex: p=0.31", "age: p=0.55", "stage: p=0.08")},
    ),
    "an interaction of the factor just told": (
        "High ferritin was associated with longer PFS (P = 0.02). A test for interaction was significant (p=0.028) for PFS, but not for OS (p=0.25).",
        {
            "PFS: High ferritin: p=0.02",
            "PFS: interaction of High ferritin and treatment: p=0.028",
            "OS: interaction of High ferritin and treatment: p=0.25",
        },
    ),
    "a p-value of interaction is not that of the estimate before it": (
        "The HR for OS was 0.70 (95% CI 0.5-0.9) in men and 0.80 (95% CI 0.6-1.1) in women (interaction P = 0.40).",
        {"OS in men: docetaxel vs gemcitabine: HR 0.7 [0.5, 0.9]", "OS in women: docetaxel vs gemcitabine: HR 0.8 [0.6, 1.1]"},
    ),
    "heterogeneity over factors": (
        "We saw no heterogeneity of the effect on OS by sex (I2=0%, p=0.99), age (I2=10%, p=0.3) or stage (p=0.5).",
        {f"OS: heterogeneity {one}" for one in ("sex: p=0.99", "age: p=0.3", "stage: p=0.5")},
    ),
    "a test of heterogeneity compares no arms": (
        "For OS the pooled HR was 0.80 (95% CI 0.7-0.9; heterogeneity p = 0.3).",
        {"OS: docetaxel vs gemcitabine: HR 0.8 [0.7, 0.9]"},
    ),
    "mortality, of an estimate and of a p-value": (
        "Docetaxel did not affect mortality (HR 1.06; 95% CI 0.97-1.15). It reduced early toxicity.",
        {"OS: docetaxel vs gemcitabine: HR 1.06 [0.97, 1.15]"},
    ),
    "what happened less often": (
        "Relapse was less frequent with docetaxel (HR 0.61; 95% CI 0.5-0.9) and progression was delayed (HR 0.7; 95% CI 0.5-0.8).",
        {"RFS: docetaxel vs gemcitabine: HR 0.61 [0.5, 0.9]", "TTP: docetaxel vs gemcitabine: HR 0.7 [0.5, 0.8]"},
    ),
    "the hazard of disease progression": (
        "Docetaxel delayed disease progression (HR 0.61; 95% CI 0.5-0.9).",
        {"TTP: docetaxel vs gemcitabine: HR 0.61 [0.5, 0.9]"},
    ),
    "what a factor is associated with": (
        "Ferritin was associated with relapse (HR 1.6; 95% CI 1.1-2.3) and death (HR 1.8; 95% CI 1.2-2.6).",
        {"RFS: Ferritin: HR 1.6 [1.1, 2.3]", "OS: Ferritin: HR 1.8 [1.2, 2.6]"},
    ),
    "what a factor predicts": (
        "High KIT expression was an independent prognostic factor for early relapse (HR 3.9, 95% CI 1.8-8.3, P = 0.002).",
        {"RFS: High KIT expression: HR 3.9 [1.8, 8.3] p=0.002"},
    ),
    "a response, as what a factor could predict": (
        "Ferritin could be identified as a predictor of local response (p = 0.04).",
        {"ORR: Ferritin: p=0.04"},
    ),
    "another outcome is not the one before it": (
        "Ferritin was associated with relapse (HR 1.6; 95% CI 1.1-2.3) and nodal metastasis (HR 1.8; 95% CI 1.2-2.6).",
        {"RFS: Ferritin: HR 1.6 [1.1, 2.3]"},
    ),
    "another outcome is not the one of the sentence before": (
        "Ferritin was associated with OS (P = 0.03). Albumin (P = 0.01) and ferritin (P = 0.04) were predictors of thrombosis.",
        {"OS: Ferritin: p=0.03"},
    ),
    "a cause of death, told short": (
        "No difference was seen in cancer-specific (HR 0.95; p = 0.94) or all-cause mortality (HR 0.69; p = 0.41) between the arms.",
        {"CSS: docetaxel vs gemcitabine: HR 0.95 p=0.94", "OS: docetaxel vs gemcitabine: HR 0.69 p=0.41"},
    ),
    "a marker that rose in an arm": (
        "Serum ferritin levels increased on day 7 after the start of docetaxel (P=0.04).",
        {"BIOMARKER Serum ferritin levels: docetaxel vs baseline: p=0.04"},
    ),
    "a marker in each of the arms": (
        "VEGF levels decreased significantly from baseline at week 4 in the docetaxel arm (P = 0.003), but not in the gemcitabine arm (P = 0.4).",
        {"BIOMARKER VEGF levels: docetaxel vs baseline: p=0.003", "BIOMARKER VEGF levels: gemcitabine vs baseline: p=0.4"},
    ),
    "a reduction in a marker, against what it was": (
        "There was a marked reduction in cyclin D1 in the docetaxel arm (P = 0.03) compared with baseline.",
        {"BIOMARKER cyclin D1: docetaxel vs baseline: p=0.03"},
    ),
    "a marker of a code of its own": ("CA 19-9 levels fell significantly after docetaxel (P < 0.001).", {"CA19_9: docetaxel vs baseline: p<0.001"}),
    "a marker at two times": (
        "Patients receiving docetaxel had higher CTC counts after 3 weeks (P<0.001) and 9 weeks (P=0.01) compared with baseline.",
        {"BIOMARKER CTC counts: docetaxel vs baseline: p<0.001", "BIOMARKER CTC counts: docetaxel vs baseline: p=0.01"},
    ),
    "a marker of one arm against the other": (
        "Post-treatment CD34 was lower in the docetaxel arm than in the gemcitabine arm (P = 0.02).",
        {"BIOMARKER Post-treatment CD34: docetaxel vs gemcitabine: p=0.02"},
    ),
    "a change that differs between the arms": (
        "The change in tumor size did not differ between docetaxel and gemcitabine (P=0.7).",
        {"TUMOR_SIZE: docetaxel vs gemcitabine: p=0.7"},
    ),
    "a marker at the start is no result": ("Baseline CEA levels were higher in the docetaxel arm than in the gemcitabine arm (P = 0.02).", set()),
    "a marker without a time is none": ("CEA levels were higher in the docetaxel arm than in the gemcitabine arm (P = 0.02).", set()),
    "a decrease that a factor is": ("A decrease in CEA was associated with longer OS (P = 0.02).", {"OS: decrease in CEA: p=0.02"}),
    "scores, doses and use are no markers": (
        "Pain scores decreased with docetaxel (P = 0.02). Dose levels were higher with docetaxel after week 3 (P = 0.02). The use of G-CSF increased "
        "with docetaxel (P = 0.02). Physical functioning declined with docetaxel (P = 0.02).",
        set(),
    ),
    "outcomes of which one is not known": (
        "There was no difference between smokers and never smokers (OS, P = 0.38; XFS, P = 0.74).",
        {"OS: smokers vs never smokers: p=0.38"},
    ),
    "the factor right behind its p-value": (
        "OS was related to several variables (P < 0.001 for age, P = 0.02 for tumor stage).",
        {"OS: age: p<0.001", "OS: tumor stage: p=0.02"},
    ),
    "the only independent factor": (
        "High ferritin was the only independent factor (HR 1.8, 95% CI 1.2-2.7, p=0.004) associated with OS.",
        {"OS: High ferritin: HR 1.8 [1.2, 2.7] p=0.004"},
    ),
    "a p-value behind what the estimate is set against": (
        "Docetaxel was not associated with a reduced risk of death (HR, 1.04; 95% CI, 0.81-1.33) compared with single-agent gemcitabine (P = .74).",
        {"OS: docetaxel vs gemcitabine: HR 1.04 [0.81, 1.33] p=0.74"},
    ),
    "raised from what the control had": (
        "The 3-year PFS rate increased from 31.1% (gemcitabine alone) to 44.8% (HR 0.70, 95% CI 0.51 to 0.95).",
        {
            "PFS 3 year: gemcitabine = 31.1 percent",
            "PFS 3 year: docetaxel = 44.8 percent",
            "PFS 3 year: docetaxel vs gemcitabine: HR 0.7 [0.51, 0.95]",
        },
    ),
    "what was less often a reason is no kind of people": (
        "Docetaxel was stopped for rash less frequently than gemcitabine in women (P = 0.03).",
        {"DISCONTINUATION in women: docetaxel vs gemcitabine: p=0.03"},
    ),
    "an early death is no mortality": ("Stage was associated with early death (HR 1.7).", {"DEATH: Stage: HR 1.7"}),
    "what a treatment interacts with is no factor": (
        "In a Cox model of OS, age (HR 1.4; P = 0.02) and the treatment interaction (HR 1.1; P = 0.61) were included.",
        {"OS: age: HR 1.4 p=0.02"},
    ),
    "estimates before the list of their endpoints": (
        "The hazard ratios were 0.61 (95% CI 0.40-0.90) and 0.74 (95% CI 0.51-1.07) for PFS and OS, respectively.",
        {"PFS: docetaxel vs gemcitabine: HR 0.61 [0.4, 0.9]", "OS: docetaxel vs gemcitabine: HR 0.74 [0.51, 1.07]"},
    ),
    "a p-value of events one of which is singled out is given to none": (
        "Nausea and rash, especially fever, were more common with docetaxel (P = 0.02).",
        set(),
    ),
    "some patients against the rest": (
        "Median OS was 12 months in patients with bone lesions and 20 months in the remaining patients (P = 0.01).",
        {"OS in bone lesions: all = 12 month", "OS in remaining patients: all = 20 month", "OS: bone lesions: p=0.01"},
    ),
    "levels that are ranked among the values of their variable": (
        "In univariate analysis, stage was prognostic for survival. Among the different sites of tumors, the hip had the longest survival,"
        " followed by the knee, foot and hand (P = 0.02).",
        {"OS: site: p=0.02"},
    ),
    "the survival of people by the cells of their disease": (
        "In renal cell carcinoma, overall survival was longer with docetaxel than with gemcitabine (P = 0.02).",
        {"OS: docetaxel vs gemcitabine: p=0.02"},
    ),
    "a worse outcome in those who have something": (
        "OS was shorter in patients with bone lesions (P = 0.01).",
        {"OS: bone lesions: p=0.01"},
    ),
    "a higher risk in those who have something": (
        "The risk of death was higher in patients with bone lesions (HR 1.7; P = 0.01).",
        {"OS: bone lesions: HR 1.7 p=0.01"},
    ),
    "what an outcome is related to": ("OS was related to marital status (P = 0.004).", {"OS: marital status: p=0.004"}),
}
OF_THREE = {
    "one against two others, each with its p-value": (
        "OS was longer with docetaxel than with gemcitabine (P = 0.03) or vinorelbine (P = 0.10).",
        {"OS: docetaxel vs gemcitabine: p=0.03", "OS: docetaxel vs vinorelbine: p=0.1"},
    ),
    "two against one that is named first": (
        "Compared with gemcitabine, OS was longer with docetaxel (HR 0.7; P = 0.01) and vinorelbine (HR 0.8; P = 0.04).",
        {"OS: docetaxel vs gemcitabine: HR 0.7 p=0.01", "OS: vinorelbine vs gemcitabine: HR 0.8 p=0.04"},
    ),
    "a pair, then another pair": (
        "PFS did not differ between docetaxel and vinorelbine (HR 0.9; P = 0.5), but was longer with docetaxel than gemcitabine (HR 0.6; P = 0.01).",
        {"PFS: docetaxel vs vinorelbine: HR 0.9 p=0.5", "PFS: docetaxel vs gemcitabine: HR 0.6 p=0.01"},
    ),
    "all three": ("OS did not differ among the three arms (P = 0.3).", {"OS: treatment arm: p=0.3"}),
}


@pytest.mark.parametrize("name", OF_THREE)
def test_three_arms_are_compared_pair_by_pair(name: str) -> None:
    text, facts = OF_THREE[name]
    assert {told(r) for r in PIPELINE.extract_text(THREE + text).records} == facts


@pytest.mark.parametrize("name", ROWS)
def test_a_comparison_is_read(name: str) -> None:
    text, facts = ROWS[name]
    assert {told(r) for r in PIPELINE.extract_text(OWN + text).records} == facts
