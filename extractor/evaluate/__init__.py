"""Gold against predicted, as the annotation guideline's "Scoring" says.

    gold = read_gold(Path("gold"))
    result = score(gold, read_predicted(Path("records.jsonl"), Path("mentions.jsonl")))
    result.facts.key.f1

Nothing here knows how records are made. Readings of the guideline stand where they are applied: `equality` (when slots agree), `matching` (who
answers whom), `counts` (rates), `mentions`, `bootstrap`.
"""

from extractor.evaluate.counts import Accuracy, Counts, Level, without_safety
from extractor.evaluate.floors import MEASURES, measured, unheld
from extractor.evaluate.matching import Judged, Verdict, asked, judge, merge, verdicts_of
from extractor.evaluate.mentions import JudgedMention, MentionVerdict, judge_mentions
from extractor.evaluate.reading import (
    ENTITIES,
    FACTS,
    Annotations,
    Entry,
    LineError,
    entries_of,
    gold_files,
    held_out,
    in_sections,
    located,
    predicted_entry,
    read_gold,
    read_predicted,
    tables_partial,
    unlocated,
)
from extractor.evaluate.report import accuracy_table, arm_line, changes_text, details, listing, slot_line, summary, table, to_html, told
from extractor.evaluate.results import Changes, Levels, Result, Score, compare, score

__all__ = [
    "ENTITIES", "FACTS", "MEASURES", "Accuracy", "Annotations", "Changes", "Counts", "Entry", "Judged", "JudgedMention", "Level", "Levels",
    "LineError", "MentionVerdict", "Result", "Score", "Verdict", "accuracy_table", "arm_line", "asked", "changes_text", "compare", "details",
    "entries_of", "gold_files", "held_out", "in_sections", "judge", "judge_mentions", "listing", "located", "measured", "merge",
    "predicted_entry", "read_gold", "read_predicted", "score", "slot_line", "summary", "table", "tables_partial", "to_html", "told",
    "unheld", "unlocated", "verdicts_of", "without_safety",
]  # fmt: skip
