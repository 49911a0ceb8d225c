"""The words that tell where a thing's name begins and ends, and what is never one."""


def _any_of(words: str) -> str:
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"


# A name is over where one of these follows: "the kettle you sent", "my sim says no service".
ENDS_A_NAME = _any_of(
    """
    i i'm im i've ive i'd we we've you you've he she they it its it's me us him them
    that which who whose what when where why how nobody someone somebody everyone everything nothing
    and but or so because cos if as than then though although while
    from with without in on at of for to by off up out back into onto over under through via using
    about after before since until till during within between per like except
    the a an my our your his their this these those any some no each every both all another
    was were is are am be been being isn't isnt wasn't weren't has have had hasn't hasnt haven't
    do does did doesn't doesnt don't dont didn't didnt can can't cant cannot could will won't wont
    would should may might must
    came come comes arrived arrive arriving broke broken stopped never not just still already
    ordered bought received recieved purchased got get gets getting turned turns fell fall
    leaks leaking showed shows looks looked works worked working keeps kept went goes going snapped
    cracked smashed exploded sent send sends says said saying tells told give gives given make makes
    made take takes took taken put want wants wanted need needs needed supposed meant began starts
    started died freezes froze crashes crashed melted paid pay pays costs costing seems appears
    feels smells sounds disappeared exist
    last next yesterday today tomorrow tonight online instead there here now only again too also
    even ago please thanks thank really very completely totally quite properly right yet
    """
)
ADJECTIVES = _any_of(
    """
    brand new old faulty broken damaged wrong missing defective whole entire lovely stupid bloody
    damn so-called replacement same expensive current pending existing other more cheapest first
    second third following exact actual original
    """
)
TRAILING = _any_of(
    """
    order orders recently correctly anymore anyway twice once delivery parcel package purchase
    available ages item items
    lol lmao rofl haha hahaha omg tbh btw imo imho idk smh wtf ffs ugh argh grr hmm pls plz plse thx
    ty xx xxx innit mate bruh bro yaar ok okay sir madam
    xs xl xxl
    """
)
# What is ordered, paid, waited for or spoken to, but never the thing itself.
NO_ITEMS = frozenset(
    """
    order orders parcel package item delivery refund money account name number email e-mail problem
    complaint case card driver courier thing one ones day week month year years time reply answer
    response customer service services staff person someone manager agent company shop store website
    site app phone call address postcode box packaging replacement apology voucher confirmation invoice
    receipt tracking reference product stuff purchase bank payment charge subscription password
    passcode login issue question help morning afternoon evening night house door neighbour neighbours neighbor neighbors husband
    wife mum dad mother father son daughter kids kid children child baby friend first second third
    last next same other another whole new way lot bit few couple right wrong missing chance
    message chat conversation news idea mistake matter fault deadline party wedding birthday
    christmas weekend id ids code codes reservation booking sun weather colour color size price
    prices total amount bill guy man woman lady girl boy team rep representative people discount
    policy cost monday tuesday wednesday thursday friday saturday sunday
    itm ages porch garden road street office funeral holiday delay claim cheque mortgage statement
    tariff plan contract membership appointment flight details detail info information data date
    dates status option options method outage cashback points loyalty credit balance fee fees deal
    offer sale promotion quote helpline executive cashier fitter engineer driver carrier warehouse
    post mail royal return returns exchange cancellation change changes request enquiry query goods
    two three four five six seven eight nine ten dozen thousand hundred half rest both best worst least most
    meantime moment minute hour hours minutes end start beginning middle top bottom side back front
    record picture photo page link button screenshot text texts ticket tickets
    quality service experience attitude tone queue wait line world fact case truth reason process
    system mess joke shambles disgrace nightmare past future present address hospital work school
    fly way point maker manufacturer seller supplier blue red green black white grey older newer bigger smaller
    concept consent transaction transfer insurance billing bureau merchant user profile reimbursement
    quantity mind min amont payent shipping brand extra recent 1st 2nd 3rd position meaning bot fund benefit
    hobby type teenager conversation more consent warning rent advert
    aunt auntie aunty uncle nan nana nanny gran granny grandma grandad grandpa grandmother grandfather
    grandson granddaughter niece nephew cousin sister brother partner fiance fiancee boyfriend
    girlfriend boss colleague mate pal flatmate housemate landlord tenant toddler nurse carer trouble
    arm arms leg legs finger fingers thumb wrist foot feet knee head neck eye eyes face skin ankle
    tooth teeth van lorry truck depot doorstep gate fence bin-men surgery clinic
    dog dogs doggy puppy pup cat cats kitty kitten kittens hamster pet pets
    rebooking redelivery reorder collection pickup pick-up
    mens men's womens women's ladies kids boys girls size sizes xs xl xxl small medium large
    answers problems ref refs username hell hand hands pleasure favour sorts
    """.split()
)
