"""The website's chat, over real HTTP: whose it is, what it answers, and how it refuses."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import httpx
import pytest
from itsdangerous import timed
from PIL import Image
from sqlalchemy import select

from channels.tokens import SESSION_SECONDS, VOUCHING_SECONDS, HostTokens, SessionTokens
from complaints.conversation import Author, Conversation, Handler
from complaints.photo import Photo
from complaints.store import Store
from server import front_door
from tests.stand_ins import put_with, says, serving

HOST = HostTokens("h" * 32)


@pytest.fixture
def address(house):
    with serving(front_door(house)) as address:
        yield address


@pytest.fixture
async def browser(address):
    async with Browser(address) as browser:
        yield browser


class Browser:
    """A customer's browser with the widget in it."""

    def __init__(self, address):
        self.http = httpx.AsyncClient(base_url=address, trust_env=False, timeout=10)
        self.sent = 0

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await self.http.aclose()

    async def enter(self, customer_token=None):
        asked = {"customer_token": customer_token} if customer_token else {}
        response = await self.http.post("/chat/session", json=asked)
        assert response.status_code == 200, response.text
        entered = response.json()
        self.http.headers["Authorization"] = f"Bearer {entered['session']}"
        return entered

    async def send(self, text=None, client_id=None, **more):
        self.sent += 1
        message = {"client_id": client_id or f"id-{self.sent:08}", **more}
        if text is not None:
            message["text"] = text
        return await self.http.post("/chat/messages", json=message)

    async def send_photo(self, content, client_id="photo-0001", name="kettle.jpg"):
        return await self.http.post(
            "/chat/photos", data={"client_id": client_id}, files={"photo": (name, content)}
        )

    async def history(self, after=0):
        response = await self.http.get("/chat/messages", params={"after": after})
        assert response.status_code == 200, response.text
        return response.json()["messages"]

    async def texts(self, count):
        """What stands in the chat once there are that many messages."""
        while len(messages := await self.history()) < count:
            await asyncio.sleep(0.02)
        return [message["text"] for message in messages]

    @asynccontextmanager
    async def stream(self, after=0, **headers):
        async with self.http.stream(
            "GET", "/chat/stream", params={"after": after}, headers=headers
        ) as response:
            assert response.status_code == 200
            assert response.headers["content-type"].startswith("text/event-stream")
            yield events(response)


async def events(response):
    """(event, data, id) of each event of the stream."""
    fields = {}
    async for line in response.aiter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "data" in fields:
            yield fields.get("event"), json.loads(fields["data"]), fields.get("id")
            fields = {}


async def until(stream, event, wanted=lambda content: True):
    """All the stream gives up to the wanted event, with it."""
    seen = []
    async for got in stream:
        seen.append(got)
        if got[0] == event and wanted(got[1]):
            return seen
    raise AssertionError(f"the stream ended before {event}: {seen}")


def a_photo(kind="JPEG"):
    file = BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, kind)
    return file.getvalue()


# A conversation


async def test_a_new_chat_greets_and_what_is_said_is_answered(browser, rasa):
    rasa.script = [says("I'm sorry it leaks.", "Which order was it?")]
    entered = await browser.enter()
    assert entered["handler"] == "bot"
    assert [m["author"] for m in entered["messages"]] == ["assistant"]
    assert "automated" in entered["messages"][0]["text"]

    response = await browser.send("My kettle leaks", client_id="id-of-kettle")

    assert response.status_code == 202
    kept = response.json()["message"]
    assert (kept["author"], kept["text"]) == ("customer", "My kettle leaks")
    assert (kept["client_id"], kept["photo"], kept["buttons"]) == ("id-of-kettle", False, [])
    assert (await browser.texts(4))[2:] == ["I'm sorry it leaks.", "Which order was it?"]


async def test_answers_are_streamed_with_the_typing_sign_around_them(browser, rasa):
    rasa.script = [says("I'm sorry.", "One of these?", buttons=[("Refund", "/accept_offer")])]
    greeting = (await browser.enter())["messages"][0]["id"]

    async with browser.stream(after=greeting) as stream:
        assert await anext(stream) == ("handler", {"handler": "bot"}, None)
        sent = (await browser.send("My kettle leaks")).json()["message"]
        seen = await until(stream, "message", lambda m: m["text"] == "One of these?")
        seen += await until(stream, "typing", lambda t: not t["on"])

    messages = [(content, event_id) for event, content, event_id in seen if event == "message"]
    assert [m["text"] for m, _ in messages] == ["My kettle leaks", "I'm sorry.", "One of these?"]
    assert messages[0][0]["id"] == sent["id"]
    assert all(str(message["id"]) == event_id for message, event_id in messages)
    assert messages[2][0]["buttons"] == [{"title": "Refund", "payload": "/accept_offer"}]
    assert ("typing", {"on": True}, None) in seen


async def test_a_stream_taken_up_again_goes_on_after_what_was_seen(browser, house):
    await browser.enter()
    await browser.send("One")
    await browser.texts(3)
    seen = (await browser.history())[1]["id"]

    async with browser.stream(after=seen) as stream:
        assert (await anext(stream))[1]["text"] == "You said: One"
    async with browser.stream(**{"Last-Event-ID": str(seen)}) as stream:
        assert (await anext(stream))[1]["text"] == "You said: One"


async def test_what_another_process_says_is_streamed_too(browser, house, store):
    entered = await browser.enter()
    conversation_id = SessionTokens("s" * 32).read(entered["session"])[0]
    async with browser.stream(after=entered["messages"][0]["id"]) as stream:
        await anext(stream)
        # Straight into the database, as the desk or deliver would: nobody wakes this process.
        put_with(store, conversation_id, Handler.AGENT)
        house.conversations.say(conversation_id, Author.NOTE, "Be generous.")
        house.conversations.say(conversation_id, Author.AGENT, "Hello, I'm Ines.", name="Ines")

        seen = await until(stream, "message")
        seen += await until(stream, "handler") if seen[0][0] != "handler" else []

    said = [(e, c.get("text"), c.get("name")) for e, c, _ in seen if e == "message"]
    assert said == [("message", "Hello, I'm Ines.", "Ines")]
    assert ("handler", {"handler": "agent"}, None) in seen


async def test_two_tabs_see_the_same_conversation(browser, address):
    entered = await browser.enter()
    async with Browser(address) as second:
        second.http.headers["Authorization"] = browser.http.headers["Authorization"]
        again = await second.enter()
        assert again["messages"] == entered["messages"]

        await browser.send("One", client_id="id-in-first-tab")
        await second.send("Two", client_id="id-in-second-tab")
        first_sees, second_sees = await browser.texts(5), await second.texts(5)

    assert first_sees == second_sees
    assert sorted(first_sees[1:]) == ["One", "Two", "You said: One", "You said: Two"]


async def test_the_same_client_id_again_gets_the_same_answer_and_doubles_nothing(browser, rasa):
    await browser.enter()
    first, again = [await browser.send("It leaks", client_id="id-the-same") for _ in range(2)]

    assert first.json() == again.json()
    assert await browser.texts(3) == [
        (await browser.history())[0]["text"],
        "It leaks",
        "You said: It leaks",
    ]
    assert rasa.messages == ["It leaks"]


async def test_a_reload_shows_everything_that_was_said(browser):
    await browser.enter()
    await browser.send("It leaks")
    await browser.texts(3)

    reloaded = await browser.enter()

    assert [m["text"] for m in reloaded["messages"]][1:] == ["It leaks", "You said: It leaks"]
    assert [m["text"] for m in await browser.history(after=reloaded["messages"][1]["id"])] == [
        "You said: It leaks"
    ]


# Whose it is


async def test_the_clock_of_the_browser_is_the_one_that_times_are_told_by(browser, house):
    await browser.enter()

    for said in ("Asia/Tokyo", "Europe/Atlantis"):  # the second is no time zone
        response = await browser.http.post("/chat/session", json={"timezone": said})
        assert response.status_code == 200

    theirs = select(Conversation.timezone).where(Conversation.id != house.ada)
    with house.store.reading() as session:
        assert session.scalars(theirs).all() == ["Asia/Tokyo"]


async def test_a_second_browser_never_sees_the_first_ones_messages(browser, address):
    await browser.enter()
    await browser.send("My address is 4 Elm Road")
    await browser.texts(3)

    async with Browser(address) as other:
        entered = await other.enter()
        assert len(entered["messages"]) == 1
        await other.send("Hello")
        assert "4 Elm Road" not in str(await other.texts(3))


def tampered(token):
    return token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        "ey.ey.ey",
        SessionTokens("another secret").issue(SimpleNamespace(id="x", visitor="y")),
        SessionTokens("s" * 32).issue(SimpleNamespace(id="no-such-conversation", visitor="y")),
        HOST.issue("C-1042"),
    ],
    ids=["none", "nonsense", "looks signed", "foreign", "nobody's", "the host's"],
)
async def test_without_ones_own_token_nothing_is_seen_or_said(browser, token):
    browser.http.headers["Authorization"] = f"Bearer {token}".strip()
    for response in [
        await browser.send("Hello"),
        await browser.send_photo(a_photo()),
        await browser.http.get("/chat/messages"),
        await browser.http.get("/chat/stream"),
    ]:
        assert response.status_code == 401
        assert response.json()["error"]

    entered = await browser.enter()
    assert len(entered["messages"]) == 1, "it begins a conversation of its own instead"


async def test_a_token_for_somebody_elses_conversation_is_worth_nothing(browser, house):
    forged = SessionTokens("s" * 32).issue(SimpleNamespace(id=house.ada, visitor="not ada"))
    browser.http.headers["Authorization"] = f"Bearer {forged}"

    assert (await browser.http.get("/chat/messages")).status_code == 401


async def test_a_tampered_token_is_worth_nothing(browser):
    entered = await browser.enter()
    browser.http.headers["Authorization"] = f"Bearer {tampered(entered['session'])}"

    assert (await browser.http.get("/chat/messages")).status_code == 401


async def test_a_token_in_the_address_is_not_looked_at(browser, address):
    entered = await browser.enter()
    async with Browser(address) as other:
        response = await other.http.get("/chat/messages", params={"token": entered["session"]})
    assert response.status_code == 401


def issued_ago(monkeypatch, seconds, issue):
    real = timed.time
    monkeypatch.setattr(timed, "time", SimpleNamespace(time=lambda: real.time() - seconds))
    token = issue()
    monkeypatch.setattr(timed, "time", real)
    return token


def test_a_session_is_good_for_ninety_days_and_no_longer(monkeypatch):
    sessions, chat = SessionTokens("s" * 32), SimpleNamespace(id="c", visitor="v")
    young = issued_ago(monkeypatch, SESSION_SECONDS - 60, lambda: sessions.issue(chat))
    old = issued_ago(monkeypatch, SESSION_SECONDS + 60, lambda: sessions.issue(chat))

    assert sessions.read(young) == ("c", "v")
    assert sessions.read(old) is None


# Customers the host site vouches for


def vouched_as(house, entered):
    conversation_id = SessionTokens("s" * 32).read(entered["session"])[0]
    return house.conversations.find(conversation_id).customer_id


async def test_a_signed_in_customer_is_known_from_the_start(browser, house):
    entered = await browser.enter(HOST.issue("C-1042"))

    assert vouched_as(house, entered) == "C-1042"


async def test_a_customer_who_signs_in_later_keeps_the_conversation(browser, house):
    before = await browser.enter()
    after = await browser.enter(HOST.issue("C-1042"))

    assert after["messages"] == before["messages"]
    assert vouched_as(house, after) == "C-1042"


@pytest.mark.parametrize(
    ("token", "known_as"),
    [
        (lambda: None, None),
        (lambda: HOST.issue("C-2000"), "C-2000"),
        (lambda: HostTokens("not the host's").issue("C-1042"), None),
    ],
    ids=["signed out", "somebody else", "forged"],
)
async def test_the_next_person_at_a_shared_computer_begins_afresh(browser, house, token, known_as):
    await browser.enter(HOST.issue("C-1042"))
    await browser.send("My kettle leaks")
    await browser.texts(3)

    entered = await browser.enter(token())  # made now: a token vouches for minutes only

    assert len(entered["messages"]) == 1
    assert vouched_as(house, entered) == known_as


async def test_a_page_open_for_hours_does_not_lose_its_customer(browser, house, monkeypatch):
    await browser.enter(HOST.issue("C-1042"))
    await browser.send("My kettle leaks")
    await browser.texts(3)
    stale = issued_ago(monkeypatch, VOUCHING_SECONDS + 60, lambda: HOST.issue("C-1042"))

    assert len((await browser.enter(stale))["messages"]) == 3


async def test_an_old_token_of_the_host_vouches_for_nobody_new(browser, house, monkeypatch):
    stale = issued_ago(monkeypatch, VOUCHING_SECONDS + 60, lambda: HOST.issue("C-1042"))

    assert vouched_as(house, await browser.enter(stale)) is None


def test_without_a_secret_nobody_is_vouched_for():
    assert HostTokens(None).read(HOST.issue("C-1042")) is None


def test_the_hosts_token_can_be_made_in_any_language_as_the_docs_say():
    """The recipe of docs/website.md, with nothing but HMAC and base64."""
    import base64
    import hashlib
    import hmac
    import time

    def b64(raw):
        return base64.urlsafe_b64encode(raw).rstrip(b"=")

    def sha256(key, words):
        return hmac.new(key, words, hashlib.sha256).digest()

    body = b64(b'{"customer":"C-1042"}') + b"." + b64(int(time.time()).to_bytes(4, "big"))
    token = body + b"." + b64(sha256(sha256(b"h" * 32, b"amends.customer"), body))

    assert HOST.read(token.decode()).customer_id == "C-1042"


# Refusals


@pytest.mark.parametrize(
    ("text", "status"), [("x" * 10_001, 413), ("x" * 300_000, 413), ("", 422), (" \x00 ", 422)]
)
async def test_what_cannot_be_taken_in_is_refused_in_words(browser, text, status):
    await browser.enter()
    response = await browser.send(text)

    assert response.status_code == status
    assert response.json()["error"].endswith(".")


async def test_five_thousand_characters_and_a_nul_are_taken_in(browser, rasa):
    await browser.enter()
    response = await browser.send("a" * 5_000 + "\x00b")

    assert response.status_code == 202
    assert len(response.json()["message"]["text"]) == 5_001
    await browser.texts(3)
    assert len(rasa.messages[0]) == 2_000


async def test_too_many_messages_are_asked_to_wait(browser):
    await browser.enter()
    statuses = [(await browser.send(f"hm {n}")).status_code for n in range(11)]

    assert statuses == [202] * 10 + [429]


async def test_typed_commands_are_plain_text_and_invented_buttons_are_refused(browser, rasa):
    await browser.enter()
    await browser.send('/anything{"a":"b"}')
    await browser.texts(3)

    assert rasa.messages == ['anything{"a":"b"}']
    assert (await browser.send(button='/anything{"a":"b"}')).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b'{"text": "hello"}',
        b'{"client_id": 7, "text": "hello"}',
        b'{"client_id": "short", "text": "hello"}',
        b'{"client_id": "outbox:late:1", "text": "hello"}',
        b'{"client_id": "id-\\u0000-00000001", "text": "hello"}',
        b'{"client_id": "id-00000001", "text": {"a": 1}}',
        b'{"client_id": "id-00000001", "button": ["/refund"]}',
        b"\xff\xfe",
        b"[" * 200_000,
    ],
)
async def test_whatever_a_home_made_widget_sends_the_answer_is_a_sentence(browser, body):
    await browser.enter()
    response = await browser.http.post("/chat/messages", content=body)

    assert response.status_code == 422
    assert response.json() == {"error": "There was nothing in that message yet."}


async def test_half_an_emoji_cannot_break_anything(browser):
    await browser.enter()
    body = b'{"client_id": "id-00000001", "text": "half \\ud83d a sign"}'

    assert (await browser.http.post("/chat/messages", content=body)).status_code == 202
    assert (await browser.texts(3))[1] == "half  a sign"


@pytest.mark.parametrize("after", ["-1", "x", "9" * 40, "1e9", "٣"])
async def test_nonsense_for_the_last_seen_message_shows_everything(browser, after):
    await browser.enter()
    assert len(await browser.history(after=after)) == 1


async def test_a_database_in_trouble_is_a_sentence_and_no_stack_trace(browser, house):
    await browser.enter()

    def broken(*_):
        raise RuntimeError("SELECT secret FROM somewhere")

    house.conversations.receive = broken
    response = await browser.send("It leaks")

    assert response.status_code == 503
    assert response.json() == {"error": "Give us a few seconds, then send it again."}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/chat/nothing", 404),
        ("DELETE", "/chat/messages", 405),
        ("GET", "/chat/session", 405),
    ],
)
async def test_even_a_wrong_address_answers_in_words(browser, method, path, status):
    response = await browser.http.request(method, path)

    assert response.status_code == status
    assert response.json()["error"]


# Photos


async def test_a_photo_is_kept_re_encoded_and_only_announced_in_the_chat(
    browser, house, store: Store
):
    await browser.enter()
    response = await browser.send_photo(a_photo("PNG"))

    assert response.status_code == 202
    assert response.json()["message"]["photo"] is True
    with store.reading() as session:
        photo = session.scalars(select(Photo)).one()
    assert photo.media_type == "image/jpeg"
    assert photo.content.startswith(b"\xff\xd8")
    while not house.casebook.photos:
        await asyncio.sleep(0.02)
    assert house.casebook.photos == [(photo.conversation_id, photo.id)]


async def test_the_same_photo_sent_again_is_kept_once(browser, store: Store):
    await browser.enter()
    for _ in range(2):
        assert (await browser.send_photo(a_photo())).status_code == 202

    with store.reading() as session:
        assert len(session.scalars(select(Photo)).all()) == 1


async def test_a_photo_too_large_is_refused_with_how_large_it_may_be(browser):
    await browser.enter()
    response = await browser.send_photo(a_photo() + bytes(10 * 1024 * 1024))

    assert response.status_code == 413
    assert response.json() == {"error": "That photo is larger than 10 MB."}


async def test_a_photo_that_never_ends_is_cut_off(browser):
    await browser.enter()

    async def endless():
        yield b'--b\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
        for _ in range(200):
            yield bytes(100_000)

    response = await browser.http.post(
        "/chat/photos",
        content=endless(),
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert response.status_code == 413


async def test_a_file_that_only_calls_itself_a_photo_is_refused(browser):
    await browser.enter()
    response = await browser.send_photo(b"%PDF-1.7", name="kettle.jpg")

    assert response.status_code == 415
    assert response.json() == {"error": "We couldn't open that as a picture."}


@pytest.mark.parametrize("body", [b"", b"--b\r\nbroken", b"--b--\r\n"])
async def test_a_form_without_a_photo_is_refused(browser, body):
    await browser.enter()
    for kind in ("multipart/form-data; boundary=b", "multipart/form-data", "text/plain"):
        response = await browser.http.post(
            "/chat/photos", content=body, headers={"Content-Type": kind}
        )
        assert response.status_code == 422
        assert response.json()["error"]


# The page around it


async def test_only_the_sites_we_were_told_may_embed_the_chat(browser):
    ask = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    shop = await browser.http.options(
        "/chat/messages", headers={"Origin": "https://shop.example", **ask}
    )
    thief = await browser.http.options(
        "/chat/messages", headers={"Origin": "https://thief.example", **ask}
    )

    assert shop.headers["access-control-allow-origin"] == "https://shop.example"
    assert "access-control-allow-origin" not in thief.headers
    refused = await browser.http.get("/chat/messages", headers={"Origin": "https://shop.example"})
    assert refused.headers["access-control-allow-origin"] == "https://shop.example"


async def test_no_page_of_ours_runs_what_is_not_ours(browser):
    for path in ("/", "/demo", "/amends.js", "/chat/messages", "/health"):
        headers = (await browser.http.get(path)).headers
        assert "default-src 'none'; script-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


async def test_the_widget_is_for_every_page_and_the_demo_shop_shows_it(browser):
    widget = await browser.http.get("/amends.js")
    demo = await browser.http.get("/demo")

    assert widget.headers["access-control-allow-origin"] == "*"
    assert "javascript" in widget.headers["content-type"]
    assert "amends.js" in demo.text
    assert (await browser.http.get("/../server.py")).status_code == 404


async def test_what_customers_say_is_cached_nowhere(browser):
    await browser.enter()
    assert (await browser.http.get("/chat/messages")).headers["cache-control"] == "no-store"


async def test_health_tells_what_is_up(browser, rasa):
    up = {"front_door": "ok", "assistant": "ok", "database": "ok"}
    assert (await browser.http.get("/health")).json() == up

    rasa.stop()
    down = await browser.http.get("/health")
    assert (down.status_code, down.json()["assistant"]) == (200, "down")


async def test_shutting_the_door_ends_the_streams_and_loses_nothing(house, rasa):
    with serving(front_door(house)) as address:
        async with Browser(address) as browser:
            await browser.enter()
            async with browser.stream() as stream:
                await anext(stream)
                await browser.send("It leaks")
                await until(stream, "message", lambda m: m["text"] == "You said: It leaks")
    house.clock.advance(timedelta(minutes=5))

    assert house.unanswered.left_since(house.clock.now()) == []
