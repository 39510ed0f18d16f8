"""Estimates and differences whose sentence names no arm, or calls one by a word of its name: what they are of, in whom, and how measured."""

from __future__ import annotations

import pytest

from extractor.pipeline import Pipeline

PIPELINE = Pipeline()
PAPER = """{title}

Abstract

Methods

{methods}

Results

{sentence}
"""
TWO_DRUGS = (
    "Docetaxel versus gemcitabine in advanced sarcoma: a randomised trial",
    "Patients with advanced sarcoma were randomly assigned to docetaxel or gemcitabine.",
)


def told(design: tuple[str, str], sentence: str) -> list[str]:
    title, methods = design
    records = PIPELINE.extract_text(PAPER.format(title=title, methods=methods, sentence=sentence)).records
    lines = []
    for r in records:
        if r.kind == "measurement":
            lines.append(f"{r.arm} | {r.endpoint} {r.event or ''} {r.value}")
        elif r.estimate is not None:
            who = f"F {r.factor}" if r.factor is not None else f"{r.arm} v {r.comparator}"
            ci = f" [{r.ci[0]}, {r.ci[1]}]" if r.ci else ""
            lines.append(f"{who} | {r.population} | {r.endpoint} {r.event or ''} {r.measure} {r.estimate}{ci}")
    return sorted(lines)


MEN_AND_WOMEN = "In men the hazard ratio for OS was 0.71 (95% CI 0.52-0.97), and in women it was 0.93 (95% CI 0.70-1.24)."
IN_THE_THIRD = "The hazard ratio for OS in men was 0.71 (95% CI 0.52-0.97), and in the upper third 0.93 (95% CI 0.70-1.24)."
V = "docetaxel v gemcitabine | {}"
SENTENCES = {
    "each clause has its group": (MEN_AND_WOMEN, [V.format("men | OS  HR 0.71 [0.52, 0.97]"), V.format("women | OS  HR 0.93 [0.7, 1.24]")]),
    "a group that is not known is not that before": (IN_THE_THIRD, [V.format("men | OS  HR 0.71 [0.52, 0.97]")]),
    "group in the bracket of a ratio": (
        "Survival was longer with treatment (HR for death among women, 0.71, 95% CI 0.52-0.97).",
        [V.format("women | OS  HR 0.71 [0.52, 0.97]")],
    ),
    "who had a ratio is a factor": (
        "Smokers had a hazard ratio for death of 1.62 (95% CI 1.21-2.17).",
        ["F Smokers | None | OS  HR 1.62 [1.21, 2.17]"],
    ),
    "interval of a difference": (
        "Response was more frequent, a 13.6% difference (95% CI 4.9-22.3) in response rate.",
        [V.format("None | ORR  difference 13.6 [4.9, 22.3]")],
    ),
    "an interval without the difference in it is of another": (
        "Response was more frequent, a 13.6% difference (95% CI 1.2-4.9) in response rate.",
        [V.format("None | ORR  difference 13.6")],
    ),
    "absolute benefit": (
        "The absolute benefit in overall survival at 5 years came to 4.2% (95% CI 0.8-7.6).",
        [V.format("None | OS  difference 4.2 [0.8, 7.6]")],
    ),
    "survival benefit": ("The survival benefit at 5 years was 4.2%.", [V.format("None | OS  difference 4.2")]),
    "what an improvement is in stands behind it": (
        "There was an improvement of 2.3 months in median overall survival.",
        [V.format("None | OS  difference 2.3")],
    ),
    "a fall that the ratio tells again": (
        "Mortality was reduced by 31% (rate ratio 0.69, 95% CI 0.55-0.87).",
        [V.format("None | DEATH  RR 0.69 [0.55, 0.87]"), V.format("None | DEATH  risk reduction 31")],
    ),
    "a fall that the ratio does not tell": (
        "Mortality was reduced by 4% (rate ratio 0.69, 95% CI 0.55-0.87).",
        [V.format("None | DEATH  RR 0.69 [0.55, 0.87]"), V.format("None | DEATH  difference 4")],
    ),
    "event of a ratio": ("The odds ratio for thrombosis was 1.84 (95% CI 1.20-2.82).", [V.format("None | AE thrombosis OR 1.84 [1.2, 2.82]")]),
    "a relative risk above 2": ("Thrombosis was more frequent (RR 2.31, 95% CI 1.48-3.60).", [V.format("None | AE thrombosis RR 2.31 [1.48, 3.6]")]),
    "nor was progression": (
        "OS was not improved (HR 0.95, 95% CI 0.80-1.13), nor was progression (0.91, 95% CI 0.77-1.08).",
        [V.format("None | OS  HR 0.95 [0.8, 1.13]"), V.format("None | TTP  HR 0.91 [0.77, 1.08]")],
    ),
}


@pytest.mark.parametrize(("sentence", "want"), SENTENCES.values(), ids=SENTENCES)
def test_what_an_estimate_without_arms_is_of(sentence: str, want: list[str]) -> None:
    assert told(TWO_DRUGS, sentence) == want
