"""What stands around a risk and takes it back: a denial, long past, over, another day, another person's.

Every function takes the message and one risk in it. Words are lists of ``vocabulary/safety_contexts.yml``.
"""

from __future__ import annotations

from datetime import date

from understanding.risk_words import CONTEXTS, Message, Risk
from understanding.word_lists import word_list
from understanding.word_sets import words

_STOPS = words(". but however although though except yet")
# After a far denial these begin something new: "denied PIP and now wants to die".
_FAR_STOPS = _STOPS | words("now because since pip uc esa lcwra benefits so then still yet ,")
_REACH = 12
# No clause is longer, whatever was typed without a stop.
_CLAUSE = 60
_ASKS = words("do any ever are have asked feeling feel q")
_SAYS_NO = words("no none nil never nope nah denies denied not")
_ANSWERS_NO = words("no none nil never nope nah denies denied negative neg zero not 0")
_NONE = words("nil none")
_SAFE = words("safe safety")
# A question stands at most so many words from what it asks after, its answer so many words behind that.
_ASKED, _ASKED_AFTER, _ANSWERED = 6, 2, 7
_FLATLY = words("absolutely definitely certainly said says categorically most")
_NO, _PLANS = words("no nil never"), words("plan plans intent intention")
_HEADINGS = words("pmh pmhx hx history background previous past prev")
# Words that make a row of illnesses under a heading a sentence of its own.
_TELLS = words("is has wants now he she they hes shes says feels keeps with")
# Between another person and a risk these give the risk to the patient.
_NOT_OF_ANOTHER = words(". and but with he she they hes shes pt patient because as")
_TOLD_TO = words("with told tells telling to")


def clause(message: Message, risk: Risk, stops: frozenset[str]) -> tuple[int, int]:
    """Return the first and last word of the stretch around ``risk`` that no word of ``stops`` cuts."""
    first, last = risk.first, risk.last
    lowest, highest = max(0, first - _CLAUSE), min(len(message.words) - 1, last + _CLAUSE)
    while first > lowest and message.words[first - 1] not in stops:
        first -= 1
    while last < highest and message.words[last + 1] not in stops:
        last += 1
    return first, last


def denied(message: Message, risk: Risk) -> bool:
    """Say whether a denial stands before or after ``risk`` with nothing but filler between."""
    own = {i for p in risk.parts() for i in range(p.first, p.last + 1)}
    return (
        any(_denied_before(message, p, own) for p in risk.parts())
        or _denied_after(message, risk)
        or screened(message, risk)
    )


def _denied_before(message: Message, risk: Risk, own: set[int]) -> bool:
    deny, far = word_list(CONTEXTS, "deny"), word_list(CONTEXTS, "deny_far")
    filler, turned = word_list(CONTEXTS, "filler"), word_list(CONTEXTS, "not_deny")
    only_filler = True
    for i in range(risk.first - 1, max(-1, risk.first - 1 - _REACH), -1):
        word = message.words[i]
        if word in _STOPS or i in own:
            return False
        before = message.words[i - 1] if i else ""
        if word in far and before in turned:
            return False
        if word in deny and (only_filler or word in far):
            if message.words[i + 1] == "," and word not in far:
                return False
            return not _weeks_only(message, risk)
        if word == "rule" and before in turned:
            return False
        if word in _FAR_STOPS and not (word == "," and only_filler):
            return False
        if not (word in filler or i in message.in_risk or word == ","):
            only_filler = False
    return False


def _weeks_only(message: Message, risk: Risk) -> bool:
    """ "Hasn't cut for two weeks" is news of two weeks ago, not a denial."""
    after = message.words[risk.last + 1 : risk.last + 5]
    return (
        bool(after)
        and after[0] in {"for", "in"}
        and any(w in {"day", "days", "week", "weeks", "wks", "hours"} for w in after)
    )


def _denied_after(message: Message, risk: Risk) -> bool:
    filler, bare = word_list(CONTEXTS, "filler"), word_list(CONTEXTS, "deny_after_bare")
    comma = False
    for i in range(risk.last + 1, min(len(message.words), risk.last + 6)):
        word = message.words[i]
        if word == "." and _asked_and_answered(message, risk, i):
            return True
        if word in _STOPS:
            return False
        if word == "low" and comma:
            # "DSH ongoing, low": the mood, not the risk.
            return False
        comma = comma or word == ","
        if word in word_list(CONTEXTS, "deny_after"):
            following = message.words[i + 1] if i + 1 < len(message.words) else "."
            if word in {"denies", "denied"} and following not in {".", ",", "and", "by"}:
                return False
            ends = following in {".", ","} or following in word_list(CONTEXTS, "deny_after_end")
            # "SI with plan, no immediate intent" denies the intent alone.
            nearest = message.words[i + 1 : i + 3]
            if word in _NO and "," not in nearest and not _PLANS.isdisjoint(nearest):
                ends = False
            return ends or word not in bare
        if not (word in filler or word == "," or i in message.in_risk):
            return False
    return False


def _asked_and_answered(message: Message, risk: Risk, stop: int) -> bool:
    """ "Do you ever feel like ending it?" "No, never": a question, and the word after it denies."""
    first, _ = clause(message, risk, frozenset({"."}))
    asked = bool(_ASKS & set(message.words[first : risk.first + 1]))
    return (
        asked and message.words[stop + 1 : stop + 2] != () and message.words[stop + 1] in _SAYS_NO
    )


def screened(message: Message, risk: Risk) -> bool:
    """Say whether the risk was only asked after, as routine, and the answer was no.

    "Asked re domestic violence as routine: nil", "when asked about suicide he said absolutely not". Whether
    someone can keep safe is another matter: "no" to that is the risk.
    """
    if not _SAFE.isdisjoint(message.words[risk.first : risk.last + 1]):
        return False
    first, last = clause(message, risk, frozenset({"."}))
    asking = word_list(CONTEXTS, "asking")
    beside = message.words[
        max(first, risk.first - _ASKED) : min(last, risk.last + _ASKED_AFTER) + 1
    ]
    if asking.isdisjoint(beside):
        return False
    answer = message.words[risk.last + 1 : risk.last + 1 + _ANSWERED]
    for i, word in enumerate(answer):
        if word in word_list(CONTEXTS, "owned"):
            return False
        if word == "not" and answer[i - 1 : i] and answer[i - 1] not in _FLATLY:
            return False
        if word in _ANSWERS_NO:
            # "No plan" and "no immediate intent" leave the thoughts as they were.
            return _PLANS.isdisjoint(answer[i + 1 : i + 3])
    return False


def told_in_context(message: Message, first: int, last: int) -> bool:
    """Say whether the words hold a denial, a routine question or something past.

    The classifier then says nothing.
    """
    stretch = message.words[first : last + 1]
    if not word_list(CONTEXTS, "deny_far").isdisjoint(stretch) or not _NONE.isdisjoint(stretch):
        return True
    if not word_list(CONTEXTS, "asking").isdisjoint(stretch) and not _ANSWERS_NO.isdisjoint(
        stretch
    ):
        return True
    around = (*message.context["past"], *message.context["resolved"], *message.context["harmless"])
    return any(r.first <= last and first <= r.last for r in around)


def is_fresh(message: Message, risk: Risk) -> bool:
    """Say whether a word beside ``risk`` makes it of these days."""
    first, last = clause(message, risk, _STOPS | {","})
    fresh = word_list(CONTEXTS, "fresh")
    return any(message.words[i] in fresh for i in range(first, last + 1)) or any(
        first <= f.first <= last for f in message.context["fresh_phrases"]
    )


def is_past(message: Message, risk: Risk, today: date) -> bool:
    """Say whether ``risk`` is told as long past."""
    first, last = clause(message, risk, _STOPS)
    near_first, near_last = clause(message, risk, _STOPS | {","})
    # Of a child "teenage" and "aged 12" say no more than how old.
    aged = message.context["past_by_age"] if risk.category != "safeguarding" else ()
    for past in (*message.context["past"], *aged):
        if near_first <= past.first <= near_last:
            if _year_too_near(message, past, today):
                continue
            return True
        # "overdose, aged 15": the age stands in the next breath.
        if past.first == near_last + 2 and past.last <= last:
            return not _year_too_near(message, past, today)
        # "PMH: depression, overdose, asthma": one heading over a list of short things.
        heading = message.words[past.first] in _HEADINGS
        if (
            heading
            and first <= past.first < risk.first
            and _list_between(message, past.last, risk.first)
        ):
            return True
    return False


def _list_between(message: Message, start: int, end: int) -> bool:
    return not any(w in _TELLS for w in message.words[start + 1 : end])


def _year_too_near(message: Message, past: Risk, today: date) -> bool:
    years = [
        int(w) for w in message.words[past.first : past.last + 1] if w.isdigit() and len(w) == 4
    ]
    return any(y >= today.year - 1 for y in years)


def is_another_day(message: Message, risk: Risk) -> bool:
    """Say whether the clause of ``risk`` names another day: an emergency is one only now."""
    first, last = clause(message, risk, _STOPS)
    return any(first <= n.first and n.last <= last for n in message.context["not_now"])


def is_over(message: Message, risk: Risk) -> bool:
    """Say whether the message goes on to say that it is over."""
    over = message.context["resolved"] + (
        message.context["other_gone"] if risk.category == "abuse" else ()
    )
    if not _PLANS.isdisjoint(message.words[risk.first : risk.last + 1]):
        # "SI with plan, no immediate intent" is not over.
        over = tuple(r for r in over if "intent" not in message.words[r.first : r.last + 1])
    return any(r.first > risk.last or r.last < risk.first for r in over)


def person_before(message: Message, risk: Risk) -> str | None:
    """Return the other person whose act ``risk`` is told of: "her brother took his own life"."""
    people, reporters = word_list(CONTEXTS, "people"), word_list(CONTEXTS, "reporters")
    for i in range(risk.first, max(-1, risk.first - 6), -1):
        word = message.words[i]
        if word in _NOT_OF_ANOTHER:
            return None
        if word in people or word.removesuffix("s") in people:
            between = message.words[i + 1 : risk.first + 1]
            if message.words[i - 1 : i] and message.words[i - 1] in _TOLD_TO:
                return None
            return None if any(w in reporters for w in between) else word
    return None


def person_after(message: Message, risk: Risk) -> bool:
    """ "The suicide of her son", "overdose that killed his brother"."""
    people = word_list(CONTEXTS, "people")
    after = message.words[risk.last + 1 : risk.last + 4]
    inside = message.words[risk.first : risk.last + 1]
    return any(w in people for w in after) and ("of" in after[:1] or inside[-1:] == ("of",))
