"""What tells two arms with the same treatment apart in the words that they are told in: how and when it was given, and how much of it."""

from __future__ import annotations

import re

# Words that tell two arms with the same treatment apart, as a slot holds them.
SETTINGS = (
    "induction consolidation concurrent sequential adjuvant neoadjuvant preoperative postoperative perioperative maintenance bolus infusional weekly"
    " first-line second-line low-dose high-dose standard-dose early delayed immediate deferred intermittent continuous intravenous subcutaneous oral"
).split()
_SETTING = re.compile(rf"\b(?:{'|'.join(re.escape(s) for s in SETTINGS)})\b", re.IGNORECASE)
_DOSE = re.compile(r"(?<![\d.,-])\d[\d.,]*\s?(?:mg|g|[µμ]g|Gy|IU)(?:/(?:kg|m2|day|d))?(?![\w/])")


_BEHIND = re.compile(r"\s\((?!\d+[A-Za-z]{1,2}\))")  # "lutetium (177lu) vipivotide tetraxetan" is a name


def has_setting(norm: str) -> bool:
    """Whether the name of an arm says in brackets how it was given.

    >>> has_setting("docetaxel (weekly)"), has_setting("radium (223ra) dichloride + placebo")
    (True, False)
    """
    return _BEHIND.search(norm) is not None


def settings_in(words: str) -> list[str]:
    """The settings that some words name, in order.

    >>> settings_in("as induction, then weekly")
    ['induction', 'weekly']
    """
    return [s.casefold() for s in _SETTING.findall(words)]


def doses_in(words: str) -> list[str]:
    """The doses that some words name, in order, each once.

    >>> doses_in("golimumab 50 mg every month, then 100 mg")
    ['50 mg', '100 mg']
    """
    return list(dict.fromkeys(m.group() for m in _DOSE.finditer(words)))
