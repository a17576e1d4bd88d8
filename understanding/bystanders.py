"""People in a message who are neither kin nor patient: a colleague, an interpreter, the last patient.

They count only where something is told of them: as the owner of a clause ("her support worker has MS")
or in a bracket behind them ("interpreter (Polish lady, pregnant)"). What they say, do or arrange is the
patient's.
"""

from __future__ import annotations

from understanding.person import Person
from understanding.word_sets import words

_EARLIER = words("last previous other next earlier preceding")
_WORKERS = words("support social key link case care youth outreach hostel family tenancy")
_ROLES = words(
    "keyworker caseworker interpreter translator advocate colleague doctor physio nurse counsellor "
    "therapist coach consultant psychiatrist psychologist registrar midwife pharmacist cpn locum trainee "
    "receptionist"
)
_THEIRS = words("his her their the my our usual")
_STATE = words("is has 's was had off away")
# What a helper does is no fact about the helper: "her CPN is worried", "the nurse has her on a list".
_DOING = words(
    "worried helping supporting chasing asking keen happy concerned involved sure here present suggesting "
    "suggested asked told said been written referred seen him her them had got given put trying arranging "
    "sorting coming going aware of with on in for"
)


def bystander(norms: list[str], i: int) -> Person | None:
    """Return the bystander named at word ``i``, or None."""
    norm, before = norms[i], norms[i - 1] if i else ""
    after = norms[i + 1 : i + 4]
    predicate = norms[i - 2 : i - 1] in (["is"], ["'s"], ["was"])
    if norm == "patient" and before in _EARLIER and not predicate:
        return Person(f"{before} patient", i, None, subject=True)
    # "Dr Osei is off": a name stands between.
    told_of = [n for n in norms[i + 1 : i + 6] if n not in ("[", "]")]
    named = norm == "doctor" and told_of[:1] and told_of[0].isalpha() and told_of[0] not in _STATE
    if named and _STATE.intersection(told_of[1:2]) and not _DOING.intersection(told_of[2:3]):
        return Person("doctor", i, None, subject=True)
    worker = norm == "worker" and before in _WORKERS
    if not worker and norm not in _ROLES:
        return None
    if after[:1] == ["("] and ")" in norms[i:]:
        return Person(norm, i, None, subject=True)
    lead = norms[i - 2] if worker and i > 1 else before
    told = after[:1] and after[0] in _STATE and not _DOING.intersection(after[1:2])
    if lead in _THEIRS and told:
        return Person(norm, i, None, subject=True)
    return None
