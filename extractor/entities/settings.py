"""Two arms with one treatment, by the setting that tells them apart: "first-line HAIC", "the weekly arm", "14.1 months on the three-weekly"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.document import CharSpan
from extractor.entities.arm_book import ARM_WORD, ArmBook, ArmName
from extractor.entities.joins import words_before
from extractor.entities.mention import Mention, MentionKind
from extractor.entities.names import in_words


def setting_groups(text: str, treatments: Sequence[Mention]) -> Iterator[ArmName]:
    """Two groups with one treatment: "HAIC as initial therapy (first-line HAIC group)", "HAIC after X (post-X group)"."""
    for match in re.finditer(rf"\((?P<label>[\w/+]+(?:[ -][\w/+]+){{0,4}})\s(?:{ARM_WORD})\)", text):
        label = match.group("label")
        before = [t for t in treatments if t.span.end <= match.start()]
        clause = max(
            text.rfind(";", 0, match.start()),
            text.rfind(" and those", 0, match.start()),
            text.rfind(" and patients", 0, match.start()),
            text.rfind(":", 0, match.start()),
            0,
        )
        before = [t for t in before if t.span.start >= clause]
        inside = [t for t in treatments if match.start() < t.span.start < match.end()]
        # "after X (post-X group)" is a group of what came after X.
        past = {t.norm for t in inside} if re.match(r"(?:post|pre)-", label) else set()
        treatment = next((t for t in before if t.norm not in past), None)
        if treatment is None:
            continue
        setting = label
        for t in inside:
            if t.norm == treatment.norm:
                setting = (text[match.start("label") : t.span.start] + text[t.span.end : match.end("label")]).strip(" -")
        if (setting and setting.casefold() != label.casefold()) or re.match(r"(?:post|pre)-", label):
            yield ArmName(setting, f"{treatment.norm} ({setting})", treatment.parts, False)


def beside_its_setting(arms: list[Mention], book: ArmBook) -> list[Mention]:
    """A treatment told without its setting, beside one of two arms with that treatment, is the other of the two."""
    settings = {name.norm: name for name in book.settings.values()}
    named = {m.norm for m in arms if m.norm in settings}
    if len(settings) != 2 or len(named) != 1:
        return arms
    (other,) = (name for norm, name in settings.items() if norm not in named)
    return [Mention(m.kind, m.span, other.norm, m.parts, "label") if m.detail == "treatment" and m.parts == other.parts else m for m in arms]


ELIDED = r"(?:\s?\(|\s(?:one|\d|was|were|had|did|v|vs\.?|versus|but|than)(?!\w))"
"""What follows a setting whose noun is left out: "14.1 on the three-weekly (HR 0.92)", "weekly treatment 68% and three-weekly 66%"."""
_BEFORE_ELIDED = r"(?:(?<=\bthe\s)|(?<=\bon\s)|(?<=\bwith\s)|(?<=\bfor\s)|(?<=\band\s)|(?<=\bv\s)|(?<=\bvs\s)|(?<=\bversus\s)|(?<=\bthan\s))"


def _words_of(name: ArmName) -> str:
    return in_words(name.label)


def setting_mentions(text: str, book: ArmBook) -> Iterator[Mention]:
    """The arms that are called by their setting: before "arm" or "group", or where that word is left out."""
    for name in book.settings.values():
        body = _words_of(name)
        for match in re.finditer(rf"(?<![\w-]){body}(?=\s(?:{ARM_WORD})\b)|{_BEFORE_ELIDED}{body}(?={ELIDED})", text, re.IGNORECASE):
            yield Mention(MentionKind.ARM, CharSpan(*match.span()), name.norm, name.parts, detail="label")


def with_setting(text: str, treatment: Mention, book: ArmBook) -> Mention:
    """A treatment with the setting that tells it from the document's other arm with the same treatment.

    A part of that arm is told with its setting too: "weekly paclitaxel" of "paclitaxel + carboplatin (weekly)".
    """
    for name in book.settings.values():
        if not treatment.parts or not set(treatment.parts) <= set(name.parts):
            continue
        match = re.search(rf"(?<![\w-]){_words_of(name)}[\s-]$", words_before(text, treatment.span.start), re.IGNORECASE)
        if match:
            span = CharSpan(treatment.span.start - len(match.group()), treatment.span.end)
            norm = name.norm if set(treatment.parts) == set(name.parts) else treatment.norm + name.norm[name.norm.rindex(" (") :]
            return Mention(MentionKind.ARM, span, norm, treatment.parts, detail="label")
    return treatment
