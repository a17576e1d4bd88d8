"""Which words give a sentence about somebody else back to the patient, and which take it away again."""

from __future__ import annotations

import re

from understanding.kinship import STARTERS
from understanding.person import Person
from understanding.word_sets import words

REPORTING = words(
    "says said say thinks think told tells telling reckons rang reports reported worries "
    "worried asked asks brought noticed "
    "insists convinced feels describes mentioned mentions reports confirms confirmed "
    "adds explained called phoned believes"
)
RESUMING = words("himself herself themselves patient themself")
STOPPERS = words("but so because although though whereas while ; ) however otherwise")
VERBS = words(
    "is was are has had have does do did can could will would works work working wants needs "
    "lives gets got says feels "
    "now not never he she they him i also still struggles struggling lost finds been"
)
AUXILIARIES = words("is are was were 's has had have")
COPULAS = words("is are was were 's has had have with on lost got gets been")
ACTS = words(
    "died left gone went works drinks helps drives came rang says knows thinks wants cooks does"
)
AGE_AND_SEX = re.compile(r"\d\d(?:f|m|yof|yom)$|[fm]\d\d$")
THIS_ONE = words(
    "one ones patient chap lady man woman lad lass twin fella bloke gent gentleman guy girl boy "
    "brother sister"
)
YOUNG = words(
    "son daughter lad lass boy girl child kid stepson stepdaughter grandson granddaughter nephew niece "
    "brother sister eldest youngest"
)
# The age up to which a relative's is plainly no patient's of this product.
OLDEST_CHILD = 15
# What stands behind a child's age and tells of the patient again.
THE_PATIENTS_OWN = words(
    "he she his her i and but so who patient on off signed out uc esa pip jsa works work working "
    "worked wants "
    "wanting lives living looking unemployed redundant depressed anxious low stressed struggling "
    "tired exhausted "
    "shattered no not never single married in from now has self feels gets got full part would "
    "keen after since "
    "needs can lost left gave claims claiming homeless skint"
)
HE, SHE, HERS = frozenset({"he", "him"}), frozenset({"she"}), frozenset({"her"})


def sex_of_pronoun(norm: str) -> str:
    """Return the sex that a pronoun tells."""
    return "female" if norm in SHE | HERS else "male"


def is_other_one(norms: list[str], i: int, sex: str | None, new_sentence: bool) -> bool:
    """Say whether a pronoun that cannot be the patient is the subject of a clause at ``i``."""
    norm, after = norms[i], norms[i + 1] if i + 1 < len(norms) else ""
    if sex is None or norm not in HE | SHE | HERS or sex_of_pronoun(norm) == sex:
        return False
    if norm in ("him", "her"):
        # "Him: retired, deaf."
        return after == ":" and (i == 0 or new_sentence)
    starts = i == 0 or norms[i - 1] in STARTERS | STOPPERS or new_sentence
    return starts or after in VERBS or after == "'s"


def resumes(norms: list[str], i: int, now: Person, whole: bool, sex: str | None) -> bool:
    """Say whether word ``i`` gives the sentence back to the patient."""
    norm = norms[i]
    if (
        norm in RESUMING
        and not (i and norms[i - 1] == "of")
        and not (norms[i - 1] in ("by", "kill", "killed", "hurt") if i else False)
    ):
        return True
    if AGE_AND_SEX.match(norm) and i - now.at > 2:
        # "Husband lost his job, 42F, low mood": the line that describes the patient.
        return True
    if (norm == "ours" and norms[i - 1 : i] != ["not"]) or (
        norm == "this" and THIS_ONE.intersection(norms[i + 1 : i + 2])
    ):
        return True
    if norm == "," and norms[i + 1 : i + 2] == ["who"]:
        return False
    if norm in HE | SHE and _in_relative_clause(norms, i, now):
        return False
    after_break = i > 0 and norms[i - 1] in STARTERS | STOPPERS | {"that", "who"} | REPORTING
    if norm in HE | SHE and (after_break or norms[i - 1 : i] == [now.word]):
        female = norm in SHE
        if now.employer or now.sex is None:
            return True
        if (now.sex == "female") != female:
            return True
        return sex is None or (sex == "female") == female
    if norm in REPORTING and whole and i - now.at <= 3:
        # "Uncle was told never to work again" is the uncle's.
        return norms[i - 1] not in ("was", "is", "been", "got", "were", "being", "'s")
    if norm == "so":
        return True
    if whole:
        # "Dad is retired, COPD, 67" is all his; "wife does everything, sits in all day" is not.
        near = i - now.at <= 2 and norms[i - 1] not in ACTS and not norms[i - 1].endswith("ed")
        listed = norms[now.at + 1 : now.at + 2] == [":"]
        carries = (
            near
            or listed
            or any(n in COPULAS or n == "who" for n in norms[now.at + 1 : min(i, now.at + 4)])
        )
        aged = (
            norms[now.at + 1 : now.at + 2] == [","]
            and norms[now.at + 2 : i][:1] == norms[i - 1 : i]
        )
        if norm == "," and (i == now.at + 1 or (aged and norms[i - 1].isdigit())):
            # "Son, 8, T1DM": his age belongs to his name.
            return False
        if norm == "," and now.employer:
            # "Supervisor is aggressive, off with stress": whoever is off is the patient.
            return True
        if norm == "," and _alone_described(norms, now):
            # "His son 19M same problem, never worked": the only one with an age is who it is about.
            return False
        if norm == "," and not carries:
            return i + 1 >= len(norms) or norms[i + 1] not in AUXILIARIES
        return norm == ";"
    if norm == "," and _of_the_child(norms, i, now):
        return False
    if norm in STOPPERS or norm == ",":
        return True
    if norm == "and":
        return i + 1 < len(norms) and norms[i + 1] in VERBS
    return False


def _of_the_child(norms: list[str], i: int, now: Person) -> bool:
    """ "Her lad, 9, autistic, wants work": the age is the child's, and what comes right behind it."""
    beside = norms[now.at + 1 : now.at + 4]
    if beside[:1] != [","] or beside[2:] != [","] or not beside[1].isdigit():
        return False
    if now.word not in YOUNG or int(beside[1]) > OLDEST_CHILD:
        return False
    follows = norms[i + 1 : i + 2]
    own = not follows or follows[0] in THE_PATIENTS_OWN or follows[0].isdigit()
    return i == now.at + 1 or (i == now.at + 3 and not own)


_GROWN_UP = 16


def _alone_described(norms: list[str], now: Person) -> bool:
    """Say whether a grown-up's age and sex follow the person, and the message describes nobody else so."""
    described = [k for k, n in enumerate(norms) if AGE_AND_SEX.match(n)]
    at = now.at + 2 if norms[now.at + 1 : now.at + 2] in ([","], ["("]) else now.at + 1
    return described == [at] and int(re.findall(r"\d\d", norms[at])[0]) >= _GROWN_UP


def _in_relative_clause(norms: list[str], i: int, now: Person) -> bool:
    """ "The brother she lives with is …", "nephew who lives with him has …": still about him."""
    if norms[i] == "him" or norms[i] == "her":
        return norms[i - 1] in ("with", "for", "to", "after") and "who" in norms[now.at : i]
    after = norms[i + 1 : i + 5]
    links = [k for k, n in enumerate(after) if n in ("with", "for", "after", "about", "to")]
    return i == now.at + 1 and any(
        norms[i + 2 + k] in AUXILIARIES for k in links if i + 2 + k < len(norms)
    )


def not_ours(norms: list[str], i: int) -> bool:
    """ "The older one is ours": then she is the patient."""
    return (
        not {"mine", "ours", "patient"}.intersection(norms[i + 1 : i + 4])
        or "not" in norms[i + 1 : i + 4]
    )


def noun_follows(norms: list[str], i: int) -> bool:
    """After "mum's": say whether a thing owned comes next rather than a verb ("mum's got …")."""
    return i < len(norms) and norms[i] not in (
        [
            "got",
            "been",
            "on",
            "in",
            "at",
            "off",
            "the",
            "a",
            "an",
            "not",
            "just",
            "also",
            "always",
            "never",
            "retired",
            "unemployed",
            "depressed",
            "pregnant",
            "lost",
            "gone",
            "left",
            "bipolar",
            "autistic",
            "epileptic",
            "alcoholic",
            "jobless",
            "redundant",
            "housebound",
            "who",
            "with",
            "having",
            "had",
            "working",
            "poorly",
            "ill",
            "disabled",
            "diabetic",
            "out",
            "under",
            "claiming",
            "getting",
            "back",
            "very",
            "really",
            "now",
        ]
    )
