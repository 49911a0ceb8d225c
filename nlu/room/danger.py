"""Danger in a message: what no script may answer, and priority goes to a person.

Two readers, because each misses what the other sees: word patterns with guards against idiom
("my phone died", "to die for"), and a small regression over the encoder's vectors of written
sentences (danger.yml). Rule R25 of the conversation names the kinds.
"""

import re
from pathlib import Path
from typing import Optional, Sequence

import numpy as np
import yaml

_SENTENCES = Path(__file__).with_name("danger.yml")
NOT_DANGER = "not_danger"
_SURE_ALONE = 0.8  # the vectors alone, without a word that helps
_SURE_WITH_A_HINT = 0.45
_STRICTNESS = 20.0
_FAMILIAR = 0.5

_MY = r"(?:my|our|his|her|the|a|an|both|his|their)"
_BODY = (
    r"(?:hands?|fingers?|thumbs?|arms?|legs?|foot|feet|toes?|knees?|back|neck|head|face|eyes?|eyelid|mouth|lips?|skin|tooth|teeth|"
    r"wrists?|ankles?|shoulders?|elbow|nose|ears?|chest|stomach|throat|tongue|chin|scalp|ribs?)"
)
_WHO = (
    r"(?:i|me|myself|we|us|he|him|she|her|they|them|someone|somebody|(?:my|our|the|a)\s+(?:(?:little|elderly|young|poor|\w+\s+year\s+old|\d+\s*(?:yo|year\s+old)|one|two|three)\s+)*"
    r"(?:son|daughter|child|kid|kids|children|baby|toddler|boy|girl|husband|wife|partner|mum|mom|mother|dad|father|nan|gran|grandmother|grandfather|grandson|granddaughter|"
    r"brother|sister|friend|neighbour|guest|colleague|dog|cat))"
)
_FAMILY = r"(?:husband|wife|partner|mum|mom|mam|mother|dad|father|son|daughter|brother|sister|nan|nana|gran|grandma|granny|grandmother|grandad|grandpa|grandfather|uncle|aunt|auntie|friend|fianc[eé]e?|baby|child|parents?|cousin|nephew|niece|twin)"
_CHILD = r"(?:baby|babies|toddler|infant|newborn|child|children|kids?|son|daughter|little\s+(?:one|boy|girl)|grandson|granddaughter|grandchild|(?:\w+|\d+)[\s-]+(?:year|yr|month)s?[\s-]+old)"

# The kinds in order of urgency: the first that fits names the message.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("self_harm", r"\bkill(?:ing)?\s+my\s?self\b|\bsuicid(?:e|al)\b|\bend(?:ing)?\s+(?:my\s+(?:own\s+)?life|it\s+all)\b|\b(?:want|wanna|going|ready)\s+to\s+die\b(?!\s+(?:for|of|laughing|from\s+emb))|\bwish\s+i\s+(?:was|were)\s+(?:dead|never\s+born)|"
                  r"\b(?:hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?)\s+myself\s*(?:on\s+purpose|because\s+of\s+this|again|if|over)|\bself[\s-]?harm|\bno\s+(?:point|reason)\s+(?:in\s+|to\s+)?(?:living|live|going\s+on|being\s+alive)\b|\bdon'?t\s+want\s+to\s+(?:live|be\s+(?:alive|here))\s*(?:any\s?more|$|[.!])|"
                  r"\bbetter\s+off\s+(?:dead|without\s+me)\b|\b(?:i'?d|i\s+would)\s+(?:rather|be\s+better)\s+(?:be\s+)?dead\b|\btak(?:e|ing|en)\s+my\s+own\s+life\b|\boverdos(?:e|ed|ing)\b|\bcan'?t\s+go\s+on\s+(?:living|any\s?more|like\s+this\s+any)"),
    ("electric_shock", r"\belectrocut\w+|\belectric(?:al)?\s+shocks?\b|\b(?:gave|give|gives|giving|got|get|getting|received)\s+(?:me|us|him|her|them|my\s+\w+|\w+)?\s*(?:(?:a|an|small|nasty|mild|bad|massive|huge|slight|big)\s+)*(?:shock|zap|jolt)s?\s+(?:from|off|when|every|each|as|while|by|of\s+electric|through)|"
                       rf"\b(?:gave|give|gives|giving)\s+{_WHO}\s+(?:(?:a|an|small|nasty|mild|bad|massive|huge|big)\s+)*(?:shock|zap|jolt)|\b(?:zapp?(?:ed|s|ing)|shocks)\s+(?:me|us|him|her|you|my|anyone)\b|\b(?:it|kettle|lamp|toaster|iron|plug|charger|machine|dryer|cable)\s+shocked\s+(?:me|him|her|us|my)|"
                       r"\blive\s+(?:wires?|wiring|metal|electric)|\b(?:exposed|bare|frayed)\s+(?:live\s+)?(?:wires?|wiring|electrics?|cables?)|\b(?:casing|case|body|metal|housing|frame|tap)\s+(?:is|was)\s+live\b"),
    ("fire", r"\b(?:caught|catch(?:es|ing)?|on|set(?:s|ting)?(?:\s+\w+){0,3})\s+(?:on\s+)?(?:fire|alight)\b(?!\s+sale)|\bin(?:to)?\s+flames\b|\bflames?\s+(?:came|coming|shot|shooting|out|started|from)|\b(?:smok(?:e|ing)|sparks?)\s+(?:(?:was|were|is|started|began|are)\s+)?(?:coming|came|pour\w*|out\s+of|flew|flying|from|shot|everywhere|and\s+(?:smoke|flames|fire))|"
             r"\b(?:start(?:ed|s|ing)?|began|keeps?|is|was)\s+(?:to\s+)?(?:smok(?:e|ing)|spark(?:ing)?)\b|\bsparked\b(?!\s+(?:joy|interest|a\s+debate|my\s+interest))|\bburn(?:t|ed|ing)?\s+(?:smell|plastic|rubber|wires?|electric\w*)|\bsmell\w*\s+(?:of\s+|like\s+)?(?:burn\w*|smoke|gas)\b|\b(?:explode[ds]?|exploding|blew\s+up)\b(?=.{0,40}\b(?:charg|plug|batter|kitchen|kettle|bed|hand|night|face|fire|smoke|oven|glass))|"
             r"\b(?:charger|battery|kettle|phone|laptop|plug|oven|microwave|hob|heater|scooter|vape|power\s?bank|e-?bike|dryer|toaster|blender|bulb|tv)\b[^.!?]{0,25}\b(?:exploded|blew\s+up|melted|overheat\w*|scorched|swollen|swelled|burn(?:t|ed)\s+out\s+and\s+smok\w*)|\bmelted\b[^.!?]{0,20}\b(?:plug|socket|cable|wire|charger)|\bburn(?:t|ed)?\s+(?:down|a\s+hole|through\s+the|(?:the|my|our)\s+(?:house|carpet|table|counter|worktop|floor|bed|sofa|curtains?))|"
             r"\bfire\s+(?:brigade|department|service|engine|hazard|risk|crew|extinguisher\s+to)|\b(?:gas\s+(?:is\s+|was\s+)?leak(?:ing|s)?|carbon\s+monoxide\s+(?:leak|poison|alarm\s+went))|\bhouse\s+fire\b|\bfire\s+in\s+(?:my|our|the)\b|\b(?:scorched|charred)\b"),
    ("child", rf"\b{_CHILD}\b[^.!?]{{0,60}}\b(?:swallow\w*|chok\w*|strangl\w*|suffocat\w*|trapped|stuck\s+in|in\s+(?:his|her|its|their)\s+mouth|nearly\s+(?:fell|died)|got\s+hurt|was\s+hurt|injured|in\s+danger|unsafe|at\s+risk|fell\s+(?:out|down|off|through))|\b(?:swallow\w*|chok\w*\s+(?:on|hazard))\b[^.!?]{{0,50}}\b{_CHILD}\b|\bchok(?:e|ing)\s+hazard|"
              rf"\b(?:cot|crib|car\s?seat|pram|buggy|pushchair|stair\s?gate|high\s?chair|stroller)\b[^.!?]{{0,40}}\b(?:collapsed|gave\s+way|came\s+undone|failed|broke)\b[^.!?]{{0,25}}\b(?:with|while|in\s+it|on\s+(?:him|her)|{_CHILD})|\bi(?:'m|m|\s+am)\s+(?:only\s+|just\s+)?(?:[6-9]|1[0-7]|(?:six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen))(?:\s+years?\s+old|\s*yo\b|\s+and\s+(?:my|i)\b|\s*$|\s*[.!,])|"
              r"\bi(?:'m|\s+am)\s+(?:a\s+(?:child|minor|kid)|underage)\b|\bchild\s+(?:abuse|safeguarding|protection)\b"),
    ("injury", rf"\b(?:injur(?:y|ed|ies|ing)|stitches|a\s?&\s?e\b|a\s+and\s+e\b|emergency\s+room|(?:the\s+|to\s+)er\b|ambulance|paramedics?|casualty\s+department|concussion|bleed(?:s|ing)?|bled|blood\s+(?:everywhere|all\s+over|pouring)|lacerat\w+|sprain(?:ed)?|fractur\w+|scald\w*|blister(?:s|ed)\b|first[\s-]degree|second[\s-]degree|third[\s-]degree|unconscious|hospitali[sz]ed)|"
               rf"\b(?:cut|cuts|sliced?|slashed|burn(?:t|ed|s)?|hurt|broke|broken|crushed|trapped|hit|gashed|pierced|stabbed|bruised|twisted|grazed|scratched|damaged|dislocated|smashed\s+into|fell\s+on|landed\s+on|struck|sprayed\s+in|chipped)\s+(?:open\s+)?(?:{_MY}\s+(?:\w+'s\s+)?(?:\w+\s+)?)(?:{_BODY})\b|\b(?:hurt|burn(?:t|ed)|cut|injured|wounded)\s+(?:{_WHO})\b(?!\s+(?:feelings|pocket|wallet|off|short|some|a\s+deal|out))|\b{_WHO}\s+(?:\w+\s+){{0,2}}(?:got|was|were|is|been|am)\s+(?:\w+\s+){{0,2}}(?:hurt|burn(?:t|ed)|injured|cut|bitten|electrocuted|knocked\s+(?:down|over|out))\b|"
               rf"\b(?:fell|slipped|tripped|crashed|collapsed)\b[^.!?]{{0,40}}\b(?:hurt|broke|injur\w*|hospital|bruis\w*|my\s+{_BODY})|\b(?:took|taken|rushed|went|go|going|ended\s+up|been|admitted)\s+(?:\w+\s+){{0,2}}(?:to|in|into)\s+(?:the\s+)?(?:hospital|a\s?&\s?e|er|emergency|urgent\s+care|walk-?in)|\b(?:shards?|splinters?|bits?|pieces?|lumps?)\s+of\s+(?:glass|metal|plastic|wood)\b[^.!?]{{0,30}}\b(?:in\s+(?:my|his|her|the)\s+(?:food|mouth|{_BODY}|drink|soup|jar|yog\w+|cereal))|\b(?:nasty|bad|severe|chemical|painful)\s+(?:burns?|cut|gash|rash)|\bchok(?:ed|ing)\s+on\b|\b(?:bit|attacked|assaulted|punched|pushed|hit|threatened)\s+(?:me|my\s+(?:son|daughter|wife|husband|mum|dog|child))\b(?!\s+with\s+(?:a\s+)?(?:bill|charge|fee|late)|\s+up)"),
    ("bereavement", rf"\b(?:my|our|his|her)\s+(?:late|deceased|dead)\s+{_FAMILY}\b|\b{_FAMILY}(?:'s|\s+has|\s+had|\s+have|\s+just|\s+sadly|\s+recently|\s+suddenly|\s+was|\s+and)*\s+(?:died|dies|passed\s+(?:away|on|last|in|this|yesterday|recently|suddenly|\w+day)|passed\b(?!\s+(?:the|it|me|on\s+the|out|a|his|her))|is\s+dying|was\s+killed)|\bpassed\s+away\b|\b(?:funeral|bereave\w*|cremat\w+|ashes\s+of|her\s+ashes|his\s+ashes|memorial\s+(?:service|stone|plaque)|headstone|gravestone|wake\s+is|widow(?:ed|er)?|probate|death\s+certificate|stillborn|miscarr\w+|grieving|in\s+mourning)\b|\b(?:lost|buried|burying)\s+(?:my|our)\s+(?:dear\s+|little\s+|only\s+)?{_FAMILY}\b(?!'s\s+(?:order|present|gift|card|receipt|parcel))|\b(?:account\s+holder|customer|he|she|they)\s+(?:has\s+|have\s+)?(?:just\s+|sadly\s+|recently\s+)?died\b|\bestate\s+of\b|\bexecutor\b"),
    ("illness", r"\b(?:chemo(?:therapy)?|radiotherapy|cancer|dialysis|dementia|alzheimer'?s|parkinson'?s|epilep\w+|seizure|diabet(?:es|ic)|insulin|epi-?pen|anaphyla\w+|terminal(?:ly)?\s+ill\w*|palliative|hospice|heart\s+(?:attack|condition|failure|surgery)|had\s+a\s+stroke|pacemaker|life\s+support|oxygen\s+(?:machine|tank|concentrator)|food\s+poisoning|salmonella|e\.?\s?coli|listeria|allergic\s+(?:reaction|to)|allergy\s+(?:to|attack)|nut\s+allergy|asthma(?:\s+attack)?|coeliac|intensive\s+care|in\s+(?:the\s+)?hospital(?!\s+(?:blue|style|corner))|undergoing\s+(?:treatment|surgery)|having\s+(?:an\s+)?(?:operation|surgery|treatment)|bedridden|bed-?bound|housebound|seriously\s+ill|very\s+ill|really\s+ill|so\s+ill|gravely\s+ill|mental\s+(?:health|breakdown)|severe\s+(?:anxiety|depression)|panic\s+attacks?|depress(?:ion|ed)\b|disab(?:led|ility)\b(?=.{0,60}\b(?:need|can'?t|cannot|rely|depend))|medication|prescription\s+(?:meds|medicine|drugs)|inhaler)|"
                r"\b(?:vomit\w*|throwing\s+up|threw\s+up|puk(?:ed|ing)|diarrh\w+)|\b(?:made|making|makes)\s+(?:me|us|him|her|my\s+\w+|the\s+whole\s+family|everyone)\s+(?:\w+\s+)?(?:ill|sick|unwell|poorly)\b(?=.{0,30}\b(?:eat|ate|drink|drank|after|using|food|stomach|since|all\s+night|for\s+days))|\b(?:fell|been|became|got|getting)\s+(?:\w+\s+)?(?:ill|sick|unwell|poorly)\s+(?:after|from|since)\s+(?:eating|drinking|using|taking|it|your|the)"),
    ("discrimination", r"\b(?:racist|racism|racial(?:ly)?|sexist|sexism|misogyn\w+|homophob\w+|transphob\w+|islamophob\w+|anti-?semit\w+|xenophob\w+|ableis[tm]|discriminat\w+|(?:racial|homophobic|racist)\s+(?:slur|abuse|name|remark)|slurs?\b|n[\s-]word|bigot\w*|prejudice[d]?|hate\s+crime|sexual(?:ly)?\s+harass\w*|harassed\s+me\s+sexually|groped)|"
                       r"\bbecause\s+(?:of\s+(?:my|our|his|her)\s+(?:race|skin|colou?r|religion|faith|gender|sex|sexuality|disability|wheelchair|age|accent|nationality|ethnicity|hijab|turban|name|hearing|autism)|(?:i|we|he|she)(?:'m|'re|'s|\s+am|\s+are|\s+is|\s+was|\s+were)\s+(?:a\s+|an\s+)?(?:black|asian|brown|white|muslim|jewish|sikh|hindu|gay|lesbian|trans|queer|disabled|deaf|blind|autistic|foreign(?:er)?|immigrant|woman|women|female|pregnant|old|elderly|in\s+a\s+wheelchair|polish|indian|african|chinese|irish|romanian|pakistani|nigerian|traveller|gypsy))\b|"
                       r"\b(?:go\s+back\s+to\s+(?:my|your|where)\s*(?:own\s+)?(?:country|you|i)|mocked\s+my|made\s+fun\s+of\s+my|laughed\s+at\s+my\s+(?:accent|disability|stammer|name)|people\s+like\s+(?:me|you)\s+(?:should|don'?t|aren'?t)|your\s+kind\b|refused\s+(?:me\s+)?(?:entry|service)\s+because|(?:guide|assistance)\s+dog)"),
    ("legal_threat", r"\b(?:solicitors?|lawyers?|attorneys?|barristers?|legal\s+(?:action|proceedings|advice|team|representation|counsel|route|letter|department\s+will|steps|recourse)|legally\s+(?:pursue|challenge)|small\s+claims?|county\s+court|(?:take|taking|took|drag|see|seeing|meet)\s+(?:\w+\s+){1,4}(?:to|in|at)\s+(?:the\s+)?court|(?:go|going|in|to|through)\s+(?:the\s+)?courts?\b(?!\s+(?:shoes?|side|yard))|court\s+(?:action|claim|case|order|summons|proceedings)|lawsuit|class\s+action|litigat\w+|(?:gonna|going\s+to|will|'ll|to|shall|i\s+can|could|should|might|we'll|am)\s+sue\b|suing|sue\s+(?:you|your|the|this|them)\b|letter\s+before\s+(?:action|claim)|statutory\s+demand|trading\s+standards|ombudsm[ae]n|ombudsperson|consumer\s+(?:court|forum|protection\s+agency)|financial\s+conduct\s+authority|the\s+fca\b|ofcom\b|ofgem\b|attorney\s+general|better\s+business\s+bureau|the\s+bbb\b|\bftc\b|regulators?\b|data\s+protection\s+(?:authority|commissioner)|information\s+commissioner|\bico\b(?=.{0,20}(?:report|complain|gdpr))|breach\s+of\s+contract|(?:report(?:ing|ed)?|call(?:ing|ed)?|inform(?:ing)?|going\s+to|go\s+to|contact(?:ing|ed)?)\s+(?:\w+\s+){0,4}(?:the\s+)?police|press(?:ing)?\s+charges|citizens?'?\s+advice|consumer\s+rights\s+act|fraud\s+(?:squad|department|claim\s+against))"),
    ("press_threat", r"\b(?:journalists?|reporters?|(?:the|local|national|going\s+to\s+the|to\s+the|tell\s+the|contact\s+the)\s+(?:press|papers?|media|newspapers?|news|tabloids?|tv|telly)\b(?!\s*(?:button|on|is|has|was|says|arrived|stand|and\s+hold|came|i\s+(?:ordered|bought)|towels?|trays?|bags?|plates?|cups?))|(?:go|going|went|take|taking|took|tell|telling|contact\w*|call\w*|speak\w*|spoke|sell\w*|give|send\w*|email\w*|phon\w*|story)\s+(?:\w+\s+){0,5}(?:the\s+)?(?:press|media|newspapers?|papers|news|bbc|itv|sky\s+news|watchdog|daily\s+mail|the\s+sun\b|guardian|mirror|cnn|fox\s+news|channel\s+\w+)\b|(?:bbc|itv)\s+watchdog|rip[\s-]?off\s+britain|watchdog|go(?:ing)?\s+public|front\s+page|headlines?\b(?=.{0,40}\b(?:you|company|this))|money\s+saving\s+expert|which\?\s+magazine|on\s+the\s+(?:evening\s+)?news\b|viral\b)"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _PATTERNS)

# Idiom, products and the law as a trade: what the patterns would trip over is taken out first.
_HARMLESS = re.compile(
    r"\b(?:to\s+die\s+for|dying\s+to\s+\w+|d(?:ied|ying|ie)\s+(?:of|from)\s+(?:embarrassment|laughter|laughing|boredom|shame|hunger|thirst)|(?:nearly|almost)\s+died\s+(?:laughing|when\s+i\s+saw)|"
    r"(?:phone|battery|laptop|tablet|plant|plants|flowers?|engine|car|screen|tv|device|machine|kettle|hoover|fridge|toy|charger|watch|headphones?|speaker|blender)s?\s+(?:has\s+|have\s+|just\s+|had\s+|already\s+|suddenly\s+)*(?:died|dies|is\s+dead|was\s+dead)|dead\s+(?:sea|line|battery|pixels?|plant|on\s+arrival)|"
    r"fire\s?(?:stick|tv|pit|place|work|works|wall|wire|guard|tablet|alarm|alarms|sale|proof|fly|wood|hd|extinguishers?|blanket|door)|(?:should\s+be|get|got|be)\s+fired|fire\s+(?:him|her|them|whoever|the\s+(?:driver|staff|person))|on\s+fire\s+(?:today|lately)|hell\s?fire|like\s+wildfire|"
    r"smoke\s+(?:alarms?|detectors?|grey|gray|colou?r\w*|screen|machine|signals?)|smok(?:ed|ey)\s+\w+|bright\s+sparks?|spark\s+plugs?|sparkling|"
    r"shock(?:ing|ingly)?\s+(?:service|absorbers?|customer|quality|state|behaviou?r|experience|treatment|how|that|to\s+see)|(?:in|a)\s+(?:state\s+of\s+)?shock\s+(?:at|to\s+(?:see|find|hear|discover|receive)|when\s+i\s+(?:saw|opened|got\s+the\s+bill))|culture\s+shock|sticker\s+shock|"
    r"cut(?:ting)?\s+(?:off|short|corners|costs?|the\s+crap|it\s+(?:out|short|fine)|out|a\s+deal|my\s+losses|glass|me\s+(?:off|short|some|a\s+deal))|hurt\s+(?:my|your|his|her)\s+(?:feelings|wallet|pocket|bank)|"
    r"broke(?:n)?\s+my\s+heart|an\s+arm\s+and\s+a\s+leg|pain\s+in\s+the\s+\w+|(?:off|behind|on)\s+my\s+back\b|(?:do|doing|bang(?:ing)?)\s+my\s+head|stab(?:bed)?\s+(?:me\s+)?in\s+the\s+back|kick\s+in\s+the\s+teeth|slap\s+in\s+the\s+face|"
    r"(?:french|garlic|trouser|flower|bench|leg|chest|hair|tofu|pizza|cafeti\w+|bottle)\s+press(?:es)?|press(?:ed|ing)?\s+(?:the|a|any|on|and\s+hold|it|start|play|reset)\b(?!\s+charges)|court\s+shoes?|tennis\s+courts?|(?:food|golf|basketball)\s+court|court\s+side|newspaper\s+(?:subscription|rack|delivery|holder)|news\s?letters?|good\s+news|bad\s+news|any\s+news|no\s+news|the\s+news\s+(?:is|that|about|on)|"
    r"(?:aunt(?:ie)?|mrs|ms|called|named|my\s+name\s+is|i'?m)\s+sue|sue\s+(?:ordered|said|bought|told|from)|race\s+(?:bike|car|track)|human\s+race|"
    r"sick\s+(?:of|and\s+tired|to\s+(?:death|my\s+stomach)|to\s+the\s+back\s+teeth|leave)|(?:makes?|making|made)\s+me\s+(?:feel\s+)?sick\s+(?:how|that|the\s+way|to\s+(?:think|see))|ill[\s-]+(?:fitting|mannered|informed|advised|equipped|treated)|first\s+aid\s+kit|"
    r"(?:burn|burnt|burns|burning)\s+(?:orange|the\s+toast|toast|sienna|cds?|dvds?|a\s+hole\s+in\s+my\s+(?:pocket|wallet)|my\s+bridges|calories|rubber)|burning\s+question|candles?\s+\w*\s*burn|slow\s+burn|"
    r"kill(?:ing|s)?\s+(?:me\s+with|time|two\s+birds|for\s+a)|(?:sale|price|wait|waiting|suspense|shoes|heels|commute|bill|job)\s+(?:is|are|was)\s+killing\s+me|you(?:'re|\s+are)\s+killing\s+me|"
    r"bleed(?:ing)?\s+(?:edge|obvious|ridiculous|hell|useless|idiots?|heart|money)|daylight\s+robbery|blood\s+boil\w*|explode\s+with\s+(?:anger|rage)|(?:about|ready|going)\s+to\s+explode|blown\s+up\s+(?:picture|photo|image)|"
    r"(?:child|baby|kid)(?:'?s|ren'?s)?\s+(?:clothes|shoes|seat\s+cover|lock|proof|toy|bed|book|pyjamas|birthday|party|shower|wipes|monitor\s+(?:won'?t|doesn'?t|stopped|is\s+faulty))|hospital\s+(?:blue|corners?)|medicine\s+(?:cabinet|ball)|heart\s+shaped|over\s+my\s+dead\s+body|poison\s+ivy|virus\s+scan\w*|wake\s+up)\b",
    re.I,
)
# A word that lets a middling probability count.
_HINT = re.compile(
    r"\b(?:hospital|doctor|nurse|hurt|pain\w*|wound|burn\w*|blood|smoke|smoking|flames?|gas|spark\w*|overheat\w*|electric\w*|shock|wires?|die|dead|died|death|alive|suicid\w*|life|sue|court|legal|law|lawyer|police|press|media|newspaper|tv|news|"
    r"race|racist|skin|accent|religion|wheelchair|disab\w*|gender|woman|gay|baby|toddler|child|kid|son|daughter|swallow\w*|chok\w*|funeral|late|lost|passed|ill|sick|poison\w*|allerg\w*|medic\w*|surgery|treatment|danger\w*|unsafe|emergency|explod\w*|exploding|safety|"
    r"fell|collapsed|crash\w*|glass|sharp|cut|poorly|unwell|health|years?\s+old|rash|skin|react\w*|toxic|fumes|attack\w*|threat\w*|scared|afraid)\b",
    re.I,
)


class DangerReader:
    """Learns from danger.yml once; then names the kind of danger in a message, or none."""

    def __init__(self, parts: dict) -> None:
        self._parts = parts

    @classmethod
    def trained_with(cls, encode) -> "DangerReader":
        """`encode` turns texts into unit vectors."""
        from sklearn.linear_model import LogisticRegression

        by_kind = yaml.safe_load(_SENTENCES.read_text(encoding="utf-8"))
        texts = [text for texts in by_kind.values() for text in texts]
        kinds = [kind for kind, texts in by_kind.items() for _ in texts]
        vectors = encode(texts)
        regression = LogisticRegression(C=_STRICTNESS, class_weight="balanced", max_iter=300)
        return cls({"regression": regression.fit(vectors, kinds), "examples": vectors})

    @classmethod
    def load(cls, folder: Path) -> "DangerReader":
        import joblib

        return cls(joblib.load(folder / "danger.joblib"))

    def save(self, folder: Path) -> None:
        import joblib

        joblib.dump(self._parts, folder / "danger.joblib")

    def kind_of(self, sentences: Sequence[str], vectors: np.ndarray) -> Optional[str]:
        """The most urgent kind found in the sentences; `vectors` has one row for each."""
        found = [kind for kind in map(said_plainly, sentences) if kind]
        if not found and len(sentences):
            found = [kind for kind in self._meant(sentences, vectors) if kind]
        return min(found, key=_urgency, default=None)

    def _meant(self, sentences: Sequence[str], vectors: np.ndarray) -> list[Optional[str]]:
        kinds = list(self._parts["regression"].classes_)
        harmless = kinds.index(NOT_DANGER)
        probabilities = self._parts["regression"].predict_proba(vectors)
        near = (vectors @ self._parts["examples"].T).max(axis=1)
        meant: list[Optional[str]] = []
        for sentence, row, familiar in zip(sentences, probabilities, near):
            enough = _SURE_WITH_A_HINT if _HINT.search(_without_idiom(sentence)) else _SURE_ALONE
            sure = 1.0 - row[harmless] >= enough and familiar >= _FAMILIAR
            row[harmless] = 0.0
            meant.append(kinds[int(row.argmax())] if sure else None)
        return meant


def said_plainly(sentence: str) -> Optional[str]:
    """The kind of danger whose words stand in the sentence, idiom set aside."""
    sentence = _without_idiom(sentence)
    return next((kind for kind, pattern in _COMPILED if pattern.search(sentence)), None)


def _without_idiom(sentence: str) -> str:
    return _HARMLESS.sub(" ", sentence.replace("’", "'"))


def _urgency(kind: str) -> int:
    return [name for name, _ in _PATTERNS].index(kind)
