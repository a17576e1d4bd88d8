"""Work in the words of daily speech: what people do all day, how a job was lost, who is away, who looks.

The vocabulary's phrases are fixed words. Here stand constructions whose middle is open: a verb of a trade
with what it is done to ("drives a gritter"), a place of work with *on the* ("on the tills"), a workplace
that *finished her*, an absence told by its cause ("it's the asthma that's got her off").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from understanding.facts import Fact
from understanding.people import People
from understanding.surface import Surface

_START = r"(?:^|[,.;:(] |\band |\bbut |\bhe |\bshe |\bthey |\bstill |\bnow |\bpatient |\bwho |\d |\d[fm] )"
_SPOTS = (
    r"(?:tills?|checkouts?|ovens?|fryers?|line|lines|bins|vans?|wagons?|"
    r"wards?|desk|phones|doors?|bars?|buses|"
    r"trams|taxis|cabs|rails|block|tools|counter|switchboard|reception|forklifts?|conveyor|presses|lathe|"
    r"production line|shop floor|rounds?|scaffold|roofs|sites?|stall|market|kilns?|looms?|farm|boats|"
    r"trains|railways?|deli|fish counter|meat counter|trolleys|shelves|night shift|early shift)"
)
_WHEELS = (
    r"(?:hgvs?|lorr\w+|bus(?:es)?|trams?|taxis?|vans?|cabs?|wagons?|gritters?|"
    r"forklifts?|trains?|minibus\w*|"
    r"artics?|coach\w*|ambulances?|diggers?|minicabs?|trucks?|tippers?|sweepers?|cranes?)"
)
_FIRM = (
    r"(?:warehouse|employer|boss|firm|company|agency|shop|factory|work|"
    r"place|school|council|hotel|garage|pub|"
    r"nursery|salon|manager|gaffer|depot|care home|home|hospital|bakery|"
    r"restaurant|supermarket|club|college|"
    r"gym|mill|site|bank|asda|tesco|aldi|lidl|amazon|they)"
)
_WHEN = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|last|in|at|after|on|over|two|three|four|"
    r"\d|this|when|for|because|as|,|\.)"
)
_OPEN_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|next (?:week|month)|tomorrow"

_IN_WORK = (
    r"\b(?:has|have|'s|got|holds|holding) (?:got |had )?(?:a |two |three |four |his |her |another )(?:\w+ )?jobs?(?= (?:,|\.|;|and|at|in|with|since|on|now|going|that|she|he|but|as|too)| ?$)(?! (?:offer|interview|to|centre|coach|lined|coming|waiting))",
    r"\b(?:his |her |the )?(?:job|work|place)(?: is|'s)? (?:going well|going fine|fine|ok|great|grand|brilliant|secure|steady|safe|all right)\b|\bposition secure\b|\bjob fine\b",
    r"\b(?:taken|took|kept|set) (?:him |her |them )?on (?:at|by|with|in)\b|\b(?:got in|started|been|settled) (?:at|with) (?:tesco|asda|aldi|lidl|morrisons|amazon|boots|greggs|b & m|sainsburys?|the council|royal mail|primark|argos|evri|dpd)\b",
    r"\b(?:employed|works|working) (?:,|by|through|via|at|for|with) (?:the |an? )?(?:council|agency|nhs|school|trust|firm|family)\b",
    r"\b(?:never|not|no|without|has not) (?:had |taken |missed |missing |lost |having )?(?:a |any |one |single )*(?:day|days|shift|shifts|time|minute)(?: off)?(?= (?:,|\.|;|and|in|yet|since|he|she|so|for)| ?$)(?<!no day)(?<!no days)(?<!no time)|\bno time off\b|\bnever misses (?:one|a shift|a day|work)\b|\bgone off(?<=not gone off)\b",
    r"\b(?:back|up) (?:to|at) (?:full|normal|usual) (?:hours|duties|shifts)\b|\bfull hours\b|\bhours (?:up|went up|increased) (?:to|if)\b|\b(?:gigging|trading|working|going in|in|jobs|at it|at work|sewing|driving) as (?:normal|usual)\b",
    r"\b(?:\d+|two|three|four|six|eight|ten|twelve|sixteen|twenty) hours (?:over \w+ days )?(?:at|in) (?:the |a )?(?!hospital|bed|a&e|casualty|night|home)[a-z]+\b(?! (?:a&e|wait))",
    r"\bby trade ,? (?:doing well|busy|still)\b|\bin all weathers\b|\bat (?:his|her) (?:desk|bench|till|counter|machine|post) (?:throughout|every day|all day|as)\b|\bsits in (?:a|an|the) (?:bank|office|cab|call centre|van) all day\b",
    rf"{_START}(?:drives|is driving|'s driving) (?:(?:a|an|the|for|his "
    rf"own|her own|\w+) ){{0,2}}{_WHEELS}\b",
    rf"{_START}teaches (?!him|her|them|himself|herself)\w+",
    rf"{_START}cleans (?:(?:the|at|for|in) )?(?:\w+ )?(?:offices?|houses|"
    r"schools?|primary|hotels?|wards?|cars|windows|shops?|for|at|trains)\b",
    rf"{_START}cooks (?:at|in|for a|for the|seven|six|five|school|nights|full)\b",
    rf"{_START}(?:runs|owns|keeps) (?:a|an|the|his own|her own|their own|"
    r"own|his|her|two|three) (?!car\b|house\b|home\b|flat\b|temperature|"
    rf"risk|dog\b|fever|mile)(?:\w+ ){{0,3}}?(?:shop|stall|takeaway|chippy|"
    r"salon|business|firm|company|cafe|pub|garage|restaurant|nursery|farm|"
    r"bakery|butchers?|barbers?|workshop|studio|gym|kennels|cattery|b&b|"
    r"guest house|hotel|bar|agency|newsagents?|market stall|florists?|"
    r"deli|van|taxi|school|unit)\b",
    rf"{_START}(?:stacks|stacking|fills|filling) shelves\b|\bstacking shelves\b",
    rf"{_START}(?:fits|lays|hangs|fixes|mends|repairs|services|builds|makes|"
    r"sells|delivers|packs|sews|welds|bakes|"
    r"irons|upholsters|grooms|walks) (?:kitchens|boilers|windows|carpets|"
    r"tyres|bathrooms|bricks|floors|doors|cars|"
    r"bikes|phones|lifts|walls|kitchens|cakes|bread|sandwiches|curtains|"
    r"insurance|cars|houses|parcels|pizzas|post|"
    r"leaflets|milk|papers|boxes|eggs|meat|dogs|sofas|clothes|for (?:amazon|evri|dpd|a living))\b",
    rf"{_START}(?:nurses|temps|waits tables|waitresses|labours|freelances|"
    r"lectures|tutors|portering|cleans|bar tends) (?:at|on|in|for)\b",
    r"\bclock(?:s|ing) (?:on|in) (?:at|every|each|for)\b|\bholds? down (?:a|two|three|his|her)\b",
    r"\b(?:full time|part time|ft) (?:at|in|on|with) (?:the |a |an |his "
    r"|her )?(?!moment|minute|uni\b|university|college|present|mind|sick|"
    r"home\b|prison|school\b(?= (?:,|\.)))[a-z]",
    r"\b(?:shifts|nights|mornings|evenings) (?:at|in) (?:the |a |an )?(?!hospital|"
    r"bed|a row|row|prison|a&e|icu|moment|home\b|once|last|total|all)[a-z]",
    rf"\b(?:on|behind) the {_SPOTS}\b(?! (?:list|since he was))",
    r"\bstill (?:cleaning|teaching|driving|cooking|nursing|building|serving|"
    r"trading|labouring|welding|plastering|"
    r"roofing|delivering|cutting hair|fitting|packing|picking|caring for "
    r"clients|stacking|cabbing|waitressing|"
    r"farming|baking|climbing|at the \w+|on the \w+ (?:at|by|every)|in "
    r"(?:and|but|,|\.|every|five|four|three)|on it\b|"
    r"going in|turning up|turning in|on shift)",
    r"(?:^|[,.;] )(?:in|at work) (?:and|but) (?:\w+ing|only|coping|just|not)\b",
    r"\b(?:gone|went|been) (?:up to )?full time (?:at|in|with|on)\b|\bworking "
    r"again\b|\bback to full (?:time|hours)\b",
    r"\bhas (?:got )?(?:a|his|her|two|three|another) (?:\w+ )?jobs?\b(?! "
    r"(?:offer|interview|to (?:start|go)|centre|coach|starting|lined|coming|"
    r"waiting|in mind|for him|for her))(?! , start)",
    r"\bgot a start (?:at|with|in|on)\b|\bstarted (?:a new job|work|on) "
    r"(?:last|on|at|in|monday|tuesday|this|two|three|a)\b",
    r"\b(?:on|taking) (?:mat(?:ernity)?|paternity|adoption|shared parental|"
    r"annual|parental|compassionate|garden(?:ing)?) leave\b",
    r"(?:'s|\bis|\bworks as) an? (?:\w+ ){0,2}?(?:interpreter|translator|"
    r"nurse|teacher|driver|porter|chef|cook|cleaner|baker|banker|"
    r"welder|fitter|joiner|plumber|electrician|solicitor|engineer|buyer|"
    r"planner|trainer|librarian|lecturer|councillor) (?:at|in|for|with|"
    r"on) \w+",
)
_STRUGGLING = (
    r"\b(?:getting|gets|got) through (?:\w+ )?(?:shifts?|days?|the day|work|it) on (?:co - ?codamol|painkillers|tablets|caffeine|adrenaline|willpower|nothing|\w+)\b|\bgritting (?:his|her|their) teeth\b|\bworks? through (?:it|the pain)\b|\b(?:working|going) through the pain\b|\bcarr(?:ies|ying) on regardless\b",
    r"\b(?:weeps|weeping|cries|crying|panics?|panicking|hides|hiding|throws up|being sick|faints|collapsed|sobbing) in the (?:\w+ )?(?:stock ?room|cupboard|toilets?|loos?|car park|store ?room|staff ?room|walk in|freezer|cab|office|kitchen|car)\b",
    r"\b(?:will|can|would|could) not (?:do|last|manage|stand|take|get through) (?:a |the |an )?(?:full|whole|entire) (?:shift|day|week|morning)\b|\bpulls over (?:every|to)\b|\bon the (?:loo|toilet) every (?:hour|half hour|\w+)\b|\b(?:is|it is|work is|job is|nearly|almost) (?:nearly |slowly )?finishing (?:him|her|them)(?: off)?\b",
    r"\b(?:stage (?:\d|one|two|three)|absence|sickness|attendance) (?:sickness |absence )?(?:meeting|warning|review|hearing|trigger)\b|\bsent home (?:twice|three times|\w+ times|again|this week|early)\b|\b(?:using|uses|taking|used|burning)(?: up)? (?:his |her |all |annual |up )*(?:annual leave|holidays?|leave) (?:for|on|when|to cover|because)\b",
    r"\bbookings? (?:\w+ )?(?:halved|down|dropped|cut)\b|\bslows (?:him|her|them) (?:right )?down\b|\bnearly packed (?:it|work) in\b|\bthere in body\b|\bpresenteeism\b|\bclinging on\b|\bshoulder going\b|\bin (?:it )?just about\b|\bstill in , just\b|\bjust about (?:managing|coping|hanging|surviving|getting)\b",
    r"\b(?:hands?|knees?|back|wrists?|feet|hips?|shoulders?) (?:crack|bleed|swell|seize|give|lock|burn|ache|throb)s?\b(?= .{0,40}(?:carries on|carrying on|shift|work|still|regardless|by the end))",
    r"\bin (?:work )?but (?:only just|barely|struggl\w+|wheez\w+|limping|"
    r"hobbl\w+|hurting|exhausted|in (?:bits|tears|agony|pain)|not (?:coping|"
    r"managing|right))\b",
    r"\b(?:hobbl|limp|winc|wheez|stagger|crawl|grimac|weep|cry|sob)\w* "
    r"(?:\w+ ){0,3}?(?:about |round |through |at |in |on |into )(?:the "
    r"|every |each |his |her )?(?:\w+ )?(?:factory|shift|shifts|work|orders?|"
    r"job|day|warehouse|ward|round|class|kitchen|desk|meetings?|sanding)\b",
    r"\bmaking heavy weather\b|\b(?:in|but|still) (?:\w+ ){0,2}in (?:bits|"
    r"tears|pieces|agony)\b|\b(?:still )?(?:going|turning) (?:in|up)(?: "
    r"for \w+)? but\b",
    r"\b(?:walk|job|work|shifts?|nights|lifting|typing|standing|kneeling|"
    r"driving|desk|cold|stairs|round|lights|screen|noise|place|bending|"
    r"scanning|hours)(?: is| are| 's|'s)? (?:\w+ )?(?:murder\w*|killing|"
    r"agony|torture|crippling|hell|impossible|unbearable|misery|a nightmare|"
    r"finishing|doing)\b",
    r"\b(?:finds?|finding) (?:the |his |her )?(?:\w+ )?(?:work|job|shifts?|"
    r"driving|standing|lifting|it) (?:really |very |too |so |more and "
    r"more )?(?:tricky|hard|tough|difficult|a struggle|impossible|heavy|"
    r"too much|awkward)\b",
    r"\b(?:job|work|place|boss|stress of it|shifts?|hours|it) (?:is |'s "
    r"|are )?mak(?:ing|es) (?:him|her|them) (?:ill|sick|poorly|bad|badly|"
    r"worse|unwell)\b",
    r"\b(?:gets?|getting) (?:himself |herself )?through (?:a |the |each "
    r"|every |his |her )?(?:shifts?|day|week|it) (?:on|by|with)\b|\bgrafting "
    r"through\b|\bpushing (?:himself|herself|on|through)\b",
    r"\b(?:barely|hardly|scarcely|only just) (?:\w+ ){0,2}(?:getting through|"
    r"gets through|getting by|making it|managing|lasting|standing)\b",
    r"\b(?:can not|could not|unable to|struggling to|struggles to) (?:\w+ "
    r")?(?:keep (?:it|this|that|them|going) up|keep up|keep going|hold "
    r"(?:a|the|her|his)? ?\w* ?(?:knife|tools?|suction|pen|iron|scissors|"
    r"drill|tray|hammer|clippers|brush|wheel|cutter)|carry on|sustain "
    r"it|see (?:the|a) shift|reach (?:the|up)|type|grip)\b",
    r"\b(?:rings|calls|ringing|calling|phones|phoning) in (?:sick|poorly|"
    r"ill)\b|\b(?:odd|lots of|too many|a lot of|frequent|so many) (?:days|"
    r"sick days|absences|shifts) (?:off|missed)\b",
    r"\bhands on fire\b|\bcrying in (?:the|her|his)\b|\bhypos? (?:on|at|"
    r"in|behind) (?:site|work|shift|the)\b|\bdreads? (?:every|each|work|"
    r"going|shifts?|mondays?)\b|\b(?:\+ )?\+ (?:diff|difficulty|struggl\w+)\b",
)
_OFF = (
    r"\b(?:not|never|has not|have not) (?:yet )?(?:managed|done|worked|been able to do|been fit for) (?:a|one|any|single) (?:single )?(?:shift|day|full week)(?: for| in| since)\b|\bnot (?:been|bin|gone|got) (?:back )?(?:in )?(?:to |at |into |in )?(?:work|the \w+|job) since\b",
    r"\b(?:stayed|kept|remained|still) off\b(?! (?:the|it|uc|drink|drugs|limits))|\b(?:sent|send) (?:him|her|them) home (?:unfit|sick|ill|poorly)\b|\b(?:job|post|place|desk) (?:is |'s )?(?:waiting|there|open|kept) for (?:him|her|them)\b(?= .{0,30}(?:when|well|better|back)|[ ,.]*$)",
    r"\b(?:another|further|new|extend|extended|next|wants a|asks for a|asking for another) (?:\d+ (?:week|weeks|month|months) )?(?:(?:fit|sick) ?- ?)?(?:note|certificate|line|med3)\b(?= ?(?:;|,|\.|for|please|$|already|of))|\bon the council 's books\b|\bstill on the (?:books|payroll) but\b|\bdiary (?:has been|is|been) empty\b|\bunable to (?:work|trade|drive for work|do (?:his|her) job) (?:for|since|now)\b",
    r"\bnothing coming in since\b|\bnot (?:been )?(?:riding|driving|trading|working|plastering|roofing|climbing) (?:now|since|for) (?:\d|\w+ (?:weeks|months))\b|\b(?:stall|shop|salon|business|van|cab|studio|workshop|garage) (?:has been|is|been|'s been|'s) (?:shut|closed|parked up|idle|off the road)\b(?! (?:down|for good))",
    r"\b(?:rang|phoned|called|reported) in (?:sick|poorly|ill)\b(?! (?:a "
    r"lot|often|every|most|so|too|again and))",
    r"\bnot (?:been|set foot|gone|worked a shift|worked a day|managed "
    r"a shift|managed a day|made it) ?(?:back |in |into |to |at |a shift "
    r")*(?:the |his |her )?(?:in|back|work|school|office|shift|ward|shop|"
    r"site|factory|nursery|classroom|building|place|premises)? ?(?:since|"
    r"for|yet)\b(?! (?:a job|school|prison|christmas job))",
    r"\b(?:got|has|had|kept|keeping|keeps|put|putting) (?:him|her|them) "
    r"off(?! (?:the|his|her|food|guard|it|going|applying|that|their))\b",
    r"\b(?:at )?home on (?:full|half|sick|company) (?:sick )?pay\b|\bon "
    r"(?:full|half|company|occupational) (?:sick )?pay\b",
    r"\boff (?:his|her|their) (?:feet|legs)\b|\bon the (?:box|panel)\b|"
    r"\boff the road\b|\blaid up\b|\bstood down\b(?= .{0,30}(?:sick|weeks|"
    r"months))",
    r"\b(?:not|never) (?:fit|well enough|ready|up|right|able) (?:to go|"
    r"to be|for|to return)(?: to| be)? (?:back|his job|her job|the job|"
    r"duty|duties)\b",
    r"\b(?:keeping|holding|held|kept|keep|hold) (?:(?:his|her|their|the) "
    r")?(?:job|place|post|position|role) (?:open|warm|for)\b|\b(?:job|"
    r"post|place) (?:is |'s )?(?:being |still )?(?:held|kept)\b",
    r"\b\d+/(?:52|12|7) off\b|\b(?:weeks?|months?|days?|fortnight) off(?= "
    r"(?:now|,|\.|while|with|after|since|so far|and|for|on|already|waiting|"
    r"$))",
    r"\boff from (?:his|her|the|work)(?: \w+){0,2}? (?:job|work|post|role)\b",
    r"\bsat at home\b(?=.{0,40}(?:weeks|months|licence|hr|job|employer))|"
    r"\b(?:weeks?|months?) (?:sat|stuck|laid|lying|resting|recovering|"
    r"in plaster|in a cast) ?(?:at home|up|in bed)?\b",
)
_LOST = (
    r"\bgot (?:the |his |her )?(?:sak|sacked|bullet|tin tack)\b|\b(?:quit|resigned|walked|left|packed in) in (?:january|february|march|april|may|june|july|august|september|october|november|december|the spring|spring|summer|the summer|\d{4})\b|\bcontract (?:was |is |came )?(?:up|ended|finished|ran out|not renewed)(?: at| in| last| end|,|\.)|\bnot been back to any (?:job|work)\b|\bout of collar\b|\bunwaged\b|\bbetween jobs\b",
    r"\bpaid off (?:from|by) (?:the|his|her)\b|\bemployer let (?:him|her|them) go\b|\b(?:the|his|her) (?:employer|firm|boss|company|agency|bakery|shop|factory|garage|pub) (?:let|has let|had let|have let) (?:him|her|them) go\b|\bnothing here so far\b|\bnot worked (?:here|in this country|in the uk|in england)\b",
    r"\b(?:gave|given|had to give|giving) up (?:his |her |their |a )?(?:\w+ "
    r"){0,2}?(?:work|job|post|career)\b(?! to retire)",
    rf"\b{_FIRM} (?:has |have |have just |just |went and |then )?(?:finished|"
    r"sacked|fired|dismissed|laid|binned|axed|got rid of|let go of|dropped) "
    rf"(?:him|her|them)(?: off)? ?(?={_WHEN}|$)",
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
    r"(?:in|up)\b(?! if)|\bwalked out (?:of|on) (?:the |his |her |a )?(?:job|"
    r"work|shop|post|kitchen|nursery|place)\b",
    r"\blast (?:had|held|did) (?:a |any |an )?(?:\w+ ){0,2}?(?:job|work|"
    r"post)\b|\bnot held (?:a |down a )?\w* ?job\b|\b(?:temp |christmas "
    r"|seasonal |last )?(?:job|contract|post) (?:was |is )?(?:not|never) "
    r"(?:renewed|extended|made permanent|kept on)\b",
    r"\bno jobs? (?:at the end|lined up|to go (?:back )?to|going|on the "
    r"horizon|yet|now|since|for)\b|\bfinished up (?:in|at|from|last)\b|"
    r"\bsigned on since\b",
)
_LOOKING = (
    r"\b(?:applies|applying|sends? (?:out )?(?:cvs?|applications)|job ?hunting|job ?hunts|looking|searching|been looking|hunting) (?:daily|every day|all the time|constantly|non ?stop|ever since|most days|every week|flat out|hard)\b|\b(?:sends?|sending|fires? off|firing off) (?:\w+ )?(?:cvs?|applications)\b|\bstill (?:trying|applying|looking)(?= (?:,|\.|;|and|but)| ?$)|\b(?:get|had) a sniff\b|\blkg\b",
    r"\bhunting (?:high and low|everywhere|all over|for (?:work|jobs?|"
    r"anything))\b|\bout (?:asking|looking|hunting) (?:for|round|about)\b|"
    r"\basking (?:round )?for work\b",
    r"\b(?:has |have |'s |been )?appl(?:ied|ying|ies) (?:all over|everywhere|"
    r"for (?:everything|anything|loads|dozens|hundreds|jobs|stuff|work|"
    r"over)|left right)\b|\bmonths of applications\b|\bknock(?:ing|ed) "
    r"on (?:\w+ )?doors\b|\bhanding (?:out )?cvs?\b",
    r"\blooking (?:again|round|around|all over|everywhere) ?(?=,|\.|for|"
    r"$)|\b(?:search|look)(?:ing|es)? (?:hard )?for (?:a |any )?(?:work|"
    r"jobs?|employment|something|anything)\b",
)
_INACTIVE = (
    r"\b(?:no|not (?:got )?(?:any|the)|zero|has no|with no) (?:real |great |particular |earthly )?(?:interest|intention|wish|desire|plans?) (?:\w+ ){0,2}?(?:in |of |to |on )?(?:working|work|finding|looking|getting|returning|a job|jobs|employment)\b|\bnot in the (?:labour|job|jobs) market\b|\bnot after (?:paid )?(?:work|a job|jobs)\b|\b(?:no employment|no job|no work) ,? (?:and )?not (?:available|able|allowed)\b",
    r"\b(?:does not|do not) work ,? (?:and )?(?:does not|do not) (?:want|wish|intend|need|plan) to\b|\bno (?:post|job|work) to (?:return|go back|go) to\b|\bsick long - ?term\b|\bno work - ?(?:related|search) requirements?\b|\b(?:jacked in|gave up|packed in|left|quit|finished) (?:work|his job|her job|the \w+|a job) to (?:care|look after|nurse|mind|see to)\b",
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
_STUDENT = (
    r"\breading (?:law|medicine|english|history|physics|maths|chemistry|"
    r"biology|engineering|geography|politics|psychology|nursing|music|"
    r"art|economics|sociology|business|philosophy|drama)\b(?! (?:lessons|"
    r"class))",
    r"\b(?:1st|2nd|3rd|4th|first|second|third|final) (?:year|yr) (?:\w+ "
    r")?(?:student|at|of (?:his|her|a)|nursing|law|medic\w*)\b",
)
_RETIRED = (
    r"\bpacked (?:up|in) work for good\b|\b(?:ill health|early|medical) retirement (?:\w+ ){0,4}?(?:granted|agreed|through|came through|since|last)\b|\bfinished (?:work )?for good\b|\bretired (?:on|through) ill health\b",
    r"\b(?:drew|drawing|draws|took|living on|lives on|on) (?:his|her|their|"
    r"a|the) (?:state |work |early |ill health )?pension\b|\bpensioner\b|"
    r"\bput (?:his|her) feet up for good\b",
)
_VOLUNTEER = (
    r"\b(?:does|gives|doing|giving|helps|helping) (?:\w+ ){1,7}?(?:for nothing|for nowt|for free|unpaid|not paid|as a (?:volunteer|helper))\b|\bhelper at (?:the |a )?\w+ (?:\w+ ){0,3}?,? (?:not paid|unpaid)\b",
    r"\b(?:helps?|helping|works?|working) (?:out )?(?:unpaid|for nothing|"
    r"for free|voluntarily|as a volunteer)\b|\bunpaid (?:\w+ ){0,4}(?:in|"
    r"at|for) (?:the|a) \w+",
    r"\b(?:mornings?|days?|afternoons?|hours) unpaid\b|\bgives? (?:her|his) time\b",
)
_WISH = (
    r"\b(?:bite (?:your|my|their|his|her) (?:hand|arm) off for|keen as mustard for|desperate for|gagging for|crying out for|champing at the bit for|dead keen (?:to start|on|to find|to get)|mad keen|itching for|hoping for|hopes for|would jump at|would kill for|after|is after|wants|wanting|needs|would like|love|chasing|seeking|looking for|hunting for|hunting|fancies) (?:a |an |any |some |the |owt |anything |something |proper |real |bit of |few |couple of |straight |paid |honest |steady |regular |indoor |outdoor |permanent |night |day |morning |evening |security |kitchen |office |warehouse |factory |driving |cleaning |retail |care |shop |bar |sat down |sitting down |part time |full time |local |light |lighter |farm |garden |building |more )*(?:work|job|jobs|graft|wage|hours|employment|shifts|paid hours|indoors|outdoors|sat down|sitting down|sedentary|warehousey|kitchens?|career|wk)\b(?! (?:search|coach|commitments|sleep|off|experience|capability|reduced|cut|lost))",
    r"\b(?:hopes?|hoping) (?:it|this|that) (?:leads|will lead|turns|might lead|gets (?:him|her|them)) (?:in)?to (?:a |some )?(?:proper |paid |real )*(?:wage|work|job|employment|something paid)\b|\bwants (?:owt|anything|something|any(?:thing)?) (?:\w+ )?(?:indoors|outdoors|going|local|warm|sat down|really|sedentary)\b|\b(?:help|support) (?:with )?(?:finding|getting|to find|to get) (?:a |some |any )?(?:\w+ )?(?:work|job)\b|\b(?:would|'d) (?:like|love) (?:him|her|them) in (?:a )?(?:job|work)\b|\bdoes want (?:a job|work)\b|\bwants? to work (?:in|at|with|as|for)\b",
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
_RETURN = (
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
_STAY = (
    r"\b(?:hang|hold|cling) on to (?:the |a |his |her )?(?:job|post|role)\b|\b(?:help|support|wants?|asks?|asking|keen|like) (?:\w+ )?to stay (?:on|in work|at work|in (?:her|his|the) job|put|with the (?:company|firm))(?= (?:,|\.|;|and|but|as)| ?$)|\bcut hours not leave\b|\bcarry on (?:til|till|until)\b",
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
_CHANGE = (
    r"\b(?:fancies|wants|would prefer|thinking of|after|looking at|asking "
    r"about|interested in|like|love) (?:getting into |going into |moving "
    r"into |a )?(?:\w+ ){0,2}?(?:work|job|role|trade) (?:instead|elsewhere|"
    r"somewhere)\b|\b(?:asking about|keen on|thinking (?:of|about)) (?:getting|"
    r"going|moving) into \w+",
)
_NOT_NOW = (
    r"\b(?:no|not|zero|has no) (?:real |great |particular |any |earthly )?(?:interest|intention|wish|desire|plans?) (?:\w+ ){0,2}?(?:in |of |to |on )?(?:working|work|finding|looking|getting|returning to work|a job|jobs|employment)\b|\b(?:does|do) not want to(?: too?| either| neither)?(?= (?:,|\.|;|either|neither|too)| ?$)|\bnot (?:mention|talk about|discuss) (?:jobs?|work)\b|\bnot for now\b|\bno interest(?= (?:,|\.|;)| ?$)|\bwants company not a job\b|\bnot a job\b",
    r"\bwork ?\? .{0,12}(?:can not|no chance|not|forget)|\bcan not (?:even "
    r")?think about (?:it|work|working|a job)\b|\bnot want (?:work|jobs?|"
    r"a job) (?:brought up|mentioned|discussed|pushed)\b|\b(?:not|do not) "
    r"push (?:him|her|them)\b|\bwork (?:is|'s|is not|'s not) (?:not )?(?:on "
    r"the cards|off the table|the last thing|out of the question|on (?:his|"
    r"her) mind|an option)\b",
)
_RISK = (
    r"\b(?:begun|started|starting|beginning|issued|served|sent) (?:the |a |him |her |them |his |her )*(?:dismissal|termination|capability|redundancy|final) (?:paperwork|papers|process|letter|notice|proceedings|procedure|meeting)\b|\bfinal (?:written )?warning\b|\btalking about ending (?:his|her|the)\b",
    r"\b(?:on about|talk\w* (?:of|about)|threat\w*(?: of| to| with)?|want\w*|"
    r"looking (?:at|to)|going to|noises about|hint\w* (?:at|about)|planning|"
    r"trying|about|proposing|mention\w*|warned of) (?:to )?(?:end|ending|"
    r"terminat\w+|finish|finishing|sack|sacking|dismiss|dismissing|dropp?\w*|"
    r"get(?:ting)? rid|let(?:ting)? go|laying off|lay(?:ing)? off|replac\w+|"
    r"cutting) (?:of )?(?:him|her|them|his (?:job|contract|apprenticeship|"
    r"post|hours)|her (?:job|contract|apprenticeship|post|hours))\b",
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
_OFFER = (
    r"\b(?:landed|bagged|secured|accepted|been offered|been promised|"
    r"offered|promised) (?:himself |herself |him |her )?(?:a |an |the "
    r"|some )?(?:\w+ ){0,4}?(?:job|post|role|position|apprenticeship|place|"
    r"contract|start|work|traineeship)\b(?= .{0,60}(?:start\w*|begin\w*|"
    r"from|monday|next|due)|[ ,.]*$)",
    r"\bstarts (?:at|with|in|as|on) (?:\w+ ){1,4}?(?:on the \d|on monday|"
    r"next|monday|in (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|a week|two|three))\b",
)
_NEVER = (
    r"\bnever (?:once )?(?:had|done|held|earned|worked|seen) (?:so much "
    r"as )?(?:a |an |any |even a )?(?:day 's|days|single|proper|paid|real|"
    r"saturday|paper|weekend)? ?(?:job|work|paid work|paper round|round|"
    r"wage|pay ?slip|paid job|shift)\b(?! (?:off|missed))|\bnever done "
    r"a (?:day 's|days|stroke|hand 's turn)\b|\bnever so much as a (?:paper|"
    r"saturday|weekend|job)\b",
)
_TABLE: tuple[tuple[str, object, tuple[str, ...]], ...] = (
    ("work_status", "in_work", _IN_WORK),
    ("work_status", "in_work_struggling", _STRUGGLING),
    ("work_status", "off_sick", _OFF),
    ("work_status", "unemployed", _LOST),
    ("work_status", "looking", _LOOKING),
    ("work_status", "economically_inactive", _INACTIVE),
    ("work_status", "student", _STUDENT),
    ("work_status", "retired", _RETIRED),
    ("work_status", "volunteering", _VOLUNTEER),
    ("goal", "find_work", _WISH),
    ("goal", "return_to_work", _RETURN),
    ("goal", "stay_in_work", _STAY),
    ("goal", "change_job", _CHANGE),
    ("goal", "not_now", _NOT_NOW),
    ("job_at_risk", True, _RISK),
    ("has_job_offer", True, _OFFER),
    ("never_worked", True, _NEVER),
    (
        "employment_type",
        "self_employed",
        (
            r"\b(?:owns|runs|with|has) (?:his|her|their|a|the|his own|her own|"
            r"own) (?:own )?(?:\w+ ){0,2}?(?:workshop|takeaway|chippy|salon|stall|"
            r"business|restaurant|garage|market stall|cafe|round|studio|butchers?|"
            r"barbers?|newsagents?)\b",
        ),
    ),
)
TABLE = tuple(
    (slot, value, re.compile("|".join(f"(?:{p})" for p in patterns)))
    for slot, value, patterns in _TABLE
)
# What undoes such a cue when it stands just before it, in the same clause.
UNDONE = re.compile(
    r"\b(?:not|never|no|if|was|were|used to|might|may|would|could|till|"
    r"until|before|when|without|nearly|almost|had|"
    r"rather than|instead of|last|previously|then|once|ex|former|because)(?: \w+){0,2}$"
)
OWN_TENSE = frozenset({"goal", "job_at_risk", "has_job_offer", "never_worked"})
_AWAY = re.compile(
    r"\b(?:off|signed|sick|absent|absence|fit note|ssp|phased|laid up|stood down|held|not been in)\b"
)
WITHDRAWN = re.compile(
    r"\b(?:offer|job)\b.{0,20}\b(?:withdrawn|rescinded|fell through|fallen through|pulled|taken back)\b"
)


def find_work_cues(surface: Surface, people: People) -> Iterator[Fact]:
    """Yield what the message says of work in open constructions, where it is the patient's."""
    flat = surface.flat.strip() + " "
    for slot, value, pattern in TABLE:
        for match in pattern.finditer(flat):
            start = match.start() + (len(match.group()) - len(match.group().lstrip(" ,.;:(")))
            first, last = surface.word_at(start), surface.word_at(max(start, match.end() - 2))
            owner = people.owner[first]
            if owner is not None and not owner.employer:
                continue
            before = re.split(r"[,.;:()?!]| but | and ", flat[:start])[-1].strip()
            if slot not in OWN_TENSE and value != "in_work_struggling" and UNDONE.search(before):
                continue
            if slot == "goal" and re.search(r"\b(?:not|never|no longer)(?: \w+){0,1}$", before):
                continue
            if value == "return_to_work" and not _AWAY.search(flat):
                continue
            if value == "looking":
                yield Fact("work_status", "unemployed", first, last, cue="looking")
                yield Fact("goal", "find_work", first, last, cue="looking")
                continue
            yield Fact(slot, value, first, last, cue=match.group().strip(" ,.;:("))
    offer = WITHDRAWN.search(flat)
    if offer:
        at = surface.word_at(offer.start())
        yield Fact("has_job_offer", True, at, at, "absent", "withdrawn", ruled_out=True)
