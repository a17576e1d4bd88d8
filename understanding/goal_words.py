"""How people say what somebody wants about work, and that a job is at risk, promised, or was never had.

Regular expressions over the plain words of a message, as in ``status_words``.
"""

from __future__ import annotations

_OPEN_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|next (?:week|month)|tomorrow"
# What somebody may say of a job between wanting it and naming it: never a turn of the sentence.
_KIND = (
    r"(?:(?:part|full) -? ?time |(?!(?:to|not|no|of|off|from|at|in|but|and|or|his|her|their|time|"
    r"help|helping|out|less|"
    r"fewer|this|that|"
    r"out|change|new|different|another|leave|keep|lose|back|return|with|on|for|other|own|due|"
    r"more|about|job|work) )"
    r"[a-z0-9-]+ (?:- )?){0,5}"
)
_WANTING = (
    r"(?:wants?|wanting|would (?:like|love)|'d (?:like|love)|fancies|fancying|looking for|"
    r"looks for|hunting for|"
    r"on the (?:hunt|look ?-? ?out|lookout) for|in the market for|searching for|seeking|seeks|"
    r"hoping for|after|"
    r"keen on|crying out for|ready for|desperate for|trying for|looking to (?:get|find))"
)
WISH = (
    r"\bwould work (?:if|tomorrow|given)\b",
    rf"\b{_WANTING} {_KIND}(?:jobs?|employment|apprenticeship|traineeship|wage|posts?|role|"
    rf"(?:reception|"
    rf"admin|shop|bar|care|office|retail|warehouse|kitchen|cleaning|paid|driving|security|"
    rf"part - time|part time|factory|building|hospital|school|catering|call centre|garden|farm|"
    rf"local|steady|seasonal|any) work)\b"
    r"(?! (?:search|coach|back|offer|centre|share|plan|security))",
    # "No work and mad keen".
    r"\b(?:no|without|out of) (?:a )?(?:job|work) (?:,|-|and|but|though)? ?(?:is |he 's |"
    r"she 's )?(?:mad|dead|very|really|so|"
    r"dead|desperately|still)? ?(?:keen|itching|desperate|raring|gagging)(?: for (?:one|some|it)|"
    r" to (?:start|"
    r"work|graft|find (?:one|some)))?(?= (?:,|\.|;|and|but)| ?$)",
    rf"\b(?:jobs?|work)\b[^.;]{{0,70}}\b{_WANTING} (?:one|some|any)(?= (?:,|\.|;|-|asap|soon|now|"
    rf"though|but|and|for)| ?$)",
    rf"\b{_WANTING} (?:something|anything) (?:part - time|part time|full time|with|local|"
    rf"from home|sitting|indoors|outdoors|light|"
    r"steady|permanent|flexible|nearer|at (?:home|a desk))\b(?! (?:for (?:the|his|her) pain|"
    r"the pain))",
    r"\b(?:gagging|dying|desperate|itching|raring|champing|keen|wants?|"
    r"hoping) to get (?:back )?(?:in ?to|in|to) an? (?!routine|better|"
    r"place|flat|position|state)\w+\b|\b(?:wants?|like|love|hoping|keen|"
    r"trying) to get (?:something|some hours|a few hours) (?:in|at|"
    r"with|part|local|going|near)\b",
    r"\bhelp (?:finding|getting|to find|to get) one\b",
    r"\bknocked back (?:from|for|by|at) (?:\w+ )?(?:jobs|interviews|employers|places)\b",
    r"\b(?:back )?on the (?:job|jobs|labour) market\b|\bon the (?:hunt|look ?- ?out|"
    r"lookout) for (?:paid )?work\b|"
    r"\bhop(?:es|ing) (?:to get|for) a (?:start|way in|foot in the door)\b|\b(?:wants?|"
    r"would (?:like|love)|hoping|"
    r"keen|'d (?:like|love)) to (?:work|train|start|get in|get into work|go into work|"
    r"earn)\b(?! (?:from|less|fewer|"
    r"part|full|there|on|out|again|nearer|closer|at home|things|through))|\bwants? (?:to graft|"
    r"labouring|graft|"
    r"helping? (?:getting|to get|finding|to find|into|"
    r"with (?:getting )?(?:into )?)(?: into)? ?(?:a |some |paid )?(?:job|work))\b|"
    r"\bhelp (?:with|getting (?:in)?to|in ?to|finding|to find|to get) (?:in ?to )?(?:a |"
    r"paid )?(?:work|job)\b",
    r"\b(?:bite (?:your|my|their|his|her) (?:hand|arm) off for|keen as mustard for|desperate "
    r"for|gagging for|crying out for|champing at the bit for|dead keen (?:to start|on|to find|"
    r"to get)|mad keen|itching for|hoping for|hopes for|would jump at|would kill for|after|is "
    r"after|wants|wanting|needs|would like|love|chasing|seeking|looking for|hunting for|"
    r"hunting|fancies) (?:a |an |any |some |the |owt |anything |something |proper |real |bit "
    r"of |few |couple of |straight |paid |honest |steady |regular |indoor |outdoor |permanent "
    r"|night |day |morning |evening |security |kitchen |office |warehouse |factory |driving |"
    r"cleaning |retail |care |shop |bar |sat down |sitting down |part time |full time |local |"
    r"light |lighter |farm |garden |building |more )*(?:work|job|jobs|graft|wage|hours|"
    r"employment|shifts|paid hours|indoors|outdoors|sat down|sitting down|sedentary|"
    r"warehousey|kitchens?|career|wk)\b(?! (?:search|coach|commitments|sleep|off|experience|"
    r"capability|reduced|cut|lost))",
    r"\b(?:hopes?|hoping) (?:it|this|that) (?:leads|will lead|turns|might lead|gets (?:him|"
    r"her|them)) (?:in)?to (?:a |some )?(?:proper |paid |real )*(?:wage|work|job|employment|"
    r"something paid)\b|\bwants (?:owt|anything|something|any(?:thing)?) (?:\w+ )?(?:indoors|"
    r"outdoors|going|local|warm|sat down|really|sedentary)\b|\b(?:help|support) (?:with "
    r")?(?:finding|getting|to find|to get) (?:a |some |any )?(?:\w+ )?(?:work|job)\b|"
    r"\b(?:would|'d) (?:like|love) (?:him|her|them) in (?:a )?(?:job|work)\b|\bdoes want (?:a "
    r"job|work)\b|\bwants? to work (?:in|at|with|as|for)\b",
    r"\b(?:wants?|needs?|hop\w+ for|like|love|waiting for) (?:a |an |the "
    r"|some )?(?:\w+ ){0,3}?to (?:take|give) (?:him|her|them) (?:on|a "
    r"(?:chance|start|job|go))\b|\bif (?:someone|anyone|somebody|anybody|"
    r"they) (?:took|would take|'d take|gave|will take) (?:him|her|them)\b",
    r"\bhave a (?:go|crack|bash|stab) at (?:a |any )?(?:job|work)\b|\b(?:he|"
    r"she|they)(?: would|'d) (?:work|start) (?:tomorrow|today|anywhere|"
    r"monday|now)\b|\ba job would (?:give|do|help|get|suit|be)\b|\bwould "
    r"take anything\b|\bturn (?:it )?into (?:a )?(?:wage|job|paid|proper)\b",
    r"\b(?:wants?|would love|would like|fancies|after|desperate for|dying "
    r"for|ready for|wanting|love) (?:to get |to find |to do |to have |"
    r"to earn )?(?:a |an |any |some |proper |paid |the )*(?:(?:saturday|"
    r"weekend|proper|paid|little|warehouse|part time|full time|few hours|"
    r"hours|bar|shop|office|outdoor|garden centre|care|kitchen|local|steady|"
    r"real|decent|driving|cleaning|retail|quiet|small|lickle|wee|security|"
    r"trade|first) )*(?:paid )?(?:job|jobs|graft|wage|wages|trade|apprenticeship|"
    r"employment|paid work|warehouse work)\b",
    r"\bwants? (?:one|some|it) ?(?=[,.]|but|and|$)(?<=\bone )|\bgetting "
    r"ready for work\b|\b(?:wants?|keen|ready|like|love) to (?:try|do|"
    r"find|get|start|have) (?:a |some |any |paid |proper )*(?:work|working|"
    r"job|earning)\b|\bwants? (?:paid )?work\b|\bhow to get back to (?:paid "
    r")?work\b",
    r"\bwould (?:love|like) (?:a )?(?:few|couple of|some|part time|\d+) "
    r"(?:hours|hrs|shifts)\b(?! (?:sleep|off|rest))",
)
RETURN = (
    r"\b(?:dying|itching|longing|aching|desperate|can not wait|could not wait|wants?|keen|eager|"
    r"missing) (?:to be |to get |"
    r"being )?(?:back )?(?:at|on|in|behind) (?:the|his|her|that|their) (?:\w+ ){1,2}?(?:again|as soon)\b|"
    r"\b(?:can not|could not) wait to (?:be|get|go) (?:back|in|at work)\b|\bdying to (?:be|get|go) back\b",
    r"\b(?:so|until|till|once|when) (?:he|she|they) can (?:go|get) back\b|"
    r"\b(?:wants?|keen|itching|dying|hop\w+|desperate|ready|raring|eager|"
    r"aim\w*|plan\w*|determined|keen as mustard|cannot wait|can not wait|"
    r"longing|like|love|trying) (?:to |for )?(?:be |go |going |get |getting "
    r"|edge |ease |come )?(?:himself |herself )?back (?:in|at|on|to|behind|"
    r"with|into|monday|tuesday|wednesday|thursday|friday|next|soon|asap|"
    r"by|full|part|,|\.|but|and|$)",
    rf"\bback (?:on (?:the )?\d+\w*|{_OPEN_DAY}|in (?:a|two|three|four|"
    r"\d+) weeks) ?(?:if|all being well|hopefully|with|on|,|\.|$)",
    r"\bphased (?:return|hours|start|back)\b(?! (?:refused|turned|last|"
    r"failed|was))|\bamended duties on return\b",
)
STAY = (
    r"\b(?:hop\w+|wants?|pray\w+) (?:that )?(?:they|the firm|the boss|boss|work) (?:will |"
    r"'ll )?keeps? (?:him|her|them) on\b",
    r"\b(?:hang|hold|cling) on to (?:the |a |his |her )?(?:job|post|role)\b|\b(?:help|support|"
    r"wants?|asks?|asking|keen|like) (?:\w+ )?to stay (?:on|in work|at work|in (?:her|his|"
    r"the) job|put|with the (?:company|firm))(?= (?:,|\.|;|and|but|as)| ?$)|\bcut hours not "
    r"leave\b|\bcarry on (?:til|till|until)\b",
    r"\b(?:keep|hold (?:on )?to|hold onto|hang (?:on )?to|hang onto|save|"
    r"not (?:want to )?lose|stay in|stick with|stick at|cling (?:on )?to|"
    r"keep hold of) (?:the |his |her |it|this |that |their |a )(?:\w+ "
    r")?(?:job|post|place|role|position|business|shop|round|contract|going|"
    r"trading|firm|salon|stall)\b",
    r"\b(?:keep|carry on|continue) (?:on )?(?:trading|working|driving|"
    r"teaching|nursing|cooking|building|at it|going in)\b|\b(?:wants?|"
    r"like|determined|hop\w+|keen|desperate|is) to (?:hang|hold|stay|stick|"
    r"keep) (?:on|put|in|there|where|at|with|it)(?: to)? ?(?:it|the|there|"
    r"post|job|going|put)?\b(?! (?:the sick|benefits?|uc|touch|bed|top "
    r"of|uni|college))",
    r"\bstay put\b|\bnot want to (?:lose|leave|pack in) (?:it|the|his|her)\b|\bhold on to the\b",
)
CHANGE = (
    r"\b(?:thinking (?:of|about)|fancies|wants?|after|looking for|needs|like) something (?:less|"
    r"lighter|easier|not so|gentler|"
    r"different|with less|sat down|seated)\b",
    r"\b(?:fancies|wants|would prefer|thinking of|after|looking at|asking "
    r"about|interested in|like|love) (?:getting into |going into |moving "
    r"into |a )?(?:\w+ ){0,2}?(?:work|job|role|trade) (?:instead|elsewhere|"
    r"somewhere)\b|\b(?:asking about|keen on|thinking (?:of|about)) (?:getting|"
    r"going|moving) into \w+",
)
NOT_NOW = (
    # "Jobs can wait", "doesn't want to think about work just yet".
    r"\b(?:jobs?|work|working|job hunting|job search|looking for work|employment|the job|a job)"
    r"(?: (?:stuff|side|search|thing))? (?:can|could|will|'ll|must|must just|will just|has to|"
    r"have to|needs to|"
    r"will have to|'ll have to|can all) (?:just )?wait\b(?! (?:on|for|at|staff|tables))|"
    r"\bnot (?:even |really )?(?:want|wanting|wish|able|ready|up|prepared|in a place|"
    r"in any state|fit) (?:for us )?to "
    r"(?:(?:even )?(?:think|talk|hear|know|worry)) about (?:work|working|jobs?|a job|employment|"
    r"finding work)\b",
    r"\b(?:leave|park|put off|shelve|forget) (?:work|job hunting|looking|the job search) (?:till|"
    r"until|for now|while|for the moment)\b",
    r"\b(?:no|not got|without) (?:a )?(?:job|work)\b[^.;]{0,30}\bnot (?:wanting|after|want|"
    r"looking for|bothered about) (?:one|any|it)\b|"
    r"\bnot looking (?:now )?either\b|\bnot looking for any(?= (?:,|\.|;)| ?$)",
    r"\b(?:no|not|zero|has no) (?:real |great |particular |any |earthly )?(?:interest|"
    r"intention|wish|desire|plans?) (?:\w+ ){0,2}?(?:in |of |to |on )?(?:working|work|finding|"
    r"looking|getting|returning to work|a job|jobs|employment)\b|\b(?:does|do) not want to(?: "
    r"too?| either| neither)?(?= (?:,|\.|;|either|neither|too)| ?$)|\bnot (?:mention|talk "
    r"about|discuss) (?:jobs?|work)\b|\bnot for now\b|\bno interest(?= (?:,|\.|;)| ?$)|"
    r"\bwants company not a job\b|\bnot a job\b",
    r"\bwork ?\? .{0,12}(?:can not|no chance|not|forget)|\bcan not (?:even "
    r")?think about (?:it|work|working|a job)\b|\bnot want (?:work|jobs?|"
    r"a job) (?:brought up|mentioned|discussed|pushed)\b|\b(?:not|do not) "
    r"push (?:him|her|them)\b|\bwork (?:is|'s|is not|'s not) (?:not )?(?:on "
    r"the cards|off the table|the last thing|out of the question|on (?:his|"
    r"her) mind|an option)\b",
)
RISK = (
    r"\bdismissal (?:is |'s |will be |may be |could be |as )?(?:the |a )?(?:next|likely|coming|"
    r"looming|on the cards|possible|"
    r"possibility|an option|being (?:considered|discussed|talked))\b|\bone more (?:\w+ "
    r"){0,2}(?:and|,) ?(?:he|she|they) "
    r"?(?:is |'s |are |will be |'ll be )?(?:out|gone|sacked|finished|down the road)\b|\b(?:told|"
    r"warned) (?:\w+ ){0,4}?"
    r"(?:he|she|they) ?(?:'s|is|will be|'ll be|would be|could be) (?:out|sacked|finished|gone|dismissed)\b",
    r"\bif (?:he|she|they)(?: 's| is| are| goes| go) off (?:sick )?again\b|\bone more (?:absence|"
    r"day off|sick day|sickness)\b|"
    r"\b(?:job|post)(?: is| 's) going (?:in|at|by|after)\b|\bredundancies(?= ?(?:,|\.|;|$|at\b|"
    r"in\b|again|coming|looming))",
    r"\b(?:begun|started|starting|beginning|issued|served|sent) (?:the |a |him |her |them |"
    r"his |her )*(?:dismissal|termination|capability|redundancy|final) (?:paperwork|papers|"
    r"process|letter|notice|proceedings|procedure|meeting)\b|\bfinal (?:written )?warning\b|"
    r"\btalking about ending (?:his|her|the)\b",
    r"\b(?:on about|talk\w* (?:of|about)|threat\w*(?: of| to| with)?|want\w*|"
    r"looking (?:at|to)|going to|noises about|hint\w* (?:at|about)|planning|"
    r"trying|about|proposing|mention\w*|warned of) (?:to )?(?:end|ending|"
    r"terminat\w+|finish|finishing|sack|sacking|dismiss|dismissing|dropp?\w*|"
    r"get(?:ting)? rid|let(?:ting)? go|laying off|lay(?:ing)? off|replac\w+|"
    r"cutting) (?:of )?(?:him|her|them|his (?:job|contract|apprenticeship|"
    r"post|hours)|her (?:job|contract|apprenticeship|post|hours))\b"
    r"(?! (?:own )?life\b)",
    r"\b(?:want\w*|wants?) (?:him|her|them) (?:gone|out(?! (?:applying|"
    r"looking|there|working|and))|rid|finished|sacked)\b|"
    r"\b(?:medical|ill health|capability|absence) (?:dismissal|termination|"
    r"severance)\b|\b(?:first|second|third|final|last|next|stage \w+|hit|"
    r"another|one more|her|his) (?:\w+ )?(?:absence |sickness |attendance "
    r")?trigger\b",
    r"\b(?:redundancies|redundancy|closure|consultation|job cuts|lay ?offs)(?: "
    r"(?:is|are|being|been|'s))? (?:announced|looming|coming|threatened|"
    r"on the cards|likely|at (?:his|her) (?:work|place)|started)\b|\bfacing "
    r"(?:redundancy|the sack|dismissal|the chop|closure)\b",
    r"\b(?:job|post|role|place)(?: is|'s)? (?:hanging|on the line|on a "
    r"knife edge|not safe|under review|for the chop|up for grabs)\b|\b(?:started|"
    r"starting|opened|in|under|begun) (?:a |the )?(?:capability|disciplinary|"
    r"absence management|performance) (?:process|procedure|proceedings|"
    r"plan|stage)?\b",
)
OFFER = (
    r"\b(?<!nobody )(?<!no one )(?<!who )(?:will|going to|is to) take (?:him|her|them) on "
    r"(?:from|next|in the|on \w+day)\b|"
    r"\bstart(?:s|ing) (?:as|at|with|in) (?:\w+ "
    r"){1,5}?(?:on|next|this) (?:monday|tuesday|wednesday|thursday|friday|week|month|\d)",
    r"\b(?:landed|bagged|secured|accepted|been offered|been promised|"
    r"offered|promised) (?:himself |herself |him |her )?(?:a |an |the "
    r"|some )?(?:\w+ ){0,4}?(?:job|post|role|position|apprenticeship|place|"
    r"contract|start|work|traineeship)\b(?= .{0,60}(?:start\w*|begin\w*|"
    r"from|monday|next|due)|[ ,.]*$)",
    r"\bstarts (?:at|with|in|as|on) (?:\w+ ){1,4}?(?:on the \d|on monday|"
    r"next|monday|in (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|a week|two|three))\b",
    # "Starts in the council call room just after Christmas".
    r"\bstarts (?:at|with|in|as|on) (?:\w+ ){1,5}?(?:(?:just|straight|right) )?(?:after|before|in) "
    r"(?:the )?(?:new year|christmas|xmas|easter|half term|summer)\b",
    # "Starts a lab job in 4 weeks", "begins her new post next month".
    rf"\b(?:starts?|starting|begins?|beginning|joins|joining) (?:(?:a|an|her|his|their|the|this|that|as|new|"
    rf"paid) )*(?:\w+ ){{0,3}}(?:jobs?|post|role|position|apprenticeship|traineeship|contract|work) "
    rf"(?:on (?:the )?\d+|on {_OPEN_DAY}|{_OPEN_DAY}|in (?:a|two|three|four|five|six|\d+|a few) "
    rf"(?:days?|weeks?|months?|fortnight|- ?week|/ ?52)|in (?:january|february|march|april|may|june|"
    rf"july|august|september|october|november|december)|soon|after (?:christmas|easter|new year))\b",
)
NEVER = (
    r"\bnever (?:once )?(?:had|done|held|earned|worked|seen) (?:so much "
    r"as )?(?:a |an |any |even a )?(?:day 's|days|single|proper|paid|real|"
    r"saturday|paper|weekend)? ?(?:job|work|paid work|paper round|round|"
    r"wage|pay ?slip|paid job|shift)\b(?! (?:off|missed))|\bnever done "
    r"a (?:day 's|days|stroke|hand 's turn)\b|\bnever so much as a (?:paper|"
    r"saturday|weekend|job)\b",
)
