"""How people say that somebody works, struggles, or is off sick.

Each tuple holds regular expressions over the plain words of a message (``Surface.flat``); ``work_cues`` reads
them. Constructions whose middle is open stand here, fixed phrases in the vocabulary.
"""

from __future__ import annotations

_START = r"(?:^|[,.;:(] |\band |\bbut |\bhe |\bshe |\bthey |\bstill |\bnow |\bpatient |\bwho |\d |\d[fm] )"
_SPOTS = (
    r"(?:tills?|checkouts?|ovens?|fryers?|line|lines|bins|vans?|wagons?|"
    r"wards?|desk|phones|doors?|bars?|buses|"
    r"trams|taxis|cabs|rails|block|tools|counter|switchboard|reception|forklifts?|conveyor|"
    r"presses|lathe|"
    r"production line|shop floor|rounds?|scaffold|roofs|sites?|stall|market|kilns?|looms?|"
    r"farm|boats|"
    r"trains|railways?|deli|fish counter|meat counter|trolleys|shelves|night shift|early shift)"
)
_WHEELS = (
    r"(?:hgvs?|lorr\w+|bus(?:es)?|trams?|taxis?|vans?|cabs?|wagons?|gritters?|"
    r"forklifts?|trains?|minibus\w*|"
    r"artics?|coach\w*|ambulances?|diggers?|minicabs?|trucks?|tippers?|sweepers?|cranes?)"
)

# What counts only where a clause begins: "drives a bus", never "her brother drives a bus".
_BEGINNING = (
    rf"(?:drives|is driving|'s driving) (?:(?:a|an|the|for|his "
    rf"own|her own|\w+) ){{0,2}}{_WHEELS}\b",
    r"teaches (?!him|her|them|himself|herself)\w+",
    r"cleans (?:(?:the|at|for|in) )?(?:\w+ )?(?:offices?|houses|"
    r"schools?|primary|hotels?|wards?|cars|windows|shops?|for|at|trains)\b",
    r"cooks (?:at|in|for a|for the|seven|six|five|school|nights|full)\b",
    r"(?:runs|owns|keeps) (?:a|an|the|his own|her own|their own|"
    r"own|his|her|two|three) (?!car\b|house\b|home\b|flat\b|temperature|"
    r"risk|dog\b|fever|mile)(?:\w+ ){0,3}?(?:shop|stall|takeaway|chippy|"
    r"salon|business|firm|company|cafe|pub|garage|restaurant|nursery|farm|"
    r"bakery|butchers?|barbers?|workshop|studio|gym|kennels|cattery|b&b|"
    r"guest house|hotel|bar|agency|newsagents?|market stall|florists?|"
    r"deli|van|taxi|school|unit)\b",
    r"(?:stacks|stacking|fills|filling) shelves\b",
    r"(?:fits|lays|hangs|fixes|mends|repairs|services|builds|makes|"
    r"sells|delivers|packs|sews|welds|bakes|"
    r"irons|upholsters|grooms|walks) (?:kitchens|boilers|windows|carpets|"
    r"tyres|bathrooms|bricks|floors|doors|cars|"
    r"bikes|phones|lifts|walls|kitchens|cakes|bread|sandwiches|curtains|"
    r"insurance|cars|houses|parcels|pizzas|post|"
    r"leaflets|milk|papers|boxes|eggs|meat|dogs|sofas|clothes|for (?:amazon|evri|dpd|a living))\b",
    r"(?:nurses|temps|waits tables|waitresses|labours|freelances|"
    r"lectures|tutors|portering|cleans|bar tends) (?:at|on|in|for)\b",
)
IN_WORK = (
    # "24, T1DM, at Greggs and no problems there".
    r"(?:^|[,;:(] |\d |\d[fm] )(?:still |now |is |works )?at (?:the )?(?:tesco|asda|aldi|lidl|"
    r"morrisons|amazon|boots|"
    r"greggs|b & m|sainsburys?|sainsbury 's|royal mail|primark|argos|evri|dpd|ikea|mcdonalds|"
    r"nando ?s|wetherspoons|costa|"
    r"the council|iceland|wilko|matalan|currys|screwfix|b & q)\b(?! (?:when|yesterday|today|last|"
    r"on (?:mon|tues|wednes|"
    r"thurs|fri|satur|sun)day|shopping|and (?:fell|collapsed|fainted|had)|, (?:fell|collapsed|fainted)))",
    r"\bin every (?:day|shift|morning|week)\b(?! (?:to|for) (?:visit|see|dressings?|blood))",
    r"\bback (?:laying|plastering|painting|building|cutting|cooking|cleaning|delivering|fitting|"
    r"roofing|stacking|"
    r"packing|serving|welding|gardening|scaffolding|labouring|caring|selling|running (?:his|her|the)) ?"
    r"(?:\w+)?(?= (?:,|\.|;|now|full|part|and|since|again|with|for|at|in|on)| ?$)",
    r"\bstacking shelves\b",
    r"\bhours (?:were |was |got |been )?(?:cut|dropped|reduced|down|slashed) to \d+\b",
    r"\b(?:has|have|'s|got|holds|holding) (?:got |had )?(?:a |two |three |four |his |her |"
    r"another )(?:\w+ )?jobs?(?= (?:,|\.|;|and|at|in|with|since|on|now|going|that|she|he|but|"
    r"as|too)| ?$)(?! (?:offer|interview|to|centre|coach|lined|coming|waiting))",
    r"\b(?:his |her |the )?(?:job|work|place)(?: is|'s)? (?:going well|going fine|fine|ok|"
    r"great|grand|brilliant|secure|steady|safe|all right)\b|\bposition secure\b|\bjob fine\b",
    r"\b(?:taken|took|kept|set) (?:him |her |them )?on (?:at|by|with|in)\b|\b(?:got in|"
    r"started|been|settled) (?:at|with) (?:tesco|asda|aldi|lidl|morrisons|amazon|boots|greggs|"
    r"b & m|sainsburys?|the council|royal mail|primark|argos|evri|dpd)\b",
    r"\b(?:employed|works|working) (?:,|by|through|via|at|for|with) (?:the |an? )?(?:council|"
    r"agency|nhs|school|trust|firm|family)\b",
    r"\b(?:never|not|no|without|has not) (?:had |taken |missed |missing |lost |having )?(?:a |"
    r"any |one |single )*(?:day|days|shift|shifts|time|minute)(?: off)?(?= (?:,|\.|;|and|in|"
    r"yet|since|he|she|so|for)| ?$)(?<!no day)(?<!no days)(?<!no time)|\bno time off\b|"
    r"\bnever misses (?:one|a shift|a day|work)\b|\bgone off(?<=not gone off)\b",
    r"\b(?:back|up) (?:to|at) (?:full|normal|usual) (?:hours|duties|shifts)\b|\bfull hours\b|"
    r"\bhours (?:up|went up|increased) (?:to|if)\b|\b(?:gigging|trading|working|going in|in|"
    r"jobs|at it|at work|sewing|driving) as (?:normal|usual)\b",
    r"\b(?:\d+|two|three|four|six|eight|ten|twelve|sixteen|twenty) hours (?:over \w+ days "
    r")?(?:at|in) (?:the |a )?(?!hospital|bed|a&e|casualty|night|home)[a-z]+\b(?! (?:a&e|"
    r"wait))",
    r"\bby trade ,? (?:doing well|busy|still)\b|\bin all weathers\b|\bat (?:his|her) (?:desk|"
    r"bench|till|counter|machine|post) (?:throughout|every day|all day|as)\b|\bsits in (?:a|"
    r"an|the) (?:bank|office|cab|call centre|van) all day\b",
    r"\bclock(?:s|ing) (?:on|in) (?:at|every|each|for)\b|\bholds? down (?:a|two|three|his|her)\b",
    r"\b(?:full time|part time|ft) (?:at|in|on|with) (?:the |a |an |his "
    r"|her )?(?!moment|minute|uni\b|university|college|present|mind|sick|"
    r"home\b|prison|school\b(?= (?:,|\.)))[a-z]",
    r"\b(?:shifts|nights|mornings|evenings) (?:at|in) (?:the |a |an )?(?!hospital|"
    r"bed|a row|row|prison|a&e|icu|moment|home\b|once|last|total|all)[a-z]",
    # "Wants back on the sites" is a wish.
    rf"\b(?<!wants back )(?<!want back )(?:on|behind) the {_SPOTS}\b(?! (?:list|since he was))",
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
    rf"{_START}(?:{'|'.join(_BEGINNING)})",
)
STRUGGLING = (
    r"\b(?:dropped|gone down|cut|cut down|gone|went) (?:down )?to (?:one|two|three|four|\d) "
    r"(?:days|shifts|mornings)\b"
    r"(?= ?(?:a week|since|because|with|after|due|as|,|\.|$))|"
    r"\b(?:gone|went|dropped) (?:down )?(?:to )?part(?: - | )time (?:since|because|after|due|with)\b",
    r"\b(?:thinking (?:of|about)|considering|about to|close to|ready to|tempted to|talking of|"
    r"wants? to|on the "
    r"(?:verge|point|brink) of) (?:jack(?:ing)?|pack(?:ing)?|chuck(?:ing)?) (?:(?:it|work|the|his|"
    r"her|job) )+(?:all )?"
    r"in\b|\b(?:thinking (?:of|about)|considering|about to|close to|ready to|tempted to) "
    r"(?:quit(?:ting)?(?! (?:smoking|fags|vaping|drink\w*|the (?:fags|drink)|cigarettes|weed|"
    r"alcohol|caffeine))|"
    r"hand(?:ing)? (?:(?:in|his|her|their|the) )*notice|hand(?:ing)? in (?:his|her) notice)\b",
    r"\b(?:only|just) (?:short|half|light|easy|quiet) (?:shifts|days|jobs|runs|duties)\b|\b(?:at|"
    r"on) (?:a )?(?:reduced|slower|gentler) "
    r"(?:pace|speed)\b|\b(?:income|takings|earnings|bookings|output) (?:is |has |have |"
    r"are )?(?:halved|down|dropped)\b|\bloses? "
    r"(?:shifts|work|hours|pay|jobs|days|clients) (?:through|because|over|to|with)\b|\b(?:is|are|"
    r"was)? ?limiting (?:him|her|them|what)\b|"
    r"\b(?:stopping|stops) (?:him|her|them) (?:kneel|lift|climb|bend|stand|drive|reach|work|type|"
    r"carry|do)\w*|"
    r"\b(?:getting|gets) called (?:away|out of work|home)\b|"
    r"\bexhausted by the (?:\w+ )?(?:shifts|nights|work|job|hours)\b|"
    r"\bwipes (?:him|her|them) out\b",
    r"\b(?:getting|gets|got) through (?:\w+ )?(?:shifts?|days?|the day|work|it) on (?:co - "
    r"?codamol|painkillers|tablets|caffeine|adrenaline|willpower|nothing|\w+)\b|\bgritting "
    r"(?:his|her|their) teeth\b|\bworks? through (?:it|the pain)\b|\b(?:working|going) "
    r"through the pain\b|\bcarr(?:ies|ying) on regardless\b",
    r"\b(?:weeps|weeping|cries|crying|panics?|panicking|hides|hiding|throws up|being sick|"
    r"faints|collapsed|sobbing) in the (?:\w+ )?(?:stock ?room|cupboard|toilets?|loos?|car "
    r"park|store ?room|staff ?room|walk in|freezer|cab|office|kitchen|car)\b",
    r"\b(?:will|can|would|could) not (?:do|last|manage|stand|take|get through) (?:a |the |an "
    r")?(?:full|whole|entire) (?:shift|day|week|morning)\b|\bpulls over (?:every|to)\b|\bon "
    r"the (?:loo|toilet) every (?:hour|half hour|\w+)\b|\b(?:is|it is|work is|job is|nearly|"
    r"almost) (?:nearly |slowly )?finishing (?:him|her|them)(?: off)?\b",
    r"\b(?:stage (?:\d|one|two|three)|absence|sickness|attendance) (?:sickness |absence "
    r")?(?:meeting|warning|review|hearing|trigger)\b|\bsent home (?:twice|three times|\w+ "
    r"times|again|this week|early)\b|\b(?:using|uses|taking|used|burning)(?: up)? (?:his |her "
    r"|all |annual |up )*(?:annual leave|holidays?|leave) (?:for|on|when|to cover|because)\b",
    r"\bbookings? (?:\w+ )?(?:halved|down|dropped|cut)\b|\bslows (?:him|her|them) (?:right "
    r")?down\b|\b(?:nearly|almost|all but|came close to|close to) "
    r"(?:walk(?:ed|ing) (?:off|out)|pack(?:ed|ing) (?:it|work) in|jack(?:ed|ing) (?:it|work) in|"
    r"quit(?:ting)?(?! (?:smok|drink|vap)\w*)|resign(?:ed|ing)|(?:handed|handing) "
    r"(?:(?:in|his|her|their) )+notice)\b|\bthere in body\b|\bpresenteeism\b|\bclinging "
    r"on\b|\bshoulder going\b|\bin (?:it )?just about\b|\bstill in , just\b|\bjust about "
    r"(?:managing|coping|hanging|surviving|getting)\b",
    r"\b(?:hands?|knees?|back|wrists?|feet|hips?|shoulders?) (?:crack|bleed|swell|seize|give|"
    r"lock|burn|ache|throb)s?\b(?= .{0,40}(?:carries on|carrying on|shift|work|still|"
    r"regardless|by the end))",
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
    r"\b(?:job|work|place|boss|stress of it|shifts?|hours|it) (?:that |who |thats |that 's )?(?:is |'s "
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
    r"\b(?:struggl\w+|not coping|can not cope|barely coping|just coping|only just coping|barely managing|"
    r"just about managing|hanging on|clinging on|floundering|sinking|going under) (?:\w+ )?(?:at|in|on|"
    r"with) (?:the |his |her |their |a )?(?:warehouse|shop|bakery|factory|office|school|ward|site|depot|"
    r"salon|kitchen|tills?|checkouts?|nursery|garage|call centre|plant|yard|farm|pub|bar|restaurant|store|"
    r"supermarket|mill|hospital|surgery|care home|line|shop floor|rounds?|shifts?|nights|classroom)\b",
    r"\b(?:rings|calls|ringing|calling|phones|phoning) in (?:sick|poorly|"
    r"ill)\b|\b(?:odd|lots of|too many|a lot of|frequent|so many) (?:days|"
    r"sick days|absences|shifts) (?:off|missed)\b",
    r"\bhands on fire\b|\bcrying in (?:the|her|his)\b|\bhypos? (?:on|at|"
    r"in|behind) (?:site|work|shift|the)\b|\bdreads? (?:every|each|work|"
    r"going|shifts?|mondays?)\b|\b(?:\+ )?\+ (?:diff|difficulty|struggl\w+)\b",
)
OFF = (
    # "Slipped disc, can't stand, off": a clause that is nothing but this word.
    r"(?:[,;] |\. )(?:(?:is|now|still|currently|so|been) )*off(?: (?:now|again|currently|at the moment|"
    r"today|since))*(?= ?(?:[,.;]|$))",
    # "Off stress", "off anxiety 6/52"; not "came off", and not "off anxiety meds".
    r"\b(?<!come )(?<!came )(?<!comes )(?<!coming )(?<!set )(?<!sets )(?<!get )(?<!got )(?<!put )(?<!well )"
    r"(?<!live )(?<!lives )(?<!better )(?<!worse )(?<!take )(?<!taken )(?<!went )(?<!day )"
    r"(?<!days )(?<!show )off "
    r"(?:stress|anxiety|depression|low mood|burnout|ptsd|sciatica|back pain|bad back|long covid|grief)"
    r"(?= ?(?:[,.;(]|$|\d|since|for|from|and|after|at the|again|now))",
    # Kept away by the firm till well, or the work done by others meanwhile.
    r"\b(?:told|asked|advised|said) (?:\w+ ){0,3}?(?:to )?not (?:to )?(?:come|go) (?:in|back)(?: "
    r"\w+){0,2} (?:till|until)\b|"
    r"\bdo not come (?:in|back) (?:\w+ ){0,2}?(?:till|until)\b|"
    r"\bstood (?:him |her |them )?down (?:pending|until|till|while|on (?:full|half|medical))\b|"
    r"\b(?:shifts?|class(?:es)?|round|clients|work|patients) (?:is |are |'s )?being (?:covered|"
    r"done|seen) by\b|"
    r"\b(?:supply|bank|agency|locum|cover) (?:is |are |staff |teachers? |nurses? )*(?:covering|"
    r"cover|filling in for|"
    r"doing) (?:his|her|their) (?!break|lunch)|"
    r"\bpaid (?:\w+ ){0,3}?to (?:sit|stay|stop|be) (?:at )?home\b|"
    r"\bnot (?:been able to )?open(?:ed)? (?:up )?(?:the|his|her) (?:shop|salon|cafe|garage|stall|"
    r"studio|workshop|pub)\b"
    r"(?=.{0,15}\bsince\b)|\b(?:salon|shop|cafe|garage|stall|studio|workshop) (?:has been |is |"
    r"been )?(?:shut|closed) "
    r"since (?:his|her|the) (?:op|operation|surgery|fall|stroke|accident|heart attack|illness|"
    r"crash|fracture)\b",
    # Sent home, or off the rota, because of health; not "sent home early".
    r"\b(?:sent|told|asked|made) (?:him |her |them )?(?:to )?(?:go |stop |stay |stopping |staying "
    r")?(?:at )?home "
    r"(?:\w+ ){0,4}?(?:until|till|pending|medical\w*|on (?:full|half|sick|medical|company|basic))\b|"
    r"\b(?:on )?medical(?:ly)? (?:suspension|suspended)\b|\bsuspended on (?:medical|health) grounds\b|"
    r"\b(?:taken|took|stood|pulled|signed) (?:himself|herself|themselves|him|her|them) off (?:the "
    r")?(?:rota|shifts?|"
    r"work|duty|the ward|the road)\b|\boff the rota\b|"
    r"\b(?:covering|cover|filling|doing|minding|keeping) (?:for )?(?:his|her|their) (?:post|job|"
    r"shifts?|class|round|role|"
    r"place|clients|patch)\b(?= .{0,12}(?:until|till|while|whilst)\b)",
    r"\b(?:not|never|has not|have not) (?:yet )?(?:managed|done|worked|been able to do|been "
    r"fit for) (?:a|one|any|single) (?:single )?(?:shift|day|full week)(?: for| in| since)\b|"
    r"\bnot (?:been|bin|gone|got) (?:back )?(?:in )?(?:to |at |into |in )?(?:work|the \w+|"
    r"job) since\b",
    r"\b(?:stayed|kept|remained|still) off\b(?! (?:the|it|uc|drink|drugs|limits))|\b(?:sent|"
    r"send) (?:him|her|them) home (?:unfit|sick|ill|poorly)\b|\b(?:job|post|place|desk) (?:is "
    r"|'s )?(?:waiting|there|open|kept) for (?:him|her|them)\b(?= .{0,30}(?:when|well|better|"
    r"back)|[ ,.]*$)",
    r"\b(?:another|further|new|extend|extended|next|wants a|asks for a|asking for another) "
    r"(?:\d+ (?:week|weeks|month|months) )?(?:(?:fit|sick) ?- ?)?(?:note|certificate|line|"
    r"med3)\b(?= ?(?:;|,|\.|for|please|$|already|of))|\bon the council 's books\b|\bstill on "
    r"the (?:books|payroll) but\b|\bdiary (?:has been|is|been) empty\b|\bunable to (?:work|"
    r"trade|drive for work|do (?:his|her) job) (?:for|since|now)\b",
    r"\bnothing coming in since\b|\bnot (?:been )?(?:riding|driving|trading|working|"
    r"plastering|roofing|climbing) (?:now|since|for) (?:\d|\w+ (?:weeks|months))\b|\b(?:stall|"
    r"shop|salon|business|van|cab|studio|workshop|garage) (?:has been|is|been|'s been|'s) "
    r"(?:shut|closed|parked up|idle|off the road)\b(?! (?:down|for good))",
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
