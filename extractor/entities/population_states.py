"""People told by what they are or do, with neither "with" nor "who" before it: "patients still on treatment", "women positive for HPV", "completers".

The state is anything that a reduced clause says of people. What a trial gave is none, nor is what befell those who are counted.
"""

from __future__ import annotations

import re

from extractor.entities.population_ends import ON
from extractor.entities.population_patterns import BOUNDARY, ITEM, ONLY
from extractor.entities.population_words import PEOPLE
from extractor.quantities import COUNT_WORD, Pattern

_DOES = (
    r"(?:completing|discontinuing|withdrawing|progressing|relapsing|recurring|failing|weighing|living|residing|continuing|declining|refusing"
    r"|converting|switching|crossing\sover|surviving(?=\s(?:[<>≥≤]|more|at\sleast|beyond|longer|for|to)\b)|remaining(?=\s(?:on|in|free|alive|off)\b))"
)
_IS = (
    r"(?:(?:positive|negative)\sfor|(?:resistant|refractory|sensitive|intolerant|unresponsive|na[iï]ve|exposed)\sto"
    r"|(?:eligible|ineligible|unfit|unsuitable)\sfor|(?:able|unable)\sto|at\s(?:very\s)?(?:high|higher|low|lower|intermediate|standard|average|increased)\srisk|in\s(?:\w+\s){0,2}?(?:remission|relapse)"
    r"|(?:diagnosed|born|transplanted|resected|operated\son)\s(?:in|at|before|after|between|with|by|within|from))"
)
# What was done to some before the study, or where and when they came into it; not what the study gave.
_BEFORE = (
    r"(?:(?:never|not|previously|formerly|recently|heavily)\s(?:previously\s|yet\s)?"
    r"(?:treated|pre-?treated|irradiated|exposed|operated|resected|transplanted|vaccinated|transfused|hospitali[sz]ed)\b"
    r"(?:\swith\s(?:an?|the)\s[\w-]+)?"
    r"|(?:enrolled|recruited|randomi[sz]ed|treated|accrued|registered|included)\s"
    r"(?:(?:in|at|from|outside)\s(?=(?:the\s)?(?-i:[A-Z][a-z]+))(?!\w+\s(?-i:[A-Z\d]+\b))|(?:before|after|since|until)\s(?=(?:\w+\s)?(?:19|20)\d\d\b))"
    r"|(?:receiving|taking|using)\s(?:concomitant|concurrent|baseline|prior|previous|long-term)\b)"
)
# "receiving second-line treatment": which line it is sets people apart, that it is given does not.
_LINE = (
    r"(?:receiving|undergoing|starting|given|in|on)\s(?:the\s)?(?P<line>(?:first|second|third|fourth|later|subsequent|1st|2nd|3rd)"
    r"(?:-\sor\s[\w]+)?[\s-]line)(?:\s(?:treatment|therapy|chemotherapy|systemic\s\w+|setting))?"
)
_STILL = (
    r"(?!still\salive\b)(?:(?:still|already|no\slonger|not)\s(?:on|off|in|receiving|taking|alive|free|at|completing|responding|achieving|attaining|reaching"
    r"|undergoing)\b)"
)
_VERB = r"(?:had|have|showed|survived|lived|achieved|experienced|demonstrated|did|responded|fared|was|were|reported)"
IN_A_STATE = Pattern(
    id="people-in-a-state",
    regex=rf"""
        (?: \b (?: in | for | among | amongst | of | from | between | than | versus | vs\.? | compared\s(?:with|to) | and | or | {ONLY} ) \s
          | {ITEM}
          | (?: ^ | [;,:]\s | \b (?: whereas | while | that )\s ) (?= [^;.]{{5,130}}? \s {_VERB} \b ) )
        (?: (?: the | all | those | our )\s )? (?: (?: \d+ | {COUNT_WORD} )\s )? (?: [a-z][\w-]+\s )?? (?P<people> {PEOPLE} | those )\s
        (?: \(n\s?=\s?\d+\)\s )?
        (?P<what> (?: (?:not|newly|initially|currently|previously)\s )? (?: {_STILL} | {_DOES} | {_IS} | {_BEFORE} | {_LINE} ) (?: \s? {ON} ){{0,70}}?
            (?: \s at\s (?: \d+\s(?:days|weeks|months|years) | (?:day|week|month|year|cycle|visit)\s\d+ ) )? )
        {BOUNDARY}
    """,
    examples={
        "in patients still on treatment at month 6 was": [{"what": "still on treatment at month 6"}],
        "Women positive for HPV had a": [{"what": "positive for HPV"}],
        "among those refractory to XB2 (": [{"what": "refractory to XB2"}],
        "Dogs weighing less than 15 kg had": [{"what": "weighing less than 15 kg"}],
        "Patients previously treated with taxanes had": [{"what": "previously treated with taxanes"}],
        "in men not previously treated with a taxane, PFS": [{"what": "not previously treated with a taxane"}],
        "in women recruited in Denmark was": [{"what": "recruited in Denmark"}],
        "for patients treated before 2004 (": [{"what": "treated before 2004"}],
        "favored A: women positive for HPV (HR 0.7), women negative for HPV (HR": [{"what": "positive for HPV"}, {"what": "negative for HPV"}],
        "among patients receiving third-line therapy, the": [{"line": "third-line"}],
    },
    counterexamples=("patients on treatment were", "drugs refractory to XB2", "of patients treated with XB2 had", "patients enrolled in Arm A had"),
    flags=re.VERBOSE | re.IGNORECASE,
)
