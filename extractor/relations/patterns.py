"""Surface patterns: what one sees on the line. Each is a named object with its examples; one test runs them all."""

from __future__ import annotations

import re

from extractor.quantities import COUNT_WORD, LEVEL_UNIT, NUMBER, OPEN_END, PEOPLE, SIZE_UNIT, TIME_UNIT, Pattern

_MONTH = "(?:" + "|".join("January February March April May June July August September October November December".split()) + ")"
FIRST_NUMBERS = (
    "(?:"
    + "|".join("one two three four five six seven eight nine ten twelve fifteen eighteen twenty twenty-four thirty-six thirty sixty ninety".split())
    + ")"
)

VALUE = Pattern(
    id="number-with-unit",
    regex=rf"""
        (?<![\w./-]) (?<! \d,)
        (?P<op>
            (?: <=? | >=? | ≤ | ≥ | (?i: (?:no|not)\ (?:more|less|fewer)\ than | at\ most | exceeding | in\ excess\ of
                | more\ than | less\ than | over | at\ least | up\ to | fewer\ than | greater\ than ) )
            \s?
        )?
        (?P<number> \d{{1,2}},\d{{1,2}} (?= \s?% ) | {NUMBER} ) (?P<plus> \+ (?= [\s-]?{TIME_UNIT} ) )?
        (?: \s? (?P<percent> % | percent\b | per\ cent\b )
          | \s? -? (?: (?<=\s) [a-z-]{{3,20}} \s (?= (?:cycle|course)s?\b ) )? (?P<time> {TIME_UNIT} )
          | \s? (?P<level> {LEVEL_UNIT} )
          | \s? (?P<size> {SIZE_UNIT} )
        )?
        (?! [\d] | \.\d | : \d | /\d | \s?(?:mg|mcg|Gy|kg|g/|µg|ug\b|MBq|GBq|IU|mL|ml|°|℃)(?![A-Za-z]) )
    """,
    examples={
        "was 9.8 months": [{"number": "9.8", "time": "months"}],
        "(4% vs <1%)": [{"number": "4", "percent": "%"}, {"op": "<", "number": "1", "percent": "%"}],
        "588.1 ng/mL": [{"number": "588.1", "level": "ng/mL"}],
        "lasted 14+ months": [{"number": "14", "plus": "+", "time": "months"}],
        "no more than 30%": [{"op": "no more than ", "number": "30"}],
        "1.8 to 3.1 cm": [{"number": "1.8"}, {"number": "3.1", "size": "cm"}],
        "7 and 6 treatment cycles": [{"number": "7"}, {"number": "6", "time": "cycles"}],
    },
    counterexamples=("TIMP1", "12/05", "0.5.1"),
)
WORD_VALUE = Pattern(
    id="number-in-words-with-unit",
    regex=rf"""
        (?<![\w-]) (?! (?i:no|none|zero) \b ) (?P<number> (?i:{COUNT_WORD}) )
        (?: [\s-] (?: (?P<percent> percent\b | per\ cent\b ) | (?P<time> {TIME_UNIT} ) )
          | \s [a-z-]{{3,20}} \s (?P<cycles> (?:cycle|course)s? \b )
          | (?= (?: \s (?:vs\.?|versus|and|to|or)\s | ,\s (?: and\s )? ) (?i:{COUNT_WORD})
                \s (?: months? | years? | weeks? | days? | (?:[a-z-]+\s)? (?:cycle|course)s? | percent )\b )
        )
    """,
    examples={
        "only four months": [{"number": "four", "time": "months"}],
        "five versus two months": [{"number": "five"}, {"number": "two", "time": "months"}],
        "Twelve percent of": [{"number": "Twelve", "percent": "percent"}],
        "a median of six chemotherapy courses": [{"number": "six", "cycles": "courses"}],
    },
    counterexamples=("two patients", "no months", "one of two"),
)
VALUE_RANGE = Pattern(
    id="range-of-values",
    regex=rf"""
        (?<![\w./,(\[-]) (?<! \d\s )
        (?P<low> {NUMBER} ) \+? \s? %? \s? (?: - | to ) \s? (?P<high> {NUMBER} ) (?: \+ (?= [\s-]?{TIME_UNIT} ) )?
        (?: \s? (?P<percent> % | percent\b | per\ cent\b ) | \s? (?P<time> {TIME_UNIT} ) )
    """,
    examples={
        "an ORR of 73-78%": [{"low": "73", "high": "78", "percent": "%"}],
        "survival of about 8 to 18 months": [{"low": "8", "high": "18", "time": "months"}],
        "reported 25%-59% response rates": [{"low": "25", "high": "59"}],
    },
    counterexamples=("9.1 (7.2-11.4) months", "and (73-78%)", "COX-2 to 12%"),
)
PEOPLE_COUNT = Pattern(
    id="number-of-patients",
    regex=rf"""
        (?<![\w./-]) (?<! \d, )
        (?P<number> \d{{1,3}}(?:,\d{{3}})+ | \d{{1,5}} | (?i:\b{COUNT_WORD}) )
        \s
        (?P<what>
            (?: (?: further | additional | of\sthe | evaluable | assessable | more | other | treatment-related | toxic | early | on-treatment
                  | confirmed | serious | fatal | \d{{1,3}}-day | early | late | post-?operative | induction )\s )*
            {PEOPLE}
        ) \b
    """,
    examples={"Eleven patients in": [{"number": "Eleven", "what": "patients"}], "47 deaths were": [{"number": "47", "what": "deaths"}]},
    counterexamples=("patients with 12", "12.5 patients"),
)
RESPONSE_COUNT = Pattern(
    id="number-of-responses",
    regex=rf"""
        (?<![\w./-]) (?<! \d, )
        (?! (?i:no) (?:ne)? \b )
        (?P<number> \d{{1,4}} | (?i:\b{COUNT_WORD}) )
        \s (?: (?: confirmed | unconfirmed | clinical | pathological | further | additional )\s )?
        (?P<what> CRs? | PRs? | nCRs? | VGPRs? | (?: complete | partial | objective )\s (?: responses? | remissions? )
            | (?: SD | PD ) (?= \s cases? \b ) )
        (?! \s? rate | [\w/-] )
    """,
    examples={"Five CR and 18 PRs were": [{"number": "Five"}, {"number": "18"}], "2 partial responses": [{"number": "2"}]},
    counterexamples=("12 PR/SD", "no CRs", "grade 3 responses", "3 complete response rates"),
)
RESPONDERS = Pattern(
    id="number-that-responded",
    regex=rf"""
        (?<![\w./-]) (?<! \d, )
        (?! (?i:no) (?:ne)? \b )
        (?P<number> \d{{1,4}} | (?i:\b{COUNT_WORD}) )
        (?= \s (?: (?: of\sthem | also )\s )? (?: had | did\sshow | achieved | showed | obtained | experienced | attained | reached )\s (?: an?\s )?
            (?: CR | PR | SD | PD | VGPR | (?: complete | partial | objective )\s (?: response | remission )
              | (?: stable | progressive )\sdisease )\b
          | \s (?: (?: had | have )\s (?: since\s | already\s )? )? died\b (?! [^.;,]{{0,40}} [(\[] )
          | \s (?: are | were | remain(?:ed)? )\s (?: still\s | currently\s )? (?: alive | living )\b (?! \s(?: with(?:out)? | and | at )\b ) )
    """,
    examples={
        "eight showed PR as": [{"number": "eight"}],
        "21 are still alive": [{"number": "21"}],
        "33 achieved a partial response": [{"number": "33"}],
    },
    counterexamples=("none had a complete response", "cycle 3 had", "8.5 achieved CR"),
)
NOT_REACHED = Pattern(
    id="not-reached",
    regex=r"""
        \b (?: was | were | had | has | is | been | remains? | value )? \s?
        (?P<what>
            (?: not(?:\syet)?(?:\sbeen)? | never )\s
            (?:yet\s)? (?:been\s)?
            (?: reached | estimable | attained | evaluable )
        ) \b
      | (?<=[\s(]) (?P<code> NR | NE )
        (?= \s(?: vs\.? | versus | in | for | with | on | under | and | months? )\b | [;,)]\s | \) )
    """,
    examples={
        "median OS was not reached": [{"what": "not reached"}],
        "(not reached vs 11.4 months": [{"what": "not reached"}],
        "has not yet been reached": [{"what": "not yet been reached"}],
    },
    counterexamples=("statistical difference", "it reached the liver"),
)

# Between a landmark and what it is a landmark of: "12-month (actuarial) local ... control rate".
_LANDMARK_BETWEEN = r"""
    rates? | probabilit(?:y|ies) | estimated | actuarial | cumulative | biochemical | distant | local | invasive | locoregional | relative
  | breast | prostate | cancer-specific
  | post-?operative | peri-?operative | operative | surgical | in-?hospital | treatment-related | and | or | - | free | freedom
"""
_LANDMARK_OF = r"""
    overall | progression | disease | event | relapse | recurrence | failure | metastas
  | OS\b | PFS\b | DFS\b | EFS\b | RFS\b | MFS\b | CSS\b
  | survival | freedom\sfrom | mortalit | deaths? \b | incidence | rates? \b | cause-specific
"""
TIMEPOINT = Pattern(
    id="landmark",
    regex=rf"""
        (?: (?<=\bat\s) | (?<=\bAt\s) | (?<=\bby\s) | (?<=\bafter\s) | (?<=\bwithin\s) | (?<=\band\s) | (?<=\bfor\s) )?
        (?<! \d\sto\s ) (?<! months\sto\s ) (?<! [\d.] )
        (?P<number> \d{{1,3}}(?:\.\d+)? | (?i:\b{FIRST_NUMBERS}\b) )
        \s? -? \s?
        (?P<unit> months? | years? | weeks? | days? | yr | mo | wk | y | cycles? )
        (?: s? \b (?! (?<=s) \s (?: and | or )\s )
            (?= [\s-]* (?: \( [^()]{{1,60}} \) \s (?: (?:and|or) \s \d{{1,3}} - day \s (?: \( [^()]{{1,60}} \) \s )? )? )?
                (?: (?: {_LANDMARK_BETWEEN} )[\s-]* )*
                (?: {_LANDMARK_OF} ) )
        )
    """,
    examples={
        "the 12-month survival rates": [{"number": "12", "unit": "month"}],
        "Five-year DFS was 61%": [{"number": "Five", "unit": "year"}],
        "3-year progression-free survival was": [{"number": "3"}],
    },
    counterexamples=("10.6 months with cabozantinib", "a median of 12 months", "rose from 18.8 to 27.9 months and OS", "PFS was 7.2 months and OS"),
)
# A unit of its own stands behind a hyphen, or behind "at": "median OS was 14 months and 3-year OS 31%" holds one landmark.
_LANDMARK_NUMBER = rf"(?: \d{{1,2}} | (?i:\b(?:{FIRST_NUMBERS})\b) ) (?: - (?:month|year|yr|week|day)s? )?"
_LANDMARK_AT = rf"\b (?:at|after|by) \s (?:the\s)? (?: \d{{1,2}} | (?i:{FIRST_NUMBERS}) ) \s (?:month|year|yr|week|day)s?"
LANDMARK_LIST = Pattern(
    id="landmarks-before-the-last",
    regex=rf"""
        (?<![\w.%]) (?: {_LANDMARK_NUMBER} -? ,\s? | {_LANDMARK_NUMBER} -? \s? / \s? | {_LANDMARK_AT} ,\s? )*
        (?: {_LANDMARK_NUMBER} | {_LANDMARK_AT} ) -? ,? (?: \s (?: and | or | & )\s | \s? / \s? )
        $
    """,
    examples={"the estimated 1- and ": [{}], "The 1-, 3- and ": [{}], "one- and ": [{}], "The 1-year and ": [{}]},
    counterexamples=("in 12 patients and ", "of 12.1 and ", "5% and ", "was 14 months and "),
)
AT_TIMEPOINT = Pattern(
    id="at-a-landmark",
    regex=rf"""
        \b (?: [Aa]t | (?<!ed\s)(?<!ment\s) [Bb]y | [Aa]fter | [Ss]tarting\sfrom )\s (?:the\s)? (?:\([A-Za-z]\)\s)?
        (?P<first> \d{{1,3}}(?:\.\d)? | (?i:{FIRST_NUMBERS}) )
        (?: \s?(?:and|or|,|/)\s? (?P<second> \d{{1,3}} | (?<=\s) (?i:{FIRST_NUMBERS}) ) )?
        (?: (?: ,?\sand\s | / ) (?P<third> \d{{1,3}} | (?<=\s) (?i:{FIRST_NUMBERS}) ) )?
        [\s-] (?P<unit> months? | years? | weeks? | days? | cycles? | mos?\b | yrs?\b | y\b | wks?\b )
        (?! \s(?: of\s(?:follow|age) | after\srandom ) )
    """,
    examples={
        "at 6 months was 35%": [{"first": "6", "unit": "months"}],
        "at 1 and 2 years": [{"first": "1", "second": "2"}],
        "but starting from 9 months,": [{}],
        "OS at 5 yr was": [{"first": "5", "unit": "yr"}],
        "at (a) 3 years": [{"first": "3"}],
        "at one, three and five years": [{"first": "one", "second": "three", "third": "five"}],
    },
    counterexamples=("at a median of 12 months", "for 6 months", "increased by 2.3 months"),
)
SUBJECT_DID = Pattern(
    id="people-who-they-are-and-what-they-did",
    regex=r"""
        ^ (?: (?! \b (?: was | were | is | are | had | have | has | been | received | underwent | entered | completed | started | took ) \b )
            [^.;:] ){1,110}?
        \s (?: died | experienced | developed | discontinued | withdrew | stopped | suffered | relapsed | progressed ) \b
    """,
    examples={" using docetaxel, and none on placebo, discontinued": [{}], " with liver metastases died": [{}]},
    counterexamples=(" were treated and three died", " received docetaxel and stopped"),
)
NEW_CLAUSE = Pattern(
    id="a-count-that-begins-a-clause",
    regex=rf"""
        \b in\s (?: \d{{1,3}} | (?i:{COUNT_WORD}) ) (?: \s {PEOPLE} )? ,\s (?: and | but | while | whereas )\s
        (?: \d{{1,3}} | (?i:{COUNT_WORD}) ) \s (?: of\s (?:them|these)\s )?
        (?: had\b | developed | experienced | suffered | died | discontinued | stopped | withdrew ) (?! \sbeen )
      | (?<![\w.,/-]) (?: \d{{1,4}} | (?i:\b{COUNT_WORD}) ) (?: \s {PEOPLE} )? \s (?: (?: have | had | has | since | already )\s ){{0,2}}
        (?: relapsed | recurred | progressed | responded | survived | died ) \b [^.;:()\d]{{0,50}} \b (?: and | but | while | whereas )\s
        (?: \d{{1,4}} | (?i:{COUNT_WORD}) ) (?: \s {PEOPLE} )? \s (?: of\s (?:them|these)\s )? (?: (?: have | had | has | since | already )\s ){{0,2}}
        (?: relapsed | recurred | progressed | responded | survived | died ) \b
    """,
    examples={"rash in 4 patients, and one had fever": [{}], "45 patients have relapsed and 30 have died": [{}]},
    counterexamples=("in 4 and 5 patients who had", "developed in 4, 5 and 6"),
)
GRADE = Pattern(
    id="toxicity-grade",
    regex=r"""
        (?: (?P<least> ≥ | >= | \b(?i:at\ least) )? \s? \(? \b
            (?: [Gg]rades? | [Gg]r\.? (?=\s?[1-5I]) | G (?=\s?[1-5](?!\d)) ) \s* (?: \( \s?)?
            (?P<least2> ≥ | >= | of\ (?:at\ least|≥) )? \s?
            (?P<low> [1-5] (?! \d | \s?% | \.\d ) | IV | V | I{1,3} )
            (?: \s? (?: - | / | or | to | and | , (?! \s\d\s\(\d) ) \s? (?: [Gg]rade\s | G (?=\d) )?
                (?P<high> [2-5] | IV | V | I{1,3} ) (?! [\d%] | \.\d
                  | \s (?: had | patients? | cases? | developed | experienced | of\s(?:them|these|whom) ) \b )
                (?: \s?(?:/|-|or|and|,)\s?[45] )?
            )?
            (?P<above>
                \s? (?: \+ | (?:or|and) \s (?: higher | greater | above | more | worse | over | severe ) | (?:or|and)\s[45]\b )
            )?
        )
      | (?P<any> \b [Aa]ny [\s-] grades? \b | \b [Aa]ll [\s-] grades? \b (?! \s (?: [1-5] (?! \d | \s?% | \.\d ) | I ) ) )
      | (?P<severe> \b (?: [Ss]evere | [Mm]ild | [Mm]oderate ) \b (?: (?:\s|-) (?:to|or|and) (?:\s|-) (?: moderate | severe ) \b )? )
    """,
    examples={
        "grade 3/4 events": [{"low": "3", "high": "4"}],
        "Grade 3 or higher toxicity": [{"low": "3"}],
        "(≥grade 3)": [{"least": "≥", "low": "3"}],
        "grade 3 or 4": [{"low": "3", "high": "4"}],
        "any grade": [{"any": "any grade"}],
        "(all grades 34% vs 22%": [{"any": "all grades"}],
        "grades III and IV": [{"low": "III", "high": "IV"}],
        "(all grade 1/2)": [{"low": "1", "high": "2"}],
        "(G3-4: 41%)": [{"low": "3", "high": "4"}],
        "G3/G4 anemia": [{"low": "3", "high": "4"}],
        "usually of grade 1-2.": [{"low": "1", "high": "2"}],
        "Mild to moderate rash": [{"severe": "Mild to moderate"}],
    },
    counterexamples=("high-grade glioma", "graded", "in groups 3", "G12 tumors", "IgG 3"),
)
# "grade 1 (24%), 2 (67%), and 3": the last number is a grade as well.
GRADE_OF_LIST = re.compile(
    r"\b[Gg](?:r\.|rades?)\s(?:[1-5](?:\s?[-/]\s?[1-5])?\s?[(\[][^()\[\]]*[)\]](?:,\s|,?\s(?:and|or)\s))*(?P<grade>[1-5](?:\s?[-/]\s?[1-5])?)$"
)
CRITERION = Pattern(
    id="response-criterion",
    regex=r"""
        \b (?:
            mRECIST
          | modified\s(?: Response\sEvaluation\sCriteria\sin\sSolid\sTumou?rs? | RECIST )
          | (?: i?RECIST | RESIST )(?: \s? (?:v(?:ersion)?\s?)? 1\.[01] )?
          | WHO\scriteria
          | CTCAE(?: \s? (?:v(?:ersion)?\.?\s?)? \d(?:\.\d+)? )?
          | Choi\scriteria
          | Lugano | IMWG | Cheson
        ) \b
    """,
    examples={"by mRECIST": [{}], "per RECIST 1.1": [{}]},
    counterexamples=("the criteria were met",),
)
# By what toxicity was graded.
TOXICITY_SCALE = Pattern(
    id="toxicity-scale",
    regex=r"""
        \b (?:
            (?P<short> (?: NCI (?:\s?-\s?|\s) )? CTC (?: AE )? )
          | (?P<nci> (?: National\sCancer\sInstitute | NCI ) (?: \sof\sCanada )? (?: 's )? [\s-]{1,3} (?: \( NCI \) \s )? )?
            Common \s (?: (?P<toxicity> Toxicity ) | Terminology ) \s Criteria (?: \s for \s (?:A|a)dverse \s (?:E|e)vents? )?
          | (?P<other> RTOG (?: \s?/\s?EORTC )? | EORTC\s?/\s?RTOG | LENT[\s-]SOMA | Clavien[\s-]Dindo
              | WHO (?= \s (?:toxicity\s)? (?:criteria|grad\w+|scale) ) )
        )
        (?: ,? \s? [(\[]? \s? (?: NCI[\s-]CTC(?:AE)? | CTC(?:AE)? )? \s? [)\]]? ,? \s? [(\[]?
            (?: v (?: er (?:sion|s)? )? \.? \s? ) (?P<version> \d (?: \.\d+ )? ) | \s (?P<number> \d\.\d+ ) )?
    """,
    examples={
        "NCI-CTC, version 2.0": [{"short": "NCI-CTC", "version": "2.0"}],
        "CTCAE v4.03": [{"short": "CTCAE", "version": "4.03"}],
        "National Cancer Institute Common Toxicity Criteria version 3.0": [{"toxicity": "Toxicity", "version": "3.0"}],
        "WHO grade 3": [{"other": "WHO"}],
    },
    counterexamples=("the WHO performance status", "common criteria of toxicity"),
)
MODEL = Pattern(
    id="regression-model",
    regex=r"""
        \b (?:
            (?P<univariate> univaria(?:te|ble) | unadjusted )
          | (?P<multivariate> multivaria(?:te|ble) )
          | (?P<stratified> stratified ) (?= \s(?: HR | hazard | odds | log | analysis | Cox | OR ) )
          | (?P<adjusted> (?<!un)adjusted ) (?= \s(?: HR | hazard | odds | OR | relative | RR | analysis | for\b | estimate ) )
        )
    """,
    examples={"In multivariate analysis": [{"multivariate": "multivariate"}], "(stratified HR, 0.6": [{"stratified": "stratified"}]},
    counterexamples=("patients were stratified by age", "doses were adjusted"),
    flags=re.IGNORECASE | re.VERBOSE,
)
SPREAD = Pattern(
    id="spread",
    regex=rf"""
        [\[(]? \s?
        (?P<kind> range | IQR | interquartile\srange | SD | SE | SEM | standard\sdeviation | standard\serror | s\.d\. )
        \s? [:,=]? \s? (?:of\s)?
        (?P<low> {NUMBER} ) (?: \s?(?: % | months? | years? | weeks? | days? | cycles? ) )?
        (?: \s? (?: - | to | , ) \s? (?P<high> {NUMBER}\+? ) (?: \s?(?: months? | years? | weeks? | days? | cycles? | courses? )\b )? )?
      | [\[(]? \s? (?: ± | \+/- ) \s? (?P<value> {NUMBER} )
    """,
    examples={
        "(range, 1-22)": [{"kind": "range", "low": "1", "high": "22"}],
        "65.8 ± 11.2": [{"value": "11.2"}],
        "(IQR 3.1-9.0)": [{"low": "3.1", "high": "9.0"}],
    },
    counterexamples=("a range of drugs",),
)
ASIDE = Pattern(
    id="spread-or-interval-behind-a-number",
    regex=rf"""
        (?: (?P<value> (?: (?<![\w\d] ) - )? {NUMBER} ) \+? \s? (?: % | {TIME_UNIT} )? | \b not\s(?:yet\s)?(?:been\s)?reached ) \s?
        (?P<aside>
            (?: [\[(] \s? )? (?P<plus> ± | \+/- ) \s? {NUMBER} \s? %? (?: \s? [\])] )?
            (?: \s? [\[(] \s? range [^()\[\]]{{1,30}} [\])] )?
          | [\[(] \s? (?P<kind> (?i: range | IQR | interquartile\srange | IQ\srange | SD | SEM? | s\.d\. ) ) \b [^()\[\]]{{1,30}} [\])]
          | [\[(] \s? (?P<low> -?{NUMBER} ) \s? (?: % | {TIME_UNIT} )? \s? (?: - | to | [,;](?=\s) ) \s?
            (?P<high> -?{NUMBER} | {OPEN_END} ) \s? (?: % | {TIME_UNIT} )? \s? (?= [\]),;] )
        )
    """,
    examples={
        "22.3 ± 1.9 [range 8-30] months": [{"value": "22.3", "plus": "±"}],
        "21 (IQR 13-33) and": [{"value": "21", "kind": "IQR"}],
        "29.5% (14.2% to 41.6%)": [{"value": "29.5", "low": "14.2", "high": "41.6"}],
        "not reached (15.2 months-NE)": [{"low": "15.2", "high": "NE"}],
        "was -1.5 (-6.9, 3.8)": [{"value": "-1.5", "low": "-6.9", "high": "3.8"}],
        "91% (±3%)": [{"value": "91"}],
    },
    counterexamples=("25 (12 to be resected)", "12 (of 14-20)", "a range of 7-9"),
)
IMPLICIT_INTERVAL = Pattern(
    id="interval-without-its-name",
    regex=rf"""
        \s? [,;]? \s? [\[(]? \s?
        (?P<low> -?{NUMBER} ) \s? (?: % | {TIME_UNIT} )?
        \s? (?: - | to | , | ; ) \s?
        (?P<high> -?{NUMBER} | {OPEN_END} ) \s? (?: % | {TIME_UNIT} )?
        (?= \s?[\]);,] | $ )
    """,
    examples={
        " (54.2-73.2)": [{"low": "54.2", "high": "73.2"}],
        " 0.34-0.92, p": [{"low": "0.34", "high": "0.92"}],
        " (1.37; 4.30)": [{"low": "1.37"}],
    },
    counterexamples=(" (12 patients)",),
)

# What looks like a value and is none. Each of these is one reason.
_LABEL = r"""
    (?! \d+\s?/\s?\d+\s?[(\[]\s?[\d.]+\s?% | \d+\s(?:out\s)?of\s(?:the\s)?\d ) \d+ [A-Za-z]?
    (?: \s?[-,&/]\s?\d+ (?! \d | \.\d | \s?% | \s(?:months?|weeks?|years?|days?)\b ) )* (?![.\d]*\s?%)
"""
# Behind the name of a group a value may stand: "the placebo group 7.9 months", "both groups 12 months".
_NUMBERED_THING = rf"""
    \b (?: [Tt]ables? | [Ff]ig(?:ure|s|\.)?s? | [Rr]efs?\.? | [Vv]ersion | [Pp]hases? | [Ss]tages? | [Pp]art | [Ll]evel | [Tt]ype | [Dd]ays?
         | [Cc]ohort | [Ss]tudy | [Ss]ection | [Ss]cores?\ of | [Cc]hapter | [Aa]ppendix | [Ll]ines? ) \s? {_LABEL}
  | \b (?: [Aa]rms? | [Gg]roups? ) \s? (?! \d+\.\d | \d+\s(?:months?|weeks?|years?|days?)\b ) {_LABEL}
"""
_DOSE = r"""
    \b \d+ (?:\.\d+)? (?: \s?(?:-|to|or|and|,|/)\s? \d+(?:\.\d+)? )? \s? -?
    (?: mg | mcg | µg | Gy | cGy | MBq | GBq | kg | mCi | IU | MU | ml | mL | °C | ℃ | °\ C | kcal ) \b
    (?! \s?/\s?(?:mL|dL|L|ml|l)\b )
"""
_DOSE_PER_BODY = r"\b \d+ (?:\.\d+)? \s? (?: mg | g | µg | IU | U | mL | ml ) \s? / \s? (?: m2 | m\^2 | m² | kg | day | d | body ) \b"
_CALENDAR_YEAR = r"\b (?:19|20)\d\d \b (?! \s?(?:patients|%|months|cases) )"
_DATE = rf"\b \d{{1,2}} \s {_MONTH} \b | \b {_MONTH} \s \d{{1,2}} \b"
_AGE = r"""
    \b (?: aged? | ages ) \s? (?: of \s | from \s | between \s | ≥ | > | < | ≤ )? \s? \d+ (?: \s?(?:-|to|and)\s?\d+ )? (?: \s? years? )?
  | \b \d+ \s? - \s? years? \s? - \s? old
  | \b \d+ \s years? \s (?: old | of\ age )
"""
_PROPORTION = r"\b \d+ : \d+ (?: :\d+ )* \b"
_SCHEDULE = rf"""
    \b every \s (?: \d+ (?:\s?-\s?\d+)? | {COUNT_WORD} ) \s (?:weeks?|months?|days?|hours?|years?)
  | \b \d+ \s? times \b
  | \b (?: for | over ) \s \d+ \s (?:days|hours|minutes) \b
"""
_TEST_LEVEL = r"""
    \b (?: p | P ) \s? [<=>] \s? 0?\.\d+ (?= \s (?:was|were)\s (?:considered|regarded|defined|taken|deemed) )
  | (?: power | alpha | α | type\ I\ error | two-sided | one-sided ) \s (?: of \s | level \s )* \d*\.?\d+ \s? %?
  | \b \d+ \s? % \s (?: power | confidence \s level | significance )
  | \b \d+ (?:\.\d+)? \s? % \s? (?= (?:CIs?|C\.\s?I\.|confidence|CL|CrI) (?![a-z]) ) | (?<=\bCI\s) \d\d \s? %
"""
# "a 0.2% morphine mouthwash", "the capsaicin 8% patch"
_STRENGTH = r"""
    \b \d+ (?:\.\d+)? \s? % \s
    (?: (?! (?: of | in | ha\w{1,2} | and | or | vs | versus | with | on | for | were | was | who | received | used | given )\s ) [A-Za-z-]+ \s ){0,2}
    (?: patch(?:es)? | creams? | gels? | mouth-?(?:wash(?:es)?|rinses?) | ointments? | solutions? | sprays? | lotions? | foams? | suspensions?
      | emulsions? | pastes? | eye\s?drops | syrup | saline | dextrose ) \b
"""
# "I2 = 47%": how much studies differ.
_HETEROGENEITY = r"\bI\s?[2²]\s?(?:=|:|of|was)?\s?\d{1,3}(?:\.\d+)?\s?%"
NO_VALUE = Pattern(
    id="no-outcome-number",
    regex="|".join(
        (_NUMBERED_THING, _DOSE, _DOSE_PER_BODY, _CALENDAR_YEAR, _DATE, _AGE, _PROPORTION, _SCHEDULE, _TEST_LEVEL, _STRENGTH, _HETEROGENEITY)
    ),
    examples={
        "in Table 2": [{}],
        "1,200 mg": [{}],
        "in Tables 2, 3": [{}],
        "in 2021": [{}],
        "every 3 weeks": [{}],
        "with 80% power": [{}],
        "a 2% lidocaine gel": [{}],
        "(I2 = 47%)": [{}],
    },
    counterexamples=("was 12.4 months", "in 35% of patients", "the placebo group 7.9 months", "the imatinib arm 0.71", "both groups 12 months"),
)
PROGNOSTIC = re.compile(
    r"""
    \b (?:
        univaria\w+ | multivaria\w+ | cox
      | predict(?:or|ors|ive|ed) | risk\sfactors? | prognos\w+ | independent(?:ly)?
      | associat(?:ed|ions?)\swith | correlat\w+ | (?: affected | influenced | determined )\sby
      | [a-z]+ly \s(?: affected | influenced | impacted )
      | (?: had | has | have | of | with ) \s (?: no | any | little | an? )\s (?: [a-z]+\s )? (?: influence | effect | impact | bearing )\s on
      | (?: un)?related\sto | linked\sto | influenced \s (?!by\b)
      | (?: did | does | do | could )\s not\s (?: [a-z]+ly\s )? (?: influence | affect | predict | impact )
      | (?: retained | kept | lost ) \s (?: [a-z]+\s ){0,2} significance\s (?: for | in )
      | factors?\s (?: (?:were|was)\s (?:[a-z]+ly\s)? significant | that\swere\ssignificant )
      | factors?\s(?: for | related | associated | influencing | affecting )
    ) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Statements of plans, thresholds and definitions: their numbers are no results.
PLANNED = re.compile(
    r"""
    \b (?:
        sample\ssize
      | (?:was|were|is|be)\s(?: calculated | planned | assumed | estimated\sthat | powered | required(?!\sin\s\d) | designed )
      | assum(?:ing|ed|ption) | suppos(?:e|ing) | hypothesi[sz]ed
      | simulations?\s (?: stud(?:y|ies) | models? | model+ing | show\w* | suggest\w* | indicat\w* | of\s(?:the\s)?(?:trials?|power|effects?|\d) )
      | (?: Monte\sCarlo | computer | statistical | bootstrap )\s simulations? | simulated\s(?:data|patients|trials?|scenarios?)
      | power\s(?:analys[ei]s|calculations?)
      | to\sprevent\s(?: one | 1 | a\ssingle ) | if\s(?:these|our|the)\s(?:results|figures|findings)\s(?:were|are)
      | power\s(?:of|to)
      | we\s(?: presumed? | expect(?:ed)? | anticipated? )\s(?: that | an? | the | to )
      | (?<!unable\s)(?<!failed\s)to\s(?:detect|demonstrate|show)\s (?:an?|the)\s (?: increase | difference | improvement | reduction | hazard )
      | significance\slevel
      | considered\s(?:statistically\s)?significant
      | cut-?offs?\s(?:for|of|were|was)
      | statistical(?:ly)?\ssignificance\s(?:was\s)?(?:set|defined)
      | non-?inferiority\s(?: margin | limit | boundary )
      | was\sdefined\sas | were\sdefined\sas | is\sdefined\sas
      | null\shypothesis
      | stopping\s(?: rule | boundar\w+ )
      | expected\s(?: to | median | rate )
      | prespecified\scut | met\s(?:the\s)?(?:\w+\s)?pre-?(?:defined|specified)\scriteri(?:a|on)
    ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)
WHOLE_COHORT = re.compile(
    r"""
    \b (?: entire | whole | overall | total | full | all )\s (?:study\s)? (?: cohort | population | group | series | study\spopulation ) \b
  | \b (?: all | the\s\d+ )\s (?:\d+\s)? (?: evaluable\s | assessable\s | treated\s | enrolled\s
        | randomi[sz]ed\s | randomly\sassigned\s | registered\s | included\s | study\s )? patients \b
  | \b both\s(?:groups|arms) \b
  | \b across\sall\sarms \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
SPEAKS_OF_ALL = re.compile(
    WHOLE_COHORT.pattern
    + r"""
  | ^\W* (?: overall | altogether | in\s(?:total|all) | taken\stogether | on\sthe\swhole ) (?: , | \s (?= \d | [(] | \w+\s(?:patients|of)\b ) )
  | \b (?: inten(?:t|tion)[\s-]to[\s-]treat | m?ITT | full[\s-]analysis )\s
      (?: population | analys[ie]s | cohort | set | group | patients | sample )s? \b
  | \b (?: in | for | among | across | over | of )\s all\s (?:\d+\s)? (?:[a-z-]+\s)?
      (?: patients | cases | women | men | subjects | participants | cohorts | (?: dose\s )? levels | cycles | courses | groups )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Where a sentence leaves the group that those before it were about."""
PATTERNS = (
    VALUE,
    WORD_VALUE,
    VALUE_RANGE,
    PEOPLE_COUNT,
    RESPONSE_COUNT,
    NOT_REACHED,
    TIMEPOINT,
    AT_TIMEPOINT,
    SUBJECT_DID,
    NEW_CLAUSE,
    GRADE,
    CRITERION,
    TOXICITY_SCALE,
    MODEL,
    SPREAD,
    ASIDE,
    IMPLICIT_INTERVAL,
    NO_VALUE,
)
