"""Train the recogniser of drugs that no list holds: how `extractor/entities/unlisted.npz` was made.

    python -m models.train_unlisted FULLTEXTS.txt.xz OUT.npz [--without NAMES.txt] [--not-papers FOLDER]

Input: full texts of trials, xz-compressed, a form feed between papers. The lexicon labels them: its single-word names are drugs, other words that are
in no list are not. Every drug is seen at most `EACH` times, so that the model learns how names look and where they stand, not how often the common
ones occur; words seen beside them that are drugs are masked. `--without` takes names out as though nobody knew them: they are neither drugs nor
other words, and no sentence's context shows them. `--not-papers` leaves out papers that a folder holds too (by title): precision is judged on them.
Needs scikit-learn; the same input gives the same bytes with the same version.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from extractor import lexicons
from extractor.document import fold
from extractor.entities.unlisted import KNOWN, LONGEST, SHORTEST, TABLE_BITS, context_features, form_features

EACH_DRUG, EACH_OTHER = 24, 4
PER_PAPER = 2
CHOSEN_C = 0.3
DOUBTFUL = -2.0
"""Log odds above which a word that is in no list is left out of the training."""
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]")

Example = tuple[str, tuple[int, ...]]


def papers(path: Path, barred: Collection[str]) -> Iterator[str]:
    """The full texts, folded, without those whose title is barred."""
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for text in stream.read().split("\f"):
            if title(text) not in barred:
                yield fold(text)


def title(text: str) -> str:
    """The letters of a paper's title."""
    found = re.search(r"TITLE:\s*([^\n]+)", text)
    return re.sub(r"[^a-z]", "", found.group(1).casefold()) if found else ""


def titles(folder: Path) -> Iterator[str]:
    """The titles of a folder's papers; those that its gold keeps for the last measurement are not opened."""
    split = folder / "gold" / "split.json"
    kept = set(json.loads(split.read_text(encoding="utf-8"))["held_out"]) if split.is_file() else set()
    for path in sorted(folder.glob("*.txt")):
        if path.stem not in kept and (found := title(path.read_text(encoding="utf-8"))):
            yield found


def single_words(rows: Collection[lexicons.Row]) -> set[str]:
    """The lower-case names of a table that are one word of letters."""
    return {name.lower() for row in rows for name in row.names if re.fullmatch(rf"[A-Za-z]{{{SHORTEST},{LONGEST}}}", name)}


def words_of(rows: Collection[lexicons.Row]) -> set[str]:
    """All words of the names of a table."""
    return {word.lower() for row in rows for name in row.names for word in re.findall(r"[A-Za-z]{5,}", name)}


def gather(path: Path, without: set[str], barred: Collection[str]) -> tuple[list[Example], list[Example]]:
    """Occurrences of drugs and of other words, each with its context."""
    drugs = single_words(lexicons.drugs()) - without
    mixed = words_of(lexicons.drugs()) | words_of(lexicons.regimens()) | words_of(lexicons.drug_classes()) | words_of(lexicons.procedures())
    mixed |= words_of(lexicons.trials()) | without
    seen: Counter[str] = Counter()
    found: dict[bool, list[Example]] = {True: [], False: []}
    counts = lexicons.words()
    plurals = {d + "s" for d in drugs}
    for text in papers(path, barred):
        here: Counter[str] = Counter()
        tokens = _TOKEN.findall(text)
        lows = [t.lower() for t in tokens]
        masked = [KNOWN if w in drugs else "<other>" if w in without else t for w, t in zip(lows, tokens, strict=True)]
        for i, (token, low) in enumerate(zip(tokens, lows, strict=True)):
            if not SHORTEST <= len(low) <= LONGEST or not low.isascii():
                continue
            is_drug = low in drugs
            if not is_drug and (low in mixed or low in plurals or counts.get(low, 0) > 300):
                continue
            if here[low] >= PER_PAPER or seen[low] >= (EACH_DRUG if is_drug else EACH_OTHER):
                continue
            here[low] += 1
            seen[low] += 1
            around = masked[max(i - 5, 0) : i + 6]
            found[is_drug].append((token, context_features(around, i - max(i - 5, 0))))
    # Names that the texts lack, and all that only look so, are learned by their form alone.
    found[True].extend((name, ()) for name in sorted(drugs) if not seen[name])
    found[False].extend((word, ()) for word in sorted(words_of(lexicons.lookalikes()) - drugs - without))
    return found[True], found[False]


def matrix(examples: list[Example]) -> csr_matrix:
    """One row of hashed features for each example, each feature with how often it fell on its place."""
    rows: list[int] = []
    columns: list[int] = []
    for i, (word, context) in enumerate(examples):
        features = (*form_features(word), *context)
        rows.extend([i] * len(features))
        columns.extend(features)
    return csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(examples), 1 << TABLE_BITS))


def train(drugs: list[Example], others: list[Example], c: float = CHOSEN_C) -> tuple[npt.NDArray[np.int8], float, float]:
    """The table of weights as whole numbers, its scale and the bias. A word's examples together weigh as a word, or nearly."""
    examples = drugs + others
    labels = np.array([1] * len(drugs) + [0] * len(others))
    counts = Counter(word.lower() for word, _ in examples)
    weight = np.array([1 / counts[word.lower()] ** 0.5 for word, _ in examples])
    model = LogisticRegression(C=c, solver="liblinear", random_state=0, max_iter=200)
    model.fit(matrix(examples), labels, sample_weight=weight)
    coefficients = model.coef_[0]
    scale = 127 / np.abs(coefficients).max()
    return np.round(coefficients * scale).astype(np.int8), float(scale), float(model.intercept_[0])


def cleaned(drugs: list[Example], others: list[Example]) -> list[Example]:
    """The other words without those that look like drugs: misspelt names, and names that the lexicon lacks, would teach the contrary.

    Each half of the words is judged by a model of the other half.
    """
    doubtful: set[str] = set()
    certain = words_of(lexicons.lookalikes())
    for half in (0, 1):
        table, scale, bias = train([d for d in drugs if _half(d) != half], [o for o in others if _half(o) != half])
        judged = [other for other in others if _half(other) == half]
        by_word: dict[str, list[float]] = defaultdict(list)
        for (word, _), score in zip(judged, matrix(judged) @ table.astype(np.float32) / scale + bias, strict=True):
            by_word[word.lower()].append(float(score))
        doubtful.update(word for word, found in by_word.items() if sum(found) / len(found) > DOUBTFUL)
    print(f"{len(doubtful)} words left out as likely drugs")
    return [other for other in others if other[0].lower() not in doubtful - certain]


def _half(example: Example) -> int:
    return crc32(example[0].lower().encode()) >> 7 & 1


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without", type=Path, help="names, one a line, that nobody is to know")
    parser.add_argument("--not-papers", type=Path, help="a folder whose papers are left out")
    said = parser.parse_args()
    without = set(said.without.read_text(encoding="utf-8").split()) if said.without else set()
    barred = set(titles(said.not_papers)) if said.not_papers else set()
    drugs, others = gather(said.texts, without, barred)
    print(f"{len(drugs)} sightings of drugs, {len(others)} of other words")
    others = cleaned(drugs, others)
    table, scale, bias = train(drugs, others)
    np.savez_compressed(said.out, table=table, scale=np.float64(scale), bias=np.float64(bias))


if __name__ == "__main__":
    main()
