"""A short message that is nothing but a wish about work ("go back", "keep her job", "days only").

Doctors type it out of order, whatever was asked: it is the goal. It says nothing of anybody's back, no
barrier, and nothing of whether the patient is at work or off sick now: that stays as it was said.
"""

from __future__ import annotations

import re

from understanding.facts import Fact
from understanding.surface import Surface

# Longer messages are read by their phrases.
LONGEST = 10
_WHO = (
    r"(?:(?:he|she|they|patient|to|wants?|would|will|'ll|'d|is|'s|are|like|love|hopes?|hoping|keen|eager|"
    r"desperate|just|ideally|probably|maybe|hopefully|eventually|aims?|aiming|plans?|planning|due|yes|"
    r"still|and|,) )*"
)
_WHERE = (
    r"to (?:(?:work|it|his|her|their|the|same|old|usual|job|post|role|firm|place|desk|teaching|nursing|"
    r"driving|school|office|shop|site) ?)+"
)
_WHEN = (
    r"(?:eventually|soon|asap|a\.s\.a\.p|as soon as .*|straight away|gradually|slowly|bit by bit|phased|"
    r"on (?:a )?phased.*|part - ?time|part time|full time|full - time|one day|at some point|some day|"
    r"some time|sometime|later|when .*|once .*|after .*|before .*|by .*|please|next (?:week|month|"
    r"year|\w+day)|"
    r"in (?:a|an|the|about|\d+|two|three|four|five|six|eight|ten|twelve|new) ?.*|tomorrow|"
    r"on (?:the )?(?:\d+.*|\w+day)|\w+day|again|if .*)"
)
_GOES = rf"{_WHO}(?:straight )?(?:go|going|get|getting|be)(?: straight)? back"
_WISH = re.compile(
    rf"^(?:{_GOES}(?: {_WHERE})?(?: ?,? {_WHEN})?|{_WHO}(?:straight )?back(?: {_WHERE})? ?,? {_WHEN}|"
    rf"{_WHO}back {_WHERE}|"
    r"(?:(?:he|she|they|patient|really|just|still|yes|is|'s) )*(?:wants?|hoping|hopes|keen|eager|desperate|"
    r"itching|dying)(?: to be| to go| to get)? back(?: in| asap| soon)?)[ .!]*$"
)
# "Back at work", "back in A&E", "back to square one": no wish for the job.
_NO_WISH = re.compile(
    r"\bback (?:(?:at|in) (?:work|\w+ing|hospital|a&e|his|her|the|court|prison|touch|pain)|to "
    r"(?:back|square|normal|bed|hospital|the (?:gp|hospital|clinic|team))|pain|ache|spasm|trouble)\b|"
    r"\b(?:he|she|they)(?: is| 's| are) back\b|\bnot\b|\bnever\b|\bno\b|\bcan not\b|\bsince\b"
)


_KEEPS = re.compile(
    r"^(?:(?:he|she|they|patient|to|just|wants?|would|'ll|'d|like|needs?|hopes?|hoping|trying|tries|"
    r"desperate|keen|determined|please|really|only|mainly|yes|and|,) )*"
    r"(?:keep(?:ing)?(?: hold of)?|hold(?:ing)? on ?to|hang(?:ing)? on ?to|hang(?:ing)? on in|sav(?:e|ing)|"
    r"stay(?:ing)? (?:in|at|with|on in)|remain(?:ing)? (?:in|at|with)|not (?:to )?los(?:e|ing)|"
    r"stick(?:ing)? with|carry on (?:in|with|at)|protect(?:ing)?)"
    r" (?:(?:his|her|their|the|this|that|a|current|present|same|old|full - time|part - time) )*"
    r"(?:jobs?|posts?|roles?|place|work|apprenticeship|position|career|placement|employment|it|employer|"
    r"firm|company|shifts)(?: (?:if (?:he|she|they) can|if possible|for now|please|at all costs|there|"
    r"really|though|ideally|going))?[ .!]*$"
)
_HOPED = (
    r"(?:eventually|ideally|hopefully|preferably|asap|soon|gradually|slowly|in time|one day|some day|"
    r"at some point|please|(?:when|once|if|as soon as|after) .*)"
)
_WORKPLACE = (
    r"(?:(?:the|his|her|a|shop|same|old|big|bin|lorry|hgv|bus|taxi) )*(?:driving|teaching|nursing|caring|"
    r"working|building|cleaning|tools?|bins|wheel|wards?|site|roads?|floor|tills?|cab|rota|rounds?|line|"
    r"shifts?|jobs?|work|wagons?|lorry|lorries|bus|buses|taxis?|vans?|classroom|class|desk|kitchen|office|"
    r"factory|warehouse|salon|crane|patch|farm|trade|theatre|practice|store|yard|plant|buildings)"
)
# "Eventually back", "back to driving ideally", "back on tools when he can": the little word makes the wish.
_HOPES_BACK = re.compile(
    rf"^{_WHO}(?:ideally|eventually|hopefully|preferably|one day|in time|longs?|wishes) ?,? {_WHO}back"
    r"(?: (?:to|on|in|at|behind|driving|working)(?: [\w-]+){0,4})?[ .!]*$|"
    rf"^{_WHO}(?:bk|back) (?:to|on|in|at|behind|into|onto) {_WORKPLACE} ?,? {_HOPED}[ .!]*$|"
    r"^(?:to |wants? |he |she |they |would like |like |to be |be |go |get |hopes? |hoping )*bk"
    r"(?: (?:to|on|in|at|driving|teaching|working|work|job|soon|eventually)(?: [\w-]+){0,3})[ .!]*$"
)
# Back to studies, to one's old habits, to bed: no job.
_BACK_ELSEWHERE = re.compile(
    r"\b(?:uni|university|college|school|stud\w+|degree|course|drink\w*|drugs|smok\w+|gambl\w+|using|bed|"
    r"gym|football|sport|prison|court|hospital|clinic|gp|us|normal|square|baseline|touch|pain|life|home)\b"
)
_WANTING = (
    r"(?:(?:he|she|they|patient|to|just|wants?|wanting|would|'ll|'d|like|needs?|hopes?|hoping|keen|"
    r"ideally|maybe|probably|really|only|mainly|prefers?|after|please|for|do|have|get|yes|and|,) )*"
)
_STAYS = re.compile(
    rf"^{_WANTING}(?:stay|staying|remain|remaining)"
    r"(?: (?:on|there|put|here|in post|with them|where (?:he|she|they) (?:is|are)|where (?:he|she) 's))?"
    r"(?: (?:if (?:he|she|they) can|if possible|if poss|for now|please|really|ideally))*[ .!]*$"
)
_OTHER_TASKS = (
    r"(?:indoors?|inside|desk|desk based|office|light|lighter|easier|quieter|day|days|seated|sitting|"
    r"sit down|sat down|sedentary|another|other|different|less physical|alternative|suitable|admin|"
    r"ground floor|part time|phone|clerical|warehouse|yard)"
)
_THERE = re.compile(
    rf"^{_WANTING}(?:an? )?(?:{_OTHER_TASKS} )+(?:jobs?|work|role|duties|post|tasks|position)"
    r" (?:there|with (?:them|the same (?:firm|company|employer))|(?:in|at|for) the same "
    r"(?:place|firm|company|employer|school|trust))[ .!]*$"
)
_NOT_RETIRING = re.compile(
    r"^(?:(?:he|she|they|patient|no|,) )*(?:(?:does|do|is) )?not "
    r"(?:(?:want|wants|ready|keen|looking|wanting) )?"
    r"(?:to )?(?:retir(?:e|ing)|be retired)(?: (?:yet|early|now))*[ .!]*$"
)
# Said of the hours one works.
_HOURS = re.compile(
    rf"^{_WANTING}(?:(?:more|fewer|less|shorter|reduced|regular|set|fixed|steady|better|part time|"
    r"patient|pt) (?:hours|hrs|shifts|days)|days(?: only|, not nights| not nights)|(?:only|just) days|"
    r"day (?:shifts?|work) only|no (?:more )?nights|no night shifts|not nights)[ .!]*$"
)
# What somebody wants who is to start small, typed when the wish is asked: no status.
_SMALL_START = re.compile(
    rf"^{_WANTING}(?:(?:(?:some|a bit of|a little|bit of) )?(?:vol|volunteer|volunteering|voluntary)"
    r"(?: work| role)?(?: (?:first|to start|to begin with|for now))*|"
    r"(?:something |some |a bit of )?(?:part time|few hours|a few hours)(?: work| hours)?|"
    r"a bit of work|a little job)[ .!]*$"
)
# "Other driving or yard work": another kind of job.
_OTHER_WORK = re.compile(
    rf"^{_WANTING}(?:other|different|another|lighter|easier)(?: [\w-]+){{0,3}} "
    r"(?:work|job|jobs|role|driving)[ .!]*$"
)
# Nothing that work support could give is wanted.
_LEAVES_WORK = re.compile(
    rf"^{_WANTING}(?:early )?(?:retire|retirement)(?: early| now| soon| please)*[ .!]*$|"
    r"^not (?:to )?work(?:ing)?[ .!]*$|"
    r"^(?:he |she |they |patient )?(?:does|do) not want (?:to work|a job|any work|work)[ .!]*$"
)
CUE = "wish alone"
# What such a wish comes to depends on whether there is a job, which the case may know.
CUE_BY_STATUS = "wish, job or none"


def bare_wish(surface: Surface, asked: str | None = None) -> Fact | None:
    """Return the wish about work where the whole of a short message says it and nothing else.

    ``asked``: the key just asked for; some words are a wish only where the wish was asked.
    """
    flat = surface.flat.strip()
    if len(flat.split()) > LONGEST:
        return None
    cue = CUE
    if _wants_back(flat):
        value = "return_to_work"
    elif _KEEPS.match(flat) or _STAYS.match(flat) or _THERE.match(flat):
        value = "stay_in_work"
    elif _NOT_RETIRING.match(flat) or (asked not in _OF_HOURS and _HOURS.match(flat)):
        value, cue = "stay_in_work", CUE_BY_STATUS
    elif asked == "goal" and _SMALL_START.match(flat):
        value, cue = "find_work", CUE_BY_STATUS
    elif asked == "goal" and _OTHER_WORK.match(flat):
        value = "change_job"
    elif asked == "goal" and _LEAVES_WORK.match(flat):
        value = "not_now"
    else:
        return None
    return Fact("goal", value, 0, len(surface.words) - 1, cue=cue)


def _wants_back(flat: str) -> bool:
    if _NO_WISH.search(flat):
        return False
    if "back" in flat and _WISH.match(flat):
        return True
    return _HOPES_BACK.match(flat) is not None and not _BACK_ELSEWHERE.search(flat)


# To these, words of hours are the answer.
_OF_HOURS = frozenset({"work_status", "employment_type", "has_job_offer"})


def with_wish(wish: Fact, facts: list[Fact], asked: str | None) -> list[Fact]:
    """Return ``facts`` with the ``wish`` that is all the message says.

    "Stay in work", answered to whether the patient is in work, says that it is in doubt (contract, 1).
    """
    wished = ("work_status", "job_at_risk", "employment_type", "never_worked")
    kept = [f for f in facts if f.slot not in ("goal", "conditions", "barriers", *wished)]
    if asked == "work_status" and wish.value == "stay_in_work" and wish.cue == CUE:
        kept.append(Fact("work_status", "in_work_struggling", wish.first, wish.last, cue="answer"))
    return [*kept, wish]
