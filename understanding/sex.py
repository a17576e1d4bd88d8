"""The patient's sex, where words say it: F or M, lady, chap, he, she; never a first name."""

from __future__ import annotations

import re

from understanding.people import People
from understanding.relations import FEMALE, MALE, RELATIVES
from understanding.surface import Surface
from understanding.word_sets import words

WOMAN = words(
    "female woman women lady girl lass lassie gal mrs miss madam herself grandmother widow "
    "ladies missy schoolgirl"
)
MAN = words(
    "male man chap bloke lad gent gentleman guy boy fella feller mr himself geezer widower "
    "schoolboy laddie"
)
OTHER = re.compile(
    r"\b(?:non - binary|non binary|nonbinary|enby|genderfluid|gender fluid|agender|genderqueer|intersex)\b"
)
JOB_WORDS = words("bin dustbin delivery fire bar bag sales handy")
PRONOUNS = {
    "he": "male",
    "she": "female",
    "him": "male",
    "his": "male",
    "her": "female",
    "hers": "female",
}


def find_sex(surface: Surface, people: People) -> tuple[str, int, str] | None:
    """Return the sex, the word that says it, and why; None where nothing says it.

    What describes the patient outright beats a pronoun; pronouns in the patient's own clauses beat those in
    another's ("husband locks her in"), which count only where they cannot mean that other.
    """
    norms = [w.norm for w in surface.words]
    other = OTHER.search(surface.flat)
    if other:
        return "other", surface.word_at(other.start()), other.group()
    if people.stated and people.patient_sex:
        sexed = FEMALE if people.patient_sex == "female" else MALE
        at = next((i for i, n in enumerate(norms) if n in sexed), 0)
        return people.patient_sex, at, norms[at]
    noted = re.search(r"\( (f|m) \)", surface.flat)
    if noted:
        at = surface.word_at(noted.start() + 2)
        if people.owner[at] is None:
            return {"f": "female", "m": "male"}[noted.group(1)], at, noted.group(1)
    votes = {"female": 0.0, "male": 0.0}
    first: dict[str, int] = {}
    for i in range(len(norms)):
        if surface.words[i].raw == "Ms" and people.owner[i] is None:
            votes["female"] += 5.0
            first.setdefault("female", i)
        sex, weight = _vote(norms, i, people)
        if sex:
            votes[sex] += weight
            first.setdefault(sex, i)
    if votes["female"] == votes["male"]:
        return None
    sex = "female" if votes["female"] > votes["male"] else "male"
    return sex, first[sex], norms[first[sex]]


def _vote(norms: list[str], i: int, people: People) -> tuple[str | None, float]:
    norm = norms[i]
    owner = people.owner[i]
    before = norms[i - 1] if i else ""
    if norm in PRONOUNS:
        sex = PRONOUNS[norm]
        relative_next = (
            norm in ("his", "her")
            and (
                any(n in RELATIVES for n in norms[i + 1 : i + 4])
                # "her 4 year old"
                or (
                    norms[i + 1 : i + 2]
                    and norms[i + 1].isdigit()
                    and "old" in norms[i + 3 : i + 5]
                )
            )
        )
        if owner is not None and owner.at < i and owner.sex == sex and not owner.employer:
            return None, 0.0
        if owner is None or owner.at == i or relative_next:
            # "Nips home to see to her": beside a wife, that is she.
            meant = norm in ("her", "him", "his") and any(
                o is not None and o.at < i and o.sex == sex for o in people.owner
            )
            return sex, 4.0 if relative_next else 1.0 if meant else 3.0
        if owner.employer:
            return sex, 2.0
        return (sex, 1.0) if owner.sex != sex else (None, 0.0)
    alone = (
        norm in ("f", "m")
        and before in ("", ",", ".", "-", "(", "/")
        and (norms[i + 1 : i + 2] or ["."])[0] in (",", ".", "-", ")", "/", ";")
    )
    if alone and owner is None:
        return ("female" if norm == "f" else "male"), 6.0
    # "I put female. Male.": taken back.
    mistyped = before in ("put", "said", "typed", "wrote", "ticked") and norms[max(0, i - 2)] == "i"
    described = (norm in WOMAN or norm in MAN) and not mistyped
    if (
        described
        and owner is None
        and before not in JOB_WORDS | {"per", "con"}
        and not _owned(norms, i)
        and not _passing(norms, i)
    ):
        return ("female" if norm in WOMAN else "male"), 6.0
    if norm in ("mum", "mother", "dad", "father") and owner is None and norm in FEMALE | MALE:
        return ("female" if norm in FEMALE else "male"), 5.0
    return None, 0.0


_WHERE = re.compile(
    r"(?:on (?:the )?(?:tills?|checkouts?|doors?|desk|phone|bus|market|corner|counter)|"
    r"behind (?:the )?(?:counter|bar|"
    r"till|desk)|at (?:the )?(?:shop|chemist|bus stop|counter|till|checkout)|in (?:the )?(?:shop|"
    r"chemist|paper shop|"
    r"corner shop|post office)|next door|over the road|across the road|down the road|upstairs|"
    r"downstairs|opposite)\b"
)


def _passing(norms: list[str], i: int) -> bool:
    """ "The lad on the till", "the woman next door": met in passing, not the patient."""
    return norms[max(0, i - 1) : i] == ["the"] and bool(
        _WHERE.match(" ".join(norms[i + 1 : i + 5]))
    )


def _owned(norms: list[str], i: int) -> bool:
    """ "Her lad", "with a lad from work": not the patient."""
    return any(
        n in ("his", "their", "our", "another", "other") for n in norms[max(0, i - 2) : i]
    ) or norms[max(0, i - 1) : i] == ["her"]
