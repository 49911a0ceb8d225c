"""Who a customer is and where to reach them; a number said to be a phone's is one."""

from reading_table import table

test_emails = table(
    "email",
    [
        ("Sarah.Hughes@Example.com", ["sarah.hughes@example.com"]),
        ("write to priya+shop@mail.co.uk.", ["priya+shop@mail.co.uk"]),
        ("sarah at gmail dot com", ["sarah@gmail.com"]),
        ("meet me @ noon", []),
        ("sam dot lee at example dot net", ["sam.lee@example.net"]),
        ("sarah underscore hughes at gmail dot com", ["sarah_hughes@gmail.com"]),
        ("sarah hyphen h at bt dash mail dot co dot uk", ["sarah-h@bt-mail.co.uk"]),
        ("tom full stop ellis at gmail full stop com", ["tom.ellis@gmail.com"]),
        ("tom.ellis (at) btinternet.com", ["tom.ellis@btinternet.com"]),
        ("write to sarah.hughes(at)gmail.com please", ["sarah.hughes@gmail.com"]),
        ("tom [at] x [dot] com", ["tom@x.com"]),
        ("sarah@gmail dot com", ["sarah@gmail.com"]),
        ("tom underscore e at mail dot com dot au", ["tom_e@mail.com.au"]),
        ("my e-mail is sarah at gmail.com", ["sarah@gmail.com"]),
        # Half an address is somebody else's mailbox.
        ("sarah hughes at gmail dot com", []),
        ("s hughes at gmail dot com", []),
        ("look at amazon dot com", []),
        ("I bought it at argos.co.uk", []),
    ],
)

test_phones = table(
    "phone",
    [
        ("call me on 07700 900123", ["+447700900123"]),
        ("+44 7700 900123", ["+447700900123"]),
        ("my number is 020 7946 0958", ["+442079460958"]),
        ("my phone number is (415) 555-0132", ["+14155550132"]),
        ("0044 20 7946 0958", ["+442079460958"]),
        ("order 0770090012", []),
        ("03/11/2026", []),
        ("my card is 4929 1234 5678 9012", []),
        ("my phone number is 11223344556", ["11223344556"]),
        ("12345678 is my mobile", ["12345678"]),
        ("reach me on 9811100022", ["+919811100022"]),
        ("22 garden street pune 9811100022", ["+919811100022"]),
        ("9811100022, 7 Lake View Mumbai 400001", ["+919811100022"]),
        ("7 lake view mumbai 400 001 and 9811100022", ["+919811100022"]),
        ("my mobile is +000 0000 000", ["+0000000000"]),
        ("I ordered a phone 1048275513", []),
        ("my phone broke after 3 weeks", []),
        ("my mobile is dead, order 1048275513", []),
        ("consignment JD0002255817", []),
        ("1048275513 2 plates broken", []),
        ("9811100022 2 blue plates broken, order 10482", []),
    ],
)

test_postcodes = table(
    "postcode",
    [
        ("SW9 8QF", ["SW9 8QF"]),
        ("sw98qf", ["SW9 8QF"]),
        ("it's m1 1ae, thanks", ["M1 1AE"]),
        ("zip code 94110", ["94110"]),
        ("I live in Springfield, IL 62704", ["62704"]),
        ("order 94110", []),
        ("the m1 3rd exit", []),
        ("x2 8gb", []),
    ],
)

test_names = table(
    "person_name",
    [
        ("my name is john smith and my order is 10482", ["John Smith"]),
        ("Hi I'm Sarah Hughes, the kettle broke", ["Sarah Hughes"]),
        ("this is Priya", ["Priya"]),
        ("my name's O'Hara", ["O'Hara"]),
        ("It is broken.\nRegards,\nTom Ellis", ["Tom Ellis"]),
        ("I'm angry", []),
        ("I'm Furious", []),
        ("I'm really disappointed", []),
        ("this is Ridiculous!", []),
        ("I'm waiting for it", []),
        ("first name Ada, last name Hill, zip 94110", ["Ada Hill"]),
        ("my last name is actually ellis", ["Ellis"]),
        ("my name is actually tom ellis", ["Tom Ellis"]),
        ("Ada Hill here, the pan is bent", ["Ada Hill"]),
        ("his name was Mike", []),
        ("the name on it is wrong", []),
        ("my street's name is Elm Road", []),
        ("name three things you sell", []),
        ("it was named after a king", []),
        ("my name isn't on it", []),
    ],
)
