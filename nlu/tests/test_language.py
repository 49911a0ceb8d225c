"""Another language is noticed, in two words as well; and named only when it is beyond doubt."""

import pytest

from room.language import NOT_NAMED

ENGLISH = """
wer is my pkg m8
wheres my stuf
kindly do the needful
kindly revert at the earliest sir
i am having one doubt in my bill
paid yesterday itself, not reflecting
my good name is Harpreet
refund nahi? why not sir
yaar when it will come
mein kettle came broken
my Le Creuset lid is chipped
De'Longhi Magnifica leaking
Villeroy & Boch
La Roche Posay cream split
nespresso vertuo dead
smeg toaster no workin
gorenje hob is bust
fjallraven kanken strap
ikea kallax shelf wonky
haribo tangfastics
samsung galaxy buds
playmobil pirate ship
Mohammed Abdullahi
Agnieszka Wisniewska
Siobhan O'Shaughnessy
Nguyen Thi Lan
asdkjh qweoiu zzxcv
blorp fnord
flurb grompf wibble
idk tbh
cba waitin anymore lol
omg wtf is dis
soz wrong chat
dlvry man nvr came
rcvd wrng itm
item not recd
wagwan fam where mi parcel deh
dis ting bruk up
dinnae ken whaur ma parcel is
ye cannae be serious
nowt turned up like
ah divvent knaa pet
ta very much
hola
merci
danke schon mate
la la la la
ha ha ha
no no no
le sigh
crème brûlée torch wont light
café au lait mugs
the kimono is torn
my piñata was empty
""".strip().splitlines()

# Named only where we answer in the language; a language beside another in the same words is not.
FOREIGN = """
de | Lieferung kaputt
de | ich warte seit drei Wochen
de | wo bleibt meine Bestellung
de | falsche Ware bekommen
es | mi paquete no llega
es | producto roto, quiero la devolución
es | nadie me responde
es | ¿dónde está mi dinero?
fr | colis jamais reçu
fr | je veux parler à quelqu'un
fr | ma commande n'est pas arrivée
fr | ça ne marche pas
it | pacco mai arrivato
it | voglio i miei soldi indietro
it | il prodotto non funziona
nl | pakket niet ontvangen
nl | ik wil iemand spreken
nl | waar blijft mijn bestelling
pl | nie dostałem paczki
pl | proszę o zwrot pieniędzy
pl | towar jest uszkodzony
pt | ainda não recebi a encomenda
pt | quero meu dinheiro de volta
pt | o produto veio quebrado
tr | siparişim gelmedi
tr | paramı geri istiyorum
ro | comanda mea nu a ajuns
ro | produsul este stricat
sv | min leverans har inte kommit
sv | jag vill ha pengarna tillbaka
fi | tilaukseni on rikki
fi | haluan rahat takaisin
da | Hvor er min pakke, jeg venter stadig
da | jeg har ikke modtaget varen
no | jeg har ikke mottatt pakken
no | hvor er bestillingen min
hi | bhai mera paisa wapas karo
hi | order abhi tak nahi mila
tl | hindi pa dumating ang order ko
tl | nasaan na po yung parcel ko
id | barang saya belum sampai
ms | barang rosak, nak duit balik
vi | đơn hàng của tôi chưa đến
vi | toi chua nhan duoc hang
cs | balík nedorazil
cs | chci vrátit peníze
sk | balík neprišiel, chcem peniaze
hu | nem kaptam meg a csomagot
hr | paket nije stigao
sr | gde je moj paket
lt | mano siunta neatvyko
lv | sūtījums nav saņemts
et | minu tellimus ei ole kohale jõudnud
sq | porosia ime nuk ka ardhur
sw | mzigo wangu bado haijafika
ru | посылка не пришла
uk | моє замовлення не прийшло
ar | لم يصل طلبي
he | ההזמנה שלי לא הגיעה
zh | 我要退款
ja | 荷物が届きません
ko | 주문한 상품이 안 왔어요
th | สินค้ายังไม่มาส่ง
""".strip().splitlines()
IN_LANGUAGES = [tuple(line.split(" | ")) for line in FOREIGN]


@pytest.fixture(scope="module")
def language_of(listener):
    reader = listener._reader
    return lambda text: reader.language_of(reader.readable([text])[0])


@pytest.mark.parametrize("text", ENGLISH)
def test_slang_brands_names_and_hurry_are_english(language_of, text):
    assert language_of(text) is None


@pytest.mark.parametrize(("language", "text"), IN_LANGUAGES)
def test_a_few_words_are_enough_to_see_that_they_are_not_english(language_of, language, text):
    assert language_of(text) in (language, NOT_NAMED)


def test_nearly_all_that_we_can_answer_in_their_language_is_named(language_of):
    ours = [pair for pair in IN_LANGUAGES if pair[0] in ("de", "es", "fr", "it", "nl", "pl", "pt")]

    named = [language for language, text in ours if language_of(text) == language]

    assert len(named) >= 0.85 * len(ours)


@pytest.mark.parametrize(
    "text",
    [
        "reembolso por favor",  # Spanish and Portuguese
        "hvor er bestillingen min",  # Norwegian, nearly Danish
        "mera paisa wapas karo",  # Hindi or Urdu, in letters that py3langid never saw it in
        "gde je moja porudzbina",
    ],
)
def test_between_two_languages_neither_is_named(language_of, text):
    assert language_of(text) == NOT_NAMED


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("siparişim gelmedi", "tr"),
        ("paisa wapas karo bhai", NOT_NAMED),
        ("où est mon colis", None),
        ("moje paczka nie dotarła", "pl"),
    ],
)
def test_what_is_heard_carries_its_language(listener, text, language):
    heard = listener.hear(text)

    assert heard.lead.intent == "write_in_another_language"
    assert heard.language == language or language is None


@pytest.mark.parametrize(
    "text",
    [
        "pkg says delivered, aint here",
        "i want my mony bak",
        "yaar my parcel not come till now",
        "surname Kowalczyk, first name Ewa",
        "hola",
        "mein kettle came broken",
    ],
)
def test_hurried_english_is_no_other_language(listener, text):
    assert listener.hear(text).language is None


def test_two_words_that_no_list_tells_may_be_a_name(language_of):
    assert language_of("Krzysztof Wiśniewski") is None
    assert language_of("Villeroy Boch") is None


def test_borrowed_words_in_english_are_english(language_of):
    assert language_of("please send the kargo number, nerede is my parcel") is None


@pytest.mark.parametrize(
    "text",
    [
        "hello my paczka nie",  # as much of the one as of the other
        "quiero taco truck, toy wheel squashed, paquete bent",
        "moja zxcvb qwrt",
        "geld",
        "ist ok",
    ],
)
def test_a_little_of_another_language_is_not_enough(language_of, text):
    assert language_of(text) is None
