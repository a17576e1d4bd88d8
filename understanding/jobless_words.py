"""How people say that somebody has lost a job, looks for one or does not, studies, is retired or volunteers.

Regular expressions over the plain words of a message, as in ``status_words``; ``work_cues`` reads them.
"""

from __future__ import annotations

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|apr|jun|"
    r"jul|aug|sept|sep|oct|nov|dec|(?:19|20)\d\d)"
)
_FIRM = (
    r"(?:warehouse|employer|boss|firm|company|agency|shop|factory|work|"
    r"place|school|council|hotel|garage|pub|"
    r"nursery|salon|manager|gaffer|depot|care home|home|hospital|bakery|"
    r"restaurant|supermarket|club|college|"
    r"gym|mill|site|bank|asda|tesco|aldi|lidl|amazon|they)"
)
_WHEN = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|last|in|at|after|on|over|"
    r"two|three|four|"
    r"\d|this|that|the (?:same|next|following|very)|there and then|on the spot|straight|once|"
    r"when|for|because|as|,|\.)"
)
LOST = (
    r"\b(?:apprenticeship|traineeship|job|placement) (?:has |was |just )?(?:ended|finished|"
    r"stopped|came to an end|"
    r"fell through)(?= (?:when|after|because|in|last|as|since|,|\.)| ?$)",
    r"\b(?:used to be|was|had been) an? [^,.;]{2,30},? (?:but )?nothing (?:now )?(?:for|since|"
    r"in)\b|\blast (?:had|drew|saw|earned) "
    r"a (?:wage|pay ?slip|pay packet)\b",
    r"\blost (?:his|her|their) (?:\w+ ){1,3}(?:then|and then|and) (?:his|her|their) job\b",
    # "Finished work in March": the working life, not the day's.
    rf"\b(?:finished|ended) (?:work|working|(?:up )?at (?:\w+ ){{1,2}}?)(?: back)? ?"
    rf"(?:in {_MONTH}|last (?:year|month|summer|winter|spring|autumn|{_MONTH})|(?:\d+|a|two|three|"
    rf"four|five|six|a few|"
    rf"several|some) (?:weeks?|months?|years?) (?:ago|back))\b",
    r"\b(?:had|worked|job|position|employed)\b[^.;]{0,45} (?:till|until|up to) (?:about |around |"
    r"some )?(?:\d+|a|an|two|three|four|"
    r"five|six|ten|couple of|a few) (?:\w+ )?(?:weeks?|months?|years?) (?:ago|back|since)\b",
    r"\bgot (?:the |his |her )?(?:sak|sacked|bullet|tin tack)\b|\b(?:quit|resigned|walked|"
    r"left|packed in) in (?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december|the spring|spring|summer|the summer|\d{4})\b|\bcontract "
    r"(?:was |is |came )?(?:up|ended|finished|ran out|not renewed)(?: at| in| last| end|,|\.)|"
    r"\bnot been back to any (?:job|work)\b|\bout of collar\b|\bunwaged\b|\bbetween jobs\b",
    r"\bpaid off (?:from|by) (?:the|his|her)\b|\bemployer let (?:him|her|them) go\b|\b(?:the|"
    r"his|her) (?:employer|firm|boss|company|agency|bakery|shop|factory|garage|pub) (?:let|"
    r"has let|had let|have let) (?:him|her|them) go\b|\bnothing here so far\b|\bnot worked "
    r"(?:here|in this country|in the uk|in england)\b",
    r"\b(?:gave|given|had to give|giving) up (?:his |her |their |a )?(?:\w+ "
    r"){0,2}?(?:work|job|post|career)\b(?! to retire)",
    rf"\b{_FIRM} (?:has |have |have just |just |went and |then )?(?:finished|"
    r"sacked|fired|dismissed|laid|binned|axed|got rid of|let go of|dropped) "
    rf"(?:him|her|them)(?:(?<!dropped him)(?<!dropped her)(?<!dropped them) off)? ?(?={_WHEN}|$)",
    r"\blost (?:his|her|their|a|the) (?:\w+ ){0,2}?(?:chair|stall|round|"
    r"rounds|pitch|shifts|contract|place at \w+|job|post)\b",
    r"\bjobs? (?:was |were |got |has been |have been |is |been )(?:axed|"
    r"cut|scrapped|lost|given away|outsourced)\b|\bpost (?:was )?(?:axed|"
    r"cut|deleted)\b",
    r"\b(?:firm|company|shop|employer|business|place|factory|they|chain|"
    r"store|mill|plant|bank) (?:has |had |have )?(?:went|gone|goes) (?:to "
    r"the wall|bust|under|pop|into \w+)\b|\bsince the (?:\w+ )?(?:shop|"
    r"bank|plant|mill|factory|firm|company|place|store|pit|works|depot|"
    r"branch) (?:closed|shut|folded|went)\b",
    r"\bgot (?:the |his |her )?(?:push|sack|boot|chop|cards|p45|elbow|heave ho|bullet)\b",
    r"\b(?:packed|jacked|chucked) (?:it|that|them|work|the job)(?: all)? "
    r"(?:in|up)\b(?! if)|\b(?<!nearly )(?<!almost )(?<!all but )walked out (?:of|on) "
    r"(?:the |his |her |a )?(?:job|work|shop|post|kitchen|nursery|place)\b",
    r"\blast (?:had|held|did) (?:a |any |an )?(?:\w+ ){0,2}?(?:job|work|"
    r"post)\b|\bnot held (?:a |down a )?\w* ?job\b|\b(?:temp |christmas "
    r"|seasonal |last )?(?:job|contract|post) (?:was |is )?(?:not|never) "
    r"(?:renewed|extended|made permanent|kept on)\b",
    r"\bno jobs? (?:at the end|lined up|to go (?:back )?to|going|on the "
    r"horizon|yet|now|since|for)\b|\bfinished up (?:in|at|from|last)\b|"
    r"\bsigned on since\b",
)
LOOKING = (
    r"\b(?:can not|could not|unable to|struggling to|struggles to|not able to) (?:find|land|"
    r"secure) (?:any |a |another |suitable |"
    r"\w+ )?(?:work|job|employment)\b",
    r"\b(?:applies|applying|sends? (?:out )?(?:cvs?|applications)|job ?hunting|job ?hunts|"
    r"looking|searching|been looking|hunting) (?:daily|every day|all the time|constantly|non "
    r"?stop|ever since|most days|every week|flat out|hard)\b|\b(?:sends?|sending|fires? off|"
    r"firing off) (?:\w+ )?(?:cvs?|applications)\b|\bstill (?:trying|applying|looking)(?= "
    r"(?:,|\.|;|and|but)| ?$)|\b(?:get|had) a sniff\b|\blkg\b",
    r"\bhunting (?:high and low|everywhere|all over|for (?:work|jobs?|"
    r"anything))\b|\bout (?:asking|looking|hunting) (?:for|round|about)\b|"
    r"\basking (?:round )?for work\b",
    r"\b(?:has |have |'s |been )?appl(?:ied|ying|ies) (?:all over|everywhere|"
    r"for (?:everything|anything|loads|dozens|hundreds|jobs|stuff|work|"
    r"over)|left right)\b|\bmonths of applications\b|\bknock(?:ing|ed) "
    r"on (?:\w+ )?doors\b|\bhanding (?:out )?cvs?\b",
    r"\blooks (?:hard )?for (?:a |any |another |some )?(?:jobs?|work|employment)\b|\blooking "
    r"(?:again|round|around|all over|everywhere) ?(?=,|\.|for|"
    r"$)|\b(?:search|look)(?:ing|es)? (?:hard )?for (?:a |any )?(?:work|"
    r"jobs?|employment|something|anything)\b",
)
INACTIVE = (
    r"\b(?:gave|given|giving) up (?:the |a |his |her )?(?:\w+ ){0,3}?(?:job|work|post|"
    r"career) (?:\w+ ){0,3}?to (?:see to|"
    r"look after|care for|mind|nurse|be with|sit with)\b",
    r"\b(?:no|not got (?:a )?|without (?:a )?)(?: ?job| ?work)(?: to (?:go|return|"
    r"get) back to)?,? (?:and )?(?:(?:is|does) )?"
    r"not (?:wanting|after|want|looking for|bothered about) (?:one|any|it)\b",
    r"\b(?:no|not (?:got )?(?:any|the)|zero|has no|with no) (?:real |great |particular |"
    r"earthly )?(?:interest|intention|wish|desire|plans?) (?:\w+ ){0,2}?(?:in |of |to |on "
    r")?(?:working|work|finding|looking|getting|returning|a job|jobs|employment)\b|\bnot in "
    r"the (?:labour|job|jobs) market\b|\bnot after (?:paid )?(?:work|a job|jobs)\b|\b(?:no "
    r"employment|no job|no work) ,? (?:and )?not (?:available|able|allowed)\b",
    r"\b(?:does not|do not) work ,? (?:and )?(?:does not|do not) (?:want|wish|intend|need|"
    r"plan) to\b|\bno (?:post|job|work) to (?:return|go back|go) to\b|\bsick long - ?term\b|"
    r"\bno work - ?(?:related|search) requirements?\b|\b(?:jacked in|gave up|packed in|left|"
    r"quit|finished) (?:work|his job|her job|the \w+|a job) to (?:care|look after|nurse|mind|"
    r"see to)\b",
    r"\b(?:at|stops|stopped|stays|stay|stopping|stayed) (?:at )?home (?:with|"
    r"minding|raising|to mind|to look after|looking after|for) (?:the "
    r"|her |his |their )?(?:\w+ ){0,2}?(?:kids?|children|baby|babies|lads?|"
    r"twins|bairns?|little ones|toddler|sons?|daughters?|girls|boys|mum|"
    r"dad|mother|father|grandkids)\b",
    r"\bno (?:job|work) ?,? (?:and )?not (?:looking|seeking|after|wanting|"
    r"bothered|interested)\b|\bnot (?:seeking|applied for (?:owt|anything|"
    r"any)|looking to work)\b",
    r"\btoo (?:ill|poorly|sick|unwell|bad) to (?:hold|keep|do|have) (?:a "
    r"|any )?(?:job|work)\b|\bfull time carer\b|\bgave up \w*(?: \w+)? "
    r"?(?:work|job|post) (?:in \d{4} )?to (?:care|look|mind)\b",
)
STUDENT = (
    r"\b(?:1st|2nd|3rd|4th|first|second|third|final) (?:year|yr) (?:at )?(?:the "
    r")?(?:university|uni|college|sixth form|a levels|btec|degree|phd|medical school)\b",
    r"\breading (?:law|medicine|english|history|physics|maths|chemistry|"
    r"biology|engineering|geography|politics|psychology|nursing|music|"
    r"art|economics|sociology|business|philosophy|drama)\b(?! (?:lessons|"
    r"class))",
    r"\b(?:1st|2nd|3rd|4th|first|second|third|final) (?:year|yr) (?:\w+ "
    r")?(?:student|at|of (?:his|her|a)|nursing|law|medic\w*)\b",
)
RETIRED = (
    r"\bpacked (?:up|in) work for good\b|\b(?:ill health|early|medical) retirement (?:\w+ "
    r"){0,4}?(?:granted|agreed|through|came through|since|last)\b|\bfinished (?:work )?for "
    r"good\b|\bretired (?:on|through) ill health\b",
    r"\b(?:drew|drawing|draws|took|living on|lives on|lives off|living off|on) (?:his|her|their|"
    r"a|the) (?:state |work |early |ill health )?pension\b|\bpensioner\b|"
    r"\bput (?:his|her) feet up for good\b",
)
VOLUNTEER = (
    r"\b(?:does|gives|doing|giving|helps|helping) (?:\w+ ){1,7}?(?:for nothing|for nowt|for "
    r"free|unpaid|not paid|as a (?:volunteer|helper))\b|\bhelper at (?:the |a )?\w+ (?:\w+ "
    r"){0,3}?,? (?:not paid|unpaid)\b",
    r"\b(?:helps?|helping|works?|working) (?:out )?(?:unpaid|for nothing|"
    r"for free|voluntarily|as a volunteer)\b|\bunpaid (?:\w+ ){0,4}(?:in|"
    r"at|for) (?:the|a) \w+",
    r"\b(?:mornings?|days?|afternoons?|hours) unpaid\b|\bgives? (?:her|his) time\b",
)
