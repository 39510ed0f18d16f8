"""Endpoints that a sentence tells without naming them: "5-year survival was 43%", "12 patients progressed", "alive and free of relapse at 2 years".

They are read for results only. The entity files hold what is called by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.document import CharSpan
from extractor.entities import Mention, MentionKind
from extractor.quantities import COUNT_WORD, Pattern
from extractor.relations.units import AVERAGE
from extractor.relations.unmeant import answers, is_reaction

UNLISTED = "unlisted"
"""The detail of an endpoint that has no code: its numbers are of no other endpoint."""
AS_BEFORE = "as before"
"""The detail of an endpoint that only the sentence before names."""
ALIVE = "alive"
"""The detail of survival told of the patients who are alive: in shares and counts that stand right before it."""
SURVIVES = "survives"
"""The detail of survival without a word for its kind."""

SURVIVAL = Pattern(
    id="survival-alone",
    regex=r"""
        (?<! -free\s ) (?<! \bfree\s ) (?<! specific\s ) (?<! related\s ) (?<! event\s ) (?<! graft\s ) (?<! cell\s ) (?<! relative\s )
        (?<! [\w-]- )
        \b (?: (?: [Ss]urvived | lived ) (?= \s [^.;()\d]{0,80} [(]? \b (?: median | mean | average )\b
                | \s (?: \w+ly\s | much\s ){0,2} (?: longer | shorter ) \b (?! \sthan\s \d ) [^.;]{0,90} [(] )
            | [Ss]urvivals? ) \b
        (?! \s (?: curves? | data | analys[ie]s | plots? | function | status | outcomes? | estimates\s of | models? | difference ) \b
          | [\s-]? (?: free | related ) )
    """,
    examples={
        "The 5-year survival after surgery": [{}],
        "Survival at 2 years was": [{}],
        "and survival (median 11 months)": [{}],
        "they survived for a median of": [{}],
        "lived longer (median": [{}],
        "lived longer than smokers (31 v 18 months": [{}],
    },
    counterexamples=(
        "they survived surgery",
        "progression-free survival",
        "the survival curves",
        "cell survival",
        "disease-specific survival",
        "a survivor",
    ),
)
SHARE_ALIVE = Pattern(
    id="share-of-those-alive",
    regex=r"""
        \b (?: [Pp]roportions? | [Pp]ercentages? | [Ss]hares? | [Rr]ates? | [Ff]ractions? | [Pp]robabilit(?:y|ies) | [Ll]ikelihoods? )\s of\s
        (?: (?! progression | disease | relapse | recurrence ) [\w-]+ \s ){0,5}? (?P<name> [a-z]+ \s (?: alive | living | surviving ) ) \b
        (?! \s? (?: and\s | , \s? ) (?: disease | progression | relapse | recurrence | event | free ) | \s (?: without | free )\b )
    """,
    examples={"the proportion of patients alive at 2 years": [{"name": "patients alive"}], "The rate of being alive": [{"name": "being alive"}]},
    counterexamples=("12 patients were alive", "the proportion of patients alive and disease-free"),
)
SURVIVED_FOR = Pattern(
    id="those-who-survived-so-long",
    regex=r"""
        (?: % | \b (?: percent | patients | women | men | cases | those ) ) \s (?: [^.;,%\d]{0,60}? \s )??
        (?P<name> surviv(?:ed|ing) | lived )
        (?= \s (?: (?: their | the )\s (?: cancer | disease | tumou?r )\s )? (?: for\s | beyond\s | past\s )?
            (?: (?: more | longer | greater )\sthan\s | at\sleast\s | over\s | [>≥]\s? )?
            (?: \d{1,2} | one | two | three | four | five | ten )\s (?: years? | months? ) \b )
    """,
    examples={
        "the percentage of women surviving for 2 years": [{"name": "surviving"}],
        "32% of patients survived 2 years": [{"name": "survived"}],
        "patients lived for more than five years": [{"name": "lived"}],
    },
    counterexamples=("patients survived a median of 12 months", "survived surgery"),
)
SPECIFIC_SURVIVAL = Pattern(
    id="survival-of-a-cause",
    regex=r"""
        \b (?: tumou?r | [a-z]+\scancer | [a-z]+oma | [a-z]*ca | cancer | disease | cause ) [\s-] specific
        (?: [\s-] (?: survival | mortality | deaths? ) \b
          | (?= \s? (?: \([^()]*\) \s? )? (?: and | or | nor )\s [\w-]+\s (?: survival | mortality ) \b ) )
    """,
    examples={"tumour-specific survival": [{}], "Lung cancer-specific survival": [{}], "in PCa-specific (HR 0.9) or all-cause mortality": [{}]},
    counterexamples=("overall survival", "a specific survival gain"),
    flags=re.VERBOSE | re.IGNORECASE,
)
UNLISTED_SURVIVAL = Pattern(
    id="survival-without-a-code",
    regex=r"""
        \b (?: [A-Za-z-]+ [\s-] )? [A-Za-z]+ [\s-] free [\s-] (?: survivals? | interval ) \b
      | (?<! from\s ) \b [Tt]ime\sto\s (?! time )
        (?: (?: the | first | onset | development | of | subsequent | next | new )\s )* [a-z-]+ (?: \s [a-z-]+ )?
      | \b TFS \b
      | \b [Ss]urvival \s with \s (?: active\s | the\s )? (?: disease | recurrence | relapse ) \b
      | [Mm]edian\s (?P<short> [A-Z]{2,5} ) (?= \s? [:=] \s? \d | \s (?: was | were | of )\s [\d.]+ \s (?: months | weeks | years | days ) \b )
      | [Mm]edian\s (?: OS | [DEPR]FS | TTP )\s and\s (?P<second> [A-Z]{2,5} ) (?= \s (?: was | were )\s \d )
    """,
    examples={
        "treatment-free survival": [{}],
        "time to first skeletal event": [{}],
        "and TFS (p": [{}],
        "Survival with disease (p": [{}],
        "(median SBP: 13.2": [{"short": "SBP"}],
        "median OS and SBP were 28": [{"second": "SBP"}],
    },
    counterexamples=("overall survival", "from time to time", "free of disease", "median PSA was 4.1 ng/ml"),
)
UNLISTED_RESPONSE = Pattern(
    id="response-without-a-code",
    regex=r"""
        (?<= [%)]\s ) NR (?= \s (?: were | was | and )\b | [,;.] )
      | (?<= \s ) (?: no | minor | minimal | mixed | poor | (?: less | more | greater )\sthan\s \d+ \s? % ) \s
        (?: response | remission | regression )s? \b (?! \s (?: rates? | cases? | to | was | were | in | of | on ) \b )
    """,
    examples={"and 41% had no response": [{}], "29% (7/24) NR were": [{}], "32% had more than 50% response, and": [{}]},
    counterexamples=("there was no complete response", "no response was seen", "a 50% response rate", "median OS (NR)"),
    flags=re.VERBOSE | re.IGNORECASE,
)
_NO_NAME = r"(?! [\s-] (?: survival | interval | rate | period | time | status ) )"
# Before an event: that it did not come about.
_SPARED = (
    r"(?: alive\s and\s without\s | [Ff]reedom\sfrom\s | [Ss]urvival\s (?: without | free\s(?:from|of) )\s"
    r" | (?: alive | living | lived | surviv(?:ed|ing) | remained | were | are )\s without\s )"
)
EVENT_FREE = Pattern(
    id="alive-and-free-of-an-event",
    regex=rf"""
        \b (?: alive\s (?: and\s | , \s? ) )?
        (?: (?P<progression> (?: free\s (?:from|of)\s | {_SPARED} ) (?: disease\s | [a-z]+\s )? progression
              | (?<!-)progression [\s-] free {_NO_NAME} )
          | (?P<disease> (?: free\s (?:from|of)\s | {_SPARED} ) (?: evidence\sof\s )? disease \b (?! \s (?: progression | recurrence | relapse ) )
              | disease [\s-] free {_NO_NAME} )
          | (?P<relapse> (?: free\s (?:from|of)\s | {_SPARED} ) (?: disease\s | tumou?r\s | distant\s | any\s )?
              (?: relapse | recurrence | metastas[ei]s )\b
              | (?: relapse | recurrence | metastasis ) [\s-] free {_NO_NAME} )
        )
    """,
    examples={
        "survival without relapse was": [{"relapse": "survival without relapse"}],
        "63% of them were without recurrence": [{"relapse": "were without recurrence"}],
        "Freedom from distant metastasis at 5 years": [{"relapse": "Freedom from distant metastasis"}],
        "were living and free from local progression": [{"progression": "free from local progression"}],
        "12 patients were progression-free at 6 months": [{"progression": "progression-free"}],
        "remained free of disease": [{"disease": "free of disease"}],
    },
    counterexamples=("progression-free survival", "disease-free interval", "free of charge"),
)
RESPONDED = Pattern(
    id="response-alone",
    regex=r"""
        (?<! immune\s ) (?<! [Dd]ose- ) (?<! [Nn]o\s ) (?<! [Nn]on- ) (?<! [Cc]ell\s ) (?<! PSA\s ) (?<! AFP\s ) (?<! ACR20\s ) (?<! duration\sof\s )
        \b (?: [Rr]espond(?:ed|ing) (?!\s (?: within | between | after | at ) \b | \s to\s (?: the\s )? (?: survey | invitation )\b )
          | [Rr]esponders? | [Rr]esponses
          | (?: had | having | achiev(?:ed|ing) | obtain(?:ed|ing) | show(?:ed|ing) | attain(?:ed|ing) )\s (?: an?\s )
              (?: tumou?r\s )? response (?! \s (?: rate | duration )\b )
          | (?: [Cc]linical | [Tt]umou?r | [Rr]adiolog\w+ | [Mm]ore )\s response (?= \s (?: was | were | in | with | of )\b )
          | (?<=\bfor\s) response (?= \s? [(\[] \s? (?: [Pp]\s?[=<>] | OR\b | odds ) )
          | (?<=\band\s) response (?= \s (?: rose\s | fell\s | increased\s | improved\s | in\s | was\s )?
              (?: from\s )? \d [\d.]* \s? (?: % | to\s\d | v ) )
          | [Rr]esponse (?= \s (?: to\s (?: the\s )? (?: treatment | therapy | chemotherapy ) \s )?
              (?: was | were | has\sbeen | had\sbeen )\s
              (?: seen | observed | achieved | obtained | noted | documented | recorded | found | reported )\b )
        ) \b
    """,
    examples={
        "Responses were 8/70": [{}],
        "the share of patients responding to treatment": [{}],
        "the proportion achieving a response": [{}],
        "five patients responded": [{}],
        "31 patients had a response": [{}],
        "A response to therapy was seen in": [{}],
        "Clinical response was 41%": [{}],
        "significant for PFS (P = .01) and for response (P = .04)": [{}],
        "PFS was 5 v 4 months and response 41% v 28%": [{}],
    },
    counterexamples=("immune responses", "no response", "the response rate", "responded to the survey"),
)
PROGRESSED = Pattern(
    id="progression-alone",
    regex=r"""
        \b (?: (?: have | had | has )\s progressed | (?<=patients\s)progressed
             | (?: [Dd]isease | [Tt]umou?rs? | [Cc]ancer )\s progressed | (?<=\)\s)progressed | disease\sprogressions
             | (?<=arm\s)progressed | (?<=group\s)progressed | (?<=arms\s)progressed | (?<=groups\s)progressed
             | (?<=\d\s)progressions | progressed (?= \s?[.;] )
             | (?: had | experienced | developed | showed )\s (?: disease\s | tumou?r\s | an?\s )? progression )
        \b (?! \s (?: on | after | following | to | despite | with | from | under | beyond )\b )
    """,
    examples={
        "15 patients have progressed": [{}],
        "3 patients (6%) progressed during": [{}],
        "33 disease progressions": [{}],
        "9 in the control arm progressed.": [{}],
    },
    counterexamples=("who had progressed on docetaxel", "disease progression", "progressed after surgery"),
)

FOLLOWED = Pattern(
    id="follow-up-behind-its-length",
    regex=r"(?: (?<=months\s) | (?<=years\s) | (?<=month\s) | (?<=year\s) ) of\sfollow (?: \s | - )? up \b",
    examples={"a median 12.6 years of follow-up": [{}]},
    counterexamples=("the median follow-up of 3 years", "loss of follow-up"),
)

AGAIN = Pattern(
    id="rates-again",
    regex=r"""
        \b [Tt]h(?: e | ese | ose )\s (?: corresponding\s | respective\s | latter\s | same\s )?
        (?: rates? | values | figures | proportions? | percentages? | medians? ) \b
        (?= \s (?: was | were | is | are | being | rose | fell | dropped | improved | worsened | changed | stood | reached | remained
            | differed | in | for | with | on | at(?!\swhich) | among | after | under | [a-z]+ly | of\s(?:the|these|those|all) | \( )\b | \s? [:,(] )
    """,
    examples={"For class II, the rates were: 21.2%": [{}], "The corresponding values were 5 and 4": [{}], "After crossover, the rate rose": [{}]},
    counterexamples=("the response rates were", "the rates of rash were", "the median age was", "The median index of mitoses fell"),
)

STABLE = Pattern(
    id="stable-alone",
    regex=r"""
        \b (?: [Dd]isease | [Tt]umou?rs? | [Cc]ancer )\s (?: (?: was | were | remained | stayed )\s (?: stable | unchanged ) | stabili[sz]ed ) \b
      | (?: (?<=\d\)\s) | (?<=%\)\s) | (?<=%\]\s) | (?<=patients\s) ) (?: were | remained | stayed | was )\s stable \b (?! \s on\b )
    """,
    examples={"The disease was stable in 12 patients": [{}], "and 20 (36%) were stable": [{}], "tumors stabilized in": [{}]},
    counterexamples=("stable angina", "a stable dose"),
)
LASTED = Pattern(
    id="response-that-lasted",
    regex=r"""
        \b (?: [Rr]esponses? | [Rr]emissions? )\s (?: (?: were | was | that | which | [a-z]+ly )\s ){0,2}
          (?: lasted | lasting | persisted | (?: maintained | sustained | held | ongoing | continued ) (?= \s for\b ) ) \b
      | \b duration\sof\s (?: the | these | those | their | all | clinical | tumou?r | partial | best )\s
          (?: [a-z]+\s )? (?: responses? | remissions? ) \b
    """,
    examples={"Responses lasted a median of 7 months": [{}], "The response was maintained for": [{}], "duration of these responses": [{}]},
    counterexamples=("the rash lasted a week", "duration of treatment"),
)
LASTED_ALONE = Pattern(
    id="what-was-told-that-lasted",
    regex=r"\b (?: lasted | lasting ) \b (?= [\s:(]{1,3} (?: (?: for | an? | only | about | median | mean | average | of )\s ){0,4} [<>~]? \d )",
    examples={"a complete response was seen, which lasted 14 months": [{}], "and lasted: a median of 12.9 months": [{}]},
    counterexamples=("at last 14 months", "the lasting effect"),
)
RESPONDED_AFTER = Pattern(
    id="time-to-response",
    regex=r"""
        \b [Rr]esponses? \s (?: (?: were | was | came | occurred | appeared | developed | set\sin | seen | observed | early | late | [a-z]+ly
          | after | within | at | on )\s ){1,4} (?= [(]? (?: an?\s )? (?: median | mean | average )\b )
      | \b (?: [Tt]imes? | [Dd]elays? | [Ii]ntervals? )\s (?: between | from )\s [^.;,()\d]{2,40}? \s (?: and | to )\s
          (?: (?: the | a | first | objective | best | tumou?r | initial )\s ){0,3} responses? \b
    """,
    examples={
        "Responses came early (median 1.4 months)": [{}],
        "Responses came after a median 1.9 months": [{}],
        "median delays between randomization and first response were": [{}],
    },
    counterexamples=("responses lasted a median", "time from diagnosis"),
)
MORTALITY = Pattern(
    id="mortality-alone",
    regex=r"""
        \b [Mm]ortality \b (?! \s (?: data | risk | ratio | reduction | benefit | table | analys | due ) )
        (?= (?: between\s [^.;,()%\d]{2,40}? \s and\s | \b day\s \d{1,3} \b
              | (?! \b(?: [a-z]*creas\w* | fell | rose | declin\w+ | and | or )\b ) [^.;,()%\d] ){0,60}
            (?: (?: at | after | within )\s \d+ (?: (?: ,\s \d+ ){0,3} ,?\s and\s \d+ )? [\s-] \w+ \s? [^.;,()%\d]{0,30} )?
            (?: [(<] (?: [A-Za-z] [^\d()%;,]{1,30} )? )? \s? (?: \d+ \s? (?: / \s? \d+ \s? )? [(\[] )? \d [\d.]* \s? % )
    """,
    examples={
        "Mortality was 2.5% in": [{}],
        "Mortality at 30 days was 2%": [{}],
        "mortality at 1, 3 and 5 years was 12%": [{}],
        "Mortality on A was 9 (18%) of 51": [{}],
        "Mortality at day 60 was 12%": [{}],
        "mortality did not differ between training and control (4% vs 7%)": [{}],
    },
    counterexamples=(
        "the mortality data",
        "of 900 patients, and on-study mortality was not raised",
        "mortality has decreased to 3%",
    ),
)
DIAMETER = Pattern(
    id="diameter-of-what-is-treated",
    regex=r"""
        \b (?: mean | median | average | maximum | maximal | longest | largest )\s (?: diameters? | sizes? )\s of\s (?: the\s | all\s )?
        (?: [a-z]+\s )? (?: tumou?rs? | lesions? | nodules? | mass | masses | metastases ) \b
        (?! [^.;]{0,60} \b (?: occurred | seen | observed | noted | achieved )\s in \b )
    """,
    examples={"The mean diameter of the main nodule at": [{}]},
    counterexamples=("the mean size of the sample",),
    flags=re.VERBOSE | re.IGNORECASE,
)
OBSERVED_MEDIAN = Pattern(
    id="follow-up-that-opens-a-sentence",
    regex=r"""
        (?: ^ \W* | [:;]\s ) (?: during | over | after | at | with )\s (?P<name> an?\s (?: median | mean | average ) )\s (?: of\s )?
        (?= \d [\d.]* \s (?: months? | years? )
            (?: \s? [(\[] [^()\[\]]* [)\]] | \s of\s (?: observation | follow [\s-]? up | surveillance ) )* \s? , )
    """,
    examples={
        "During a median of 18.5 months (IQR 11-24), death occurred in": [{"name": "a median"}],
        "With a median of 41 months of observation, 12 had": [{"name": "a median"}],
    },
    counterexamples=("After a median of 6 cycles, 12", "Given for a median of 3 months, it"),
    flags=re.VERBOSE | re.IGNORECASE,
)
DIED_AFTER = Pattern(
    id="died-after-a-time",
    regex=r"(?<= died\s ) (?: after | at ) (?= \s (?: an?\s )? (?: median | mean )\b )",
    examples={"all 18 patients died after a median of 53 months": [{}], "They died at a median of 5 months": [{}]},
    counterexamples=("died after surgery", "relapsed after a median of"),
)
CONTROL = Pattern(
    id="control-of-a-site",
    regex=r"""
        \b (?: local | loco-?regional | regional | pelvic | neck | distant | intracranial | primary )\s (?: tumou?r\s )? (?: control | failures? ) \b
    """,
    examples={"OS, DFS and local control were": [{}], "locoregional failure": [{}]},
    counterexamples=("disease control", "local recurrence"),
    flags=re.VERBOSE | re.IGNORECASE,
)
DURATION_ALONE = Pattern(
    id="duration-of-what-was-told",
    regex=r"\b (?: [Mm]edian | [Mm]ean )\s duration (?= \s? (?: of | was | : | = | , | \( )\s? (?: [<>~]\s? )? \d )",
    examples={"responded, with a median duration of 7 months": [{}]},
    counterexamples=("median duration of response", "mean duration of therapy"),
)
ALIVE_STILL = Pattern(
    id="alive",
    regex=r"""
        \b (?: alive | living (?! \s (?: with | in | at | on | alone | near | under | conditions | standards )\b ) ) \b
        (?! \s? (?: and\s | , \s? ) (?: disease | progression | relapse | recurrence | event | free ) )
    """,
    examples={"remain alive": [{}], "are living": [{}]},
    counterexamples=("alive and free of disease", "alive and progression-free", "living with a partner"),
)
TO_DEATH = Pattern(
    id="time-to-death",
    regex=r"""
        \b [Tt]imes?\s (?: to\s | until\s | from\s [a-z]+\s to\s ) (?: the\s )? death \b
        (?! \s? (?: \([^()]*\) \s? )? (?: or | and | / )\s? (?: disease\s | tumou?r\s | first\s )? (?: progress | relaps | recur ) )
        (?! \s (?: from | of | due | by | because | attribut\w+ | caused | related )\b (?! \s any ) )
    """,
    examples={"Median time to death was": [{}], "time from randomisation to death from any cause": [{}]},
    counterexamples=("time to death from stroke", "time to death or progression", "the time of death"),
)
CONTROLLED = Pattern(
    id="tumor-control-achieved",
    regex=r"""
        (?<! ocal\s ) (?<! egional\s ) (?<! elvic\s ) (?<! ranial\s ) (?<! rimary\s ) \b [Tt]umou?r\scontrol
        (?= \s (?: was | were )\s (?: achieved | obtained | seen | observed | reached | noted | recorded )\b )
    """,
    examples={"Tumour control was achieved in 72%": [{}]},
    counterexamples=("local tumour control was achieved in 72%", "tumour control at 5 years"),
)
PROGRESSED_AT_BEST = Pattern(
    id="progression-as-best-response",
    regex=r"\b [Pp]rogression (?= \s (?: as | was | being )\s (?: the\s | their\s | a\s )? best\s (?: overall\s )? (?: response | result ) \b )",
    examples={"Progression as best response was seen": [{}], "and progression was the best response in 12": [{}]},
    counterexamples=("progression after the best response", "time to progression"),
)
TO_RECURRENCE = Pattern(
    id="time-to-recurrence",
    regex=r"\b [Tt]imes?\sto\s (?: (?: the | first | any | tumou?r | disease | cancer | local | distant )\s ){0,3} (?: recurrence | relapse ) \b",
    examples={"median time to recurrence": [{}], "Time to first relapse": [{}]},
    counterexamples=("time to next treatment",),
)
OBSERVED_FOR = Pattern(
    id="follow-up-in-other-words",
    regex=r"""
        \b (?: [Mm]edian | [Mm]ean | [Aa]verage )\s (?: (?: time | period | duration | length | clinical | overall | total | actual )\s ){0,2}
          (?: of\s )? (?: the\s )? (?: observation | surveillance | follow [\s-]? up ) \b
      | \b followed (?: [\s-] up )? (?= \s (?: [\w-]+\s ){0,5} (?: median | mean | average )\b )
      | \b [Ff]ollow [\s-]? up (?: \s (?: time | period | duration ) )? \b (?= [^.;\d]{0,30} (?: \d [^.;]{0,40} )? [(,]\s? (?: median | mean )\b )
    """,
    examples={
        "Median time of observation was": [{}],
        "were followed up every month for a median of": [{}],
        "Follow-up ranged from 3 to 61 months (median 30 months)": [{}],
    },
    counterexamples=("follow-up visits", "lost to follow-up", "observed in 12 patients"),
)
_GIVEN = r"(?: treat(?:ed|ment) | therapy | received | given | administered | continued | exposed | exposure | took )"
GIVEN_FOR_A_MEDIAN = Pattern(
    id="given-for-a-median",
    regex=rf"""
        \b {_GIVEN} \b (?: (?! surviv | lived | follow | alive | progress | respon ) [^.;:()\d] ){{0,60}}?
            \b for\s (?: an?\s )? (?P<median> median | mean | average ) \b
      | \b (?: discontinued | stopped | interrupted ) \b [^.;:()\d]{{0,60}}? \b after\s an?\s (?P<stopped> median | mean | average ) \b
      | \b (?: [Mm]edian | [Mm]ean )\s (?: treatment | therapy )\s (?: time | period ) \b
      | \b (?: times? | intervals? )\s (?: from | between )\s (?: the\s )? first\s (?: [a-z-]+\s ){{0,3}}? (?: to | and )\s (?: the\s )?
          (?: last | final )
          (?= \s (?: [a-z-]+\s ){{0,3}}? (?: doses? | administrations? | infusions? | injections? | cycles? | courses? | treatments? | dosing ) \b )
      | (?: (?<=months\s) | (?<=weeks\s) | (?<=days\s) | (?<=years\s) ) on\s (?: study\s )? (?: treatment | therapy ) \b
    """,
    examples={
        "was given for a median of 14 weeks": [{"median": "median"}],
        "stopped the drug after a mean of 3 weeks": [{"stopped": "mean"}],
        "(35 months on treatment)": [{}],
        "time from the first to the final study-drug infusion": [{}],
    },
    counterexamples=("followed for a median of", "treated for pain", "treated patients survived for a median of"),
)

GIVEN_FOR = Pattern(
    id="duration-of-a-treatment",
    regex=r"""
        \b [Dd]urations?
        (?= \s of\s (?: the\s | all\s )? (?: (?!response) [\w+-]+\s ){0,2}
            (?: treatments? | therapy | medication | radio-?therapy | chemo-?therapy | chemoradio-?therapy | chemoradiation | irradiation
              | radiation )\b )
      | \b (?: [Mm]edian | [Mm]ean )\s (?P<of_given> duration ) (?= \s of\s (?!response|remission|follow|observation|surveillance) )
    """,
    examples={
        "the median duration of radiotherapy was": [{}],
        "mean durations of study treatment were": [{}],
        "mean duration of docetaxel": [{"of_given": "duration"}],
    },
    counterexamples=("treatment duration", "the duration of the trial", "the duration of response to chemotherapy"),
)
_TREATMENT_NOUN = (
    r"(?: (?:study|protocol|further|active|trial)\s )? (?: treatment | therapy | (?:chemo|radio|immuno)-?therapy | chemoradiation | irradiation"
    r" | medication | drugs? | infusions? | injections? | study | trial )"
)
_MADE_TO = r"(?: was | were | (?:had|has|have)\s(?:to\sbe|been) | needed\sto\sbe | being )"
_REASON_TIE = r"(?: for | because\sof | due\sto | owing\sto | on\saccount\sof | on\sgrounds\sof | as\sa\sresult\sof | with\s(?=toxic) )"
# Where `of_drug` matches, a drug stands right before it: "docetaxel had to be stopped".
STOPPED = Pattern(
    id="treatment-stopped",
    regex=rf"""
        \b (?i:{_TREATMENT_NOUN}) \s {_MADE_TO} \s (?: [a-z]+ly\s )?
            (?: terminated | stopped | withdrawn | halted | ceased | abandoned | given\sup | broken\soff | omitted )\b
      | \b (?: did\snot\scomplete | failed\sto\scomplete | (?:came|went|come|gone|coming)\soff | stopp(?:ed|ing) | terminated | ceased | gave\sup
            | abandon(?:ed|ing) | (?:withdrew|withdrawn|taken|removed)\s(?:from|off) | refused\sfurther )
            \s (?: the\s | their\s | all\s | its\s )? {_TREATMENT_NOUN} \b
      | \b (?: (?:came|went|come|gone|coming)\soff | stopp(?:ed|ing) | withdrew | gave\sup )
            (?= \s (?: early\s | prematurely\s | before\s[^.;,()]{{0,30}}?\s )? {_REASON_TIE} \s )
      | (?P<of_drug> (?<=\w\s) {_MADE_TO} \s (?: [a-z]+ly\s )? (?: terminated | stopped | withdrawn | abandoned | given\sup | omitted ) \b )
    """,
    examples={
        "study treatment was terminated because of toxicity": [{}],
        "12 patients stopped therapy due to rash": [{}],
        "19 women came off for toxicity": [{}],
        "they refused further irradiation because of burns": [{}],
        "docetaxel had to be stopped": [{"of_drug": "had to be stopped"}],
    },
    counterexamples=("treatment was given", "stopped smoking", "came off badly"),
)

REDUCED = Pattern(
    id="reduced-doses",
    regex=rf"""
        \b (?: at | with | received | required | given | needed | needing | requiring )\s (?: only\s )? (?: an?\s )? reduced\sdoses? \b
      | \b [Dd]os(?:e|age)s?\s (?: (?: was | were | had | needed | to | be | been | being | have | has | then | later )\s ){{1,4}}
          (?: reduced | lowered | decreased | de-?escalated ) \b
      | \b [Rr]eductions?\s (?: of | in )\s (?: (?: the | their | its | [a-z]+ )\s ){{0,2}} dos(?:e|age)s? \b
      | (?P<of_drug> (?<=\w\s) {_MADE_TO} \s (?: dose- )? (?: reduced | lowered ) \b )
    """,
    examples={
        "Doses had to be reduced in 12": [{}],
        "docetaxel was reduced in": [{"of_drug": "was reduced"}],
        "fewer reductions of chemotherapy dose": [{}],
        "cycles were given at reduced doses": [{}],
        "with only a reduced dose of drug A": [{}],
    },
    counterexamples=("a reduced-dose regimen", "the dose was low", "reduction of tumor size"),
)

# "Response was complete in 16 patients and partial in 72"
_WAS_RESPONSE = re.compile(
    r"\b(?:[Rr]esponses?|[Rr]emissions?)\b[^.;:()\d]{0,60}\b(?:was|were)\s$|\b(?:[Rr]esponses?|[Rr]emissions?)\b[^.;]{0,160}(?:,\s|\band\s)$"
)
_HOW_COMPLETE = re.compile(rf"\b(?P<name>complete|partial)(?=\sin\s(?:only\s)?(?:\d|{COUNT_WORD}\b))")


def _responses_by_degree(text: str) -> Iterator[tuple[CharSpan, str]]:
    """The responses that only an adjective names."""
    for match in _HOW_COMPLETE.finditer(text):
        if _WAS_RESPONSE.search(text[: match.start()]):
            yield CharSpan(*match.span("name")), "CR" if match.group("name") == "complete" else "PR"


_LASTED = "what lasted"
_DIED = "died"
_SPOKEN = (
    (OBSERVED_MEDIAN, "FOLLOW_UP"),
    (RESPONDED_AFTER, "TTR"),
    (DIAMETER, "TUMOR_SIZE"),
    (OBSERVED_FOR, "FOLLOW_UP"),
    (GIVEN_FOR_A_MEDIAN, "DURATION"),
    (TO_RECURRENCE, "RFS"),
    (TO_DEATH, "OS"),
    (PROGRESSED_AT_BEST, "PD"),
    (CONTROLLED, "DCR"),
    (LASTED, "DOR"),
    (LASTED_ALONE, _LASTED),
    (MORTALITY, "DEATH"),
    (DIED_AFTER, _DIED),
    (CONTROL, "OTHER"),
    (DURATION_ALONE, ""),
    (SHARE_ALIVE, "OS"),
    (SURVIVED_FOR, "OS"),
    (ALIVE_STILL, "OS"),
    (STABLE, "SD"),
    (REDUCED, "DOSE_REDUCTION"),
    (GIVEN_FOR, "DURATION"),
    (STOPPED, "DISCONTINUATION"),
    (FOLLOWED, "FOLLOW_UP"),
    (UNLISTED_SURVIVAL, "OTHER"),
    (UNLISTED_RESPONSE, "OTHER"),
    (SPECIFIC_SURVIVAL, "CSS"),
    (SURVIVAL, "OS"),
    (RESPONDED, "ORR"),
    (PROGRESSED, "PD"),
)

# "18 patients died after a median of 5 months": of those who died alone, and no survival.
_SOME_DIED = re.compile(rf"(?<!\ball\s)\b(?:\d+|{COUNT_WORD})\s(?!of\sthem\sall)[^.;]*\bdied\s$", re.IGNORECASE)
_FREE_OF = {"progression": "PFS", "disease": "DFS", "relapse": "RFS"}
# Why treatment was stopped: what stops it for another reason is no outcome of ours.
BY_TOXICITY = re.compile(
    r"\b(?:due\sto|because\sof|owing\sto|for|as\sa\sresult\sof|on\saccount\sof|by)\s(?:[\w-]+\s){0,3}"
    r"(?:adverse|toxic\w*|intolera\w+|side\seffects?|(?:TR|TE|S)?AEs?)\b",
    re.IGNORECASE,
)

_BY_EVENT = re.compile(r"\b(?:due\sto|because\sof|owing\sto|for|as\sa\sresult\sof|on\saccount\sof|by)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)
_OF_DRUG = re.compile(r"\s(?:doses?\s|treatment\s|therapy\s)?")
# "the risks of A compared to B were reduced": no treatment was.
_NO_SUBJECT = re.compile(
    r"(?<!dose\s)(?<!doses\s)(?<!dosage\s)\b(?:to|with|of|for|by|than|versus|vs\.?|against|in|on|under|after|between)\s(?:the\s)?$", re.IGNORECASE
)


def _is_subject(text: str, drug: Mention, verb: int) -> bool:
    """Whether a verb is said of a drug: it stands right before it, and not behind a preposition."""
    return _OF_DRUG.fullmatch(text, drug.span.end, verb) is not None and _NO_SUBJECT.search(text[: drug.span.start]) is None


# Who they are, or when it was, not what became of them: "those who had progressed", "once the disease had progressed".
_AS_CONDITION = re.compile(
    r"\b(?:who|whose|that|those|these|when|once|if|until|after|before|unless|whom|which)\s(?:(?:the|their|patients|disease|tumou?rs?|cancer|have)\s){0,3}$",
    re.IGNORECASE,
)


GIVEN_TO_ONE = Pattern(
    id="cycles-given-to-a-patient",
    regex=r"""
        \b (?P<name> total\sof | received | completed | given | underwent ) (?= \s (?: (?: a | total | of | another | further | additional )\s ){0,3}
            (?: \d{1,2} | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve )
            \s (?: (?!more\b)[a-z-]+\s ){0,2} (?: cycles | courses ) \b )
    """,
    examples={"every 3 weeks for a total of six cycles": [{"name": "total of"}], "She received four cycles of": [{"name": "received"}]},
    counterexamples=("after six cycles", "received 40 mg"),
)


def given_in_case(text: str) -> Iterator[Mention]:
    """How long a treatment was given to the patient of a case report, in cycles."""
    for match in GIVEN_TO_ONE.find(text):
        yield Mention(MentionKind.ENDPOINT, CharSpan(*match.span("name")), "DURATION", detail="spoken")


def told_again(text: str, endpoints: Sequence[Mention], last: str | None, others: Sequence[Mention] = ()) -> list[Mention]:
    """The endpoints of a sentence, with that of the sentence before where this one tells it again: "the rates were 24% and 17%".

    Not where it names what it tells of, an endpoint or one of the `others`, before.
    """
    match = next(AGAIN.find(text), None) if last is not None else None
    if match is None or any(e.span.start < match.end() for e in (*endpoints, *others)):
        return list(endpoints)
    return [Mention(MentionKind.ENDPOINT, CharSpan(*match.span()), last or "", detail=AS_BEFORE), *endpoints]


# What else is told in lengths of time.
_OTHER_TIME = re.compile(
    r"\b(?:ages?|aged|old(?:er)?|younger|stay|hospital\w*|intervals?|times?\s(?:from|to|since|between|of)|durations?|delay\w*|follow\w*|observ\w*|recover\w*"
    r"|half-li\w*|operati\w*|lasted|lasting|cycles?|courses?|dos(?:e|es|ing)|onset|exposure|given|administered|diagnosis|window|lead-in|visits?)\b",
    re.IGNORECASE,
)
# "The median was 4 months", "a median of 4 months"; not "the median time on a ventilator was": that is told of another matter.
_A_MEDIAN = re.compile(
    r"\bmedians?\b(?=\s?(?:[(,:]|\b(?:of|was|were|is|being|rose|fell|stood|reached|remained|in|for|with|on|under|among|from|survival|times?|months|and)\b))[^.;\d]{0,60}$",
    re.IGNORECASE,
)
_SET_AGAINST = re.compile(
    r"\s?(?:months?|weeks?|years?)?\s?(?:[\[(][^()\[\]]*[\])]\s)?(?:vs?\.?|versus|against|as\sagainst|compared\s(?:with|to))\s", re.IGNORECASE
)


def told_on(text: str, times: Sequence[CharSpan], last: str | None) -> list[Mention]:
    """The endpoint of the sentence before, where this one names none and tells medians, or one length of time against another.

    Args:
        text: the folded sentence, which names no endpoint and no event.
        times: the lengths of time in it.
        last: the endpoint that the sentence before told, a time to an event.
    """
    if last is None or not times or _OTHER_TIME.search(text):
        return []
    first = times[0]
    if not _A_MEDIAN.search(text[: first.start]) and not (len(times) > 1 and _SET_AGAINST.match(text, first.end)):
        return []
    opens = re.search(r"\w+", text)
    if opens is None or opens.end() > first.start:
        return []
    return [Mention(MentionKind.ENDPOINT, CharSpan(*opens.span()), last, detail=AS_BEFORE)]


_CATEGORIES = frozenset({"CR", "PR", "SD", "ORR", "DCR"})
_PEOPLE_AHEAD = re.compile(r"(?:patients|disease|tumou?rs?|cancer|\))\s$", re.IGNORECASE)


def spoken(text: str, named: Sequence[Mention], events: Sequence[Mention] = (), given: Sequence[Mention] = ()) -> Iterator[Mention]:
    """The endpoints of a sentence that are told without their name, apart from all that has one; `events` may be why what was `given` was stopped."""
    taken = [m.span for m in named]
    found = [(CharSpan(*m.span()), _FREE_OF[m.lastgroup or ""]) for m in EVENT_FREE.find(text)]
    for pattern, code in _SPOKEN:
        for match in pattern.find(text):
            before = text[: match.start()]
            if (
                pattern is PROGRESSED
                and match.group() == "progressed"
                and any(e.norm in _CATEGORIES for e in named)
                and not _PEOPLE_AHEAD.search(before)
            ):
                continue  # "PR in 12 patients with A and 3 with B progressed": not all of these
            if pattern is FOLLOWED and not AVERAGE.search(before):
                continue  # "at 12 months of follow-up": when, and not for how long
            if code == "DISCONTINUATION" and not (BY_TOXICITY.search(text) or any(_BY_EVENT.search(text[: e.span.start]) for e in events)):
                continue
            if match.lastgroup == "of_given" and not any(re.fullmatch(r"\sof\s(?:the\s)?", text[match.end() : d.span.start]) for d in given):
                continue
            if match.lastgroup == "of_drug" and not any(_is_subject(text, d, match.start()) for d in given):
                continue
            if (code in ("ORR", "DOR") and (answers(text, *match.span()) or is_reaction(text, match.start()))) or (
                code in ("PD", "ORR") and _AS_CONDITION.search(before)
            ):
                continue
            span = CharSpan(*match.span(match.lastgroup or 0))
            found.append((span, _code(text, match.start(), named, code)))
    found += [*_of_drugs(text, named), *_responses_by_degree(text)]
    for span, code in found:
        if code and not any(span.overlaps(t) for t in taken):
            taken.append(span)
            yield Mention(MentionKind.ENDPOINT, span, code, detail=_detail(span.of(text), code))


def _detail(printed: str, code: str) -> str:
    if code == "OS":
        return ALIVE if printed in ("alive", "living") else "spoken" if printed in ("survived", "lived") or printed.endswith("death") else SURVIVES
    return UNLISTED if code == "OTHER" else "spoken"


def _code(text: str, at: int, named: Sequence[Mention], code: str) -> str:
    """The code of a pattern, found in what stands before where it has none of its own."""
    if code == _DIED:
        return "OTHER" if _SOME_DIED.search(text[:at]) else "OS"
    of_what = _of_what(text, at, named) if code in ("", _LASTED) else code
    return "" if code == _LASTED and of_what != "DOR" else of_what


# "everolimus had to be reduced in 12", "the mean duration of everolimus"
_DRUG_REDUCED = re.compile(
    r"\s(?:[\d.]+\s?mg\s)?(?:(?:was|were|had|needed|to|be|been|being|then|later)\s){1,4}(?P<name>reduced)\b(?=[^.;]{0,60}\s(?:in|for|by)\s)"
)
_DURATION_OF_DRUG = re.compile(r"\b(?P<name>durations?)\s(?:of|on)\s(?:the\s|all\s)?$", re.IGNORECASE)


def _of_drugs(text: str, named: Sequence[Mention]) -> Iterator[tuple[CharSpan, str]]:
    """What is told of a drug by its name: that it was reduced, and for how long it was given."""
    for drug in named:
        if drug.kind is not MentionKind.DRUG:
            continue
        reduced, lasted = _DRUG_REDUCED.match(text, drug.span.end), _DURATION_OF_DRUG.search(text[: drug.span.start])
        if reduced is not None and _NO_SUBJECT.search(text[: drug.span.start]) is None:
            yield CharSpan(*reduced.span("name")), "DOSE_REDUCTION"
        if lasted is not None:
            yield CharSpan(*lasted.span("name")), "DURATION"


_TREATMENT = re.compile(r"\b(?:treat(?:ed|ment)|therapy|chemotherapy|received|exposure)\b", re.IGNORECASE)


def _of_what(text: str, at: int, named: Sequence[Mention]) -> str:
    """What "a median duration of 7 months" lasts: the response, or the treatment, that is told of before it; "" for neither."""
    before = [e for e in named if e.kind is MentionKind.ENDPOINT and e.span.end <= at]
    if before and before[-1].norm in ("SD", "PD", "DCR") and not text[before[-1].span.end : at].strip():
        return ""  # "stable disease lasting 6 months"
    responded = any(not is_reaction(text, m.start()) for m in RESPONDED.find(text[:at]))
    if (before and before[-1].norm in ("ORR", "CR", "PR", "DOR")) or responded:
        return "DOR"
    return "DURATION" if not before and _TREATMENT.search(text[:at]) else ""
