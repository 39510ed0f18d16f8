"""What a row or a column is about: its labels read together, from the outermost to the innermost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from extractor.document import CharSpan
from extractor.entities.endpoints import quantities_of
from extractor.entities.population_words import ascii_operators
from extractor.entities.populations import find_populations
from extractor.records import Measure, Model
from extractor.relations.brackets import without_brackets
from extractor.relations.findings import ArmOf
from extractor.relations.tables.arms import Naming, is_dose, lettered, several_doses
from extractor.relations.tables.grid import Entry
from extractor.relations.tables.labels import Form, Label, Role, Said, bare_grade, read_label, without_criterion
from extractor.relations.tables.phases import phase_of

_GENERIC = re.compile(
    r"""
    (?: \b (?:
        numbers? | nos?\.? | n | percent(?:age)?s? | patients? | pts | cases | events? | of | the | with | experiencing | an? | in | any | each
          | adverse | AEs? | TEAEs?
      | toxic | toxicit(?:y|ies) | side | effects? | grades? | severity | frequenc(?:y|ies) | incidence | results? | outcomes? | efficacy
      | objective | responses? | treatment
      | groups? | arms? | stud(?:y|ies) | randomi[sz]ation | randomi[sz]ed | survival | rates? | variables? | parameters?
      | characteristics? | endpoints? | primary
      | secondary | analys[ie]s | NCI | CTC | CTCAE | WHO | RECIST | criteria | criterion | by | per | to | according | on | best
      | tumou?r | overall | total | median
      | mean | values? | worst | maximum | all | and | or | & | hazard | ratios? | HR | cox | regression | model+ing | univaria\w+
      | multivaria\w+ | adjusted | unadjusted | crude | models?
      | months? | mos? | years? | yrs? | weeks? | wks? | days?
      | time | for | at | least | one | reported | observed | confirmed | investigator | independent
      | central | assessed | assessment | review | pre-?operative | post-?operative | observation | duration | category
      | categories | status | data | are | as | is | from
      | intention-to-treat | ITT | intent-to-treat | populations? | safety | estimates? | KM | Kaplan-Meier | probabilit(?:y|ies)
      | statistics? | follow-?up | common | related
      | h(?:a?)ematolog(?:ic(?:al)?|y) | non-?h(?:a?)ematolog(?:ic(?:al)?|y) | clinical | evaluable | full | set | main | factor
      | subjects | therapy | regimen | cohorts?
      | specific | events | term | preferred | system | organ | class | version | version | v | most | occurring
    ) \b | [\W\d_] )+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LETTERED_HEAD = re.compile(r"(?:treatment\s)?(?:arm|group)", re.IGNORECASE)
_PARTING = re.compile(
    r"\breasons?\sfor\b|\bcauses?\sof\b|\b(?:versus|vs|comparisons?)\b|^(?:non-?\s?)?responders$|\b(?:stratified|grouped|classified|sorted|divided)\s(?:by|according)|^(?:by|according\sto)\s|^(?:no\.?|numbers?|proportion|percentage)\sof\s|\b(?:combined|pooled)\b"
    r"|\b(?:causalit\w+|causes?|regardless|irrespective|drug-related|treatment-related|treatment-emergent)\b"
    r"|^(?:best\s|tumou?r\s|clinical\s|objective\s)*(?:responses?|administration|extent|tolerance|delivery|types?|sites?|kinds?)\s(?:to|of)\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"(?:[<>≤≥]=?\s?\d[\d.,]*|\d[\d.]*\s?(?:-|to)\s?<?\s?\d[\d.]*)\s?(?:years?|yrs?|cm|mm|ng/ml|%|months?|mos?|weeks?|wks?|days?)?|(?:fe)?males?|(?:wo)?men|boys|girls|yes|no|present|absent|positive|negative",
    re.IGNORECASE,
)

# "Validation cohort", "p16 negative", "Low expression": no treatment is called so.
_OF_A_LEVEL = re.compile(
    r"(?:(?:internal|external|independent)\s)?(?:training|validation|test(?:ing)?|derivation|development|discovery|learning|entire|whole|matched|unmatched)"
    r"\s(?:cohort|set|group|sample|series)"
    r"|[\w/+-]+(?:\s[\w/+-]+){0,2}[\s-](?:negative|positive|mutant|mutated|mutation|wild[\s-]type|amplified|non-?amplified|unmethylated|methylated)"
    r"|(?:high|low)(?:er)?\s(?:\w+\s)?(?:expression|expressers|levels?|scores?|risk)(?:\sgroup)?",
    re.IGNORECASE,
)
_LEVEL_WORD = re.compile(r"(?:high|low|normal|elevated|abnormal|intermediate|unknown|not\savailable|missing)(?:\s?\(.*\))?", re.IGNORECASE)
# "CEA > 5 ng/mL", "Tumor size 3-5 cm".
_WITH_LEVEL = re.compile(
    r"^(?!.*\b(?:respon|declin|reduc|decreas|increas|chang|rise|fall|normali[sz]))(?:.*?)(?:[<>≤≥]=?|\b(?:above|below|at\sleast))\s?\d|\b(?:normal|elevated|high|low)\b",
    re.IGNORECASE,
)
# What is no treatment: a disease, a level of dose, people.
_OF_PATIENTS = re.compile(
    r"(?!.*(?:progress|recurr|relaps|death|died|respon|of\b))(?:[\w-]+\s){0,4}(?:cancers?|carcinomas?|lymphomas?|leuk(?:a)?emias?|myelomas?|sarcomas?|melanomas?|gliomas?|glioblastomas?|blastomas?|mesotheliomas?|tumou?rs?|disease"
    r"|[a-z]+(?:carcinoma|sarcoma|blastoma|cytoma)s?|metastas[ei]s|histology|patients|women|men|children|adults|NSCLC|SCLC|HCC|RCC|GIST|AML|ALL|CLL|MDS)"
    r"|dose\slevel\s[\dIVX-]+[a-z]?(?:\s?[(,:].*)?|(?:phase|stage|stratum|cohort|part)\s(?:[IVX]+|\d+)[AaBbCc]?",
    re.IGNORECASE,
)
_LASTING = re.compile(r"\(\d+ (?:week|month|year|cycle|course)s?\)$")
_PROGRESSED = re.compile(r"(?:tumou?r\s|disease\s)?(?:progression|progressed|progressing|progressive)", re.IGNORECASE)
_BARE_RESPONSES = {"complete": "CR", "partial": "PR", "stable": "SD", "no change": "SD", "progressive": "PD", "progression": "PD"}


def bare_response(core: str) -> str | None:
    """The category of response that a word alone stands for among others of its kind: "Complete", "Partial"."""
    return _BARE_RESPONSES.get(core.strip(" :").casefold())


# "Cohort 1: treatment-naive": what its number stands for is a part of its name.
_NAMED_COHORT = re.compile(r"(?:cohort|stratum|part|group)\s\w{1,3}(?:\s?[:,(-]|\s-)\s?[A-Za-z].{2,60}", re.IGNORECASE)
# Who judged: the same responses are fewer by an independent review.
_ASSESSED = re.compile(
    r"(?:by\s)?(?:(?:independent|central|blinded|local|investigators?'?s?|site|radiolog\w+|external|IRC|BICR|IRF|IRRC|expert)[\s-]*)+"
    r"(?:review(?:ers?)?|assess(?:ment|ed)|committee|evaluation|radiology)?(?:\s(?:committee|facility|assessment|board))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A filled slot: its value, and where it stands in the source text; `known` is False for words that are taken as they stand."""

    value: str
    span: CharSpan
    known: bool = True


@dataclass(frozen=True, slots=True)
class Facets:
    """What the labels of a row or a column say together. The innermost label that fills a slot wins; two arms that differ are `clash`.

    `by_letter` says that the arm is called by a letter or a number: another label may tell its treatment.
    """

    labels: tuple[tuple[Entry, Label], ...] = ()
    role: Role = Role.VALUE
    form: Form = field(default_factory=Form)
    size: int | None = None
    arm: ArmOf | None = None
    endpoint: Slot | None = None
    endpoints: int = 0
    grade: Slot | None = None
    timepoint: Slot | None = None
    population: Slot | None = None
    criterion: str | None = None
    scale: str | None = None
    measure: Measure | None = None
    model: Model | None = None
    clash: bool = False
    by_letter: bool = False

    @property
    def spans(self) -> tuple[CharSpan, ...]:
        """Where the labels stand, innermost first."""
        return tuple(e.raw for e, _ in reversed(self.labels))

    @property
    def key(self) -> tuple[object, ...]:
        """What columns share whose numbers belong together: the count, the share and the interval of one thing."""
        return tuple(
            s.value if isinstance(s, Slot) else s.norm if isinstance(s, ArmOf) else s
            for s in (self.arm, self.endpoint, self.grade, self.timepoint, self.population, self.model, self.criterion)
        )


@dataclass(frozen=True)
class Reader:
    """How the labels of one table are read.

    Attributes:
        naming: what arms may be called.
        marks: the letters that the footnotes go by.
        toxic: whether the table is of adverse events, so that a bare "3-4" is a grade.
        told_apart: arms by the text of their header, where two headers have one treatment.
        crossed: headers that stand again under each arm: they part the arms, even where they name a treatment.
        heads: what stands above the columns of row labels.
        alone: the only treatment of the table, where its headers may be doses of it.
        split: the row labels that name an arm and a population in it ("Controls, stage I"), with the two.
        armed: whether columns name arms, so that the treatment that heads rows is a phase.
        parting: the heads under each of which the same rows or the same arms stand, and those of columns that count only what came of treatment
            beside others that count all: they part what is told.
        responses: whether the table tells the categories of response, so that "progression" is one.
        bare_responses: whether "Complete", "Partial" and the like are categories of response.
        called: the labels that are a letter which may be short for a statistic, and are none.
        factors: the labels of sizes and markers by which patients are told apart: they are no endpoints.
    """

    naming: Naming
    marks: frozenset[str]
    toxic: bool
    told_apart: Mapping[str, ArmOf] = field(default_factory=dict)
    crossed: frozenset[str] = frozenset()
    heads: Mapping[int, str] = field(default_factory=dict)
    alone: ArmOf | None = None
    split: Mapping[str, tuple[ArmOf, str]] = field(default_factory=dict)
    armed: bool = False
    parting: frozenset[str] = frozenset()
    responses: bool = False
    factors: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    bare_responses: bool = False

    def label(self, entry: Entry) -> Label:
        """One label; below the headers "No" is the answer, not a number."""
        label = _cached(entry.text, self.marks)
        if entry.text in self.called:
            label = replace(label, role=Role.VALUE)
        if entry.text in self.factors:
            return replace(label, endpoints=(), event=None)
        code = bare_response(label.core) if self.bare_responses and not label.endpoints and label.role is Role.VALUE else None
        if code is not None:
            return replace(label, endpoints=(Said(code, 0, len(label.core)),), event=None)
        if self.responses and _PROGRESSED.fullmatch(label.core) and not label.endpoints and label.role is Role.VALUE:
            return replace(label, endpoints=(Said("PD", 0, len(label.core)),), event=None)
        return replace(label, role=Role.VALUE, form=Form()) if label.core == "No" and not entry.cell.header else label

    def arm(self, entry: Entry) -> ArmOf | None:
        """The arm that a label names, with its place in the source text; None where it names none."""
        label = self.label(entry)
        head = self.heads.get(entry.cell.column, "") if not entry.cell.header else ""
        name = f"{head} {label.core}" if len(label.core) <= 2 and _LETTERED_HEAD.fullmatch(head) else label.core
        arm = self.told_apart.get(entry.text) or self.naming.read(name)
        if arm is None and entry.text in self.split and not entry.cell.header:
            return replace(self.split[entry.text][0], span=_place(entry, label.core))
        if arm is None or (arm.span is None and entry.text not in self.told_apart):
            return arm
        return ArmOf(arm.norm, arm.parts, _place(entry, label.core))

    def _dosed(self, entry: Entry, label: Label, outer: ArmOf | None) -> ArmOf | None:
        """The arm of a header that is a dose alone: of the treatment above it, else of the only one that the table is of."""
        treatment = outer if outer is not None and outer.norm != "all" else self.alone
        if treatment is None or not treatment.parts or not is_dose(label.core):
            return None
        named = treatment.norm if "(" in treatment.norm or several_doses(label.core) else f"{treatment.norm} ({label.core})"
        return ArmOf(named, treatment.parts, _place(entry, label.core))

    def facets(self, entries: Iterable[Entry], *, populations: bool = True, header: bool = False) -> Facets:
        """The labels of a row, or of a column (`header`), read together, outermost first.

        Without `populations` words of no known kind are passed over, but for the heads that part the table's rows.
        """
        entries = tuple(entries)
        arms = {arm.norm for e in entries if (arm := self.arm(e)) is not None and arm.norm != "all"}
        armed = len(arms) > 1 or self.alone is not None or (not header and self.armed)
        found = Facets()
        factors = self._factors(entries) if not header else frozenset()
        for entry in entries:
            reader = replace(self, factors=factors) if factors else self
            found = reader._with(found, entry, populations or entry.text in self.parting, header, armed)
        return found

    def _factors(self, entries: Sequence[Entry]) -> frozenset[str]:
        """The labels of sizes and markers that are what patients are told apart by: over a level ("> 5 cm" under "Tumor size"), or with one."""
        labels = [(e, _cached(e.text, self.marks)) for e in entries]
        return frozenset(
            e.text
            for i, (e, label) in enumerate(labels)
            if label.endpoints
            and all(quantities_of()[said.norm] in ("level", "size") for said in label.endpoints)
            and (
                any(_LEVEL.fullmatch(below.core) or _LEVEL_WORD.fullmatch(below.core) for _, below in labels[i + 1 :])
                or _WITH_LEVEL.search(label.core)
            )
        )

    def _phase(self, entry: Entry, label: Label) -> Slot | None:
        """The phase of treatment that a label names in a table of adverse events."""
        safety = (self.toxic or label.toxic) and label.event is None and all(e.norm == "AE" for e in label.endpoints)
        place = phase_of(label.core) if safety else None
        if place is None:
            return None
        start = entry.text.find(label.core[slice(*place)])
        return Slot(population_norm(label.core[slice(*place)]), entry.span(start, start + place[1] - place[0]) if start >= 0 else entry.raw)

    def _with(self, so_far: Facets, entry: Entry, populations: bool, header: bool, armed: bool) -> Facets:
        label = self.label(entry)
        arm = self.arm(entry)
        phase = self._phase(entry, label) if arm is None or armed else None
        if phase is not None or (armed and not header and entry.text in self.parting):
            arm = None
        if arm is not None and so_far.arm is not None and so_far.arm.norm != "all" and entry.text in self.crossed:
            arm = None
        by_letter = arm is not None and lettered(label.core)
        if arm is None and header:
            arm = self._dosed(entry, label, so_far.arm)
        elif by_letter and so_far.arm is not None and so_far.arm.parts and not so_far.by_letter:
            arm, by_letter = None, False  # "Group 3" under its treatment
        grade = label.grade or (bare_grade(label, header=header) if self.toxic and arm is None else None)
        if arm is not None and arm.norm == "all" and (so_far.arm is not None or grade is not None):
            arm = None
        endpoint = label.endpoints[0] if len(label.endpoints) == 1 and label.endpoints[0].norm != "AE" else None
        told_by_time = label.size is not None or (arm is not None and _LASTING.search(arm.norm) is not None)
        lasting = arm is not None and entry.text in self.told_apart and told_by_time  # "6 months (n = 90)": how long an arm was treated
        affirmed = label.core.casefold() == "yes" and bool(so_far.labels and so_far.labels[-1][1].endpoints)
        if phase is None and header and entry.text in self.parting:
            label, endpoint = replace(label, endpoints=()), None
            words = _population(entry, label, grade, None, header=True) or Slot(population_norm(label.core), _place(entry, label.core))
            phase = replace(words, known=True)
        population = phase or (None if not populations or arm is not None or affirmed else _population(entry, label, grade, endpoint, header=header))
        if entry.text in self.split and not entry.cell.header:
            population = Slot(population_norm(self.split[entry.text][1]), _place(entry, label.core))
        return Facets(
            labels=(*so_far.labels, (entry, label)),
            role=label.role if label.role is not Role.VALUE else so_far.role,
            form=label.form.over(so_far.form),
            size=label.size if label.size is not None else so_far.size,
            arm=arm or so_far.arm,
            endpoint=_slot(entry, endpoint) or so_far.endpoint,
            endpoints=max(so_far.endpoints, len(label.endpoints)),
            grade=_slot(entry, grade) or so_far.grade,
            timepoint=_slot(entry, label.timepoint if population is None and not is_dose(label.core) and not lasting else None) or so_far.timepoint,
            population=_joined(so_far.population, population),
            criterion=label.criterion or so_far.criterion,
            scale=label.scale or so_far.scale,
            measure=label.measure or so_far.measure,
            model=label.model or so_far.model,
            clash=so_far.clash or (not so_far.by_letter and _clash(so_far.arm, arm)),
            by_letter=by_letter if arm is not None else so_far.by_letter,
        )


def _clash(outer: ArmOf | None, inner: ArmOf | None) -> bool:
    """Whether two headers name two arms: not where the inner tells the dose of a treatment, or the outer stands over all patients ("Overall")."""
    if outer is None or inner is None or outer.norm in ("all", inner.norm):
        return False
    return not inner.norm.startswith(f"{outer.norm} (")


@lru_cache(maxsize=4096)
def _cached(text: str, marks: frozenset[str]) -> Label:
    return read_label(text, marks)


def _place(entry: Entry, core: str) -> CharSpan:
    start = entry.text.find(core)
    return entry.span(start, start + len(core)) if start >= 0 and core else entry.raw


def _slot(entry: Entry, said: Said | None) -> Slot | None:
    return None if said is None else Slot(said.norm, entry.span(said.start, said.end))


def _joined(outer: Slot | None, inner: Slot | None) -> Slot | None:
    if outer is None or inner is None or outer.value == inner.value:
        return inner or outer
    return Slot(f"{outer.value}, {inner.value}", inner.span, outer.known and inner.known)


def generic(text: str) -> bool:
    """Whether a label says no more than that there are results below it."""
    return bool(_GENERIC.fullmatch(text)) or not text.strip()


def _population(entry: Entry, label: Label, grade: Said | None, endpoint: Said | None, *, header: bool) -> Slot | None:
    """The population that a label names: one that is known as such, a level of age or the like, or words of no other kind."""
    named = next((p for p in find_populations(label.core) if p.detail != "responders"), None)
    if named is not None:
        told = label.core if named.detail == "cohort" and _NAMED_COHORT.fullmatch(label.core) else named.norm
        return Slot(told, _place(entry, label.core))
    if label.criterion is not None and generic(without_criterion(label.core)):
        return None
    if _ASSESSED.fullmatch(label.core) and not label.endpoints:
        return Slot(population_norm(label.core), _place(entry, label.core))
    if label.role is not Role.VALUE or endpoint is not None or label.endpoints or grade_only(label, grade):
        return None
    core = label.core
    if label.timepoint is not None and not _LEVEL.fullmatch(core):
        core_words = re.sub(re.escape(label.text[label.timepoint.start : label.timepoint.end]), " ", core)
        if generic(without_brackets(core_words)):
            return None
    if (generic(core) and not _LEVEL.fullmatch(core)) or _PARTING.search(core):
        return None
    known = _LEVEL.fullmatch(core) or (header and (_OF_PATIENTS.fullmatch(core) or _OF_A_LEVEL.fullmatch(core)))
    return Slot(population_norm(core), _place(entry, core), known=bool(known))


def grade_only(label: Label, grade: Said | None) -> bool:
    """Whether a label is a grade and nothing else: "Grade 3 (symptoms at rest)" is."""
    return grade is not None and (generic(without_brackets(label.core)) or label.grade is None)


def population_norm(text: str) -> str:
    """A population as a slot holds it: ASCII operators with one blank around, the first letter small unless the word is a name."""
    plain = re.sub(r"\s*(>=|<=|>|<)\s*", r" \1 ", ascii_operators(text)).strip()
    first = plain.split(" ")[0]
    return plain[:1].lower() + plain[1:] if first[1:].islower() else plain


def names_arm(found: Facets, entry: Entry) -> bool:
    """Whether a label is what the arm of its row or column was read from."""
    return found.arm is not None and found.arm.span is not None and entry.raw.start <= found.arm.span.start < entry.raw.end
