"""The words of danger, and the idioms that only sound like it.

One idea a line; a space stands for any white space. What a pattern catches is caught at once, so
each is narrow; what is said in other words is left to the sentences of danger.yml.
"""

import re
from collections.abc import Iterable
from re import Pattern

_BODY = (
    "(?:hands?|fingers?|thumbs?|arms?|legs?|foot|feet|toes?|knees?|back|neck|head|face|eyes?|mouth|lips?|skin|"
    "tooth|teeth|wrists?|ankles?|shoulders?|elbow|nose|ears?|chest|throat|tongue|chin|ribs?)"
)
_KIN = (
    "(?:husband|wife|partner|mum|mom|mam|mother|dad|father|son|daughter|brother|sister|nan|nana|gran|grandma|"
    "granny|grandmother|grandad|grandpa|grandfather|uncle|aunt|auntie|friend|fianc[eé]e?|baby|child|parents?|"
    "cousin|nephew|niece|twin|in-laws?)"
)
_SOMEBODY = rf"(?:me|myself|us|him|her|them|someone|somebody|(?:my|our) (?:\w+ ){{0,3}}(?:{_KIN}|kids?|children|toddler|boy|girl|grandson|granddaughter|neighbour|guest|colleague|dog|cat))"
_I_OR_THEY = rf"(?:i|we|he|she|they|{_SOMEBODY})"
_CHILD = (
    r"(?:baby|babies|toddler|infant|newborn|child|children|kids?|son|daughter|little (?:one|boy|girl)|grandson|"
    r"granddaughter|grandchild|(?:\w+|\d+)[\s-]+(?:year|yr|month)s?[\s-]+old)"
)
_APPLIANCE = (
    r"(?:charger|battery|batteries|kettle|phone|laptop|plug|socket|oven|microwave|hob|heater|scooter|vape|power\s?bank|"
    r"e-?bike|dryer|toaster|blender|bulb|lamp|tv|machine|fryer|cable|wire|iron|tablet|hoverboard)"
)
_BECAUSE_I_AM = (
    "(?:black|asian|brown|white|muslim|jewish|sikh|hindu|gay|lesbian|trans|queer|disabled|deaf|blind|autistic|"
    "foreign(?:er)?|immigrant|woman|women|female|pregnant|old|elderly|in a wheelchair|polish|indian|african|"
    "chinese|irish|romanian|pakistani|nigerian|traveller|gypsy)"
)
_MINE_THAT_MAY_NOT_MATTER = (
    "(?:race|skin|colou?r|religion|faith|gender|sex|sexuality|disability|wheelchair|age|accent|nationality|"
    "ethnicity|hijab|turban|headscarf|name|hearing|autism|stammer|stutter)"
)

# In order of urgency: the first kind that fits names the message.
KINDS: dict[str, tuple[str, ...]] = {
    "self_harm": (
        r"kill(?:ing)? my\s?self",
        r"suicid(?:e|al)",
        r"end(?:ing)? (?:my (?:own )?life|it all)",
        r"(?:want|wanna|going|ready) to die(?! (?:for|of|laughing|from emb))",
        r"wish i (?:was|were) (?:dead|never born)",
        r"(?:hurt|harm)(?:ing)? my\s?self (?:on purpose|because of this|again|if|over)",
        r"self[\s-]?harm\w*",
        r"no (?:point|reason) (?:in |to )?(?:living|live|going on|being alive)",
        r"don'?t want to (?:live|be alive|be here) any\s?more",
        r"better off (?:dead|without me)",
        r"(?:i'?d|i would) (?:rather|be better) (?:be )?dead",
        r"tak(?:e|ing|en) my own life",
        r"overdos(?:e|ed|ing)",
        r"can'?t go on (?:living|any\s?more)",
    ),
    "electric_shock": (
        r"electrocut\w+",
        r"electric(?:al)? shocks?",
        rf"(?:gave|give|gives|giving) {_SOMEBODY} (?:\w+ ){{0,3}}(?:shock|zap|jolt)",
        r"(?:got|get|getting|received|had) (?:\w+ ){0,3}(?:shock|zap|jolt)s? (?:from|off|when i (?:touch|plug|switch|turn)\w*|every time)",
        r"(?:zapp?(?:ed|s|ing)|shocks) (?:me|us|him|her|you|my|anyone)",
        rf"{_APPLIANCE} shocked (?:me|him|her|us|my)",
        r"live (?:wires?|wiring|metal|electric\w*)",
        r"(?:exposed|bare|frayed) (?:live )?(?:wires?|wiring|electrics?)",
        r"(?:casing|case|body|metal|housing|frame|tap) (?:is|was) live",
    ),
    "fire": (
        r"caught (?:on )?fire|catch(?:es|ing)? (?:on )?fire",
        r"(?:is|was|are|were) on fire|set(?:s|ting)? (?:\w+ ){0,3}(?:on fire|alight)",
        r"in(?:to)? flames",
        r"flames? (?:came|coming|shot|shooting|out|started|from)",
        r"(?:smoke|sparks?) (?:(?:was|were|is|started|began|are) )?(?:coming|came|pour\w*|out of|flew|flying|from|shot|everywhere)",
        r"(?:start(?:ed|s|ing)?|began|keeps?) (?:to )?(?:smok(?:e|ing)|spark(?:ing)?)",
        rf"{_APPLIANCE} (?:\w+ ){{0,2}}(?:smoking|smokes|sparking|sparks|sparked)",
        r"burn(?:t|ed|ing)? (?:smell|plastic|rubber|wires?|electric\w*)",
        r"smell\w* (?:of |like )?(?:burn\w*|smoke|gas)\b",
        rf"{_APPLIANCE}[^.!?]{{0,25}}(?:exploded|blew up|melted|scorched|swollen|swelled)",
        rf"(?:exploded|blew up)[^.!?]{{0,25}}(?:{_APPLIANCE}|kitchen|hand|face|bed|night)",
        rf"melted[^.!?]{{0,20}}{_APPLIANCE}",
        r"burn(?:t|ed)? (?:down|a hole (?:in|through) (?:the|my|our) (?:carpet|floor|bed|sofa|table|worktop|desk)|(?:the|my|our) (?:house|carpet|table|counter|worktop|floor|bed|sofa|curtains?))",
        r"fire (?:brigade|department|service|hazard|risk|crew)",
        r"house fire|fire in (?:my|our|the) (?:house|home|kitchen|flat|room|bedroom)",
        r"gas (?:is |was |has been )?leak(?:ing|ed|s)?\b|carbon monoxide (?:leak|poison\w*|alarm went)",
        r"scorched|charred",
    ),
    "child": (
        rf"{_CHILD}\b[^.!?]{{0,60}}(?:swallow\w*|chok(?:e|ed|ing)|strangl\w*|suffocat\w*|got trapped|was trapped|stuck in|in (?:his|her|its|their) mouth|nearly died|got hurt|was hurt|injured|in danger|at risk|fell (?:out|down|through))",
        rf"(?:swallow\w*|chok(?:ed|ing))\b[^.!?]{{0,50}}{_CHILD}",
        r"chok(?:e|ing) hazard",
        rf"(?:cot|crib|car\s?seat|pram|buggy|pushchair|stair\s?gate|high\s?chair|stroller)\b[^.!?]{{0,40}}(?:collapsed|gave way|came undone|failed|broke)\b[^.!?]{{0,25}}(?:with|while|{_CHILD})",
        r"i(?:'m|m| am) (?:only |just )?(?:[6-9]|1[0-7]|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)(?: years? old|\s?yo\b| and (?:my|i)\b|\s*$|\s*[.!,])",
        r"i(?:'m| am) (?:a (?:child|minor|kid)|underage)",
        r"child (?:abuse|safeguarding|protection)",
    ),
    "injury": (
        r"injur(?:y|ed|ies|ing)|lacerat\w+|fractur\w+|scald\w*|concussion|sprained|unconscious|hospitali[sz]ed",
        r"stitches|a\s?&\s?e\b|a and e\b|emergency room|ambulance|paramedics?|blister(?:s|ed)\b|(?:first|second|third)[\s-]degree",
        r"bleed(?:s|ing)?|bled|blood (?:everywhere|all over|pouring)",
        rf"(?:cut|cuts|sliced?|slashed|burn(?:t|ed|s)?|hurt|broke|crushed|trapped|hit|gashed|pierced|stabbed|bruised|twisted|grazed|dislocated|fell on|landed on|struck|chipped) (?:open )?(?:my|our|his|her|their|a) (?:\w+'s )?(?:\w+ )?{_BODY}",
        rf"(?:hurt|burn(?:t|ed)|cut|injured|wounded) {_SOMEBODY}(?! (?:feelings|pocket|wallet|off|short|some|a deal|out))",
        rf"{_I_OR_THEY} (?:\w+ )?(?:got|was|were|been) (?:\w+ ){{0,2}}(?:hurt|burn(?:t|ed)|injured|cut|bitten|knocked (?:down|over|out))",
        r"(?:fell|slipped|tripped|crashed|collapsed)\b[^.!?]{0,40}(?:hurt|broke my|injur\w*|hospital|bruis\w*)",
        r"(?:took|taken|rushed|went|go|going|ended up|been|admitted) (?:\w+ ){0,2}(?:to|in|into) (?:the )?(?:hospital|a\s?&\s?e|er|urgent care)",
        rf"(?:shards?|splinters?|bits?|pieces?|lumps?) of (?:glass|metal|plastic|wood)[^.!?]{{0,30}}in (?:my|his|her|the) (?:food|mouth|{_BODY}|drink|soup|jar|yog\w+|cereal)",
        r"(?:nasty|bad|severe|chemical|painful) (?:burns?|cut|gash|rash)",
        r"chok(?:ed|ing) on",
        r"(?:bit|attacked|assaulted|punched|pushed|threatened) (?:me|my (?:son|daughter|wife|husband|mum|dog|child))\b(?! with (?:a )?(?:bill|charge|fee|late)| up)",
    ),
    "bereavement": (
        rf"(?:my|our|his|her) (?:late|deceased|dead) {_KIN}",
        rf"{_KIN}(?:'s| has| had| have| just| sadly| recently| suddenly| was| and)* (?:died|dies|passed (?:away|on|last|in|this|yesterday|recently|suddenly|\w+day)|passed\b(?! (?:the|it|me|on the|out|a|his|her))|is dying|was killed)",
        r"passed away",
        r"funeral|bereave\w*|cremat\w+|(?:her|his) ashes|memorial (?:service|stone|plaque)|headstone|gravestone|widow(?:ed|er)?|probate|death certificate|stillborn|miscarr\w+|grieving|in mourning",
        rf"(?:lost|buried|burying) (?:my|our) (?:dear |little |only )?{_KIN}\b(?!'s (?:order|present|gift|card|receipt|parcel))",
        r"(?:account holder|customer|he|she) (?:has |have )?(?:just |sadly |recently )?died",
        r"estate of|executor",
    ),
    "illness": (
        r"chemo(?:therapy)?|radiotherapy|cancer|dialysis|dementia|alzheimer'?s|parkinson'?s|epilep\w+|seizure|diabet(?:es|ic)|insulin|epi-?pen|anaphyla\w+",
        r"terminal(?:ly)? ill\w*|palliative|hospice|heart (?:attack|condition|failure|surgery)|had a stroke|pacemaker|life support|oxygen (?:machine|tank|concentrator)|intensive care",
        r"food poisoning|salmonella|e\.?\s?coli|listeria|allergic (?:reaction|to)|(?:nut|milk|severe) allergy|asthma(?: attack)?|coeliac|inhaler",
        r"in (?:the )?hospital|undergoing (?:treatment|surgery)|having (?:an )?(?:operation|surgery|treatment)|bedridden|bed-?bound|housebound",
        r"(?:seriously|very|really|so|gravely) (?:ill|unwell|poorly)\b",
        r"mental (?:health|breakdown)|severe (?:anxiety|depression)|panic attacks?|i(?:'m| am| have| suffer from)(?: \w+)? depress(?:ion|ed)\b|depression",
        r"disab(?:led|ility)\b(?=.{0,60}(?:need|can'?t|cannot|rely|depend))",
        r"medication|prescription (?:meds|medicine|drugs)|(?:my|his|her) (?:pills|tablets|medicine)\b",
        r"vomit(?:ed|ing)|throwing up|threw up|puk(?:ed|ing)|diarrh\w+",
        r"(?:made|making) (?:me|us|him|her|my \w+|the whole family|everyone) (?:\w+ )?(?:ill|sick|unwell|poorly)\b(?=.{0,30}(?:eat|ate|drink|drank|after|using|food|stomach|since|all night|for days))",
        r"(?:fell|been|became|got|getting) (?:\w+ )?(?:ill|sick|unwell|poorly) (?:after|from|since) (?:eating|drinking|using|taking|it|your|the)",
    ),
    "discrimination": (
        r"racis[tm]|racial(?:ly)?|sexis[tm]|misogyn\w+|homophob\w+|transphob\w+|islamophob\w+|anti-?semit\w+|xenophob\w+|ableis[tm]",
        r"discriminat\w+|slurs?|n[\s-]word|bigot\w*|prejudiced?|hate crime|sexual(?:ly)? harass\w*|groped",
        rf"because of (?:my|our|his|her) {_MINE_THAT_MAY_NOT_MATTER}",
        rf"because (?:i|we|he|she)(?:'m|'re|'s| am| are| is| was| were) (?:a |an )?{_BECAUSE_I_AM}",
        r"go back to (?:my|your) (?:own )?country",
        rf"(?:mock(?:ed|ing)|ma(?:de|king) fun of|laugh(?:ed|ing)? (?:at|of)|joked about) (?:my|his|her|our) {_MINE_THAT_MAY_NOT_MATTER}",
        r"people like (?:me|you) (?:should(?:n'?t)?|don'?t|aren'?t)|refused (?:me |us )?(?:entry|service) because|(?:guide|assistance) dog",
    ),
    "legal_threat": (
        r"solicitors?|lawyers?|attorneys?|barristers?",
        r"legal (?:action|proceedings|advice|team|representation|counsel|route|letter|steps|recourse)|legally (?:pursue|challenge)|letter before (?:action|claim)",
        r"small claims?|county court|court (?:action|claim|order|summons|proceedings)|lawsuit|class action|litigat\w+",
        r"(?:take|taking|took|drag|see|seeing|meet) (?:\w+ ){1,4}(?:to|in|at) (?:the )?court|(?:go|going|to|through) (?:the )?courts?\b",
        r"(?:gonna|going to|will|'ll|to|shall|can|could|should|might) sue|suing|sue (?:you|your|the|this|them)",
        r"trading standards|ombudsm[ae]n|ombudsperson|consumer (?:court|forum|protection agency|rights act)|financial conduct authority|the fca|ofcom|ofgem|attorney general|better business bureau|the bbb|the ftc|citizens?'? advice",
        r"(?:report\w*|complain\w*|going|go|write|writing) (?:\w+ ){0,3}to (?:the |your )?regulators?|information commissioner|breach of contract|press(?:ing)? charges",
        r"(?:report(?:ing)?|call(?:ing)?|inform(?:ing)?|go(?:ing)? to|contact(?:ing)?) (?:\w+ ){0,4}(?:the )?police",
    ),
    "press_threat": (
        r"journalists?|(?:a|the|with|your|news) reporters?|tabloids?|rip[\s-]?off britain|(?:bbc|itv) watchdog|on watchdog",
        r"(?:go|going|went|take|taking|tell|telling|contact|contacting|contacted|call|calling|speak|speaking|sell|selling|give|send|sending|write|writing|email|emailing|phone|phoning|get|leak)\b(?: \w+){0,5}? (?:to |with |in |at )?(?:the |local |national )+(?:press|media|newspapers?|papers?|news|bbc|daily mail|sun newspaper|guardian|mirror|sky news)\b",
        r"(?:contact|contacting|contacted|call|calling|tell|telling|emailing|email) (?:bbc|itv|sky news|watchdog|channel (?:four|five|4|5)|cnn|fox news)",
        r"(?:make sure|let) (?:that )?the (?:press|media|papers?|newspapers?) (?:hears?|knows?|find)",
        r"(?:press|media|newspapers?) will (?:hear|love|know|be)|go(?:ing)? public\b|(?:on|in) the (?:evening |six o'clock )?news\b(?= tonight| tomorrow|.{0,12}$)|make (?:this|it|you) (?:go )?viral",
    ),
}  # fmt: skip

HARMLESS = (
    r"to die for|dying to \w+|d(?:ied|ying|ie) (?:of|from) (?:embarrassment|laughter|laughing|boredom|shame|hunger|thirst)|(?:nearly|almost) died (?:laughing|when i saw)",
    rf"(?:{_APPLIANCE}|plants?|flowers?|engine|car|screen|device|hoover|fridge|toy|watch|headphones?|speakers?|channel|light|motor|sound|thermostat|boiler|printer|router) (?:has |have |just |had |already |suddenly )*(?:died|dies|is dead|was dead|were dead)",
    r"dead (?:sea|line|battery|pixels?|plants?|flowers|on arrival)",
    r"fire\s?(?:stick|tv|pit|place|works?|wall|wire|guard|tablet|alarms?|sale|proof|fly|wood|hd|extinguishers?|blanket|door|engine|truck|man)",
    r"(?:should be|get|got|be) fired|fire (?:him|her|them|whoever|the (?:driver|staff|person))|on fire (?:today|lately)|like wildfire|gas fire",
    r"smoke (?:alarms?|detectors?|gr[ea]y|colou?r\w*|screen|machine|signals?)|smok(?:ed|ey|y) \w+|bright sparks?|spark plugs?|sparkling|spark(?:s|ed)? joy",
    r"shock(?:ing|ingly)? (?:service|absorbers?|customer|quality|state|behaviou?r|experience|treatment|how|that|to see)|(?:in|a|the) shock (?:at|to|when i (?:saw|opened|got the bill))|(?:culture|sticker) shock",
    r"cut(?:ting)? (?:off|short|corners|costs?|the crap|it (?:out|short|fine)|out|a deal|my losses|glass|me (?:off|short|some|a deal))|hurt (?:my|your|his|her) (?:feelings|wallet|pocket|bank)",
    r"(?:shoes?|boots?|trainers|heels|headphones?|earbuds?|bra|chair|mattress|straps?|seat)(?: \w+)?\b hurts? (?:my|his|her) (?:feet|ears?|back|neck|toes|shoulders|head)",
    r"broke(?:n)? my heart|an arm and a leg|pain in the \w+|(?:off|behind|on) my back|(?:do|doing|bang(?:ing)?) my head|stab(?:bed)? (?:me )?in the back|kick in the teeth|slap in the face",
    r"press(?:ed|ing)? (?:the|a|any|on|and hold|it|start|play|reset)\b|news\s?letters?|(?:good|bad|any|no|some|more|have|the latest) news|the news (?:is|that|about)",
    r"court shoes?|(?:tennis|food|golf|basketball) courts?|i(?:'m| am) (?:a|the) (?:lawyer|solicitor|attorney|reporter|journalist)(?= and (?:ordered|bought|need|i ))|(?:lawyer|solicitor)'s office|need a (?:lawyer|law degree) to (?:read|understand)|so \w+ i need a lawyer",
    r"(?:aunt(?:ie)?|mrs|ms|called|named|my name is|i'?m) sue|sue (?:ordered|said|bought|told|from)|human race|watchdog timer",
    r"sick (?:of|and tired|to (?:death|my stomach|the back teeth)|leave)|(?:makes?|making|made) me (?:feel )?sick (?:how|that|the way|to (?:think|see))|ill[\s-]+(?:fitting|mannered|informed|advised|equipped|treated)|first aid kit",
    r"(?:burn|burnt|burns|burning) (?:orange|the toast|toast|sienna|cds?|dvds?|a hole in my (?:pocket|wallet)|my bridges|calories)|burning question|candles? \w* ?burn\w*|slow burn|burn(?:ed|t)? out\b",
    r"kill(?:ing|s)? (?:me with|time|two birds|for a)|(?:sale|price|wait|waiting|suspense|shoes|heels|commute|bill|job) (?:is|are|was) killing me|you(?:'re| are) killing me",
    r"bleed(?:ing)? (?:edge|obvious|ridiculous|hell|useless|idiots?|heart|money)|daylight robbery|blood boil\w*|explode with (?:anger|rage)|(?:about|ready|going) to explode|blown up (?:picture|photo|image)",
    r"funeral director jokes|hospital (?:blue|corners?)|medicine (?:cabinet|ball)|heart shaped|over my dead body|poison ivy|wake up|bed-?bound books?|medication (?:box|organi[sz]er|reminder)",
)  # fmt: skip


def compiled(ideas: Iterable[str]) -> Pattern[str]:
    """All ideas as one pattern over whole words, in any case."""
    spaced = (idea.replace(" ", r"\s+") for idea in ideas)
    return re.compile(r"\b(?:" + "|".join(f"(?:{idea})" for idea in spaced) + r")(?!\w)", re.I)
