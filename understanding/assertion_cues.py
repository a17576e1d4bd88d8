"""The words before and after a mention that say how it is meant, in the order in which they are tried."""

from __future__ import annotations

import re
from typing import Literal

State = Literal["present", "absent", "past", "uncertain", "hypothetical"]

BEFORE: tuple[tuple[State, re.Pattern[str]], ...] = (
    (
        "absent",
        re.compile(
            r"(?:\b(?:bloods?|scans?|mri|ct|x - ray|xrays?|x - rays|tests?|results?|ecg|echo|"
            r"clinic|"
            r"biopsy|imaging|angiogram|serology|spirometry|colonoscopy|endoscopy|they|which|that|"
            r"neurology|rheumatology|cardiology|consultant|specialist) (?:rules? out|excludes?)|"
            r"(?<!not )(?<!not been )(?<!never )(?:ruled out|rules out|ruling out|excluded|"
            r"excludes|"
            r"excluding|discounted)|(?:would|did|do|does|could|will|can) not (?:really |quite |"
            r"exactly |go so far as to )?"
            r"(?:call|label|describe|say|class|count|put)(?: (?:it|this|that|him|her|them|"
            r"is|was|as|has|have|having|"
            r"he|she|'s|down|to|what))*|nothing to suggest|negative for|"
            r"tested clear of|clear of|"
            r"free of)"
            r"(?: (?:a|an|any|the|his|her|their|true|actual|frank|acute|current|underlying)){0,3}$"
        ),
    ),
    (
        "hypothetical",
        re.compile(
            r"(?:\bif|in case|unless|at risk of|risk of|scared of getting|"
            r"worried about getting|afraid of getting|should|"
            r"appl(?:y|ied|ying|ication|ies)(?: \w+){0,2} for|try(?:ing)? for|tried for|"
            r"going for|go for|put in for|claim for|entitled to|"
            r"eligible for|qualif(?:y|ies) for|ask(?:ed|ing|s)? (?:about|for)|"
            r"advice (?:about|on)|wonders? about|turned down for|refused|"
            r"rejected for|knocked back for|denied|wait(?:ing)? (?:for|on)(?: \w+){0,2}|"
            r"awaiting|hoping for|wants?(?: to)?(?: \w+){0,2} (?:claim|apply|get)|"
            r"thinking of|considering|could (?:he|she|they) (?:get|claim|have)|"
            r"would (?:he|she|they) (?:get|be)|"
            r"(?:he|she|they|patient|you) (?:would|could|should|might|ought to|will)(?: \w+)? "
            r"(?:get|be on|be getting|claim|qualify for)|"
            r"suggest(?:ed|ing|s)?|chasing|form for|assessment for|decision on|lost|"
            r"losing|lose|stopped|want(?:s)? (?:him|her|them) (?:to|on))(?: (?:a|an|the|"
            r"his|her|their|new|to|get|claim|be|on|going|uc|pip|some|any)){0,3}$"
        ),
    ),
    (
        "uncertain",
        re.compile(
            r"(?:\?|query|queries|querying|possible|possibly|poss|maybe|perhaps|might|may|"
            r"could|suspected|suspect|suspects|suspicion|probable|"
            r"probably|likely|wonder(?:s|ing|ed)? (?:if|about|whether)|(?:being|getting|"
            r"been) (?:investigated|assessed|tested|screened|worked up|seen) for|"
            r"under investigation for|investigat\w+ for|assessment for|referred for|"
            r"work ?up for|waiting (?:for|on)(?: \w+){0,2} diagnosis of|"
            r"not sure if|unsure if|unclear if|sounds? like|looks? like|seems? (?:like|"
            r"to)|rule out|r/o|exclude|undiagnosed|unconfirmed|"
            r"self diagnosed|self - diagnosed|thinks? (?:it 's|it is|he has|she has|he 's|"
            r"she 's|she might|he might|he may|she may|it might|it could)|"
            r"convinced (?:he|she) (?:has|'s)|reckons (?:he|she) (?:has|'s|might)|"
            r"(?:a )?touch of possible|differential|provisional|working diagnosis of|"
            r"pathway for|waiting list for|awaiting|potential|potentially|borderline \?|"
            r"potential|\bdd|impression|\bimp|on (?:the )?pathway for)"
            r"(?: (?:be|have|has|had|a|an|the|some|bit|of|also|well|got|going|new|early|"
            r"mild|it|is|'s|she|he|they|just|been|element|degree|underlying|undiagnosed|"
            r"that|or|and|both|developing|starting)){0,5}$"
        ),
    ),
    (
        "past",
        re.compile(
            r"(?:previous(?:ly)?|past history of|past|former(?:ly)?|used to (?:have|be|"
            r"get|suffer|drink|use|take|live|sleep|go)(?: \w+){0,3}|used to|"
            r"recovered|recovering|grew out of|grown out of|outgrew|outgrown|won|ex|once|childhood|"
            r"teenage|historic(?:al)?|resolved|"
            r"last year 's|got over|beat|beaten|survived|overcame|"
            r"treated for|cured of|came through|overturned (?:at|on|by)|no longer|not any more|any more|quit|"
            r"kicked|gave up|given up|came off|come off|(?<!has )(?<!have )(?:was|"
            r"were) in(?: a| an)?|discharged (?:from|by)|closed to|stepped down from|"
            r"signed off by|off the books of)"
            r"(?: (?:a|an|the|any|-|his|her|had|has|bad|spell|bout|of|episode|for|as|"
            r"severe|bad|on|in|mild|very|heavily|bit|under|known|open|to|"
            r"signed|off|with|from)){0,4}$"
        ),
    ),
)

AFTER: tuple[tuple[State, re.Pattern[str]], ...] = (
    (
        "absent",
        re.compile(
            r"(?: (?:was |is |were )?(?:never in it|by mistake|in error|off ,? (?:that|it) "
            r"(?:was|is|belong\w*)|"
            r"(?:(?:has|have|had|'s|been) )*(?:come |came |gone |taken )?off (?:the |his |her "
            r")?(?:problem |"
            r"diagnosis )?(?:list|case|record|notes)|(?:was |is )?(?:the )?(?:other|last|"
            r"previous|wrong) (?:patient|one|pt)))|"
            r" ,? (?:it|that|he|she|they) (?:is|has|was|does) not(?: it)?(?= (?:,|\.|;|$))|"
            r"(?:,? ?(?::|-|=)? (?:no|nil|neg|negative|-ve)(?= (?:,|\.|;|$|and|but|/|pip|"
            r"uc|esa|dla))|(?: (?:is|was|has been|have been|been|now|all|both|'s|since|"
            r"already|were))* ?(?:ruled out|excluded|discounted|"
            r"unlikely|not present|not diagnosed|denied|not an issue|not a problem|"
            r"not the problem|not relevant|not (?:his|her|their)|was wrong|is wrong|"
            r"not (?:right|correct|true|so|accurate)(?= (?:,|\.|;|:|$))|not confirmed after all|"
            r"not applicable|none(?= (?:,|\.|;|$|obv\w*|as|because|so))|"
            r"came back negative|came back clear|negative|"
            r"screen(?:ed)? negative|test(?:ed)? negative|not found|never (?:confirmed|"
            r"diagnosed|had))|"
            r"(?: (?:is|are|was|were|all|both|'s|side))* (?:fine|ok|okay|normal|"
            r"not a problem|no problem|no issue|no bother|sorted)(?= (?:,|\\.|;|$|and|but|"
            r"so))|"
            r" never (?:had|been|was)|(?: ,)? (?:he|she|they|pt|patient) (?:has|is|"
            r"does) not(?: have)?(?= (?:,|\.|;|$)))"
        ),
    ),
    (
        "uncertain",
        re.compile(
            r"(?: (?:\?|query|possible|possibly|maybe|suspected|probable|probably|tbc|"
            r"likely|unconfirmed|undiagnosed)|"
            r"(?: (?:is|has|was|been|being|'s|but|,|-|though|still|just|only|not|(?:yet)|"
            r"never))* (?:not (?:yet )?(?:been )?(?:formally )?(?:confirmed|diagnosed|"
            r"assessed)|yet to be|yet to confirm|to be confirmed|"
            r"never (?:been )?(?:formally )?(?:assessed|diagnosed)|"
            r"unconfirmed|suspected|queried|being (?:investigated|queried|assessed|"
            r"looked)|under investigation|possible|in question|undiagnosed|no diagnosis|"
            r"not (?:been )?diagnosed)|(?: (?:assessment|assessments|pathway|traits|"
            r"screening|screen|referral|diagnosis)(?: (?:pending|awaited|due|booked|list|"
            r"in progress|underway|in|next|waiting|likely|possible|being)))| (?:traits|"
            r"tendencies)|(?: ,)? (?:rheum|neuro|neurology|psych|cardio|gastro|they|clinic|"
            r"hospital|team) (?:yet|still) to)"
        ),
    ),
    (
        "past",
        re.compile(
            r"(?: \( ?(?:in )?(?:childhood|child|as a child|resolved|previous|previously|old|"
            r"historic|"
            r"historical|past|cured|recovered|in remission|long ago|years ago) ?\))|"
            r"(?:(?: ,)? (?:(?:the|that) )?(?:(?:dx|diagnosis|label) )?(?:(?:was|been|has been|"
            r"since) )?"
            r"(?:withdrawn|removed by|dropped by|taken off by|overturned|revoked|disproved|"
            r"disproven|"
            r"rescinded))|(?: (?:till|until) (?:19\d\d|20[01]\d|202[0-5])| (?:till|until) "
            r"(?!(?:the )?\d|"
            r"mon|tue|wed|thu|fri|sat|sun|payday|next|"
            r"tomorrow|month|end|the end|march|april|may|june|july|new year|christmas|"
            r"xmas)|(?:(?: ,)? (?:now )?(?:well|better|fine|ok|safe))+,? (?:and )?discharged|"
            r" (?:>|->|=>) |(?: (?:about|over|nearly|some|a|an|few|couple|of|many|\d+|one|"
            r"two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|"
            r"good))* (?:days|weeks|months|years|year|month|week|decades) "
            r"(?:ago|back(?! (?:pain|ache|problem|trouble|injur|spasm|strain|surgery)))|"
            r"(?: \w+){0,3} (?:back in (?!full|payment|place|force|work|touch|education)\w+|in "
            r"(?:19|20)\d\d|as (?:a )?(?:child|kid|"
            r"teen\w*|baby|youngster|boy|girl|lad|student|young \w+)|in (?:his|her|"
            r"their) (?:teens|twenties|20s|youth|childhood)|"
            r"when (?:he|she|they) (?:was|were)(?: a)? (?:\d+|young\w*|kid|child|teen\w*|"
            r"little|student|at)|in childhood|in lockdown|during (?:lockdown|covid)|"
            r"before (?:covid|lockdown)|"
            r"(?: for (?:about )?\\w+ \\w+(?: after)?)?(?:(?:is|are|has|have|all|now|"
            r"since|fully|completely|long|been|was|got|'s|and|,)* ?(?:resolved|recovered|"
            r"cleared|cured|sorted|settled|healed|gone|lifted|ended|stopped|finished|"
            r"behind (?:him|her|them)|better|over(?! in [A-Za-z])|fixed|fine now|paid (?:off|"
            r"back)|cleared (?:up|too|now)|written off|"
            r"decision overturned|"
            r"closed (?:him|her|them)|dealt with|run out|ran out|expired|in remission|in the "
            r"past|history now|"
            r"ancient history|gone away|under control now|long gone)(?= (?:,|\.|;|now|$|"
            r"and|since|last|in|years|year|months|month|ages|by|so|but|when|with|after|"
            r"long|completely|-|this|two|three|\d))))|"
            r"(?: ,)? (?:now |since |has |is |long |fully |all |been )*(?:all clear|"
            r"in remission|no problems? since|nothing since|fine since|well since|"
            r"ok since|not since|dry (?:for|now|since|\d|two|three|four|five)|sober|"
            r"clean (?:for|now|since|\d|two|three|four|five)|abstinent|teetotal|"
            r"discharged(?! (?:from|by|to|back|home))|grew out of (?:it|them)|recovered|"
            r"resolved|better now|much better|over it|sorted|cured|"
            r"fine now|fully recovered|no longer|none since|all sorted)|(?: (?:is|was|are|"
            r"'s))? (?:old|historical|historic|been and gone)(?= (?:,|\\.|;|$|and|but)))"
        ),
    ),
    (
        "hypothetical",
        re.compile(
            r"(?: (?:is|was|has|been|got|'s|being|just|recently|now|still|since|also|"
            r"claim))*(?: (?:form|forms|application|claim|assessment|decision|refused|"
            r"turned down|rejected|knocked back|appeal|tribunal|disallowed|next|declined|"
            r"mr))"
        ),
    ),
)
