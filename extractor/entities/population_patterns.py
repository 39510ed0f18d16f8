"""How populations are called: the named patterns that `populations.py` reads them with."""

from __future__ import annotations

import re

from extractor.entities.population_ends import ON
from extractor.entities.population_words import PEOPLE
from extractor.quantities import COUNT_WORD, Pattern

OPERATOR = r"(?:≥|≤|>=|<=|>|<|=)"
_SIGN_IN_WORDS = r"(?:at\sleast|at\smost|(?:less|more|greater|lower|higher|fewer)\sthan|above|below|over|under|up\sto)"
_AMOUNT = r"\d(?:[\d,.]*\d)?(?:\s?(?:ng|mAU|IU|U|pg|µg|mg)\s?/\s?(?:mL|ml|L|dL)|\s?(?:cm|mm|years?|months?|%|points?)(?!\w))?"
_LEVEL = (
    r"(?:of\s|levels?\s(?:of\s)?|concentrations?\s(?:of\s)?|at\s(?!least|most))*"
    rf"(?:(?:{OPERATOR}|{_SIGN_IN_WORDS}(?=\s))\s?{_AMOUNT}|(?<=\s){_AMOUNT}(?=\sor\s)\sor\s(?:more|higher|greater|above|over|less|lower|below|under))"
)

MARKER_LEVEL = Pattern(
    id="marker-level",
    regex=rf"(?<![A-Za-z])(?:(?:baseline|serum|plasma|pre-?treatment|initial)\s)*(?P<name>AFP|alpha-fetoprotein|α-fetoprotein|PIVKA-II|CEA|PSA|LDH|CA\s?19-9|CA-?125|PD-L1(?:\s(?:TPS|CPS|expression))?|TPS|CPS|tumou?r\ssize|aged?(?!\s?=\s?\d)|TMB)(?:\s\([A-Z]{{2,4}}\))?\s?(?P<level>{_LEVEL})",
    examples={
        "patients with AFP ≥400 ng/mL": [{"name": "AFP"}],
        "AFP of ≥300 ng/mL,": [{"name": "AFP"}],
        "tumor size >8 cm": [{"name": "tumor size"}],
        "with PD-L1 expression of at least 50%": [{"level": "of at least 50%"}],
        "an AFP of 400 ng/mL or more": [{"level": "of 400 ng/mL or more"}],
    },
    counterexamples=("AFP was 400 ng/mL", "AFP fell", "AFP of 400 ng/mL", "LDH above normal"),
)
PERFORMANCE_STATUS = Pattern(
    id="performance-status",
    regex=r"(?:(?:ECOG|WHO|Zubrod|Karnofsky)\s?(?:(?:performance\s(?:status|score)|PS|score|status)\s?)*|\b(?:performance\sstatus|PS)\s)(?:of\s|was\s)?(?P<level>(?:≥|≤|>|<)?\s?[0-4](?:\s?(?:-|or|/|to|and)\s?[0-4])?)(?:\s?score)?(?!\d|\.\d|%)",
    examples={
        "ECOG PS 0-1 score": [{"level": "0-1"}],
        "an ECOG score of 0 (": [{"level": "0"}],
        "ECOG performance status 2": [{"level": "2"}],
        "than in those with a performance status of 1 (": [{"level": "1"}],
    },
    counterexamples=("the ECOG 4599 trial", "ECOG PS was recorded", "performance status 80% or more"),
)
LIVER_FUNCTION = Pattern(
    id="child-pugh-class",
    regex=r"Child\s?-\s?Pugh(?:\s(?:class|grade|score|stage))?\s(?P<level>[ABC]\d?(?:\s?(?:or|and|/|-)\s?[ABC]\d?)?)(?![A-Za-z\d])",
    examples={"for Child-Pugh B and": [{"level": "B"}], "Child-Pugh class A (": [{"level": "A"}]},
    counterexamples=("Child-Pugh Although", "the Child-Pugh score"),
)
COHORT = Pattern(
    id="cohort",
    regex=r"\b(?P<what>cohort|part|stratum|(?:dose\s)?level|DL)\s?(?P<which>\d{1,2}[A-H]?|(?<=\s)[A-H])(?![\w%-]|\.\w)|\b(?P<phase>dose\s?-\s?(?:escalation|expansion)\s(?:phase|cohort|part))",
    examples={
        "the results of cohort 3 of": [{"which": "3"}],
        "in the dose-escalation phase": [{}],
        "at dose level 3, one": [{"which": "3"}],
        "in cohort B.": [{"which": "B"}],
    },
    counterexamples=("the cohort of 12", "part of it"),
    flags=re.VERBOSE | re.IGNORECASE,
)
_SET_OF_DATA = (
    r"(?:training|validation|testing|test|discovery|derivation|development|replication|internal(?:\svalidation)?|external(?:\svalidation)?|primary|matched"
    r"|expansion|escalation|propensity(?:[\s-]score)?[\s-]matched|PSM|unmatched|overall)"
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
        \b (?P<one> {_SET_OF_DATA} ) (?: \s? [(\[][^()\[\]]*[)\]] )? \s (?: and | or | versus | vs\.? ) \s (?: (?:the|independent|in)\s ){{0,3}}
        (?P<other> {_SET_OF_DATA} ) \s
        (?P<head> cohorts? | data-?sets? | sets? | groups? | populations? | samples? ) \b
    """,
    examples={
        "in the training and validation cohorts, respectively": [{"one": "training", "other": "validation", "head": "cohorts"}],
        "in the training (HR 3.4) and the independent validation cohort (HR 4.1)": [{"one": "training", "other": "validation", "head": "cohort"}],
    },
    counterexamples=("the training cohort and the validation cohort",),
)
ANALYSIS_SET = Pattern(
    id="analysis-set",
    regex=r"""
        (?: (?P<set> \b per[\s-]protocol (?= \s(?:population|analys[ie]s|set|patients|cohort|group|sample)\b ) )
          | (?: (?<=the\s) | (?<=\bin\s) | (?<=\bby\s) | (?<=\bfor\s) | (?<=[(\[]) ) per[\s-]protocol | \b per-protocol
          | (?-i:\bPP) (?= \s(?:population|analys[ie]s|set|patients|cohort|group)\b ) ) \b
        (?: \s(?:population|analysis|set|patients|cohort) )?
    """,
    examples={"in the per-protocol population": [{"set": "per-protocol"}], "for the PP population, 43%": [{}]},
    counterexamples=("as the protocol says", "PP was given", "who completed treatment per protocol"),
    flags=re.VERBOSE | re.IGNORECASE,
)
NAIVE = Pattern(
    id="treatment-history",
    regex=r"\b(?P<what>(?:treatment|sorafenib|chemotherapy|ICI|immunotherapy|[a-z]{4,}ib|[a-z]{4,}mab)\s?-\s?(?:na[iï]ve|refractory|experienced|pretreated))(?=\s(?:patients|cohort|group|population|subgroup|subjects|individuals))",
    examples={"in the treatment-naive patients": [{"what": "treatment-naive"}]},
    counterexamples=("a naive approach", "treatment was started", "12 sorafenib-treated patients"),
)
SUBGROUP_OF = Pattern(
    id="subgroup-of-patients",
    regex=rf"\b(?:subgroup|subset|subpopulation|subgroup\sanalysis)\sof\s(?:the\s)?(?:patients?|those|women|men|participants)\s(?:with|who|whose|aged)\s(?P<what>{ON}{{3,80}}?)(?=[,;()]|\.(?!\d)|\s(?:the|median|was|were|had|showed|is|and|revealed|receiv\w+|treated|PFS|OS|ORR)\b|$)",
    examples={"In the subgroup of patients with liver metastases, median": [{"what": "liver metastases"}]},
    counterexamples=("In patients with liver metastases",),
)
THOSE = Pattern(
    id="those-who",
    regex=r"\b[Tt]hose\s(?:with|who|whose)\s(?P<what>(?:(?!\sand\s\d)[^,;()]|\([^()]*\)){3,110}?)(?=,?\s(?:had|showed|achieved|experienced|survived|a\smedian|the\smedian)\b)",
    examples={"Those with more than one lesion had a median OS": [{"what": "more than one lesion"}]},
    counterexamples=("those of the control group had", "those with lesions, treated early"),
)
# What all patients of a trial have or got is no subgroup of them.
DISEASES = "|".join(
    (
        *"cancer carcinoma HCC tumou?r disease leuka?emi lymphoma melanoma myeloma sarcoma malignan metasta advanced NSCLC SCLC".split(),
        *r"gliom blastoma mesothelioma neoplas \b(?:GBM|AA|AML|CLL|CML|MDS|GIST|[a-z]*(?:CRPC|RCC|CRC|TNBC)|LAPC|MBC|SCC|DCIS|CRLM)\b".split(),
    )
)
DISEASE = "|".join((DISEASES, *r"treated receiv given random who\sdied adverse response".split()))
IN_PATIENTS = Pattern(
    id="in-patients-with",
    regex=rf"^(?:In|Among|For)\s(?:the\s)?(?:patients|those|women|men|participants)\s(?:with|who|whose|aged)\s(?P<what>(?:(?!{DISEASE}|\s(?:the|an?)\s(?:[\w-]+\s){{1,4}}(?:was|were)\s)(?:[^,;:()]|\([^()]*\))){{3,110}}?),\s",
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
    regex=r"\b(?P<what>from\s(?:the\s(?:time|start|date)\sof\s(?:[\w-]+\s){1,3}?(?:initiation|start|therapy|treatment|diagnosis|onset)|(?!the\s|their\s|its\s)[\w-]+\s(?:initiation|onset))|(?:controlling|adjusting|adjusted|corrected|censoring)\s(?:for|at)\s(?=[^,;()]{0,40}\b(?:subsequent|later|next|post\w*|salvage|rescue|cross-?over|switch\w*|transplant\w*|change)\b)[^,;()]{3,70}?)(?=,|\sof\s|\swas|\sincluding|\sthe\s|[.;)]|$)",
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
            (?: \b (?: (?:[A-Z]{{1,4}}-)? [A-Z][\w/.]*[A-Z\d][\w/.]* | [A-Z]{{2,}}\d* | (?:lymph\s)?node
                | (?:(?:hormone|o?estrogen|progesterone)\s)?receptor )
                (?: \s(?:pathway|gene|protein|receptor|mutation) )? [\s-] )
            {_STATUS} (?: \s (?:or|and|and/or) \s (?: {_STATUS} | unknown ) )?
          | \b (?: high | low | intermediate | standard | poor | good | favou?rable ) -risk
          | \b [A-Z]{{2,}}\d* -unknown
        )
        (?: \s type )?
        (?= \s (?: (?: and | or | versus | vs\.? | compared\s(?:with|to) | than )\s (?:(?:in|for|among|with)\s(?:the\s)?)? (?:[\w/.+-]+\s){{1,2}}? )?
            (?: groups? | sub-?groups? | subsets? | (?:sub-?)?populations? | cohorts? | patients? | women | men | tumou?rs | cases
              | disease | individuals ) \b )
    """,
    examples={
        "ER-positive versus ER-negative women": [{"what": "ER-positive"}, {"what": "ER-negative"}],
        "80.1% in the ALK-mutant group": [{"what": "ALK-mutant"}],
        "12% of PD-L1-negative patients": [{"what": "PD-L1-negative"}],
        "in the BRCA wild-type or unknown groups": [{"what": "BRCA wild-type or unknown"}],
        "for the MET pathway-amplified subgroup": [{"what": "MET pathway-amplified"}],
        "in the high-risk group": [{"what": "high-risk"}],
        "for node-positive patients": [{"what": "node-positive"}],
    },
    counterexamples=("the ALK gene was mutant", "a positive result", "HER2-positive breast cancer"),
)
# The disease of all, where its two statuses are set against each other.
STATUS_OF_DISEASE = Pattern(
    id="status-of-a-disease",
    regex=rf"""
        \b (?: [Ii]n | [Ff]or | [Aa]mong | [Oo]f | with | than ) \s (?: the\s )?
        (?P<what> (?: [A-Z][\w/.]*[A-Z\d][\w/.]* | [A-Z]{{2,}}\d* | (?:lymph\s)?node | (?:(?:hormone|o?estrogen|progesterone)\s)?receptor )
            [\s-] {_STATUS} ) \s (?: [a-z][\w-]+ \s ){{0,3}}?
        (?: cancers? | carcinomas? | lymphomas? | leuka?emias? | melanomas? | gliomas? | glioblastomas? | sarcomas? | disease
          | NSCLC | AML | ALL | CRC ) \b
    """,
    examples={"57% in HPV-negative tonsil cancer": [{"what": "HPV-negative"}]},
    counterexamples=("the HPV-negative patients",),
)
# A comparative leads on to what it is measured by: "more than 3 lesions"; so does what a number tells the sort or the bound of: "type 2", ">= 48 h".
_COMPARATIVE = "other more less fewer greater older younger longer shorter higher lower larger smaller better worse later earlier".split()
_NOT_MORE = "".join(rf"(?<!\b{word}\s)" for word in _COMPARATIVE)
_NUMBERED_BY = "least most than type grade stage class score level group over under above below PS between within".split()
_NOT_NUMBERED = "(?<![<>=≥≤])" + "".join(rf"(?<!\b{word})" for word in _NUMBERED_BY)
BOUNDARY = (
    r"(?=\s?(?:[;:()\[]|\.(?!\d)|,(?!\s[NMT]\d))"
    r"|\s(?:was|were|had|has|have|is|are|did|do|does|will|would|can|could|may|might|must|should|shall|showed|achieved|experienced|received|experience"
    r"|develop|suffer|die|relapse(?=\s(?:more|less|earlier|later|sooner|faster)\b)|respond|progress|achieve|receive|undergo|require|survive|develops|suffers|dies|requires|tend|tends|tended"
    rf"|reported(?=\s(?:figures|that|an?|the|\d))|believed|appeared|varied|represents?|supports?|results\sin|{_NOT_MORE}than|than\s(?:with|without|in|those|among)\b|fared"
    r"|compared|since|versus|vs\.?|(?<!PS\s)(?<!score\s)(?<!status\s)(?<!stage\s)(?<!level\s)(?<!levels\s)of\s\d|at\s\d|(?<!tumors\s)(?<!tumours\s)(?<!cancers\s)(?<!disease\s)that"
    r"|the\s(?:(?:overall|objective|disease-free|progression-free)\s)?(?:response|survival|mortality|recurrence|relapse|remission)(?:\s(?:rates?|times?))?\s(?:was|were)"
    r"|(?:the|an?)\s(?:median|(?:adjusted\s|corresponding\s|estimated\s|pooled\s)?(?:HRs?|hazard|odds|relative\srisk|ORR|OS|PFS|DFS)\b)|and\s(?:in|for|among|those|without|\d+)|respectively|treated|assigned|conducted|enrolled|recruited|receiving|undergoing|seemed"
    r"|remained|alone|suffered|underwent|developed|died|evaluated|given(?!\sthat\b)|allocated|randomi[sz]ed|taking"
    r"|during|including|among|in\sall|remain\w*|with\s(?:a|an|the)|using|who|when|while|whereas|but|survived|lived|irrespective|regardless|relative"
    r"|demonstrated|benefit\w*|reached|there|obtained|attained|fared|gained|derived"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten)\s(?:had|has|responded|achieved|died|were|was|showed|relapsed|progressed|developed)"
    r"|(?:in|on|from|for|with)\s(?:the\s)?(?:\w+[\s-]){0,4}(?:arms?|groups?))\b"
    rf"|{_NOT_NUMBERED}\s\d(?!\s?(?:cm|mm|years|lesions|nodes|metastases))|\s?$)"
)
_PEOPLE = rf"(?:{PEOPLE}|those)"
_TREATED_WITH = (
    r"(?:(?:randomly\s)?(?:assigned|allocated|randomi[sz]ed)(?:\sto)?|(?:who\s(?:were\s)?)?(?:treated\swith|receiving|received|given)|on)\s(?:the\s)?"
    r"[\w-]+(?:\s?(?:\+|plus|and|or)\s?[\w-]+)?(?:\s(?:arm|group|alone))?"
)
_ADJECTIVE = (
    r"(?:(?!(?:the|an?|all|any|no|of|in|for|with|and|or|than|to|this|that|such|some|most|many|few|more|other|our|their|each|every|number|between"
    r"|among|from|as|at|on|by|vs|versus|arm|group|[a-z]*(?:ib|mab|platin|taxel)|(?!as-)[\w-]+-treated|proportion|percent|percentage|rates?|survival|response|risk|was|were|had"
    r"|not|only|when|where|while|whereas|but|if|half|compared|respectively|majority|months?|years?|treated|included|enrolled|received|showed)(?![\w-]))[A-Za-z][\w/-]*\s)"
)
_LED = (
    rf"(?:the\s(?:\d+|{COUNT_WORD})(?=\s(?:with|without|who|whose)\s)|(?<=\bof\s)\d+(?=\s(?:with|without|who|whose)\s)"
    r"|(?:the|this|our|one|another)\s(?:sub-?group|sub-?population|subset|cohort|group|stratum)(?=\s(?:with|without|whose)\s)"
    rf"|(?:the\s)?(?:\d+\s|{COUNT_WORD}\s)?{_ADJECTIVE}{{0,2}}?{_PEOPLE})(?:\s\(n\s?=\s?\d+\))?"
)
ITEM = (
    r"(?: [;,:]\s (?= (?: (?!(?<!\bwho)\s(?:were|was|are|is)\s) [^,;.()\[\]] ){4,110} [(\[] \s?"
    r" (?: n\s?[=,] | a?(?:HR|OR|RR)s?\b | hazard | odds | risk | median | \d ) ) )"
)
"""The start of an item of a list of which each has its figures in a bracket: "favoured A: patients with X (HR 0.7), patients with Y (HR 0.8)"."""
ONLY = r"(?: considering | (?:restricted|limited|confined)\sto )"
# What some patients did and others did not; what all of an arm got is told of the arm, what befell them is an event.
_DID = (
    r"(?:(?!(?:received|treated|enrol\w+|assigned|allocated|randomi[sz]ed|entered|participated|started|experienced|reported|suffered|needed|required|showed"
    r"|presented|initiated|consented|agreed|died|included|indeed)\b)[a-z]{3,}ed|withdrew)"
)
PATIENTS_WITH = Pattern(
    id="patients-with",
    regex=rf"""
        (?: \b (?: in | for | among | amongst | of | from | between | than | versus | vs\.? | compared\s(?:with|to) | and | or
              | {ONLY} ) \s (?: (?:only|just)\s )?
          | {ITEM}
          | (?: ^ | [;,:]\s | \b (?: whereas | while | that | however,? ) \s ) (?= (?: [^,;.()] | \( [^()]* \) ){{5,130}}? \s
            (?: had | have | showed | survived | lived | achieved | experienced | demonstrated | did | benefit(?:ed|ted|s)? | derived | gained | fared
              | responded | seemed | appeared | tended ) \b ) )
        (?P<given> (?: (?:the|all)\s )? (?: \d+\s )? (?!as-)[\w/+-]+-treated\s )?
        (?P<people> {_LED} ) \s (?P<treated> {_TREATED_WITH} \s (?=who\s|whose\s|in\swhom\s|with(?:out)?\s) )?
        (?P<relation>
            (?: with | without | harbou?ring | carrying | expressing
              | (?:showing|demonstrating|exhibiting|displaying)(?!\s(?:a|an|no|any)\s\w+\s(?:response|benefit))
              | lacking | presenting(?:\swith)? | having | aged
              | in\swhom (?! \s [^,;()]{{5,70}} , )
              | not\sknown\sto\shave | (?:older|younger)\sthan
              | whose (?: \s (?:tumou?rs?|disease|cancers?) (?: \s (?:had|were|was|have|showed|demonstrated|expressed|harbou?red) )? )?
              | (?:who|that)\s (?: were\s(?:deemed|found|known|shown)\sto\shave | did\snot\s(?:have|develop|achieve|experience|undergo|show)
              | did\snot(?=\srespond\b)
              | had\snot | had\sno | had | have | were | are | achieved
                  | developed | underwent )
              | (?:who|that) (?= \s (?: (?:later|subsequently|eventually|then|never|still)\s )? {_DID} \b )
            ) \b
        )
        \s (?:an?\s)?
        (?P<what>
            (?! \d[\d.]*\s?%\s(?!of\b)
                | [^,;.()]{{0,80}}(?:adverse|toxic|event)
                | (?:[a-z]{{3,}}ed\s)?grade\b | (?:regard|respect|reference)\sto\b | the\sexception\b
                | (?:CR|PR|SD|PD|complete|partial|stable|progressive|any|either|both\s(?:arms|groups|drugs|of)|and|or|this|these|that|such
                  |better|worse|similar|longer|shorter)\b )
            (?: {ON} | (?<=[NMT]\d),(?=\s[NMT]\d) ){{2,110}}?
        )
        {BOUNDARY}
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
        "Among the 70 XB2-treated patients with renal failure, 2": [{"given": "the 70 XB2-treated ", "what": "renal failure"}],
        "Of the 14 patients who responded in the X arm, 9": [{"relation": "who", "what": "responded"}],
        "in 12% of patients with bulky tumors given drug A, 4%": [{"what": "bulky tumors"}],
        "favored A: patients with nodal disease (HR 0.7), patients with bulky tumors (HR 0.8)": [{"what": "nodal disease"}, {"what": "bulky tumors"}],
    },
    counterexamples=("We enrolled patients with advanced tumors", "of patients with grade 3 events", "Patients with anemia were given iron"),
    flags=re.VERBOSE | re.IGNORECASE,
)
WHOSE = Pattern(
    id="people-whose-something-was-so",
    regex=rf"""
        \b (?: {_PEOPLE} | those | \d+ )\s whose \s (?P<what> (?: (?!tumou?rs?\b|disease\b) [\w/-]+ \s ){{1,4}}? (?: was | were | had
          | did\snot | fell | rose | remained | became | decreased | increased
            | exceeded | normali[sz]ed | dropped | declined )\b {ON}{{0,40}}? ) {BOUNDARY}
    """,
    examples={"in those whose MGMT promoter was methylated.": [{"what": "MGMT promoter was methylated"}]},
    counterexamples=("patients whose tumors were small,",),
)
WITH_AND_WITHOUT = Pattern(
    id="with-and-without",
    regex=rf"""
        \b {_PEOPLE} \s (?P<one> with ) \s (?: and | versus | vs\.? ) \s (?: (?:for|in|of|those|patients)\s ){{0,2}} (?P<other> without ) \s
        (?P<what> {ON}{{3,60}}? ) {BOUNDARY}
    """,
    examples={"for tumors with and for those without PTEN loss were 23% and 21%": [{"what": "PTEN loss"}], "women with vs without pain (": [{}]},
    counterexamples=("patients with or without metastases", "drug A with and without drug B"),
    flags=re.VERBOSE | re.IGNORECASE,
)
AND_WITHOUT = Pattern(
    id="and-without",
    regex=rf"\b and \s (?P<without> without \s (?P<what> {ON}{{3,60}}? ) ) {BOUNDARY}",
    examples={"in patients with a rash and without a rash.": [{"what": "a rash"}]},
    counterexamples=("with or without a rash",),
    flags=re.VERBOSE | re.IGNORECASE,
)
NUMBERED = Pattern(
    id="numbered-cohorts",
    regex=r"\b(?P<head>cohort|part|dose\slevel|level|stratum)s\s(?P<one>\d{1,2}[A-Z]?|[A-H])(?:,\s(?P<two>\d{1,2}[A-Z]?|[A-H]),?)?\s(?:and|or)\s(?P<other>\d{1,2}[A-Z]?|[A-H])(?![\w%-]|\.\w)",
    examples={"in cohorts 1A and 2, one": [{"head": "cohort", "one": "1A", "other": "2"}]},
    counterexamples=("in cohorts of 3 and 6",),
    flags=re.VERBOSE | re.IGNORECASE,
)
# Those who have not what the ones before have: "... than those without (5 vs 9 months)".
THE_OTHERS = Pattern(
    id="those-without",
    regex=r"""
        (?: \b (?: those | (?:the\s)?(?:sub-?)?groups? | (?:patients | women | men | dogs | tumou?rs | cases)(?=\swithout) ) \s
          | (?<=\d%\)\s) (?=without\b) )
        (?P<what> without | not | who\s(?:did|were|had|have|do|are)\snot )
        (?= \s? [(,.;\[] | \s? $ | \s (?:had|was|were|have) \b | \s (?:in|for|lived|survived|responded)\s (?:only\s|a\smedian\sof\s)?[\d\w]*\d )
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
# Those whom a follow-up is told of: "median follow-up of the patients still alive was", "Patients alive at last contact had a follow-up of".
ALIVE = Pattern(
    id="those-alive",
    regex=rf"""
        (?: \b follow(?:-|\s)?up\b [^.;()\d]{{0,60}}? \s (?: of | in | for | among )\s (?: all\s )?
          | (?: ^ | [.;:]\s | \band\s ) (?= [^.;]{{0,90}} \bfollow) )
        {_LED} \s (?: (?: who | that )\s (?: are | were | remain(?:ed)? )\s )? (?: still\s | currently\s | remaining\s )?
        (?P<what> alive (?: \s (?: at | and | without | in )\s [^,;.()]{{3,40}}? )? ) {BOUNDARY}
    """,
    examples={
        "Median follow-up of the patients still alive was": [{"what": "alive"}],
        "follow-up time for patients alive at last contact was": [{"what": "alive at last contact"}],
    },
    counterexamples=("the share of patients alive at 2 years was",),
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
             | (?: [Ii]n | [Ff]or | [Aa]mong | [Oo]f )\s (?: all\s )? the\s )
        (?P<what> (?: other | remaining )\s (?:(?:\d+|two|three|four|study)\s)?
            (?: patients | women | men | cases | tumou?rs | participants | populations? | groups? | sub-?groups? | cohort
              | (?!arms?|treatments?|drugs?|agents?|regimens?|hand|trials?|stud|than|two|three|eye|side|words
                |reasons?|causes?|adverse|events?|outcomes?|endpoints?|parameters?|locations?|sites?)[a-z-]{4,}s )
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
    regex=r"""
        (?<! \bwere\s ) (?<! \bwas\s ) (?<! \bare\s ) (?<! \bcurrently\s )
        \b (?P<what>
            (?: (?:current|present)\s(?:or|and)\s(?:former|past|ex)\s | (?: current | former | present | past | ever | never | ex | non ) [\s-]? )
            smokers ) \b
    """,
    examples={
        "in never-smokers than in current smokers": [{"what": "never-smokers"}, {"what": "current smokers"}],
        "for current or former smokers (": [{"what": "current or former smokers"}],
    },
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
        (?: \b(?:in|for|among|than|versus|vs\.?|such\sas|including|especially|particularly|notably|and|or|{ONLY})\s | {ITEM} )
        (?P<what>(?:wo)?men|(?:fe)?males|{_PEOPLES})
        (?= \s?[(\[,.;:] | $ | \s (?: and | than | versus | vs | compared | was | were | but | had | the | it | given | treated | assigned | allocated
            | receiving | who\sreceived | (?:in|on)\s(?:the\s)?(?:[\w-]+\s){{1,4}}(?:arms?|groups?) )\b )
    """,
    examples={
        "for men (HR 0.6) but not for women (HR 0.9)": [{"what": "men"}, {"what": "women"}],
        "some subgroups, such as women (0.7)": [{"what": "women"}],
        "was 56% for males and 60% for females [3]": [{"what": "males"}, {"what": "females"}],
        "lower in blacks than in whites (": [{"what": "blacks"}, {"what": "whites"}],
        "limited to women in the two arms": [{"what": "women"}],
        "favored A: men (HR 0.7), women (HR 0.8)": [{"what": "men"}, {"what": "women"}],
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
AGED = Pattern(
    id="aged-so",
    regex=r"""
        \b (?P<what> aged\s (?:
            (?: less\sthan | over | under | above | below | at\sleast | [<>≥≤]=? | between )\s? \d\d
              (?: \s (?:to|and)\s [<>≥≤]?=?\d\d )? (?: \s years )?
          | \d\d \s? (?: - | to | and ) \s? \d\d (?: \s years )?
          | \d\d (?: \s years )? (?: \s of\s age )? \s (?:or|and)\s (?: over | older | more | above | under | younger | less | below ) ) )
      | \b (?: patients | women | men | those | age )\s
        (?P<years> \d\d (?: \s years )? (?: \s of\s age )? \s (?:or|and)\s (?: over | older | more | above | under | younger | less | below ) ) \b
        (?! \s (?:days?|weeks?|months?|cycles?|courses?|nodes?|lesions?|points?|lines?|hours?|times|doses?|metastas[ei]s)\b )
      | \b (?: in | of | for | among )\s (?: (?:patients|women|men|those)\s )? (?P<bare> (?: over | under | above
        | below )\s \d\d (?:\syears)? (?:\sof\sage)? ) (?= \s? [,;.()] | \s(?:and|it|was|the)\b )
    """,
    examples={
        "in 27% aged 40 or over (": [{"what": "aged 40 or over"}],
        "in women 40 years or younger": [{"years": "40 years or younger"}],
    },
    counterexamples=("the aged 40", "in patients 10 or more cycles into"),
)
STAGE = Pattern(
    id="stage",
    regex=r"""
        (?: \b (?: in | of | for | with | among | than | and | versus | vs\.? ) \s (?: the\s )? (?: (?:patients|those|women|men)\s (?:with|at|in)\s )?
          | [;:]\s )
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
              | most | many | few | some | several | certain | further
              | (?:two|three|four|five|six) | \d+ )\s )
            [\w+-]+ \s ){1,3} )
        (?: subgroups? | subsets? | sub-?populations? ) \b (?! \s (?:analys[ie]s|of) )
    """,
    examples={"in the liver metastases subgroup (": [{"what": "liver metastases "}], "In the squamous subset, median": [{"what": "squamous "}]},
    counterexamples=("in this subgroup", "in most subgroups", "the prespecified subgroup", "a subgroup of patients", "the age subgroup analysis"),
    flags=re.VERBOSE | re.IGNORECASE,
)
DEGREE = (
    r"(?:high|higher|low|lower|intermediate|elevated|normal|reduced|decreased|increased|strong|weak|moderate|negligible|positive|negative|absent)"
)
_MEASURED = (
    r"(?:expression|expressors?|expressers?|scores?|index|ratio|levels?|count|volume|burden|load|density|grade|signature|activity|risk|status|uptake|infiltration"
    r"|h(?:a?)emoglobin|albumin|intake|BMI|TMB)"
)
LEVEL_GROUP = Pattern(
    id="level-group",
    regex=rf"""
        \b (?P<what> {DEGREE} [\s-]
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
        \b (?P<one> {DEGREE} )
        (?: (?: -, \s (?P<two> {DEGREE} ) -,? | - ) \s and
          | \s (?: versus | vs\.? | (?:as\s)?compared\s(?:with|to) | than ) (?: \s (?:in|for|those|the|patients|with) ){{0,3}} ) \s
        (?P<other> {DEGREE} ) (?P<head> [\s-] (?: (?!dos) [\w/-]+ \s )?? (?: {_MEASURED} | [A-Z][\w-]*[A-Z\d]\w* ) )
        (?= \s? [,.;()\[] | \s (?: groups? | sub-?groups? | cohorts? | {PEOPLE} | disease | was | were | had | respectively | is | are ) \b | \s? $ )
    """,
    examples={
        "for the high- and low-risk groups were": [{"one": "high", "other": "low", "head": "-risk"}],
        "in patients with strong versus weak XB2 expression (": [{"one": "strong", "other": "weak", "head": " XB2 expression"}],
    },
    counterexamples=("high and low doses of A", "higher versus placebo", "moderate or strong XB2 expression ("),
)
# "64% for low AIB1 versus 56% for high AIB1", "AIB1 low 0.85 (0.6-1.2) and AIB1 high 1.08 (0.8-1.5)": a marker's levels, each told of its own.
_MARKER = r"[A-Z][\w/-]*[A-Z\d][\w]*"
LEVELS = Pattern(
    id="levels-of-a-marker",
    regex=rf"""
        (?: \b (?: [Ii]n | for | among | with | and | versus | vs\.? | than ) \s | [:;,(]\s? )
        (?P<what> {DEGREE} [\s-] (?P<marker> {_MARKER} ) | (?P<name> {_MARKER} ) [\s-] {DEGREE} )
        (?= \s? [,.;:()\[] | \s (?: \d | versus | vs\.? | and | than | was | were | had | HR )\b | \s? $ )
    """,
    examples={
        "64% for low XB2 versus 56% for high XB2.": [{"marker": "XB2"}, {"marker": "XB2"}],
        "for DFS: XB2 low 0.85 (0.6-1.2) and XB2 high 1.1 (": [{"name": "XB2"}, {"name": "XB2"}],
    },
    counterexamples=("of high XB2 expression", "a high dose"),
    flags=re.VERBOSE,
)
RISKS = Pattern(
    id="groups-of-risk",
    regex=r"""
        (?<! \bat\s ) (?<! \ba\s ) (?<! \ban\s ) (?<! \bthe\s )
        \b (?P<what> (?:very[\s-])? (?: low | intermediate | standard | high | good | poor | favou?rable ) [\s-] risk ) \b
        (?= \s? [,;:(\[] | \s (?: and | or | versus | vs\.? | was | were | had | RT | no | with | without | disease | patients | cancers?
            | [a-z]*(?:oma|emia|aemia)s? | AML | ALL | MDS | APL | CLL ) \b | \s? $ )
    """,
    examples={"OS rates were: low risk, 90%; high risk, 50%": [{"what": "low risk"}, {"what": "high risk"}]},
    counterexamples=("at high risk, the", "low risk of bias", "a high-risk patient"),
    flags=re.VERBOSE | re.IGNORECASE,
)
_AGENT = (
    r"(?:carriers|responders|progressors|smokers|drinkers|users|survivors|expressors|expressers|secretors|metaboli[sz]ers|completers|adherers|compliers"
    r"|converters|relapsers|attenders|dropouts|drop-outs|crossovers|recipients)"
)
AGENTS = Pattern(
    id="people-by-what-they-do",
    regex=rf"""
        (?: (?i: \b (?: in | for | among | than | versus | vs\.? | and | between | compared\s(?:with|to) | of ) ) \s
            (?: (?:the|all|those|these|our|\d+)\s ){{0,2}}
          | (?: ^ | [;,]\s | \b (?: whereas | while | but | that )\s ) (?: [Tt]he\s )? (?: \d+\s )?
            (?= [^.;,()]{{4,40}}ers (?: \s \([^()]*\) )? \s
              (?: had | have | showed | survived | lived | achieved | experienced | did | of\s\d ) \b ) )
        (?P<what> (?: (?! (?: the | of | and | in | for | among | to | with | as | that | this | these | our | some | other | or | were | was
            | long-term | cancer | than | months? | years? | weeks? | days? | identifying | predicting ) \b ) [\w/*-]*[A-Za-z][\w/*-]* \s ){{0,2}}
            (?:[a-zA-Z]+-)? (?i:{_AGENT}) ) \b
    """,
    examples={
        "in BRCA2 mutation carriers than in non-carriers (": [{"what": "BRCA2 mutation carriers"}, {"what": "non-carriers"}],
        "longer for responders than for nonresponders": [{"what": "responders"}],
    },
    counterexamples=("cancer survivors were asked",),
)
_EVENT = (
    r"(?:progression|relapse|recurrence|PD|CR|remission|complete\s(?:remission|response)|treatment\sfailure|brain\smetastas[ei]s|metastas[ei]s)"
    r"(?!-free|\sfree|\sor\b)"
)
# An event that an outcome is counted from, or up to which nobody counts it: only those who had the event are told of.
SINCE = Pattern(
    id="since-an-event",
    regex=rf"""
        \b (?: survival | OS | PFS | DFS | ORR | response | mortality (?! (?:\srates?)? \sfrom\b ) ) (?:\s\([A-Z]{{2,4}}\))? (?:\srates?|\stimes?)? \s
        (?P<what> (?: beyond | after | following | since | from (?: \sthe\s (?:time|date|onset|diagnosis)\sof )? ) \s (?: the\s )?
            (?: (?:first|second|disease|initial|tumou?r|local|distant|subsequent|documented|diagnosis\sof)\s ){{0,2}} {_EVENT}
          | (?: with | without )\s (?: evidence\sof\s | residual\s )? disease (?! \s?- | \s(?:recurr|progress|relaps|return|activity)\w* ) ) \b
      | (?P<post> \b post[\s-](?:progression|relapse|recurrence|remission) ) (?= \s (?:overall\s)? (?:survival|OS|PFS) \b )
      | (?P<on> \b on-(?:treatment|study|therapy) ) (?= \s (?:deaths?|mortality) \b )
      | (?P<last> \b within\s (?:\d+|{COUNT_WORD})\s (?:days|weeks|months)\s (?:of|after|from|following)\s (?:(?:the|their)\s)? last\s
            (?:dose|treatment|cycle|administration|infusion|study\s\w+) )
    """,
    examples={
        "Median survival beyond first progression was": [{"what": "beyond first progression"}],
        "OS after PD was": [{"what": "after PD"}],
        "5-year survival from the time of relapse was": [{"what": "from the time of relapse"}],
        "Post-progression survival was": [{"post": "Post-progression"}],
        "Two on-treatment deaths": [{"on": "on-treatment"}],
        "died within 28 days of their last dose": [{"last": "within 28 days of their last dose"}],
    },
    counterexamples=("treated beyond progression", "survival from diagnosis", "survival without recurrence"),
    flags=re.VERBOSE | re.IGNORECASE,
)
BEYOND = Pattern(
    id="after-an-event",
    regex=r"\b(?P<course>[Aa]fter\s(?:the\s)?induction(?:\s(?:therapy|treatment|chemotherapy|phase))?)\b",
    examples={"After induction therapy, the ORR was": [{"course": "After induction therapy"}]},
    counterexamples=("treated beyond progression", "after chemotherapy"),
)
# The parts that a study falls into, in which other things were done or others looked at; not times of a life, of an operation, or of measurement.
_PHASE_OF_STUDY = (
    r"(?:(?:double|single)-?blind(?:ed)?|blinded|open-?label|OL|DB|run-in|lead-in|wash-?out|withdrawal|(?:up-)?titration|extended|extension|continuation"
    r"|discontinuation|core|acute|delayed|late|active|second|third|cross-?over|randomi[sz]ed|double-dummy|treatment-free|off-treatment|stabili[sz]ation"
    r"|(?:dose-)?(?:finding|escalation|expansion)|pilot|vaccination)"
)
AROUND = Pattern(
    id="around-a-change-of-treatment",
    regex=rf"""
        \b (?P<what> (?: before | after | following | prior\sto )\s (?:the\s)? (?: cross-?over | switch(?:ing)? | dose\sescalation | unblinding ) ) \b
      | \b (?: in | during | over | for )\s the\s (?P<period>
            (?: {_PHASE_OF_STUDY}\s ){{1,2}} (?: period | phase(?!\s(?:I|1|2|3|4)) | extension | part )
            | (?:open-label\s|long-term\s)?extension ) \b (?! \s (?:stud|trial|of\b|cohort) )
    """,
    examples={
        "The response rate before crossover was": [{"what": "before crossover"}],
        "during the extended period: rash": [{"period": "extended period"}],
    },
    counterexamples=(
        "during the whole period",
        "in the treatment phase",
        "in the neonatal period",
        "in the five extension studies",
        "in the extension study",
    ),
    flags=re.VERBOSE | re.IGNORECASE,
)
PATTERNS = (
    STATUS_GROUP,
    LEVEL_GROUP,
    WHOSE,
    PATIENTS_WITH,
    THE_OTHERS,
    AND_WITHOUT,
    AGENTS,
    AGE,
    AGED,
    ALIVE,
    PEOPLE_OF,
    FROM_COUNTRY,
    NAMED_COHORT,
    IN_WHOM,
    REST,
    SMOKERS,
    SEX,
    STAGE,
    SUBGROUP_CALLED,
    SINCE,
    BEYOND,
    AROUND,
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
