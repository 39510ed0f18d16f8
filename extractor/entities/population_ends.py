"""What a population may be called at all: a phrase that tells some people from others, and where such a phrase ends.

The patterns of populations stop at what stands behind a group in most sentences. Where they stop elsewhere, they leave a fragment: a phrase that ends
in a preposition or a sign, or words that are true of all patients. The one is cut back to the phrase, the other is no population.
"""

from __future__ import annotations

import re

from extractor.entities.population_words import PLAIN

ON = r"(?:[^,;:.()\[\]]|(?<=\d)\.(?=\d))"
"""A character of a phrase: no sign that ends it, but for the point of a decimal."""
_LOOSE = re.compile(
    r"""
    (?: [\s,] (?: of | in | for | to | with | without | that | which | who | whose | whom | will | would | may | might | can | could | (?-i:an?)
          | the | and | or | nor | but | as | by | from | at | on | than | into | via | per | either | neither | rather | also | however | thus
          | therefore | then | after | before | during | until | because | due | according | compared | when | where | while | whereas | if
          | although | though | is | are | was | were | had | has | have | be | been | being | not )
      | \s? (?: [<>]=? | [=≥≤:/,] ) )+ \s? $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_][\w/+-]*")
_PLAIN = re.compile(PLAIN)
_SAYS_SO = re.compile(
    r"response|responded|\b(?:neither|both|it|none)$|\b(?:cancer|carcinoma|leuk\w+|lymphoma|melanoma|myeloma|sarcoma|rest|others?)\b", re.IGNORECASE
)
_COUNTS = re.compile(r"n\s?=?\s?\d+|N\s?=\s?\d+|[<>]=?\s?\d+")
# What a sentence says of its data, its readers or its methods, not of people.
_OF_THE_STUDY = re.compile(
    r"""
    \b (?: results? | analys[ie]s | data | findings | hypothes[ie]s | model | assumptions? | observations ) \s (?: was | were | is | are | had )\b
  | ^ (?: these | this | those | such | it | they | we | you )\b | \b we\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


def whole_phrase(said: str) -> str:
    """A phrase without what was left hanging at its end.

    >>> whole_phrase(">= 65 years in"), whole_phrase("atrial fibrillation will"), whole_phrase("mechanically ventilated for >=")
    ('>= 65 years', 'atrial fibrillation', 'mechanically ventilated')
    """
    return _LOOSE.sub("", said)


def tells_people(said: str) -> bool:
    """Whether a phrase tells some people from others: not by words alone that are true of all, by a number of them, or by what is said of data.

    >>> tells_people("visceral disease"), tells_people("included in the study"), tells_people("n405"), tells_people("these results were applied")
    (True, False, False, False)
    """
    if _COUNTS.fullmatch(said) or _OF_THE_STUDY.search(said):
        return False
    words = _WORDS.findall(said)
    return re.search(r"\d", said) is not None or _SAYS_SO.search(said) is not None or any(not _is_plain(w) for w in words)


# "swelling", "bleeding": what ends so is a symptom more often than a verb.
_PLAIN_ING = re.compile(r"(?:follow|remain|receiv|correspond|be|hav|exist|result|includ|regard|concern|us)ing", re.IGNORECASE)


def _is_plain(word: str) -> bool:
    """Whether a word tells no patients from others."""
    return _PLAIN.fullmatch(word) is not None if not word.endswith("ing") else _PLAIN_ING.fullmatch(word) is not None
