"""The words of danger, and the idioms that only sound like it.

One idea a line; a space stands for any white space. A pattern decides nothing alone: the danger
reader weighs it beside what the whole sentence means (danger.py), so it may be a little too wide.
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
    "cousin|nephew|niece|twin|in[- ]laws?)"
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
        r"\bkms\b|unaliv\w+|(?:hang|drown|shoot|poison|finish) my\s?self|(?:take|drink|consume|swallow) poison",
        r"(?:not|never|n'?t|dont) (?:want(?:ing)? to )?wake up|(?:nothing|no reason) (?:left )?to (?:live|stay) for|done with life",
        r"(?:cut|cutting|slit) (?:my\s?self|my (?:own )?wrists?)(?! (?:on|opening|unpacking|by accident|with the))|goodbye (?:note|letter)|suicide note",
        r"(?:tak\w+|took|swallow\w+|lined up|stash\w*) (?:\w+ ){0,3}(?:too many|all my|all the|the|my) (?:pills|tablets)",
        r"jump(?:ing)? (?:off|from|in front of|under) (?:a|an|the|my) \w+|(?:nobody|no one) would (?:miss|notice|care)\b.{0,12}\b(?:me|gone)",
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
        r"(?:casing|case|body|metal|housing|frame|tap|front|switch) (?:is|was) live|wires? (?:is|are|were|was|hanging|poking|sticking|coming) (?:\w+ )?(?:open|bare|out|exposed|live)|bare copper",
        r"(?:giv\w+|gave|get|gets|getting|got|leaking|feel|felt|passing) (?:\w+ ){0,3}(?:electric )?current|current (?:is |was )?(?:coming|leak\w*|passing|shock)|(?:got|gave \w+|get) (?:\w+ ){0,2}(?:a|some|little|mild|nasty) (?:belt|jolt|zap|wallop|buzz) (?:off|from)",
        r"ele[ck]+tr\w* shok|shoc?ks? (?:is |are )?coming|(?:gives|giving|gave)(?: off)?(?: \w+)? shocks?|electr[io]c[iu]ted|shocked (?:me|us|him|her|twice)",
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
        r"scorch\w*|charred|smou?lder\w*|singed|short[\s-]circuit\w*|too hot to (?:touch|hold)|red hot|glow(?:ing|ed)",
        r"(?:set|caught|catch(?:es)?|sets) (?:light|alight)|went up (?:in (?:smoke|flames)|like a torch)|burn marks?|fire (?:risk|trap)|death\s?trap",
        rf"{_APPLIANCE}[^.!?]{{0,25}}(?:blast(?:ed)?|bl[ae]st|burst(?:ed)?|bulg\w*|swell\w*|went bang|explod\w*|on fire|burn(?:t|ed|ing))|blast(?:ed)? (?:while|when|in my|with|near|last night|at night|on charge)",
    ),
    "child": (
        rf"{_CHILD}\b[^.!?]{{0,60}}(?:swallow\w*|chok(?:e|ed|ing)|strangl\w*|suffocat\w*|got trapped|was trapped|stuck in|in (?:his|her|its|their) mouth|nearly died|got hurt|was hurt|injured|in danger|at risk|fell (?:out|down|through))",
        rf"(?:swallow\w*|chok(?:ed|ing))\b[^.!?]{{0,50}}{_CHILD}",
        r"chok(?:e|ing) hazard",
        rf"(?:cot|crib|car\s?seat|pram|buggy|pushchair|stair\s?gate|high\s?chair|stroller)\b[^.!?]{{0,40}}(?:collapsed|gave way|came undone|failed|broke)\b[^.!?]{{0,25}}(?:with|while|{_CHILD})",
        r"i(?:'m|m| am) (?:only |just )?(?:[6-9]|1[0-7]|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)(?: years? old|\s?yo\b| and (?:my|i)\b|\s*$|\s*[.!,])",
        r"i(?:'m| am) (?:a (?:child|minor|kid)|underage)",
        r"child (?:abuse|safeguarding|protection)",
        rf"{_CHILD}\b[^.!?]{{0,50}}(?:burn(?:t|ed)|scalded|bleeding|vomit\w*|sick all|in a\s?&\s?e|hospital|electric|shock(?: |$)|trapped|cut (?:his|her|their)|drank|ate (?:it|one|some|half)|rash|fever|broken (?:arm|leg|wrist)|knocked out|went under)",
        rf"(?:tipped|toppled|collapsed|fell|rolled|snapped|broke|shut|closed|folded)\b[^.!?]{{0,25}}(?:on|onto|over|with|around|round) (?:my|our|the|his|her) (?:\w+ )?{_CHILD}",
        rf"(?:cut|burn(?:t|ed)?|hurt|scratched|injured|scalded|hit|shocked|trapped|strangled) (?:my|our|the) (?:\w+ ){{0,2}}{_CHILD}",
        r"(?:i am|i'm|im) (?:still )?(?:a kid|at primary school|in year (?:[1-9]|1[01])|under ?age)|(?:nude|naked|porn\w*|adult) (?:pictures?|images?|content|videos?)[^.!?]{0,40}(?:child|kid|son|daughter|boy|girl)",
    ),
    "injury": (
        r"injur(?:y|ed|ies|ing)|lacerat\w+|fractur\w+|scald\w*|concussion|sprained|unconscious|hospitali[sz]ed",
        r"stit?ches|a\s?&\s?e\b|a and e\b|emergency room|ambulance|paramedics?|blister(?:s|ed)\b|(?:first|second|third)[\s-]degree",
        r"bleed(?:s|ing)?|bled|blood (?:everywhere|all over|pouring)",
        rf"(?:cut|cuts|sliced?|slashed|burn(?:t|ed|s)?|hurt|broke|crushed|trapped|hit|gashed|pierced|stabbed|bruised|twisted|grazed|dislocated|fell on|landed on|struck|chipped) (?:open )?(?:my|our|his|her|their|a) (?:\w+'s )?(?:\w+ )?{_BODY}",
        rf"(?:hurt|burn(?:t|ed)|cut|injured|wounded) {_SOMEBODY}(?! (?:feelings|pocket|wallet|off|short|some|a deal|out))",
        rf"{_I_OR_THEY} (?:\w+ )?(?:got|was|were|been) (?:\w+ ){{0,2}}(?:hurt|burn(?:t|ed)|injured|cut|bitten|knocked (?:down|over|out))",
        r"(?:fell|slipped|tripped|crashed|collapsed)\b[^.!?]{0,40}(?:hurt|broke my|injur\w*|hospital|bruis\w*)",
        r"(?:took|taken|rushed|went|go|going|ended up|been|admitted) (?:\w+ ){0,2}(?:to|in|into) (?:the )?(?:hospital|a\s?&\s?e|er|urgent care)",
        rf"(?:shards?|splinters?|bits?|pieces?|lumps?) of (?:glass|metal|plastic|wood)[^.!?]{{0,30}}in (?:my|his|her|the) (?:food|mouth|{_BODY}|drink|soup|jar|yog\w+|cereal)",
        r"(?:nasty|bad|severe|chemical|painful) (?:burns?|cut|gash|rash)",
        r"chok(?:ed|ing) on|whiplash|in plaster|swollen (?:like|up)|black and blue|split lip|grazed|knocked (?:him|her|me|them) (?:over|down|out)|(?:bump|lump) on (?:my|his|her) head",
        rf"(?:fell|dropped|landed|came down|collapsed|toppled|splashed|spilled|poured|flew|went|snapped back)\b[^.!?]{{0,30}}(?:on|onto|on to|over|into|in(?! my hands?)|under|at|through) (?:my|our|his|her|their|me|him|us) ?(?:\w+'?s? ){{0,2}}(?:{_BODY}|$)",
        rf"(?:broke|broken|cracked|lost|sliced|jammed|caught|done) (?:my|his|her|a|two|three) (?:\w+ )?(?:{_BODY}|bones?|hips?|collarbone|jaw|tailbone|pelvis|tip of)",
        rf"{_BODY} (?:is|are|was|were|got|gets)(?: now| all| still| badly)* (?:bleeding|swollen|broken|burn(?:t|ed|ing)|cut|bruised|hurt|sore|raw|paining|blistered|infected|numb)",
        r"(?:bit|attacked|assaulted|punched|pushed|threatened) (?:me|my (?:son|daughter|wife|husband|mum|dog|child))\b(?! with (?:a )?(?:bill|charge|fee|late)| up)",
    ),
    "bereavement": (
        rf"(?:my|our|his|her) (?:late|deceased|dead) {_KIN}",
        rf"{_KIN}(?:'s| has| had| have| just| sadly| recently| suddenly| was| and)* (?:died|dies|passed (?:away|on|last|in|this|yesterday|recently|suddenly|\w+day)|passed\b(?! (?:the|it|me|on the|out|a|his|her))|is dying|was killed)",
        r"passed away",
        r"funeral|bereave\w*|cremat\w+|(?:her|his) ashes|memorial (?:service|stone|plaque)|headstone|gravestone|widow(?:ed|er)?|probate|death certificate|stillborn|miscarr\w+|grieving|in mourning",
        rf"(?:lost|buried|burying) (?:my|our) (?:dear |little |only )?{_KIN}\b(?!'s (?:order|present|gift|card|receipt|parcel))",
        r"(?:account holder|customer|client|tenant|he|she) (?:has |have |is |was )?(?:just |sadly |recently )?(?:died|dead)\b(?! (?:right|wrong|set))",
        r"estate of|executor|(?:past|passed) (?:away|last (?:week|month|night|year)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:is|are) no more\b(?! (?:in|available|on|emails))|demise|last rites|deceased|hearse|coffins?|casket|wreaths?|urn\b|cremation",
        rf"{_KIN}(?: has| have| got| was| is| just| had| sadly)* (?:expired|dead|gone\b(?= and| now|$)|left us)|(?:he|she)(?: has|'s)? expired|(?:his|her|my \w+'?s) (?:grave|passing|death|funeral|ashes)|since (?:his|her|my \w+'s) death|(?:lost|losing) (?:him|her) (?:in|on|to|last)|death (?:in|of) (?:the |my |our )",
        r"put (?:our|my|the) (?:dog|cat|pet|horse)? ?to sleep|lost (?:his|her) (?:battle|fight)|(?:buried|burying|bury) (?:him|her|my|our)",
    ),
    "illness": (
        r"chemo(?:therapy)?|radiotherapy|cancer|dialysis|dementia|alzheimer'?s|parkinson'?s|epilep\w+|seizure|diabet(?:es|ic)|insulin|epi-?pen|anaphyla\w+",
        r"terminal(?:ly)? ill\w*|palliative|hospice|heart (?:attack|condition|failure|surgery)|had a stroke|pacemaker|life support|oxygen (?:machine|tank|concentrator)|intensive care",
        r"food poisoning|salmonella|e\.?\s?coli|listeria|allergic (?:reaction|to)|(?:nut|milk|severe) allergy|asthma(?: attack)?|coeliac|inhaler",
        r"in (?:the )?hospital|undergoing (?:treatment|surgery)|having (?:an )?(?:operation|surgery|treatment)|bedridden|bed-?bound|housebound",
        r"(?:seriously|very|really|so|gravely) (?:ill|unwell|poorly)\b",
        r"mental (?:health|breakdown)|severe (?:anxiety|depression)|panic attacks?|i(?:'m| am| have| suffer from)(?: \w+)? depress(?:ion|ed)\b|depression",
        r"disab(?:led|ility)\b(?=.{0,60}(?:need|can'?t|cannot|rely|depend))",
        r"operation|surgery|icu|coma\b|pneumonia|tumou?r|leuk\w+|covid|housebound|bed\s?(?:bound|ridden)|bed sores|catheters?|feeding (?:pump|tube)|tube feed|nebuli[sz]er|cpap|hoist|stairlift|immune system|motor neurone|ptsd|bipolar|anxiety|carer|hives",
        r"(?:can'?t|cannot|trouble|difficulty|stop(?:ped)?|struggl\w+(?: to)?) breath(?:e|ing)|passed out|faint(?:ed|ing)?\b|dizzy|loose motions?|the runs|stomach (?:pain|ache|cramp\w*|upset|is)|on a drip|antibiotics|swelled up|swollen up|skin (?:is )?(?:itch\w*|peel\w*|burn\w*)",
        r"i(?:'m| am|ve| have|'ve)(?: \w+)? (?:diabetic|coeliac|epileptic|asthmatic|ms\b|arthritis|copd|hiv)|(?:sugar|heart|bp|kidney) patient|blood pressure (?:medicine|tablets|pills)|(?:sick|ill) (?:as|all night|since|after|from|for days)",
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
        r"paki\b|gyps(?:y|ies)|go back (?:to|where) (?:\w+ )?(?:came|poland|africa|india|china)|where (?:i|you)(?:'m|'re| am| are)? (?:really|came) from|your kind|you people (?:always|are all)|foreigners|immigrants?|terrorist|speak english",
        r"ageis[tm]|casteis[tm]|(?:my|our|his|her|their) caste|misgender\w*|too old (?:to|for)|(?:mimick?ed|imitated|mocking|copied) (?:my|his|her) (?:accent|stutter|voice|stammer)|no (?:blacks?|muslims?|gays?|jews?|women|foreigners)\b",
        r"(?:sexual|filthy|dirty|lewd|sexist) (?:comments?|remarks?|jokes?)|(?:touched|grabbed) (?:me|my|her)\b|women (?:should|don|can|are|do not|cannot|would|could)\w*|(?:searched|followed|stopped) only (?:the |my |me )|white (?:customers?|people|lady|man|woman|person)|(?:refused|turned away|would not|wouldn'?t)\b[^.!?]{0,50}\b(?:wheelchair|deaf|blind|trans|guide dog|headscarf|hijab|turban|breast\s?feeding)",
        r"people like (?:me|you|us) (?:should(?:n'?t)?|don'?t|aren'?t)|refused (?:me |us )?(?:entry|service) because|(?:guide|assistance) dog",
    ),
    "legal_threat": (
        r"solicitors?|lawyers?|attorneys?|barristers?",
        r"legal (?:action|proceedings|advice|team|representation|counsel|route|letter|steps|recourse)|legally (?:pursue|challenge)|letter before (?:action|claim)",
        r"la?wy?y?ers?\b|laywers?|layers? will|solici?t[eo]rs?|att?ou?rn[ei]?[ye]s?|advocates?|leagal\w*|legal notice|lodge (?:an )?fir|prosecut\w+|tribunal|high court|magistrates?|(?:a|the|let a|let the) judge|bailiffs?|summons|demand letter",
        r"(?:issue|start|begin|commence) (?:\w+ )?proceedings|issue a claim|(?:seek|seeking|claim|claiming|sue for) damages|you(?:'ll| will| shall) be (?:served|prosecuted)|crime (?:reference|number)|call(?:ing)? the cops|go(?:ing)? legal|have the law on|take (?:this|it) further,? legally",
        r"food standards|environmental health|health and safety executive|advertising standards|data protection commission\w*|\bico\b|cfpb|consumer (?:helpline|redress\w*|commission|protection)|consumer affairs|competition authority|(?:banking|rbi) ombudsman|police (?:complaint|report|case|have|are|will)|reported? (?:you|this|it|them) to (?:the )?(?:authorities|regulator|police|cops)",
        r"small claims?|county court|court (?:action|claim|order|summons|proceedings)|lawsuit|class action|litigat\w+",
        r"(?:take|taking|took|drag|see|seeing|meet) (?:\w+ ){1,4}(?:to|in|at) (?:the )?court|(?:go|going|to|through) (?:the )?courts?\b",
        r"(?:gonna|going to|will|'ll|to|shall|can|could|should|might) sue|suing|sue (?:you|your|the|this|them)",
        r"trading standards|ombudsm[ae]n|ombudsperson|consumer (?:court|forum|protection agency|rights act)|financial conduct authority|(?:the )?fca|ofcom|ofgem|attorney general|better business bureau|(?:the )?bbb|(?:the )?ftc|citizens?'? advice",
        r"(?:report\w*|complain\w*|going|go|write|writing) (?:\w+ ){0,3}to (?:the |your )?regulators?|information commissioner|breach of contract|press(?:ing)? charges",
        r"(?:report(?:ing)?|call(?:ing)?|inform(?:ing)?|go(?:ing)? to|contact(?:ing)?) (?:\w+ ){0,4}(?:the )?police",
    ),
    "press_threat": (
        r"journalists?|(?:a|the|with|your|news) reporters?|tabloids?|rip[\s-]?off britain|(?:bbc|itv) watchdog|on watchdog",
        r"(?:go|going|went|take|taking|tell|telling|contact|contacting|contacted|call|calling|speak|speaking|sell|selling|give|send|sending|write|writing|email|emailing|phone|phoning|get|leak)\b(?: \w+){0,5}? (?:to |with |in |at )?(?:the |local |national )+(?:press|media|newspapers?|papers?|news|bbc|daily mail|sun newspaper|guardian|mirror|sky news)\b",
        r"(?:contact|contacting|contacted|call|calling|tell|telling|emailing|email) (?:bbc|itv|sky news|watchdog|channel (?:four|five|4|5)|cnn|fox news)",
        r"(?:make sure|let) (?:that )?the (?:press|media|papers?|newspapers?) (?:hears?|knows?|find)",
        r"(?:press|media|newspapers?) will (?:hear|love|know|be)|go(?:ing)? public\b|(?:on|in) the (?:evening |six o'clock )?news\b(?= tonight| tomorrow|.{0,12}$)|make (?:this|it|you) (?:go )?viral",
        r"front page(?! of (?:the|your|my) (?:\w*site|book|app|magazine))|go(?:es|ing|ne)? viral|(?:tv|news|camera|film) (?:crew|people|station|team)s?|news(?: channel|room| site)s?|documentary|live\s?stream\w* this|martin lewis|money ?saving expert|name and shame you on|consumer (?:champion|column|page|reporter|programme|editor)",
        r"\d+k? (?:\w+ )?(?:followers|subscribers|listeners|readers)|(?:thousands?|million) (?:of )?(?:followers|subscribers|listeners|readers|people) |my (?:followers|listeners|readers|viewers|subscribers)|(?:my|our) (?:podcast|column|radio show|blog has)|influencer",
        r"(?:works?|working|friend|cousin|sister|brother|editor|producer|presenter|columnist|know people|someone|somebody) (?:\w+ ){0,3}(?:at|for|in|from|on|with) (?:a |an |the |our |your |local |national )*(?:papers?|newspapers?|press|media|tv|television|radio|bbc|itv|channel (?:four|five|4|5)|sky|times|guardian|mirror|sun|telegraph|mail|magazine)",
        r"(?:in|on|to|with|by|over) (?:the |every |all the |a |local |national |sunday |live )*(?:papers?|press|media|tabloids?|national tv|television|headlines|sunday papers|radio)\b(?=[^a-z]*$| tomorrow| tonight| if| and| unless| about| with)|(?:reporter|journalist|interview|press|papers?|media|editor) (?:is|are|will|would|has|have|rang|called|coming|wants?|love)",
    ),
}  # fmt: skip

HARMLESS = (
    r"(?:can'?t|can ?not|couldn'?t) breathe (?:for|from|with) (?:all the )?laugh\w*|laugh\w* (?:\w+ ){0,5}(?:can'?t|couldn'?t) breathe",
    # Harm that is denied.
    r"(?:no[\s-]?one|nobody|none of us|neither of us|not anyone) (?:was|were|is|got|gets|has been|had|has|died?)(?: \w+)?(?: (?:hurt|injured|harmed|ill|sick|poorly|burn(?:ed|t)|cut|killed|unwell))?",
    r"(?:no|without(?: any| a)?|not a|zero) (?:\w+ )?(?:harm|injur(?:y|ies)|fire|smoke|flames?|sparks?|burns?|shocks?|lawyers?|solicitors?|threats?|illness|allerg(?:y|ies|ic)|danger|police|safety issue|bleeding)(?: (?:done|or anything))?",
    r"(?:didn'?t|did not|doesn'?t|does not|never|won'?t|will not|wouldn'?t|don'?t|do not|not going to|not about to|no need to|no intention of|would never|not)(?: want to| wish to| need to| even| actually| be)? (?:get |be |got )?(?:hurt(?: (?:him|her|me|us|anyone|them))?(?! ?my\s?self)|burn(?: anything)?|cut|injure[ds]?|su(?:e|ing)|shock|catch fire|explode|threaten(?:ing)?|involv(?:e|ing) (?:\w+ )?(?:lawyers?|police|solicitors?)|go to (?:the )?(?:court|press|papers|police|media)|ill|sick|dangerous|discrimination|legal)",
    # Idiom.
    r"the death of me|los(?:ing|t) the will to (?:live|argue|shop)(?= (?:with|over|on|at|in|by|wait\w*|try\w*|here|after|because)|\W*$)|life and death|life(?:'s| is) too short|the kiss of death|nail in the coffin",
    r"(?:feet|legs?|boots?|trainers|this|that|it|queue|hold music|you lot|prices?)(?:'s|'re| is| are| was| were| will be)? (?:\w+ )?killing (?:me|my feet|us)|kills? my (?:feet|back|ears)",
    r"(?:will|'ll|would|is going to|'s going to|are going to|gonna|might) (?:kill|murder) me|(?:could|would|'d)(?: like to| happily| gladly| cheerfully| really)? (?:murder|kill) (?!my\s?self)",
    r"(?:had|having|gave|giving|give|have)(?: me| him| her)?(?: nearly)? (?:a |an )?heart attack|blood(?: is| was|'s)?(?: really)? (?:boil\w*|pressure (?:is|was|went|goes)? ?(?:through the roof|up|rising))|hurts? (?:my eyes|to (?:look|pay|have|think|see|say)|like hell to pay)",
    r"bl(?:ew|own|ow|owing|ows) (?:a|the|its|my|another) (?:fuse|top|lid|gasket)|(?:fuse|bulb) (?:has |just |had )*(?:blew|blown|gone|went)|up in smoke(?= because|$)|(?:head|inbox|brain) (?:is |will |nearly |about to |just )*(?:explod\w+|blew up|blow up)|blew up with (?:\w+ )?(?:notifications|messages|e?mails|texts)",
    r"(?:news)?papers? (?:subscription|delivery|round|rack|stand|holder|bag|plates?|cup|jam|clip)s?|(?:my|today'?s|the sunday|the morning|the daily) (?:news)?papers? (?:did|didn|is|was|has|never|keeps?|comes?|came|still)|cancel my (?:news)?paper|saw (?:\w+ ){1,4}(?:in|on) (?:the |your )?(?:paper|tv|news|telly|magazine)",
    r"(?:lodge|file|filing|make|raise|register|submit|lodging|making|raising)(?: \w+){0,4} (?:complaint|grievance|reclamation|claim)(?: \w+){0,2} (?:against|with|about) (?:you|your|ur|the|this)(?: \w+)?",
    r"(?:warranty|voucher|offer|card|link|token|milk|code|coupon|subscription|password|ticket|licen[cs]e|product|item|pack|food|session|session has)(?: \w+)? (?:expired|is expired)|current (?:price|balance|account|status|model|address|offer|version|location)|no more (?:emails|excuses|calls|in stock|available)",
    # Goods, and words of every day.
    r"(?:been|come|came) and gone|to die for|dying to \w+|d(?:ied|ying|ie) (?:of|from) (?:embarrassment|laughter|laughing|boredom|shame|hunger|thirst)|(?:nearly|almost) died (?:laughing|when i saw)",
    rf"(?:{_APPLIANCE}|plants?|flowers?|engine|car|screen|device|hoover|fridge|toy|watch|headphones?|speakers?|channel|light|motor|sound|thermostat|boiler|printer|router|radio|telly|clock|aid) (?:has |have |just |had |already |suddenly )*(?:died|dies|is dead|was dead|were dead)",
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
    r"hospital (?:blue|corners?)|medicine (?:cabinet|ball)|heart shaped|over my dead body|poison ivy|wake up|bed-?bound books?|medication (?:box|organi[sz]er|reminder)",
)  # fmt: skip


# Asked about the world, not about the customer: no first person after the question.
IN_GENERAL = re.compile(
    r"\W*(?:please |can you |could you |hey |hi |hello )*(?:what|who|whose|when|where|how|which|why|is|are|do|does|did|can|could|was|were|should|will|tell me|give me|show me|read me|explain|list|find)\b"
    r"(?!.*\b(?:i|i'?m|i'?ve|i'?ll|i'?d|my|mine|we|our|us|he|she|his|her)\b)",
    re.S,
)


def in_small(text: str) -> str:
    """The text as the patterns expect it."""
    return text.lower().replace("’", "'")


def compiled(ideas: Iterable[str]) -> Pattern[str]:
    """All ideas as one pattern over whole words, for texts `in_small` letters.

    A pattern that had to mind capitals would take three times as long.
    """
    spaced = (idea.replace(" ", r"\s+") for idea in ideas)
    return re.compile(r"\b(?:" + "|".join(f"(?:{idea})" for idea in spaced) + r")(?!\w)")
