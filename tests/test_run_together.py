"""The benchmark of tables that lose their cells: what it writes is what such texts print."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.run_together import FORMS, run_together
from extractor.pipeline import Pipeline

HEAD = "<thead><tr><th>Event</th><th>Topotecan (n = 60)</th><th>Placebo (n = 80)</th></tr></thead>"
EVENTS = (("Nausea", "24 (40.0)", "32 (40.0)"), ("Fatigue", "18 (30.0)", "16 (20.0)"), ("Rash", "9 (15.0)", ""), ("Anemia", "33 (55.0)", "44 (55.0)"))
BODY = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in EVENTS)
PAPER = (
    "<article><front><article-meta><title-group><article-title>Topotecan in thymoma</article-title></title-group></article-meta></front><body><sec>"
    "<title>Results</title><p>Toxicity was mild.</p><table-wrap><label>Table 1</label><caption><p>Toxicity</p></caption><table>"
    f"{HEAD}<tbody>{BODY}</tbody></table></table-wrap><p>It was feasible.</p></sec></body></article>"
)
WRITTEN = {
    "in a line": "mild.   Table 1 Toxicity Event Topotecan (n = 60) Placebo (n = 80) Nausea 24 (40.0) 32 (40.0) Fatigue",
    "in a line, no blanks": "mild.Table 1 ToxicityEventTopotecan (n = 60)Placebo (n = 80)Nausea24 (40.0)32 (40.0)Fatigue",
    "a cell a line": "Table 1 Toxicity\nEvent\nTopotecan (n = 60)\nPlacebo (n = 80)\nNausea\n24 (40.0)\n32 (40.0)\nFatigue",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_table_in_each_form(form: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.nxml"
    path.write_text(PAPER, encoding="utf-8")
    text = run_together(Pipeline().extract(path).document, form)
    assert WRITTEN[form] in text
    assert "It was feasible." in text
    assert ("9 (15.0)\n\nAnemia" in text) == (form == "a cell a line")
