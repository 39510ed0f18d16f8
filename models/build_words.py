"""Count the words of published trial reports: how `extractor/lexicons/words.tsv` was made.

    python models/build_words.py FULLTEXTS.txt.xz > extractor/lexicons/words.tsv

Input: full texts of trials, xz-compressed, a form feed between papers. Output: lower-case words, plain and hyphenated, with the number of times
they occur; words seen fewer than ten times are left out. Single words and counts only: no sentence, no order, no document can be recovered.
"""

import lzma
import re
import sys
from collections import Counter

FEWEST = 10
PLAIN = re.compile(r"(?<![\w./@-])[a-z]{2,}(?![\w/@-])")
HYPHENATED = re.compile(r"(?<![\w./@-])[a-z]{2,}(?:-[a-z]{2,}){1,2}(?![\w/@-])")


def main(path: str) -> None:
    """Write the counts of one file of full texts to standard output."""
    counts: Counter[str] = Counter()
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        text = stream.read()
    for pattern in (PLAIN, HYPHENATED):
        counts.update(pattern.findall(text))
    print("# Words of published trial reports and how often they occur (made by models/build_words.py, 2026-11-21); single words and counts only.")
    print("word\tcount")
    for word, count in sorted(counts.items()):
        if count >= FEWEST:
            print(f"{word}\t{count}")


if __name__ == "__main__":
    main(sys.argv[1])
