"""Compile the key arcs of `arcs.txt`, written as word pairs, to the character offsets of `sentences.jsonl`.

    python gold/arcs/build.py            writes sentences.jsonl beside this file, prints the counts
    python gold/arcs/build.py --check    writes nothing; exit 1 if sentences.jsonl is not what arcs.txt says

`arcs.txt`: `[construction]` heads a group; a sentence on one line, its arcs on the next as `dependent>head:relation`, `word#2` being the second
token of that spelling. Only plain tokens can be named: a hyphenated or slashed piece is one token here, and refused.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

HERE = Path(__file__).resolve().parent
RELATIONS = {
    "s": "subject", "ps": "passive_subject", "o": "object", "c": "complement", "j": "conjunct", "p": "preposition",
    "po": "prepositional_object", "a": "apposition", "m": "modifier", "cl": "clause", "x": "other",
}  # fmt: skip
TOKEN = re.compile(r"[^\W_]+(?:[.,·][0-9]+)*(?:['’-][^\W_]+|/[^\W_]+)*|\S")
PLAIN = re.compile(r"[0-9]+(?:[.,·][0-9]+)*|[^\W_]+|%")
ARC = re.compile(r"(?P<dependent>[^>\s]+)>(?P<head>[^:\s]+):(?P<relation>[a-z]+)")

Span = tuple[int, int]


class Arc(TypedDict):
    """A token, the token that governs it, and how; offsets are characters of the sentence, end exclusive."""

    dependent: Span
    head: Span
    relation: str


class Sentence(TypedDict):
    """One line of sentences.jsonl."""

    id: str
    construction: str
    text: str
    arcs: list[Arc]


def tokens(text: str) -> list[Span]:
    """The tokens of a sentence, a hyphenated or slashed word as one."""
    return [match.span() for match in TOKEN.finditer(text)]


def locate(text: str, name: str) -> Span:
    """The token that `word` or `word#2` names.

    Raises:
        ValueError: no such token, or a token that another tokenizer would cut.
    """
    word, _, number = name.partition("#")
    found = [span for span in tokens(text) if text[slice(*span)] == word]
    nth = int(number or 1)
    if not PLAIN.fullmatch(word):
        raise ValueError(f"{name!r}: a plain word, number or % was expected")
    if not 1 <= nth <= len(found):
        raise ValueError(f"{name!r}: expected at least {nth} such tokens, found {len(found)}")
    return found[nth - 1]


def entry(number: int, construction: str, text: str, pairs: str) -> Sentence:
    """One line of sentences.jsonl.

    Raises:
        ValueError: an arc that cannot be read, or names no token.
    """
    arcs: list[Arc] = []
    for pair in pairs.split():
        if not (match := ARC.fullmatch(pair)) or match["relation"] not in RELATIONS:
            raise ValueError(f"{pair!r}: expected dependent>head:relation")
        arcs.append({"dependent": locate(text, match["dependent"]), "head": locate(text, match["head"]), "relation": RELATIONS[match["relation"]]})
    return {"id": f"a{number:03}", "construction": construction, "text": text, "arcs": sorted(arcs, key=lambda arc: arc["dependent"])}


def entries(source: str) -> Iterator[Sentence]:
    """The sentences of arcs.txt in order.

    Raises:
        ValueError: with the line number, where a line cannot be read.
    """
    construction, text, number = "", "", 0
    for at, line in enumerate(source.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("["):
            construction = line.strip("[]")
        elif not text:
            text = line
        else:
            number += 1
            try:
                yield entry(number, construction, text, line)
            except ValueError as error:
                raise ValueError(f"arcs.txt line {at} ({text[:40]} ...): {error}") from error
            text = ""
    if text:
        raise ValueError(f"arcs.txt: the last sentence has no arcs: {text[:40]} ...")


def compiled() -> list[Sentence]:
    """The lines of sentences.jsonl as arcs.txt says them."""
    return list(entries((HERE / "arcs.txt").read_text(encoding="utf-8")))


def main() -> int:
    """Write or check sentences.jsonl; print how many sentences and arcs there are of each kind."""
    try:
        found = compiled()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found)
    target = HERE / "sentences.jsonl"
    if "--check" in sys.argv[1:]:
        return int(not target.exists() or target.read_text(encoding="utf-8") != lines)
    target.write_text(lines, encoding="utf-8")
    constructions = Counter(line["construction"] for line in found)
    relations: Counter[tuple[str, str]] = Counter()
    for line in found:
        relations.update((line["construction"], arc["relation"]) for arc in line["arcs"])
    print("| relation | " + " | ".join(constructions) + " | all |\n" + "| --- " * (len(constructions) + 2) + "|")
    print("| sentences | " + " | ".join(str(n) for n in constructions.values()) + f" | {len(found)} |")
    for relation in RELATIONS.values():
        row = [relations[construction, relation] for construction in constructions]
        print(f"| {relation} | " + " | ".join(map(str, row)) + f" | {sum(row)} |")
    row = [sum(n for (kind, _), n in relations.items() if kind == construction) for construction in constructions]
    print("| **arcs** | " + " | ".join(map(str, row)) + f" | {sum(row)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
