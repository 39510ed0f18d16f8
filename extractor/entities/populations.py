"""Populations: the subgroup, level or analysis set that a number is about, in the text's words, short."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.document import CharSpan
from extractor.entities.mention import Mention, MentionKind
from extractor.quantities import COUNT_WORD, Pattern

_OPERATOR = r"(?:≥|≤|>=|<=|>|<|=)"
_LEVEL = (
    rf"(?:of\s|levels?\s(?:of\s)?|concentrations?\s(?:of\s)?|at\s)*{_OPERATOR}\s?\d[\d,.]*"
    r"(?:\s?(?:ng|mAU|IU|U|pg|µg|mg)\s?/\s?(?:mL|ml|L|dL)|\s?(?:cm|mm|years?|months?|%|points?)(?!\w))?"
)

MARKER_LEVEL = Pattern(
    id="marker-level",
    regex=rf"(?P<name>AFP|alpha-fetoprotein|α-fetoprotein|PIVKA-II|CEA|PSA|LDH|CA\s?19-9|CA-?125|PD-L1(?:\s(?:TPS|CPS|expression))?|TPS|CPS|tumou?r\ssize|age(?:d)?|TMB)(?:\s\([A-Z]{{2,4}}\))?\s?(?P<level>{_LEVEL})",
    examples={
        "patients with AFP ≥400 ng/mL": [{"name": "AFP"}],
        "AFP of ≥300 ng/mL,": [{"name": "AFP"}],
        "tumor size >8 cm": [{"name": "tumor size"}],
    },
    counterexamples=("AFP was 400 ng/mL", "AFP fell"),
)
PERFORMANCE_STATUS = Pattern(
    id="performance-status",
    regex=r"(?:ECOG|WHO|Zubrod|Karnofsky)\s?(?:(?:performance\s(?:status|score)|PS|score|status)\s?)*(?:of\s|was\s)?(?P<level>(?:≥|≤|>|<)?\s?[0-4](?:\s?(?:-|or|/|to|and)\s?[0-4])?)(?:\s?score)?(?![\d.%])",
    examples={
        "ECOG PS 0-1 score": [{"level": "0-1"}],
        "an ECOG score of 0 (": [{"level": "0"}],
        "ECOG performance status 2": [{"level": "2"}],
    },
    counterexamples=("the ECOG 4599 trial", "ECOG PS was recorded"),
)
LIVER_FUNCTION = Pattern(
    id="child-pugh-class",
    regex=r"Child\s?-\s?Pugh(?:\s(?:class|grade|score|stage))?\s(?P<level>[ABC]\d?(?:\s?(?:or|and|/|-)\s?[ABC]\d?)?)(?![A-Za-z\d])",
    examples={"for Child-Pugh B and": [{"level": "B"}], "Child-Pugh class A (": [{"level": "A"}]},
    counterexamples=("Child-Pugh Although", "the Child-Pugh score"),
)
COHORT = Pattern(
    id="cohort",
    regex=r"\b(?P<what>cohort|part|stratum)\s(?P<which>\d{1,2}|[A-H])(?![\w.%-])|\b(?P<phase>dose\s?-\s?(?:escalation|expansion)\s(?:phase|cohort|part))",
    examples={"the results of cohort 3 of": [{"which": "3"}], "in the dose-escalation phase": [{}]},
    counterexamples=("the cohort of 12", "part of it"),
    flags=re.VERBOSE | re.IGNORECASE,
)
_SET_OF_DATA = (
    r"(?:training|validation|testing|test|discovery|derivation|development|replication|internal(?:\svalidation)?|external(?:\svalidation)?|primary|matched"
    r"|propensity(?:[\s-]score)?[\s-]matched|PSM|unmatched|overall)"
)
NAMED_COHORT = Pattern(
    id="named-cohort",
    regex=rf"""
        \b (?: [Ii]n | [Ff]or | [Oo]f | [Ww]ithin | from | [Aa]mong ) \s (?: the | our | an ) \s
        (?: independent\s | second\s | large\s | \d+-case\s ){{0,2}}
        (?P<what>
            (?: (?: (?!HR\b|ITT\b|CRT\b|RT\b) [A-Z]{{2,6}} \s ) {_SET_OF_DATA} | (?!overall|primary) {_SET_OF_DATA} )
            \s (?: cohorts? | data-?\s?sets? | sets? | groups? | populations? | series | samples? )
        ) \b
        (?! \s (?: and | or ) \s (?: {_SET_OF_DATA} ) )
    """,
    examples={
        "in the GIST training dataset, men": [{"what": "GIST training dataset"}],
        "In the validation cohort, OS": [{"what": "validation cohort"}],
    },
    counterexamples=("in the training group and validation of", "in the cohort", "in the overall population"),
    flags=re.VERBOSE,
)
SETS_TOLD_ONCE = Pattern(
    id="sets-told-once",
    regex=rf"""
        \b (?P<one> {_SET_OF_DATA} ) \s (?: and | or | versus | vs\.? ) \s (?: the\s )? (?P<other> {_SET_OF_DATA} ) \s
        (?P<head> cohorts? | data-?sets? | sets? | groups? | populations? | samples? ) \b
    """,
    examples={"in the training and validation cohorts, respectively": [{"one": "training", "other": "validation", "head": "cohorts"}]},
    counterexamples=("the training cohort and the validation cohort",),
)
ANALYSIS_SET = Pattern(
    id="analysis-set",
    regex=r"\b(?P<what>per[\s-]protocol)(?:\s(?:population|analysis|set|patients|cohort))?",
    examples={"in the per-protocol population": [{"what": "per-protocol"}]},
    counterexamples=("as the protocol says",),
    flags=re.IGNORECASE,
)
NAIVE = Pattern(
    id="treatment-history",
    regex=r"\b(?P<what>(?:treatment|sorafenib|chemotherapy|ICI|immunotherapy|[a-z]{4,}ib|[a-z]{4,}mab)\s?-\s?(?:na[iï]ve|refractory|experienced|pretreated))(?=\s(?:patients|cohort|group|population|subgroup|subjects|individuals))",
    examples={"in the treatment-naive patients": [{"what": "treatment-naive"}]},
    counterexamples=("a naive approach", "treatment was started", "12 sorafenib-treated patients"),
)
SUBGROUP_OF = Pattern(
    id="subgroup-of-patients",
    regex=r"\b(?:subgroup|subset|subpopulation|subgroup\sanalysis)\sof\s(?:the\s)?(?:patients?|those|women|men|participants)\s(?:with|who|whose|aged)\s(?P<what>[^,;.()]{3,80}?)(?=[,;.()]|\s(?:the|median|was|were|had|showed|is|and|revealed|receiv\w+|treated|PFS|OS|ORR)\b|$)",
    examples={"In the subgroup of patients with liver metastases, median": [{"what": "liver metastases"}]},
    counterexamples=("In patients with liver metastases",),
)
THOSE = Pattern(
    id="those-who",
    regex=r"\b[Tt]hose\s(?:with|who|whose)\s(?P<what>(?:[^,;()]|\([^()]*\)){3,110}?)(?=,?\s(?:had|showed|achieved|experienced|survived|a\smedian|the\smedian)\b)",
    examples={"Those with more than one lesion had a median OS": [{"what": "more than one lesion"}]},
    counterexamples=("those of the control group had", "those with lesions, treated early"),
)
# What all patients of a trial have or got is no subgroup of them.
_DISEASE = "|".join(
    (
        *"cancer carcinoma HCC tumou?r disease leuka?emi lymphoma melanoma myeloma sarcoma malignan metasta advanced NSCLC SCLC".split(),
        *r"gliom blastoma mesothelioma neoplas \b(?:GBM|AA|AML|CLL|CML|MDS|GIST|[a-z]*(?:CRPC|RCC|CRC|TNBC)|LAPC|MBC|SCC|DCIS|CRLM)\b".split(),
        *r"treated receiv given random who\sdied adverse response".split(),
    )
)
IN_PATIENTS = Pattern(
    id="in-patients-with",
    regex=rf"^(?:In|Among|For)\s(?:the\s)?(?:patients|those|women|men|participants)\s(?:with|who|whose|aged)\s(?P<what>(?:(?!{_DISEASE})(?:[^,;:()]|\([^()]*\))){{3,110}}?),\s",
    examples={"In patients with at least one earlier resection (ER), median OS was": [{"what": "at least one earlier resection (ER)"}]},
    counterexamples=("In patients with advanced tumors, median OS was", "The OS of patients with cirrhosis, in turn, was"),
)
ANALYSIS_OF = Pattern(
    id="analysis-of-patients",
    regex=r"\banalysis\s(?:of|in)\s(?:the\s)?(?:patients|those|women|men|participants)\s(?:with|who|whose)\s(?P<what>[^,;()]{3,90}?)(?=,?\s(?:revealed|showed|demonstrated|found|had|the\smedian|suggested|confirmed)\b)",
    examples={"A post-hoc analysis of patients whose albumin fell revealed": [{"what": "albumin fell"}]},
    counterexamples=("an analysis of the trial showed",),
)
CONDITION = Pattern(
    id="condition-of-the-analysis",
    regex=r"\b(?P<what>from\s(?:the\s(?:time|start|date)\sof\s(?:[\w-]+\s){1,3}?(?:initiation|start|therapy|treatment|diagnosis|onset)|[\w-]+\s(?:initiation|onset))|(?:controlling|adjusting|adjusted|corrected|censoring)\sfor\s(?!censor)[^,;()]{3,70}?)(?=,|\sof\s|\swas|\sincluding|\sthe\s|[.;)]|$)",
    examples={"median OS from the time of lenvatinib initiation of 24 months": [{"what": "from the time of lenvatinib initiation"}]},
    counterexamples=("from the time of day",),
)
RESPONDERS = Pattern(
    id="responders",
    regex=r"\b(?:of|in|among)\s(?:the\s)?(?P<what>(?:complete\s|partial\s)?(?:non-)?responders)\b",
    examples={"in more than a third of the responders": [{"what": "responders"}]},
    counterexamples=("responders were rare",),
)
_STATUS = (
    r"(?:mutant|mutated|mutation-positive|mutation-negative|wild[\s-]type|positive|negative|amplified|non-?amplified|deficient|proficient"
    r"|rearranged|methylated|unmethylated|unmutated|overexpressing|expressing|unselected|evaluable|high|low|intermediate|null|intact|altered|deleted)"
)
STATUS_GROUP = Pattern(
    id="status-group",
    regex=rf"""
        (?P<what>
            (?: \b (?:sensitive|activating)\s )?
            (?: \b (?: [A-Z][\w/.]*[A-Z\d][\w/.]* | [A-Z]{{2,}}\d* | (?:lymph\s)?node | (?:(?:hormone|o?estrogen|progesterone)\s)?receptor )
                (?: \s(?:pathway|gene|protein|receptor|mutation) )? [\s-] )
            {_STATUS} (?: \s (?:or|and|and/or) \s (?: {_STATUS} | unknown ) )?
          | \b (?: high | low | intermediate | standard | poor | good | favou?rable ) -risk
          | \b [A-Z]{{2,}}\d* -unknown
        )
        (?: \s type )?
        (?= \s (?: (?: and | or | versus | vs\.? | compared\s(?:with|to) | than )\s (?:[\w/.+-]+\s){{1,2}}? )?
            (?: groups? | sub-?groups? | subsets? | (?:sub-?)?populations? | cohorts? | patients? | women | men | tumou?rs | cases
              | disease | individuals ) \b )
    """,
    examples={
        "ER-positive versus ER-negative women": [{"what": "ER-positive"}, {"what": "ER-negative"}],
        "80.1% in the ALK-mutant group": [{"what": "ALK-mutant"}],
        "in the BRCA wild-type or unknown groups": [{"what": "BRCA wild-type or unknown"}],
        "for the MET pathway-amplified subgroup": [{"what": "MET pathway-amplified"}],
        "in the high-risk group": [{"what": "high-risk"}],
        "for node-positive patients": [{"what": "node-positive"}],
    },
    counterexamples=("the ALK gene was mutant", "a positive result", "HER2-positive breast cancer"),
)
_BOUNDARY = (
    r"(?=\s?(?:[;.()\[]|,(?!\s[NMT]\d))|\s(?:was|were|had|has|have|is|are|did|do|does|showed|achieved|experienced|received|experience|develop|suffer|die|relapse|respond|progress|achieve|receive|undergo|require|survive|(?<!other\s)than|compared|versus|vs\.?|of\s\d|at\s\d"
    r"|(?:the|a)\smedian|and\s(?:in|for|among|those|without|\d+)|respectively|treated|assigned|conducted|enrolled|recruited|receiving|undergoing|seemed|remained|alone|suffered|underwent|developed|died|evaluated"
    r"|during|remain\w*|with\s(?:a|an|the)|using|who|when|while|whereas|but|survived|lived|irrespective|regardless|relative|demonstrated|benefit\w*|reached|there"
    r"|(?:in|on|from|for|with)\s(?:the\s)?(?:\w+[\s-]){0,2}(?:arms?|groups?))\b|(?<![<>=])\s\d(?!\s?(?:cm|mm|years|lesions|nodes|metastases))|\s?$)"
)
_PEOPLE = r"(?:patients|women|men|participants|individuals|subjects|those|cases|tumou?rs)"
_TREATED_WITH = (
    r"(?:(?:randomly\s)?(?:assigned|allocated|randomi[sz]ed)(?:\sto)?|(?:who\s(?:were\s)?)?(?:treated\swith|receiving|received|given)|on)\s(?:the\s)?"
    r"[\w-]+(?:\s?(?:\+|plus|and|or)\s?[\w-]+)?(?:\s(?:arm|group|alone))?"
)
_ADJECTIVE = (
    r"(?:(?!(?:the|an?|all|any|no|of|in|for|with|and|or|than|to|this|that|such|some|most|many|few|more|other|our|their|each|every|number|between"
    r"|among|from|as|at|on|by|vs|versus|arm|group|[a-z]*(?:ib|mab|platin|taxel)|(?!as-)[\w-]+-treated|proportion|percent|percentage|rates?|survival|response|risk|was|were|had"
    r"|not|only|when|where|while|whereas|but|if|half|compared|respectively|majority|months?|years?|treated|included|enrolled|received|showed)(?![\w-]))[A-Za-z][\w/-]*\s)"
)
_LED = rf"(?:the\s)?(?:\d+\s|{COUNT_WORD}\s)?{_ADJECTIVE}{{0,2}}?{_PEOPLE}(?:\s\(n\s?=\s?\d+\))?"
# What some patients did and others did not; what all of an arm got is told of the arm, what befell them is an event.
_DID = (
    r"(?:(?!(?:received|treated|enrol\w+|assigned|allocated|randomi[sz]ed|entered|participated|started|experienced|reported|suffered|needed|required|showed"
    r"|presented|initiated|consented|agreed|died|included|indeed)\b)[a-z]{3,}ed|withdrew)"
)
PATIENTS_WITH = Pattern(
    id="patients-with",
    regex=rf"""
        (?: \b (?: in | for | among | amongst | of | from | between | than | versus | vs\.? | compared\s(?:with|to) | and ) \s
          | (?: ^ | [;,:]\s | \b (?: whereas | while | that | however,? ) \s ) (?= [^,;.]{{5,130}}? \s
            (?: had | have | showed | survived | lived | achieved | experienced | demonstrated | did ) \b ) )
        (?P<people> {_LED} ) \s (?P<treated> {_TREATED_WITH} \s (?=who\s|whose\s|in\swhom\s|with(?:out)?\s) )?
        (?P<relation>
            (?: with | without | harbou?ring | carrying | expressing | lacking | presenting(?:\swith)? | having | aged
              | in\swhom (?! \s [^,;()]{{5,70}} , )
              | not\sknown\sto\shave | (?:older|younger)\sthan
              | whose (?: \s (?:tumou?rs?|disease|cancers?) (?: \s (?:had|were|was|have|showed|demonstrated|expressed|harbou?red) )? )?
              | who\s (?: were\s(?:deemed|found|known|shown)\sto\shave | did\snot\s(?:have|develop|achieve|experience|undergo|show)
              | did\snot(?=\srespond\b)
              | had\snot | had\sno | had | have | were | are | achieved
                  | developed | underwent )
              | who (?= \s (?: (?:later|subsequently|eventually|then|never|still)\s )? {_DID} \b )
            ) \b
        )
        \s (?:an?\s)?
        (?P<what>
            (?! [^,;.()]*(?:adverse|toxic|event)
                | (?:CR|PR|SD|PD|complete|partial|stable|progressive|grade|any|either|both|and|or|this|these|that|such
                  |better|worse|similar|longer|shorter)\b )
            (?: [^,;.()\[\]] | (?<=[NMT]\d),(?=\s[NMT]\d) ){{2,110}}?
        )
        {_BOUNDARY}
    """,
    examples={
        "median OS for patients with wild-type BRAF was 4 months": [{"what": "wild-type BRAF"}],
        "months, respectively, for patients harboring ALK fusions.": [{"what": "ALK fusions"}],
        "in the 74 patients who developed a rash was": [{"what": "rash"}],
        "Women without nodal disease had longer DFS than those with it": [{"what": "nodal disease"}, {"what": "it"}],
        "HRs for patients assigned X who did not develop rash, vs": [{"treated": "assigned X ", "what": "rash"}],
        "than patients whose tumors had high Ki67 (": [{"relation": "whose tumors had", "what": "high Ki67"}],
        "Patients who completed the study had a median": [{"relation": "who", "what": "completed the study"}],
        "follow-up in patients not known to have relapsed was": [{"relation": "not known to have", "what": "relapsed"}],
        "events in as-treated patients with mild asthma were": [{"what": "mild asthma"}],
        "Of the 14 patients who responded in the X arm, 9": [{"relation": "who", "what": "responded"}],
    },
    counterexamples=("We enrolled patients with advanced tumors", "of patients with grade 3 events", "Patients with anemia were given iron"),
    flags=re.VERBOSE | re.IGNORECASE,
)
WITH_AND_WITHOUT = Pattern(
    id="with-and-without",
    regex=rf"""
        \b {_PEOPLE} \s (?P<one> with ) \s (?: and | versus | vs\.? ) \s (?: (?:for|in|of|those|patients)\s ){{0,2}} (?P<other> without ) \s
        (?P<what> [^,;.()\[\]]{{3,60}}? ) {_BOUNDARY}
    """,
    examples={"for tumors with and for those without PTEN loss were 23% and 21%": [{"what": "PTEN loss"}], "women with vs without pain (": [{}]},
    counterexamples=("patients with or without metastases", "drug A with and without drug B"),
    flags=re.VERBOSE | re.IGNORECASE,
)
AND_WITHOUT = Pattern(
    id="and-without",
    regex=rf"\b and \s (?P<without> without \s (?P<what> [^,;.()\[\]]{{3,60}}? ) ) {_BOUNDARY}",
    examples={"in patients with a rash and without a rash.": [{"what": "a rash"}]},
    counterexamples=("with or without a rash",),
    flags=re.VERBOSE | re.IGNORECASE,
)
# Those who have not what the ones before have: "... than those without (5 vs 9 months)".
THE_OTHERS = Pattern(
    id="those-without",
    regex=r"""
        \b those \s (?P<what> without | not | who\s(?:did|were|had|have|do|are)\snot ) (?= \s? [(,.;\[] | \s? $ | \s (?:had|was|were|have) \b )
    """,
    examples={"in patients with visceral metastases than in those without (": [{"what": "without"}]},
    counterexamples=("those without metastases", "those who did"),
)
CLASS_OF_RISK = Pattern(
    id="risk-class",
    regex=r"\b(?P<what>(?:(?:RTOG|RPA|IMDC|MSKCC|NCCN|IPI|ISS)\s)+(?:class|group|risk|stage|score)\s(?:I{1,3}|IV|[0-5])(?:-(?:I{1,3}|IV|[0-5]))?)\b",
    examples={"for RTOG RPA class II patients": [{"what": "RTOG RPA class II"}]},
    counterexamples=("the RTOG class was recorded",),
)
_COUNTRY = (
    r"(?:the\s)?(?:United\sStates|United\sKingdom|USA|US|UK|Canada|Japan|China|South\sKorea|Korea|Taiwan|Hong\sKong|India|Australia|Germany|France|Italy"
    r"|Spain|Netherlands|Sweden|Norway|Denmark|Finland|Russia|Brazil|Mexico|Europe|North\sAmerica|Latin\sAmerica|South\sAmerica|Asia|East\sAsia)"
)
FROM_COUNTRY = Pattern(
    id="patients-of-a-country",
    regex=rf"\b (?: [Pp]atients | [Ww]omen | men | those | participants ) \s (?: in | from ) \s (?P<what> {_COUNTRY} ) \b (?! \s? - )",
    examples={"shorter in patients in Canada than in those in the United States": [{"what": "Canada"}, {"what": "the United States"}]},
    counterexamples=("a trial in Canada", "patients in China-based trials"),
)
_KIND_OF_PEOPLE = (
    r"(?:non-?)?(?:UK|US|Asian|East\sAsian|Japanese|Chinese|Korean|Indian|Caucasian|White|Black|African[\s-]American|Hispanic|European|Western|elderly|older"
    r"|younger|male|female|pre-?menopausal|post-?menopausal|surviving|living|unselected|transplanted|obese|overweight)"
)
PEOPLE_OF = Pattern(
    id="people-of-a-kind",
    regex=rf"\b(?P<what>{_KIND_OF_PEOPLE}\s(?:patients|women|men|participants|individuals|subjects))\b(?!\s(?:with|who|whose)\b)",
    examples={"the 13 surviving patients was": [{"what": "surviving patients"}], "among Hispanic women (": [{"what": "Hispanic women"}]},
    counterexamples=("younger patients with", "patients who were older"),
    flags=re.VERBOSE | re.IGNORECASE,
)
IN_WHOM = Pattern(
    id="patients-in-whom",
    regex=r"\b(?:patients|women|men|those)\s(?:\([^()]*\)\s)?in\swhom\s(?P<what>[^,;()]{5,70}?)(?=,)",
    examples={"In the 30 patients in whom a biopsy was done, median OS": [{"what": "a biopsy was done"}]},
    counterexamples=("patients in whom it failed",),
)
REST = Pattern(
    id="other-patients",
    regex=r"""
        \b (?: (?: than | versus | vs\.? | compared\s(?:with|to) | and | to | with )\s (?: (?:in|for|the|all|among)\s ){0,3}
             | (?: in | for | among | of )\s (?: all\s )? the\s )
        (?P<what> (?: other | remaining )\s (?:(?:\d|two|three|four|study)\s)?
            (?: patients | women | men | cases | tumou?rs | participants | populations? | groups? | sub-?groups? | cohort )
            | others | rest(?:\sof\sthe\s\w+)? ) \b
        (?! \s(?: with | who | whose | than ) )
    """,
    examples={
        "shorter in the mutant group than in all other patients (": [{"what": "other patients"}],
        "8.3 years among patients with a test and 8.5 years for the remaining study population (": [{"what": "remaining study population"}],
        "9 months in patients with it and 12 months in the others.": [{"what": "others"}],
    },
    counterexamples=("other patients with", "in other patients"),
    flags=re.VERBOSE,
)
SMOKERS = Pattern(
    id="smokers",
    regex=r"\b(?P<what>(?:current|former|present|past|ever|never|ex|non)[\s-]?smokers)\b",
    examples={"in never-smokers than in current smokers": [{"what": "never-smokers"}, {"what": "current smokers"}]},
    counterexamples=("smokers and drinkers",),
    flags=re.VERBOSE | re.IGNORECASE,
)
_PEOPLES = (
    r"(?:non-?)?(?:blacks|whites|Asians|Caucasians|Hispanics|Latinos|African[\s-]Americans|Europeans|Westerners)"
    r"|children|adolescents|adults|the\selderly|octogenarians"
)
SEX = Pattern(
    id="men-or-women",
    regex=rf"""
        \b(?:in|for|among|than|versus|vs\.?|such\sas|including|especially|particularly|notably|and|or)\s
        (?P<what>(?:wo)?men|(?:fe)?males|{_PEOPLES})(?=\s?[(\[,.;]|\s(?:and|than|versus|vs|compared|was|were|but|had)\b|$)
    """,
    examples={
        "for men (HR 0.6) but not for women (HR 0.9)": [{"what": "men"}, {"what": "women"}],
        "some subgroups, such as women (0.7)": [{"what": "women"}],
        "was 56% for males and 60% for females [3]": [{"what": "males"}, {"what": "females"}],
        "lower in blacks than in whites (": [{"what": "blacks"}, {"what": "whites"}],
    },
    counterexamples=("in men with cancer", "men were older"),
    flags=re.VERBOSE | re.IGNORECASE,
)
AGE = Pattern(
    id="people-of-an-age",
    regex=r"""
        \b (?: patients | women | men | those | individuals | participants | subjects | cases )\s (?: aged\s | who\swere\s )?
        (?P<how> [<>≥≤]=? | over | under | above | below | older\sthan | younger\sthan | at\sleast ) \s?
        (?P<years> \d\d ) (?: \s years )?
        (?= \s (?:of\sage|old)\b | (?<=years) | \s?[,;()] | \s (?:was|were|had|than|and|versus|vs) \b ) (?: \s (?:of\sage|old) \b )?
    """,
    examples={"in women over 70 years of age than in those ≤70 years (": [{"how": "over", "years": "70"}, {"how": "≤", "years": "70"}]},
    counterexamples=("in patients over 12 months", "of patients under 5% risk"),
    flags=re.VERBOSE | re.IGNORECASE,
)
STAGE = Pattern(
    id="stage",
    regex=r"""
        \b (?: in | of | for | with | among | than | and | versus | vs\.? ) \s (?: the\s )? (?: (?:patients|those|women|men)\s (?:with|at|in)\s )?
        (?P<what> stages? \s (?: I{1,3} | IV ) [AB]? (?: \s? (?: - | / | and | or | to ) \s? (?: I{1,3} | IV ) [AB]? )?
            (?: \s (?: [A-Z]{2,6} | disease | tumou?rs? | [a-z]+oma s? | (?:\w+\s)?cancers? ) )? )
        \b (?! [\s-]* (?: of | group | score | migration | grouping ) \b )
    """,
    examples={
        "the survival rate of stage II NSCLC at 5 years": [{"what": "stage II NSCLC"}],
        "for patients with stage III disease (": [{"what": "stage III disease"}],
    },
    counterexamples=("was of stage", "stage II was", "Stage I to IIIA"),
    flags=re.VERBOSE,
)
SUBGROUP_CALLED = Pattern(
    id="subgroup-called",
    regex=r"""
        \b (?: the | in | our ) \s
        (?P<what> (?: (?! (?: the | this | that | each | any | other | every | all | of | in | an? | and | or | both | these | study
          | patient | treatment
              | control | planned | pre-?specified | exploratory | predefined | various | different | same | small | large | whole | entire | largest
              | (?:two|three|four|five|six) | \d+ )\s )
            [\w+-]+ \s ){1,3} )
        (?: subgroups? | subsets? | sub-?populations? ) \b (?! \s (?:analys[ie]s|of) )
    """,
    examples={"in the liver metastases subgroup (": [{"what": "liver metastases "}], "In the squamous subset, median": [{"what": "squamous "}]},
    counterexamples=("in this subgroup", "the prespecified subgroup", "a subgroup of patients", "the age subgroup analysis"),
    flags=re.VERBOSE | re.IGNORECASE,
)
_DEGREE = (
    r"(?:high|higher|low|lower|intermediate|elevated|normal|reduced|decreased|increased|strong|weak|moderate|negligible|positive|negative|absent)"
)
_MEASURED = (
    r"(?:expression|expressors?|expressers?|scores?|index|ratio|levels?|count|volume|burden|load|density|grade|signature|activity|risk|status|uptake|infiltration"
    r"|h(?:a?)emoglobin|albumin|intake|BMI|TMB)"
)
LEVEL_GROUP = Pattern(
    id="level-group",
    regex=rf"""
        \b (?P<what> {_DEGREE} [\s-]
            (?: (?!dos|risk\sof) [\w/-]+ [\s-] (?:\w+\s)?? {_MEASURED} | {_MEASURED} | [A-Z][\w-]*[A-Z\d]\w* | tumou?r\sburden )
        ) \s? (?= (?: groups? | sub-?groups? | subsets? | cohorts? | patients | tumou?rs | cases ) \b )
    """,
    examples={
        "in the high CD8 group than": [{"what": "high CD8"}],
        "the low-expression group": [{"what": "low-expression"}],
        "in the low risk score group": [{"what": "low risk score"}],
    },
    counterexamples=("the high dose group", "a high group", "with low dosage groups"),
    flags=re.VERBOSE,
)
# "high versus low X expression", "high- and low-risk groups": the head is told once.
ELIDED_HEAD = Pattern(
    id="head-told-once",
    regex=rf"""
        \b (?P<one> {_DEGREE} )
        (?: (?: -, \s (?P<two> {_DEGREE} ) -,? | - ) \s and
          | \s (?: versus | vs\.? | (?:as\s)?compared\s(?:with|to) | than ) (?: \s (?:in|for|those|the|patients|with) ){{0,3}} ) \s
        (?P<other> {_DEGREE} ) (?P<head> [\s-] (?: (?!dos) [\w/-]+ \s )?? (?: {_MEASURED} | [A-Z][\w-]*[A-Z\d]\w* ) )
        (?= \s? [,.;()\[] | \s (?: groups? | sub-?groups? | patients | tumou?rs | cases | was | were | had | respectively | is | are ) \b | \s? $ )
    """,
    examples={
        "for the high- and low-risk groups were": [{"one": "high", "other": "low", "head": "-risk"}],
        "in patients with strong versus weak XB2 expression (": [{"one": "strong", "other": "weak", "head": " XB2 expression"}],
    },
    counterexamples=("high and low doses of A", "higher versus placebo", "moderate or strong XB2 expression ("),
)
RISKS = Pattern(
    id="groups-of-risk",
    regex=r"""
        (?<! \bat\s ) (?<! \ba\s ) (?<! \ban\s ) (?<! \bthe\s )
        \b (?P<what> (?:very[\s-])? (?: low | intermediate | standard | high | good | poor | favou?rable ) [\s-] risk ) \b
        (?= \s? [,;:(\[] | \s (?: and | or | versus | vs\.? | was | were | had | RT | no | with | without ) \b | \s? $ )
    """,
    examples={"OS rates were: low risk, 90%; high risk, 50%": [{"what": "low risk"}, {"what": "high risk"}]},
    counterexamples=("at high risk, the", "low risk of bias", "a high-risk patient"),
    flags=re.VERBOSE | re.IGNORECASE,
)
_AGENT = r"(?:carriers|responders|progressors|smokers|drinkers|users|survivors|expressors|expressers|secretors|metaboli[sz]ers)"
AGENTS = Pattern(
    id="people-by-what-they-do",
    regex=rf"""
        \b (?: in | for | among | than | versus | vs\.? | and | between | compared\s(?:with|to) | of ) \s (?: (?:the|all|those|\d+)\s ){{0,2}}
        (?P<what> (?: (?!the\b|of\b|and\b|in\b|or\b|were\b|was\b|long-term\b|cancer\b|than\b) [\w/*-]+ \s ){{0,2}} (?:[a-zA-Z]+-)? {_AGENT} ) \b
    """,
    examples={
        "in BRCA2 mutation carriers than in non-carriers (": [{"what": "BRCA2 mutation carriers"}, {"what": "non-carriers"}],
        "longer for responders than for nonresponders": [{"what": "responders"}],
    },
    counterexamples=("cancer survivors were asked",),
)
BEYOND = Pattern(
    id="after-an-event",
    regex=r"""
        \b (?: survival | OS | PFS | ORR | response ) (?:\srates?|\stimes?)? \s
        (?P<what> (?: beyond | after | following | since ) \s (?: the\s )? (?: first\s | second\s | disease\s
          | initial\s )? (?: progression | relapse | recurrence | PD ) ) \b
      | \b (?P<course> [Aa]fter \s (?: the\s )? induction (?: \s (?: therapy | treatment | chemotherapy | phase ) )? ) \b
    """,
    examples={
        "Median survival beyond first progression was": [{"what": "beyond first progression"}],
        "OS after PD was": [{"what": "after PD"}],
        "After induction therapy, the ORR was": [{"course": "After induction therapy"}],
    },
    counterexamples=("treated beyond progression", "after chemotherapy"),
)
PATTERNS = (
    STATUS_GROUP,
    LEVEL_GROUP,
    PATIENTS_WITH,
    THE_OTHERS,
    AND_WITHOUT,
    AGENTS,
    AGE,
    PEOPLE_OF,
    FROM_COUNTRY,
    NAMED_COHORT,
    IN_WHOM,
    REST,
    SMOKERS,
    SEX,
    STAGE,
    SUBGROUP_CALLED,
    BEYOND,
    CLASS_OF_RISK,
    RESPONDERS,
    THOSE,
    IN_PATIENTS,
    ANALYSIS_OF,
    CONDITION,
    MARKER_LEVEL,
    PERFORMANCE_STATUS,
    LIVER_FUNCTION,
    COHORT,
    ANALYSIS_SET,
    NAIVE,
    SUBGROUP_OF,
)


def find_populations(text: str) -> Iterator[Mention]:
    """The populations named in a folded text, the longest at a place; `detail` is the pattern that read it. Those with and without come first."""
    found = [
        (CharSpan(*_extent(m)), p, m)
        for p in PATTERNS
        for m in p.find(text)
        if p is not PATIENTS_WITH or _sets_apart(m) or _is_set_against_without(text, m)
    ]
    first = [*_with_and_without(text), *_heads_told_once(text), *_risks_apart(text)]
    taken = [one.span for one in first]
    yield from first
    before: str | None = None
    for span, pattern, match in sorted(found, key=lambda f: (f[0].start, -f[0].end)):
        if any(span.overlaps(t) for t in taken):
            continue
        if (pattern is THE_OTHERS and (before is None or before.startswith("without "))) or (pattern is REST and before is None):
            continue
        if pattern is AND_WITHOUT and before != _of_relation("with", ascii_operators(match.group("what"))):
            continue
        taken.append(span)
        norm = normal(pattern, match) if pattern not in (THE_OTHERS, AND_WITHOUT) else f"without {before}"
        before = norm
        yield Mention(MentionKind.POPULATION, span, norm, detail=OF_DISEASE if pattern is PATIENTS_WITH and _is_disease(match) else pattern.id)
        other = _set_against(match) if pattern is PATIENTS_WITH else None
        if other is not None:
            taken.append(other.span)
            yield other


_AGAINST = re.compile(
    r"\s(?:versus|vs\.?|(?:as\s)?compared\s(?:with|to)|rather\sthan)\s(?P<what>"
    r"(?!(?:the|those|these|all|other|patients|women|men|with|without|in|for)\b|\d[\d.]*\s?(?:%|(?:months?|years?|weeks?|days?)\b))"
    rf"[^,;.()\[\]]{{2,40}}?){_BOUNDARY}"
)


def _set_against(match: re.Match[str]) -> Mention | None:
    """The others of whom "patients with" is not said again: "patients with N0 versus N1 disease", "with a scar vs no scar"."""
    against = _AGAINST.match(match.string, match.end())
    if against is None or match.group("relation").casefold() not in ("with", "having", "harboring", "harbouring", "carrying"):
        return None
    what = re.sub(r"^no\s", "without ", ascii_operators(against.group("what")))
    return Mention(MentionKind.POPULATION, CharSpan(*against.span("what")), what, detail=PATIENTS_WITH.id)


def _with_and_without(text: str) -> Iterator[Mention]:
    for match in WITH_AND_WITHOUT.find(text):
        what = _of_relation("with", ascii_operators(match.group("what")))
        yield Mention(MentionKind.POPULATION, CharSpan(*match.span("one")), what, detail=WITH_AND_WITHOUT.id)
        yield Mention(MentionKind.POPULATION, CharSpan(match.start("other"), match.end("what")), f"without {what}", detail=WITH_AND_WITHOUT.id)


def _heads_told_once(text: str) -> Iterator[Mention]:
    for match in SETS_TOLD_ONCE.find(text):
        for name in ("one", "other"):
            norm = f"{match.group(name)} {match.group('head').removesuffix('s')}"
            yield Mention(MentionKind.POPULATION, CharSpan(*match.span(name)), norm, detail=NAMED_COHORT.id)
    for match in ELIDED_HEAD.find(text):
        for name in ("one", "two", "other"):
            if match.group(name):
                span = CharSpan(match.start(name), match.end("head") if name == "other" else match.end(name))
                yield Mention(MentionKind.POPULATION, span, f"{match.group(name)}{match.group('head')}", detail=ELIDED_HEAD.id)


def _risks_apart(text: str) -> list[Mention]:
    """Groups of risk where a sentence tells several: "low risk, 93%; high risk, 64%"."""
    found = [
        Mention(MentionKind.POPULATION, CharSpan(*m.span("what")), re.sub(r"\s", "-", m.group("what").lower()), detail=RISKS.id)
        for m in RISKS.find(text)
    ]
    return found if len({one.norm for one in found}) > 1 else []


def _extent(match: re.Match[str]) -> tuple[int, int]:
    """The place of a population, without the preposition before it; of a condition that an endpoint leads to ("OS after relapse") the condition."""
    if match.re is PATIENTS_WITH.compiled:
        return match.start("relation" if match.group("treated") else "people"), match.end()
    if match.re is AND_WITHOUT.compiled:
        return match.span("without")
    if match.re in (REST.compiled, NAMED_COHORT.compiled, STAGE.compiled, AGENTS.compiled):
        return match.span("what")
    return match.span("what") if match.re is BEYOND.compiled and match.group("what") else match.span()


def people_with(text: str) -> Iterator[Mention]:
    """All that a text says patients have, be it only the disease of all: who a result is of that no treatment is told of."""
    for match in PATIENTS_WITH.find(text):
        if match.group("relation").casefold() == "with" and not _TREATED.search(match.group("what")):
            yield Mention(MentionKind.POPULATION, CharSpan(*match.span("what")), normal(PATIENTS_WITH, match), detail="people-with")


# What all patients of a trial have or got is no subgroup of them, but for what tells some of them from the others.
_OF_DISEASE = re.compile(rf"(?:{_DISEASE})", re.IGNORECASE)
_DISTINCT = re.compile(
    r"""
    \b (?: positive | negative | mutant | mutat\w+ | fusions? | rearrang\w+ | translocat\w+ | deletions? | loss | wild[\s-]type
      | amplif\w+ | express\w* | over-?express\w* | high | low | elevated
      | increased | normal | intermediate
      | moderate | strong | weak | single | solitary | multiple | synchronous | metachronous | measurable | bulky | stages?\s[I\d]
      | grades?\s[I\d] | T[0-4] | N[0-3] | M[01]
      | (?: liver | lung | bone | brain | visceral | hepatic | nodal | node | CNS | peritoneal | extrahepatic | pulmonary
      | lymph\snode )\s?-?(?:only\s)?(?:metasta\w+ | disease | involvement)
      | left | right | upper | lower | central\w* | peripheral\w* | primary | due\sto | not ) \b | [<>≤≥]
    """,
    re.IGNORECASE | re.VERBOSE,
)
# An abbreviation alone is a disease far more often than a feature of some patients ("patients with LGX", not "with LGX loss").
_SHORT_DISEASE = re.compile(r"(?:[a-z-]+\s){0,2}[a-z]?[A-Z]{2,6}(?:\s(?:conducted|in|at|on|from|after|who|[a-z]+ed)\b.*)?")
_TREATED = re.compile(r"\b(?:treated|receiv\w*|given|random\w*|assigned|allocated|response|died|adverse)\b", re.IGNORECASE)


def _sets_apart(match: re.Match[str]) -> bool:
    """Whether patients "with" something are some among others: not by what all got."""
    what, relation = match.group("what"), match.group("relation").casefold()
    if relation.startswith("not known"):
        return True
    named = re.search(r"[A-Za-z]{3}|[A-Z][\w<>≤≥]", re.sub(r"\b(?:and|or)\b|.*\b(?:to|as|of|by|in|with|than|for|from|and|or)$", "", what))
    too_long = len(what.split()) > _MOST_WORDS + 2 * (relation == "who")
    return named is not None and not too_long and not _names_level(what) and not _TREATED.search(what)


OF_DISEASE = "patients-with-a-disease"
"""The detail of patients who are told by their disease alone: all of a study are."""


def _is_disease(match: re.Match[str]) -> bool:
    """Whether what patients are said to have is a disease and nothing that tells some of those who have it from others."""
    what = match.group("what")
    of_all = _OF_DISEASE.search(what) or _SHORT_DISEASE.fullmatch(what)
    return match.group("relation").casefold() not in ("without", "lacking") and bool(of_all) and not _DISTINCT.search(what)


def _is_set_against_without(text: str, match: re.Match[str]) -> bool:
    """Whether the text sets patients "with" something against those "without" the same."""
    what = re.escape(match.group("what").strip())
    return match.group("relation").casefold() == "with" and re.search(rf"\bwithout\s(?:an?\s)?{what}\b", text) is not None


_MOST_WORDS = 11


def _names_level(what: str) -> bool:
    """Whether a phrase is a level that a pattern of its own reads."""
    return any(inner.compiled.search(what) for inner in (MARKER_LEVEL, PERFORMANCE_STATUS, LIVER_FUNCTION))


def normal(pattern: Pattern, match: re.Match[str]) -> str:
    """A population as a slot holds it: `AFP >= 400 ng/mL`, `ECOG PS 0-1`, `Child-Pugh B`, `per protocol`."""
    if pattern is MARKER_LEVEL:
        level = re.sub(r"^(?:of|levels?|concentrations?|at)\s", "", match.group("level"))
        return f"{match.group('name')} {spaced(level)}"
    if pattern is PERFORMANCE_STATUS:
        scale = match.group().split()[0]
        kind = "score of" if re.search(r"score of", match.group()) else "PS"
        return f"{scale} {kind} {match.group('level').strip()}"
    if pattern is LIVER_FUNCTION:
        return f"Child-Pugh {'class ' if 'class' in match.group() else ''}{match.group('level')}"
    if pattern is RESPONDERS:
        return match.group("what")
    if pattern is ANALYSIS_SET:
        return "per protocol"
    if pattern is FROM_COUNTRY:
        return match.group("what").removeprefix("the ")
    if pattern in (NAMED_COHORT, STAGE, STATUS_GROUP, CLASS_OF_RISK, LEVEL_GROUP, PEOPLE_OF, SMOKERS, SEX, SUBGROUP_CALLED, IN_WHOM, REST, AGENTS):
        return ascii_operators(match.group("what"))
    if pattern is BEYOND:
        said = re.sub(r"\bthe\s", "", match.group("what") or match.group("course"))
        return said[:1].lower() + said[1:]
    if pattern in (AGE, PATIENTS_WITH):
        return _people(match) if pattern is PATIENTS_WITH else _of_age(match)
    if pattern in (SUBGROUP_OF, THOSE, IN_PATIENTS, ANALYSIS_OF, CONDITION):
        what = match.group("what").strip()
        for inner in (MARKER_LEVEL, PERFORMANCE_STATUS, LIVER_FUNCTION):
            found = inner.compiled.search(what)
            if found and pattern in (SUBGROUP_OF, IN_PATIENTS):
                return normal(inner, found)
        return _abbreviated(re.sub(r"^(?:received|underwent|had|were|was|are|the)\s", "", ascii_operators(what)))
    return re.sub(r"\s?-\s?", "-", ascii_operators(match.group()))


# "lower levels of AFP (<400 ng/mL)": what is low is told behind it.
_LEVEL_BEHIND = re.compile(rf"\s?\(\s?(?:i\.e\.,?\s)?(?P<level>{_OPERATOR}\s?\d[\d.,]*(?:\s?[%\w][\w/%]*)?)\s?\)")
_GRADED = re.compile(
    rf"{_DEGREE}\s(?:(?:serum|plasma|baseline|blood|pretreatment)\s)?(?:(?:levels?|concentrations?|values?)\sof\s)?"
    r"(?P<marker>(?!levels?\b)[\w/-]+(?:\s[\w/-]+)?)(?:\s(?:levels?|concentrations?|values?))?$"
)


def _of_age(match: re.Match[str]) -> str:
    how = match.group("how").casefold().replace("than", "").strip()
    return f"aged {_ORDER.get(how, ascii_operators(how))} {match.group('years')} years"


_ORDER = {"over": ">", "above": ">", "older": ">", "under": "<", "below": "<", "younger": "<", "at least": ">="}


def _people(match: re.Match[str]) -> str:
    """What patients "with" something have, or the level that is told behind it in brackets."""
    level = _LEVEL_BEHIND.match(match.string, match.end())
    graded = _GRADED.match(match.group("what")) if level is not None else None
    if level is not None and graded is not None:
        return f"{graded.group('marker')} {spaced(level.group('level'))}"
    return _of_relation(match.group("relation").casefold(), ascii_operators(match.group("what")))


def _of_relation(relation: str, what: str) -> str:
    """What sets people apart, with the relation where it says something: "without" it, "aged" so."""
    plain = re.sub(r"\bmutations\b", "mutation", re.sub(r"^(?:an?|the|been)\s", "", _abbreviated(what)))
    plain = re.sub(r"^(?:tumou?rs?|disease|cancers?)\s(?:that\s)?(?:with|had|were|expressing|harbou?ring|showing|demonstrating)\s", "", plain)
    if relation.startswith(("not known", "older", "younger", "aged")):
        return f"{relation} {plain}"
    if relation == "who" and plain == "responded":
        return "responders"
    if relation.endswith("not") and plain in ("respond", "responded"):
        return "non-responders"
    negated = relation in ("without", "lacking") or re.search(r"\bnot?\b", relation)
    return f"without {plain}" if negated else plain


def _abbreviated(text: str) -> str:
    """The short form where the text gives both: "transarterial chemoembolization (TACE)" is `TACE`."""
    match = re.search(r"\s\((?P<short>[A-Z][A-Za-z-]{1,9})\)", text)
    if match is None:
        return text
    words = text[: match.start()].split(" ")
    for n in range(min(len(match.group("short")), len(words)), 0, -1):
        if words[-n][:1].casefold() == match.group("short")[0].casefold():
            return " ".join([*words[:-n], match.group("short")]) + text[match.end() :]
    return text[: match.start()] + text[match.end() :]


def spaced(level: str) -> str:
    """One blank around an operator, ASCII: `≥400 ng/mL` is `>= 400 ng/mL`."""
    return re.sub(r"^\s*(>=|<=|>|<|=)\s*", r"\1 ", ascii_operators(re.sub(r"^(?:of|levels?|concentrations?|at|\s)+", "", level)).strip())


def ascii_operators(text: str) -> str:
    """`≥` and `≤` as `>=` and `<=`, blanks single."""
    return re.sub(r"\s+", " ", text.replace("≥", ">=").replace("≤", "<=")).strip()
