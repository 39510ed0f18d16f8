"""Words that say whose results a sentence tells: names of studies and authors, citation marks, words for other studies and for the paper itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.document import CharSpan, CitationMark, Document, SectionKind, fold
from extractor.entities import MentionKind, ReadSentence, Recognized
from extractor.quantities import Pattern
from extractor.relations.abstracts import opens_a_paper
from extractor.relations.context import Context, Study
from extractor.relations.findings import StudyOf

OWN = StudyOf("this study", "own")

_PARTICLE = r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]i|[Dd]el|[Dd]er|[Dd]en|[Ll]e|[Ll]a|[Dd]a|[Dd]os|El|Al|St\.?)\s){0,2}"
_SURNAME = rf"{_PARTICLE}[A-Z](?:[^\W\d_]|['-](?=\w))+"
_GLUED = r"(?:\d{1,3}(?:[,-]\d{1,3}){0,3}(?!\d))?"
"""A citation mark that lost its place above the line: "Doe12 reported"."""
_TELLS = r"""(?: (?: report | show | found | find | demonstrat | describ | observ | publish | conduct | compar | evaluat | study\b | studied
  | achiev | note | notic | treat | introduc | present | analy[sz] | randomi[sz] | conclud | suggest ) \w* )"""
_WORK = r"""(?: stud(?:y|ies) | trials? | experiences? | reports? | series | analys[ie]s | data | results | findings | works? | publications?
  | cohorts? | meta-analys[ie]s )"""
_SOCIETY = r"""(?: RTOG | ECOG | SWOG | EORTC | CALGB | GOG | NSABP | JCOG | NCCTG | GERCOR | NCIC(?:[\s-]CTG)? | IBCSG | ABCSG | GEICAM | TROG
  | HOVON | GHSG | GELA | DAHANCA | GORTEC | AIO | FFCD | GISCAD | GOIM | GOIRC | GONO
  | WJTOG | KGOG | ACOSOG | GITMO | GIMEMA | SAKK | HORG | HeCOG | NRG )"""

AUTHOR = Pattern(
    id="author-and-others",
    regex=rf"""
        \b (?P<name> {_SURNAME} ) \s
        (?: et\.?\s?al\b\.?
          | and\s (?: co-?workers | (?:his|her|their)\s(?:colleagues|group|team) | colleagues | co-?authors | associates | co-?investigators ) )
    """,
    examples={"Doe et al. reported": [{"name": "Doe"}], "by van Roe and colleagues": [{"name": "van Roe"}]},
    counterexamples=("Doe and others", "in the city et al"),
)
MARKED_AUTHOR = Pattern(
    id="author-in-a-mark",
    regex=rf"(?:^|[(\[;,]\s?|\bsee\s|e\.g\.,?\s)(?P<name>{_SURNAME})(?:\set\sal\b\.?|\s(?:and|&)\s{_SURNAME})?,?\s\(?(?:19|20)\d\d",
    examples={"(Doe et al, 2004)": [{"name": "Doe"}], "(Doe and Roe, 2004; Poe, 2005)": [{"name": "Doe"}, {"name": "Poe"}]},
    counterexamples=("(12, 14)", "(the Doe trial)"),
    flags=re.RegexFlag(0),
)
OF_AUTHOR = Pattern(
    id="author-who-tells",
    regex=rf"""
        (?<! \band\s ) \b (?P<name> {_SURNAME} ) {_GLUED} (?:'s?)?
        (?= \s (?: stud(?:y|ies) | trials? | series | group | report )\b
          | \sand\s {_SURNAME} {_GLUED} \s (?: studies | trials | series | reports ) \b
          | (?: \sand\s (?P<second> {_SURNAME} ) {_GLUED} )? (?: \s?[\[(][\d,\s-]+[\])] )? ,?
            \s (?: have\s | has\s | recently\s | also\s )? {_TELLS} \b )
    """,
    examples={"Doe and Roe [3] recently reported": [{"name": "Doe", "second": "Roe"}], "in Doe and Roe trials": [{"name": "Doe"}]},
    counterexamples=("doe reported", "Doe was 12"),
)
REPORTED_BY = Pattern(
    id="reported-by-an-author",
    regex=rf"""
        \b (?: (?: reported | described | published | observed | shown | found | obtained | seen | achieved | conducted | presented | demonstrated )
              \s (?: by | in )
          | (?: study | trial | series | report | data | results | analysis | findings | experience | work ) \s (?: of | by | from )
          | according\sto ) \s
        (?P<name> {_SURNAME} ) {_GLUED} (?= \s? [\[(,.;] | \s (?: and \s (?: {_SURNAME} ) | in | was | were | with | who | showed | $ ) )
    """,
    examples={"those reported by Doe [3]": [{"name": "Doe"}], "In the study of van Roe, OS": [{"name": "van Roe"}]},
    counterexamples=("reported by others", "by Doe and"),
    flags=re.VERBOSE,
)
POSSESSIVE = Pattern(
    id="study-of-an-author",
    regex=rf"""
        \b (?! (?: Women | Men | Children | Nurses | People | Author | Patient | Sponsor | Company | Today | Year | Physician | Alzheimer
            | Parkinson | Crohn | Hodgkin | Cushing | It | Who )'s )
        (?P<name> {_SURNAME} )'s \s
        (?: own\s | recent\s | earlier\s | original\s )? (?: study | trial | series | report | experience | meta-analysis ) \b
    """,
    examples={"In Roe's study": [{"name": "Roe"}], "in contrast to McDoe's recent trial": [{"name": "McDoe"}]},
    counterexamples=("the Women's study", "the author's study", "Roe's disease"),
    flags=re.VERBOSE,
)
NAMED_STUDY = Pattern(
    id="study-of-a-long-name",
    regex=r"""
        \b (?P<name> (?! (?: The | In | A | An | This | Our | Present | Current | Phase ) \s )
            (?: [A-Z][\w'’-]+ \s (?: (?: of | for | and | in | on | the | with | to ) \s ){0,2} ){2,8}
            (?: Study | Trial | Survey | Project | Program(?:me)? | Registry ) ) \b (?! \s (?:Group|Drug|Design|Population|Investigators) )
    """,
    examples={
        "The Oslo Children's Pressure Study found": [{"name": "Oslo Children's Pressure Study"}],
        "in the Outcomes of Charts in the Young Trial": [{"name": "Outcomes of Charts in the Young Trial"}],
    },
    counterexamples=("In This Study", "the Study Group", "our study"),
    flags=re.VERBOSE,
)
SPEAKER = Pattern(
    id="speaker-at-a-meeting",
    regex=rf"""
        \b (?: Dr | Prof | Professor | Drs ) \.? \s (?: [A-Z] \.? \s (?: [A-Z] \.? \s )? | [A-Z][a-z]+ \s )?? (?P<name> {_SURNAME} )
        (?= (?: \s \([^()]*\) )? ,? \s (?: (?: first | then | also | has | and\s (?:[\w-]+\s){{1,4}} ) \s )?
          (?: present | discuss | report | show | describ | review | summari | updat | introduc | highlight | demonstrat ) \w* \b )
    """,
    examples={"Dr Doe discussed": [{"name": "Doe"}], "Prof. Jane Roe (Oslo) presented": [{"name": "Roe"}]},
    counterexamples=("Dr Doe was thanked", "by his doctor Doe"),
    flags=re.VERBOSE,
)
GROUP = Pattern(
    id="group-of-a-trial",
    regex=rf"""
        \b (?P<society> {_SOCIETY} )
            (?: \s(?!\d) (?: phase\s[IVab/123]+\s | randomi[sz]ed\s | clinical\s | (?!performance|status|scale|grade)[a-z]+\s )? )
            (?= (?: trial | stud(?:y|ies) | report | analysis | investigators | group | database | series | meta-analysis | showed | found
                  | published ) )
      | \b (?P<name>
            (?: [Ss]econd\s | [Ff]irst\s )?
            (?! The\s | In\s | A\s | An\s ) (?: [A-Z][\w&'-]+\s (?: (?: of | for | and )\s(?=[A-Z]) )? ){{1,6}}
            (?: (?: Study | Cooperative | Research | Oncology | Cancer | Trialists'? | Collaborative | Radiotherapy | Leukemia | Lymphoma )\sGroup
              | Intergroup | Surgical\sTrial | Registry | Consortium )
            (?: (?: \sB )? \s\d{{4,6}} )?
        )
        (?! 's?\sperformance | \sperformance | \s(?:B\s)?\d | \s\(?(?:ECOG|PS)\b | \sscale | \scriteria )
    """,
    examples={"the RTOG report that": [{"society": "RTOG"}], "a Nordic Myeloma Study Group trial": [{"name": "Nordic Myeloma Study Group"}]},
    counterexamples=("ECOG performance status", "Eastern Cooperative Oncology Group performance", "the study group"),
)
# How a study was done: "in placebo-controlled trials" are others' trials, "in imaging studies" may be a part of one's own.
_DESIGN = r"""[\w-]+-controlled | controlled | randomi[sz]ed | clinical | published | available | open-label | double-blind
  | phase\s[IVab123/]+ | large | small(?:er)? | observational | retrospective | prospective | cohort | population-based
  | epidemiologic(?:al)? | pivotal | registration | previous | other | earlier | older | recent | single-arm | multicent(?:er|re)
  | comparative | short-term | long-term | head-to-head | historical | similar | many"""
OTHER_STUDY = Pattern(
    id="another-study",
    regex=rf"""
        \b (?: an? | another | one | [1-4] | other | previous | prior | earlier | recent | several | similar | both | two | three | some | many | most
              | randomi[sz]ed )\s
        (?: (?! (?: the | that | this | of | post-hoc | pooled | exploratory | subgroup | press | our | larger | further | future | current
                  | present )\b )
            [\w/-]+,?\s ){{0,6}}?
        (?: stud(?:y|ies) | trials? | meta-analys[ie]s | series | investigators | reports? | registry | publications? | authors
          | surveys? | (?:systematic|literature|Cochrane)\sreviews? ) (?![A-Za-z-])
      | \b (?: in | from | by | of | with | to | than | across ) \s
        (?: the \s (?= published | available | previous | other | earlier | pivotal | registration ) )?
        (?: (?: {_DESIGN} ) ,?\s (?:and\s)? ){{0,5}}
        (?: studies | trials | meta-analyses | reports | publications ) (?! [A-Za-z-] | \s\( )
      | (?: ^ | [.;]\s ) (?: (?: {_DESIGN} ) \s ){{0,4}} (?: studies | trials | reports ) \s
        (?= (?: have | had | also ) \s | show | report | demonstrat | suggest | found | indicat )
    """,
    examples={
        "in a recent single-arm phase II trial": [{}],
        "another report": [{}],
        "Several studies have": [{}],
        "In placebo-controlled trials of": [{}],
        "than in published studies": [{}],
        "Clinical studies showed": [{}],
    },
    counterexamples=("this trial", "a larger trial", "in these trials", "in imaging studies", "in both of the studies"),
    flags=re.IGNORECASE | re.VERBOSE,
)
KNOWN = Pattern(
    id="known-before",
    regex=r"""
        \b (?:
            previously\s(?: reported | published | described | observed )
          | reported\s(?: previously | elsewhere | earlier | by\sothers | in\sthe\sliterature )
          | historical(?:ly)? | in\sthe\sliterature | (?:have|has)\sbeen\s(?:\w+\s)?reported\s(?: for | with | in | by )
          | others\shave | those\sreported | that\sreported | reported\sin\sother
          | (?: (?:the|an?|has|have|with)\s )reported\s (?=(?:\w+\s){0,4} (?: rates? | survival | medians? | incidences? | OS | PFS | ORR | MST ) \b )
        ) \b
    """,
    examples={"the 12% previously reported": [{}], "than historical controls": [{}], "The reported median OS with it is": [{}]},
    counterexamples=("was reported in 12%", "previously treated", "our reported rate"),
    flags=re.IGNORECASE | re.VERBOSE,
)
EARLIER_OWN = Pattern(
    id="earlier-work-of-the-authors",
    regex=rf"""
        \b (?:
            [Oo]ur\s (?:own\s|group's\s)?
              (?: previous(?:ly)? | earlier | prior | preceding | former | first | initial | pilot | published | past )\s
              (?:[\w/-]+\s){{0,5}}? {_WORK}
          | (?: [Ww]e | [Oo]ur\sgroup )\s (?: have\s | has\s | had\s )?
              (?: previously | earlier | already | formerly | recently )\s (?:\w+\s)? {_TELLS}
          | [Ii]n\s(?:19|20)\d\d,?\s(?:we|our\sgroup)\s {_TELLS}
          | [Ww]e\s (?: have\s | had\s )? {_TELLS} \s (?: previously | earlier | in\s(?:19|20)\d\d )
        ) \b
    """,
    examples={"In our previous phase II trial": [{}], "In 2004 we reported": [{}], "We have previously shown": [{}]},
    counterexamples=("In our trial", "we report here", "patients previously treated"),
)
OWN_WORDS = Pattern(
    id="the-paper-itself",
    regex=r"""
        \b (?:
            [Oo]ur | [Oo]urs | [Ww]e | us
          | (?i: present\s (?:phase\s[\w/]+\s)? (?: study | trial | analysis | series | report | work | paper | investigation ) )
          | (?i: current\s (?:phase\s[\w/]+\s)? (?: study | trial | analysis | series | report ) )
          | (?i: (?: the | in )\scase\sreported ) | [Hh]erein | Here (?=,\s(?!too\b|again\b|also\b))
          | (?i: (?: study | trial | results? | analys[ie]s | data | findings )\s (?:reported|presented)\shere )
          | (?i: (?: weakness(?:es)? | limitations? | strengths? )\sof\s(?:the|this)\s(?:study|trial|analysis) )
        ) \b
    """,
    examples={"than our 4%": [{}], "In the present study": [{}], "We found": [{}], "Here, the rate was": [{}]},
    counterexamples=("in the US", "the study", "hours", "Here, too, the rate", "as here, the rate"),
)
THIS_STUDY = Pattern(
    id="this-study",
    regex=r"""
        \b (?:this|these)\s(?:\w+\s){0,2}?
        (?: stud(?:y|ies) | trials? | analys[ie]s | reports? | series | phase | retrospective | case | cohort | meta-analys[ie]s ) (?![A-Za-z])
    """,
    examples={"In this randomized trial": [{}], "This study of": [{}]},
    counterexamples=("the study", "this drug"),
    flags=re.IGNORECASE | re.VERBOSE,
)
# What shows that an author stands in a mark: the year, and the end of the entry.
_IN_MARK = re.compile(r",?\s(?:19|20)\d\d[a-z]?\s?[,;)\]]")
_SHORT = {
    "Cancer and Leukemia Group B": "CALGB",
    "Eastern Cooperative Oncology Group": "ECOG",
    "Radiation Therapy Oncology Group": "RTOG",
    "Southwest Oncology Group": "SWOG",
}
_SEVERAL = re.compile(r"\b(?:two|three|four|five)\s(?:[\w-]+\s){0,3}(?:studies|trials)\s?\($", re.IGNORECASE)
_POOLED = re.compile(r"\bpooled|\bcombined\sanalysis", re.IGNORECASE)


# The authors of a study that was spoken of: "They found", "the authors concluded", "in their series", "their patients".
OF_THEM = re.compile(
    r"\b(?:[Tt]hey|[Hh]e|[Ss]he|[Tt]he(?:se)?\s(?:authors|investigators|researchers))\s"
    r"(?:(?:also|further|then|later|subsequently|have|had)\s)?(?:found|observed|concluded|demonstrated|reported|showed|noted|described|suggested)\b"
    r"|\b[Tt]heir\s(?:(?:own|retrospective|prospective|randomi[sz]ed|initial|large)\s)?(?:study|series|trial|report|cohort|experience|analysis|patients)\b"
)
# The paper's own results as what others are likened to: "in line with our results", "(similar to ours)".
LIKENED = re.compile(
    r"\b(?:in\s(?:line|agreement|accordance|keeping)\swith|similar(?:ly)?\s(?:[\w-]+\s)?to|consistent\swith|comparable\s(?:to|with)|identical\sto|unlike|like|as\sin)\s"
    r"(?:(?:those|that|the\s(?:results|findings))\s(?:of|in)\s)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say whose results are told."""

    span: CharSpan
    study: Study

    @property
    def own(self) -> bool:
        """Whether they speak of the paper itself."""
        return self.study.of.provenance == "own"


_CITED_BY_NUMBER = re.compile(
    rf"\b(?P<name>{_SURNAME})\d{{1,3}}\s(?:stud(?:y|ies)|trials?|series|(?:[a-z]+ed|found|has|have|showed)\s)|\bby\s(?P<by>{_SURNAME})\d{{1,3}}\b"
)


# Not "FOLFOX6", "BP-C1": drugs and regimens end in numbers too.
_NAME = re.compile(rf"{_PARTICLE}[A-Z][a-z]*(?:['-]?[A-Z]?[a-z]{{2,}})+")


def first_authors(document: Document) -> frozenset[str]:
    """The surnames that the entries of the list of references begin with, and those that the text cites ("Doe et al.", "by Roe12")."""
    found = (re.match(_SURNAME, entry.text) for entry in document.references)
    text = fold(document.text)
    cited = {m.group("name") for m in AUTHOR.find(text)} | {m.group("name") or m.group("by") for m in _CITED_BY_NUMBER.finditer(text)}
    return frozenset({match.group() for match in found if match is not None} | {name for name in cited if _NAME.fullmatch(name)})


_ALIAS = re.compile(r"\b(?:study|trial|program(?:me)?|registry|cohort)\s\((?P<name>[A-Z][A-Z-]+[a-z]?)\)")


def own_aliases(recognized: Recognized) -> frozenset[str]:
    """What a paper calls its own study in short: "an expanded access program (EAP)" in its title, abstract or methods."""
    own = (SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.METHODS)
    found = {m.group("name") for read in recognized.sentences if read.sentence.section.kind in own for m in _ALIAS.finditer(read.sentence.text)}
    opening = (read.sentence.text for read in recognized.sentences if read.sentence.section.kind in own[:2])
    return frozenset(found | {m.group("name") for text in opening for m in NAMED_STUDY.find(text)})


def own_cues(context: Context, read: ReadSentence, taken: Sequence[CharSpan]) -> list[Cue]:
    """Where a sentence speaks of the paper itself; "this study" right behind a sentence on another study is that study."""
    text = read.sentence.text
    spans = [CharSpan(*m.span()) for m in OWN_WORDS.find(text)]
    spans += [m.span for m in read.of(MentionKind.TRIAL) if m.norm in context.paper.own_names]
    spans += [CharSpan(*m.span()) for name in context.aliases for m in re.finditer(rf"\b{re.escape(name)}\b", text)]
    spans += [CharSpan(*m.span()) for m in THIS_STUDY.find(text) if not _is_other(context, read, m)]
    return [Cue(span, Study(OWN)) for span in sorted(spans) if not any(t.covers(span) for t in taken)]


def _is_other(context: Context, read: ReadSentence, match: re.Match[str]) -> bool:
    """Whether "this study" is the one that the sentence before told of."""
    if context.study is None:
        return False
    if opens_a_paper(read.sentence.section) or not (context.paper.is_primary or context.paper.is_case):
        return True
    if match.start() > _EARLY:
        return False
    if entries_of(context.paper.document, read):
        return True
    printed = printed_in(read.sentence.text)
    return context.recent and len(printed) >= 2 and not printed & {str(value) for _, value in context.own_values}


_EARLY = 12


def cited_cues(context: Context, read: ReadSentence) -> list[Cue]:
    """Where a sentence speaks of other studies: their names, else the words for them."""
    text = read.sentence.text
    marks = entries_of(context.paper.document, read)
    trials = sorted(_trial_cues(context, read), key=lambda c: c.span)
    named = [*trials, *_author_cues(context, read)]
    if len(named) > 1 and (_POOLED.search(text) or _SEVERAL.search(text[: named[0].span.start])):
        names = list(dict.fromkeys(c.study.of.name for c in named if c.study.of.name))
        return [Cue(named[0].span, Study(replace(named[0].study.of, name=" + ".join(names)), marks=marks))]
    by_authors = [CharSpan(*m.span()) for m in EARLIER_OWN.find(text)]
    others = [CharSpan(*m.span()) for pattern in (OTHER_STUDY, KNOWN) for m in pattern.find(text)]
    marked = _marked_cues(context, read) if not trials and all(" et al." not in (c.study.of.name or "") for c in named) else []
    if len(marked) == 1 and (by_authors or others):
        return [Cue(span, replace(marked[0].study, marks=marks, by_authors=bool(by_authors))) for span in sorted(by_authors or others)]
    if marked:
        return [replace(c, study=replace(c.study, marks=marks)) for c in marked]
    if by_authors:
        return [Cue(span, Study(StudyOf(None, "cited"), marks=marks, by_authors=True)) for span in by_authors]
    if named:
        return [replace(c, study=replace(c.study, marks=marks)) for c in sorted(named, key=lambda c: c.span)]
    return [Cue(span, Study(StudyOf(None, "cited"), marks=marks)) for span in sorted(others)]


def _trial_cues(context: Context, read: ReadSentence) -> Iterator[Cue]:
    # What is told of the paper's own trial with a citation before its own results are told was published earlier.
    earlier = opens_a_paper(read.sentence.section) and entries_of(context.paper.document, read)
    trials = [t for t in read.of(MentionKind.TRIAL) if earlier or t.norm not in context.paper.own_names]
    names = [t for t in trials if not t.detail]
    registry = next((t.detail for t in trials if t.detail), None)
    for trial in names or trials[:1]:
        study = Study(StudyOf(trial.norm, "cited", registry, trial.span))
        yield Cue(trial.span, study)
        # "the ECOG 1111 study (ECOG ORR 3% ...)": called by its group alone.
        called = re.match(rf"{_SOCIETY}(?=\s?\d)", trial.span.of(read.sentence.text))
        for match in re.finditer(rf"\b{called.group()}\b(?!\s?\d|\s(?:PS|performance))", read.sentence.text) if called else ():
            yield Cue(CharSpan(*match.span()), study)


def _author_cues(context: Context, read: ReadSentence) -> Iterator[Cue]:
    """Authors and groups in the running text, not those in a mark."""
    text = read.sentence.text
    taken = [t.span for t in read.of(MentionKind.TRIAL)]
    for match in AUTHOR.find(text):
        span = CharSpan(*match.span())
        if not any(t.overlaps(span) for t in taken) and not _IN_MARK.match(text[span.end :]):
            taken.append(span)
            yield Cue(span, Study(StudyOf(f"{match.group('name')} et al.", "cited", None, span)))
    for match in SPEAKER.find(text):
        span = CharSpan(*match.span("name"))
        taken.append(span)
        yield Cue(span, Study(StudyOf(match.group("name"), "cited", None, span)))
    for match in REPORTED_BY.find(text):
        span = CharSpan(*match.span("name"))
        if match.group("name") in context.authors and not any(t.overlaps(span) for t in taken):
            taken.append(span)
            yield Cue(span, Study(StudyOf(f"{match.group('name')} et al.", "cited", None, span)))
    for match in OF_AUTHOR.find(text):
        span = CharSpan(*match.span("name"))
        if {match.group("name"), match.group("second")} & context.authors and not any(t.overlaps(span) for t in taken):
            taken += [span, CharSpan(*match.span("second" if match.group("second") else "name"))]
            yield Cue(span, Study(StudyOf(f"{match.group('name')} et al.", "cited", None, span)))
    for name, span in _studies_by_name(context, text):
        if not any(t.overlaps(span) for t in taken):
            taken.append(span)
            yield Cue(span, Study(StudyOf(name, "cited", None, span)))
    for match in GROUP.find(text):
        printed = match.group("society") or match.group("name")
        name = next((short + printed.removeprefix(long) for long, short in _SHORT.items() if printed.startswith(long)), printed)
        span = CharSpan(match.start(), match.start() + len(printed))
        if not any(t.overlaps(span) for t in taken):
            known = [n for n in context.known if n.startswith(f"{name} ")]
            yield Cue(span, Study(StudyOf(known[0] if len(known) == 1 else name, "cited", None, span)))


def _studies_by_name(context: Context, text: str) -> Iterator[tuple[str, CharSpan]]:
    """Studies that are called by one author ("Roe's study"), or by a name in full that is not the paper's own."""
    for match in POSSESSIVE.find(text):
        yield f"{match.group('name')} et al.", CharSpan(*match.span("name"))
    for match in () if text.isupper() else NAMED_STUDY.find(text):
        if match.group("name") not in context.aliases:
            yield match.group("name"), CharSpan(*match.span("name"))


def _marked_cues(context: Context, read: ReadSentence) -> list[Cue]:
    """The authors in marks ("(Doe et al, 2004)"): each mark tells of what stands between the mark before it and itself.

    A mark with several entries names no one study.
    """
    text, start = read.sentence.text, 0
    found: list[Cue] = []
    for mark in context.paper.document.marks_in(read.sentence.span):
        printed = [*MARKED_AUTHOR.find(mark.text)]
        alone = len(printed) == 1 and len(re.findall(r"\b(?:19|20)\d\d", mark.text)) == 1
        name = f"{printed[0].group('name')} et al." if alone else None
        found.append(Cue(CharSpan(start, len(text)), Study(StudyOf(name, "cited"))))
        start = min(max((mark.span.end if mark.span is not None else mark.at) - read.sentence.span.start, start), len(text) - 1)
    return found if any(c.study.of.name for c in found) else []


def listed_studies(context: Context, read: ReadSentence) -> tuple[StudyOf, ...]:
    """The studies of a sentence that tells the results of several in their order ("12% and 9%, respectively (Doe et al, 2004; Roe et al, 2005)")."""
    marks = [*context.paper.document.marks_in(read.sentence.span)]
    if len(marks) != 1 or not re.search(r"\brespectively\b", read.sentence.text):
        return ()
    return tuple(StudyOf(f"{m.group('name')} et al.", "cited") for m in MARKED_AUTHOR.find(marks[0].text))


def entries_of(document: Document, read: ReadSentence) -> frozenset[int]:
    """The entries that the marks of a sentence name; a number below zero stands for a mark whose entry is not known."""
    return frozenset(n for mark in document.marks_in(read.sentence.span) for n in (mark.numbers or (_unknown(mark),)))


def _unknown(mark: CitationMark) -> int:
    return -1 - sum(ord(c) * (i + 1) for i, c in enumerate(mark.text))


def printed_in(text: str) -> set[str]:
    """The numbers of a sentence that are no small counts, as printed."""
    return set(re.findall(r"\d+\.\d+|\d{2,}", text))
