"""Treatments that are told by one of their drugs, or by a device that holds one: "oxaliplatin-based chemotherapy", "gentamicin collagen sponge"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import CharSpan
from extractor.entities.mention import Mention, MentionKind, Part

_BASED = re.compile(
    r"-based\s(?P<what>(?:[a-z-]+\s){0,2}?(?:chemotherapy|chemoradiotherapy|regimens?|therapy|therapies|treatments?|doublets?"
    r"|combinations?(?!\s(?:chemo\w+|therap|regimen|treatment))))\b",
    re.IGNORECASE,
)


# What holds a drug and sets it free, what it is made of, and where it lies: no word that only relates the two ("before stent placement").
_DEVICE = re.compile(
    r"(?:-(?:loaded|eluting|coated|impregnated|releasing|containing|filled))?\s"
    r"(?P<what>(?:(?:collagen|gelatin|hydrogel|polymer(?:ic)?|polyanhydride|silicone|resin|glass|acrylic|bone|fibrin|metal(?:lic)?|nitinol|titanium|plastic"
    r"|ceramic|biodegradable|bioabsorbable|resorbable|slow-release|sustained-release|drug-eluting|embolic|vaginal|intra-?uterine|intra-?vitreal|intra-?peritoneal"
    r"|intra-?cavitary|intra-?tumou?ral|subcutaneous|subdermal|transdermal|skin|buccal|oral|nasal|ocular|biliary|coronary|ureteral)\s)?"
    r"(?:implant|sponge|wafer|bead|microsphere|particle|stent|pellet|plate|film|mesh|seed|patch|mouthwash|mouth\srinse|cement|sealant))s?\b"
)


def _as_device(text: str, mention: Mention) -> Mention | None:
    """A drug with the device that it is told in, as a treatment of its own: "gentamicin collagen sponge"; None where none follows."""
    match = _DEVICE.match(text, mention.span.end) if mention.kind is MentionKind.DRUG and len(mention.parts) == 1 else None
    if match is None:
        return None
    name = f"{mention.norm} {match.group('what')}"
    return Mention(MentionKind.PROCEDURE, CharSpan(mention.span.start, match.end()), name, (Part(name, "procedure"),))


def with_based_on(text: str, parts: Sequence[Mention]) -> list[Mention]:
    """The parts with treatments that are told by one of their drugs as what they are: "oxaliplatin-based chemotherapy" is no oxaliplatin."""
    found = []
    for mention in parts:
        device = _as_device(text, mention)
        if device is not None:
            found.append(device)
            continue
        match = _BASED.match(text, mention.span.end) if mention.parts and mention.kind is not MentionKind.PROCEDURE else None
        if match is not None:
            what = re.sub(r"s$", "", re.sub(r"therapies$", "therapy", match.group("what").casefold()))
            name = f"{mention.norm}-based {what}"
            found.append(Mention(MentionKind.DRUG_CLASS, CharSpan(mention.span.start, match.end()), name, (Part(name, "drug_class"),)))
        else:
            found.append(mention)
    wide = [m.span for m in found]
    return [m for m in found if not any(w.covers(m.span) and w != m.span for w in wide)]
