"""How to write to a customer and where they live: e-mail and postcode; and cards, for nobody."""

import re

from email_validator import EmailNotValidError, validate_email

from room.details.reading import Reading

_EMAIL = re.compile(r"[A-Z0-9][A-Z0-9._%+'-]*@[A-Z0-9-]+(?:\.[A-Z0-9-]+)*\.[A-Z]{2,}", re.I)
_DOT = r"(?:\s*[(\[{]\s*dot\s*[)\]}]\s*|\s+(?:dot|full\s?stop)\s+|\.)"
_SCORE = r"(?:\s+(?:under\s?score|dash|hyphen|plus)\s+)"
_AT = r"(?:\s*[(\[{]\s*at\s*[)\]}]\s*|\s*@\s*)"
_LABEL = r"[a-z0-9]+(?:(?:-|\s+(?:dash|hyphen)\s+)[a-z0-9]+)*"
_SPOKEN_EMAIL = re.compile(
    rf"(?<![\w.@+-])(?P<mailbox>[a-z0-9][\w+-]*(?:(?:{_DOT}|{_SCORE})[\w+-]+)*)(?:(?P<at>{_AT})|\s+at\s+)"
    rf"(?P<host>{_LABEL}(?:{_DOT}{_LABEL})*?{_DOT}(?:com|net|org|edu|info|biz|co\s*uk|(?:(?:co|org|ac|me|net|com){_DOT})?(?:uk|in|au|nz|za)|io|ie|us|ca|eu|de|fr|es|it|nl|co|me))\b(?!\s+dot\s|\.\w)",
    re.I,
)
_SPOKEN_SIGNS = (
    (r"[(\[{]\s*dot\s*[)\]}]|\b(?:dot|full\s?stop)\b", "."),
    (r"\bunder\s?score\b", "_"),
    (r"\b(?:dash|hyphen)\b", "-"),
    (r"\bplus\b", "+"),
    (r"\bco\s*uk$", "co.uk"),
)
# What may stand before a spoken address. Before "hughes at gmail dot com" stands "sarah" or
# "s": half an address is somebody else's mailbox.
_BEFORE_EMAIL = re.compile(
    r"(?:^|[,.;:!?\n(\"'<-]\s*|\b(?:is|its|it's|was|to|on|at|me|us|e-?mail(?:'?s)?|mail(?:'s)?|used|registered|signed|entered|gave|typed|mine's|not|then|of|has|have|address|and|or|via|using|use|contact|write|reach|"
    r"by|through|with|that's|thats|be|also|now|for|from|under|account|sure|yes|yeah|yep|ok|okay|hi|hello|please|pls|here|"
    r"thanks|cc|login|username|so|just|should|as|am|i'm|one|new|old|actually|try|put|got|says|said)\s+)$"
)
_NO_MAILBOX = frozenset(
    """
    me it them us him her this that look looked looking bought ordered shop found item items stuff
    things available work works working was is order orders meet back not here there up arrived price
    """.split()
)
_PROVIDERS = r"g(?:oogle)?mail|hotmail|outlook|yahoo|icloud|aol|btinternet|live|msn|proton(?:mail)?|rediffmail|sky|virginmedia"
_MAIL_SPOKEN_OF = re.compile(rf"\be-?mails?\b|\bmail\b|\bat\s+(?:{_PROVIDERS})\b")

# Taken and thrown away: a card's number is nothing anybody here should hold, or ring.
_CARD = re.compile(r"(?<![\w-])(?:\d{4}[ -]){3}\d{1,7}(?![\w-])|(?<![\w-])\d{15,16}(?![\w-])")

_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|"
    "E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|"
    "LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|"
    "SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_UK_POSTCODE = re.compile(
    rf"(?<![\w-])((?:{_AREAS})\d[A-Z\d]?)\s{{0,2}}-?(\d[ABD-HJLNP-UW-Z]{{2}})(?![\w-])", re.I
)
# "the m1 3rd exit", "x2 8gb": what follows the digit is an ordinal or a size.
_NO_INWARD_CODE = re.compile(r"\d(?:nd|rd|st|th|gb|tb|hr|ft|lb)$", re.I)

_POSTCODE_WORDS = re.compile(
    r"\b(?:zip(?:\s?code)?|post\s?code|postal(?:\s?code)?|pin\s?code|pin)\b"
)
_ADDRESS_WORDS = re.compile(
    r"\b(?:address|street|st|avenue|ave|road|rd|lane|drive|dr|blvd|apt|live (?:at|in))\b"
)
_OTHER_POSTCODE = re.compile(
    r"(?<![\w#£$€.-])(\d{5}(?:-\d{4})?|\d{6}|[ABCEGHJ-NPRSTVXY]\d[A-Z]\s?\d[A-Z]\d|\d{4}\s?[A-Z]{2}|\d{4})(?![\w-]|\.\d)",
    re.I,
)
_US_STATE_AND_ZIP = re.compile(
    r"(?<!\w)(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|"
    r"S[CD]|T[NX]|UT|V[AT]|W[AIVY])[,.]?\s+(\d{5}(?:-\d{4})?)(?![\w-])"
)


def find_emails(reading: Reading) -> None:
    """E-mail addresses in small letters, also "sarah underscore h at gmail dot com"."""
    if "@" not in reading.text and "at" not in reading.words:
        return
    for match in reading.free_matches(_EMAIL):
        address = match.group().strip("'.")
        if _is_email(address):
            start = match.start() + match.group().index(address)
            reading.take("email", address.lower(), start, start + len(address))
    for match in reading.free_matches(_SPOKEN_EMAIL):
        address = f"{_written(match['mailbox'])}@{_written(match['host'])}"
        if _is_whole(reading, match) and _is_email(address):
            reading.take("email", address, *match.span())


def _written(spoken: str) -> str:
    """ "sarah underscore hughes" as "sarah_hughes"."""
    written = spoken.lower()
    for words, sign in _SPOKEN_SIGNS:
        written = re.sub(words, sign, written)
    return re.sub(r"\s+", "", written)


def _is_whole(reading: Reading, match: re.Match[str]) -> bool:
    if match["mailbox"].lower() in _NO_MAILBOX:
        return False
    if not _BEFORE_EMAIL.search(reading.small[: match.start()]):
        return False
    # "tom at ellis.com" may be a shop's address: "I am at argos.co.uk".
    told = match["at"] or re.search(r"dot|stop", match["host"], re.I)
    return bool(told or _MAIL_SPOKEN_OF.search(reading.small[: match.end()]))


def _is_email(address: str) -> bool:
    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as refused:
        # Addresses nobody can write to (".example", ".local") are still what the customer said.
        return "special-use" in str(refused)
    return True


def set_cards_aside(reading: Reading) -> None:
    """Card numbers belong to nobody's record; their digits are no other number either."""
    for match in reading.free_matches(_CARD):
        reading.set_aside(*match.span())


def find_postcodes(reading: Reading) -> None:
    """British postcodes anywhere; other countries' only where post or an address is spoken of."""
    for match in reading.free_matches(_UK_POSTCODE):
        if not _NO_INWARD_CODE.match(match.group(2)):
            reading.take("postcode", f"{match.group(1)} {match.group(2)}".upper(), *match.span())
    for match in reading.free_matches(_US_STATE_AND_ZIP, 1):
        reading.take("postcode", match.group(1), *match.span(1))
    for match in reading.free_matches(_OTHER_POSTCODE, 1):
        before = reading.sentence_before(match.start())[-40:]
        code = match.group(1)
        in_address = _ADDRESS_WORDS.search(before) and len(re.sub(r"\D", "", code)) in (5, 6)
        if _POSTCODE_WORDS.search(before) or (in_address and "," in before):
            reading.take("postcode", re.sub(r"\s+", " ", code).upper(), *match.span(1))
