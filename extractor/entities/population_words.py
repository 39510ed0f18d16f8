"""Words that may tell patients from others, and those that tell none: what a noun phrase for a group is made of."""

from __future__ import annotations

import re

PEOPLE = (
    r"(?:patients|women|men|participants|individuals|subjects|people|persons|adults|children|adolescents|infants|boys|girls|dogs|cats|cases|tumou?rs"
    r"|survivors|recipients|respondents|carriers)"
)
"""Those whom a result is of, whatever a study calls them."""
# What tells no patients from others: function words, verbs, roles in a study, measures of a result, times.
PLAIN = (
    r"(?i:the|an?|this|that|these|those|such|all|any|each|every|both|either|neither|no|not|none|some|most|many|few|several|more|less|fewer|other|another"
    r"|others|same|similar|different|respective|various|certain|our|their|its|his|her|we|they|it|which|who|whom|whose|where|when|while|whereas|but|and|or"
    r"|nor|if|than|as|to|of|in|on|at|by|for|from|with|without|among|amongst|within|between|per|via|versus|vs|compared|after|before|during|until"
    r"|since|under|over|about|only|also|just|even|still|further|additional|new|next|previous|subsequent|following|preceding|aforementioned|above|below"
    r"|was|were|is|are|be|been|being|had|has|have|having|did|do|does|can|could|may|might|will|would|should|there|here|then|thus|half|third|quarter"
    r"|proportion|percentage|percent|number|majority|minority|total|overall|entire|whole|full|study|studies|trial|trials|treatment|treated|control|controls"
    r"|placebo|experimental|intervention|interventional|investigational|comparator|reference|standard|active|combination|combined|monotherapy|arm|arms"
    r"|regimen|dose|doses|therapy|conditions?|randomi[sz]ed|assigned|allocated|enrolled|included|recruited|screened|eligible|registered|consecutive|evaluable"
    r"|assessable|analy[sz]ed|available|sampled|individual|single|large|small|larger|smaller|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|first|second|last|final"
    r"|years?|months?|weeks?|days?|hours?|cycles?|age|aged|mean|median|average|rates?|survival|response|responses|hazard|ratio|risk|odds|confidence|interval"
    r"|adverse|events?|toxicit\w+|deaths?|grades?|safety|efficacy|intention|intent|itt|mitt|fas|baseline|hospital|institution\w*|center|centre|clinical|patients?|people|human|cancer"
    r"|carcinoma|leuk\w+|lymphoma|melanoma|myeloma|sarcoma|present|parent|main|own|general|historical|matching|corresponding|receiving|received|given"
    r"|taking|showed|achieved|experienced|reported|observed|seen|noted|occurred|developed|remaining|rest|comparison|parallel|involved|target|index|test|case|strateg\w+|schedules?|protocols?|approach\w*|modalit\w+|techniques?"
    r"|program\w*|polic(?:y|ies)|weekly|daily|\d+(?:st|nd|rd|th)|[\d.]+-?m?g(?:/\w+)?|one|c?m|mm|[kmµ]?g|m?l|settings?|lines?|follow-up|assess\w*|measured|tested|followed|studied|examined"
    r"|investigated|mentioned|above-mentioned|selected|comparable|potential|suitable|appropriate|identified|lost|former|latter|original|however|moreover|similarly|(?:pre-?)?planned|pre-?specified|pre-?defined|exploratory|post-?hoc|key|important|relevant|largest|smallest|specific"
    r"|particular|\w+(?<!surviv)ing)"
)
WORD = (
    rf"(?:(?!{PLAIN}(?![\w/-])|[a-z]*(?:mab|nib|tinib|platin|taxel|rubicin)(?!\w)"
    r"|\d+(?:[./]\d+)?(?:[\s%,;.)\[(]|$))[A-Za-z0-9≥≤<>](?:[\w/+≥≤<>%'-]|\.(?=\w))*)"
)
PHRASE = rf"(?:{WORD}(?:\s(?:with\s|without\s|of\s)?{WORD}){{0,3}})"


def ascii_operators(text: str) -> str:
    """`≥` and `≤` as `>=` and `<=`, blanks single."""
    return re.sub(r"\s+", " ", text.replace("≥", ">=").replace("≤", "<=")).strip()
