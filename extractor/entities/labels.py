"""What a paper may call an arm by: labels in brackets that abbreviate what stands before them, and those that mean something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.document import CharSpan
from extractor.entities.drugs import find_drugs
from extractor.entities.endpoints import find_endpoints
from extractor.entities.groups import is_of_patients
from extractor.entities.letters import abbreviates
from extractor.entities.mention import Mention, MentionKind, Part

NOT_LABELS = frozenset(
    (
        "hcc os pfs orr dcr ttp ttr dor cr pr sd pd ci hr or rr ae aes teae ecog ps bclc afp hbv hcv ct mri vegf pd-l1 pd-1 egfr her2 fda "
        "table figure fig range see median p n mrecist recist ctcae nci who iqr sd se na nr tki tkis ici icis itt pp qol kps asa bmi "
        "nsclc sclc crc mcrc aml all cll nhl dlbcl mm gist rcc mbc crpc mcrpc pvtt"
    ).split()
)


def is_known(label: str) -> bool:
    """Whether a label is a name of the lexicons already: what it means needs no definition."""
    return any(m.span.start == 0 and m.span.end == len(label) for m in find_drugs(label))


def names_outcome(label: str) -> bool:
    """Whether a label is the abbreviation of an endpoint: "in the surgery arm (MST, 17.6 months)"."""
    return any(m.span == CharSpan(0, len(label)) for m in find_endpoints(label))


def is_another_drug(label: str, treatment: Mention) -> bool:
    """Whether a label is the name of one drug that the treatment it stands behind does not have: "fluorouracil (IL-2 group: three)"."""
    known = [m for m in find_drugs(label) if m.span == CharSpan(0, len(label)) and m.kind is MentionKind.DRUG and len(m.parts) == 1]
    return bool(known) and known[0].parts[0] not in treatment.parts


def names_last_only(text: str, treatment: Mention, label: str) -> bool:
    """Whether an abbreviation is of the last component alone: "erlotinib plus whole-brain radiotherapy (WBRT)", "A plus nivolumab (NIV)"."""
    if len(treatment.parts) < 2:
        return False
    words = re.findall(r"[A-Za-z]+", treatment.span.of(text))
    if len(label) > 2 and words[-1].casefold().startswith(label.casefold()):
        return True
    tail = "".join(w[0] for w in words[-len(label) :]).casefold()
    head = "".join(w[0] for w in words if w.casefold() not in ("plus", "and", "with", "in", "combined", "combination")).casefold()
    return tail == label.casefold() and head != label.casefold()


def fits_as_label(label: str, has_word: bool) -> bool:
    """Whether a paper may call an arm so; `has_word` where "arm" or "group" stands behind it, which lets longer names in."""
    if label.casefold() in NOT_LABELS or names_outcome(label) or is_of_patients(label) or re.search(r"\d{3,}|^\d", label):
        return False
    if " " in label:
        return has_word
    mostly_capitals = sum(c.isupper() for c in label) * 2 >= min(len(label), 4)
    return (
        has_word
        or (bool(re.fullmatch(r"[A-Z][A-Za-z+/-]{0,9}|[a-z]{2,6}[-/+][a-z]{2,6}", label)) and mostly_capitals)
        or bool(re.fullmatch(r"[a-z]{2,6}[-/+][a-z]{2,6}", label))
    )


def tokens_of(label: str, parts: Sequence[Part]) -> Iterator[tuple[str, Part]]:
    """What the name of a combination calls each of its drugs: "MF-GP", of metformin and glimepiride, calls them MF and GP."""
    tokens = re.split(r"\s?[-+/]\s?", label)
    if len(tokens) < 2 or len(tokens) != len(parts):
        return
    told = list(zip(tokens, parts, strict=True))
    if all(len(t) > 1 and t.isupper() and p.kind == "drug" and abbreviates(t, p.name) for t, p in told):
        yield from ((t, p) for t, p in told if t.casefold() not in NOT_LABELS)
