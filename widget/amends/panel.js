/* The opened chat: who answers at the top, the conversation, and where one writes. */
import { drawLine, element, refreshLine } from "./line.js";

const LONGEST = 10_000;     // characters; the front door refuses more
const LARGEST = 10 * 2 ** 20;

export class Panel {
  #drawn = new Map();       // a line's key → its element
  #followed = 0;

  constructor(conversation, words, close) {
    this.conversation = conversation;
    this.words = words;
    const icon = (path, label, attributes) =>
      element("button", { type: "button", "aria-label": label, title: label, ...attributes }, drawing(path));

    this.title = element("h2", { id: "title", tabindex: -1 }, words.label);
    this.who = element("p", { class: "who", role: "status" });
    this.trouble = element("p", { class: "trouble", role: "status" });
    this.lines = element("ol");
    // In the tab order because it scrolls. A log is polite: it is read out when the reader pauses.
    this.log = element("div", { class: "log", role: "log", "aria-label": words.log, tabindex: 0 }, this.lines);
    this.writing = element("p", { class: "writing", role: "status" });

    this.text = element("textarea", {
      rows: 1, "aria-label": words.write, placeholder: words.placeholder, "aria-describedby": "keys hint",
      enterkeyhint: "send", dir: "auto", input: () => this.#written(), keydown: (event) => this.#key(event),
    });
    this.hint = element("p", { class: "hint", id: "hint", role: "status" });
    this.ready = element("div", { class: "ready" });
    this.file = element("input", { type: "file", accept: "image/*", hidden: "", change: () => this.#chosen() });
    this.addPhoto = icon("M3 8h5l2-3h4l2 3h5v11H3zM9 13a3 3 0 1 0 6 0 3 3 0 1 0-6 0", words.add_photo, { click: () => this.file.click() });

    this.dialog = element("dialog", { "aria-labelledby": "title" },
      element("div", { class: "top" }, element("div", {}, this.title, this.who),
        icon("M6 6l12 12M18 6L6 18", words.close, { click: close })),
      this.trouble, this.log, this.writing,
      element("form", { submit: (event) => this.#send(event) }, this.ready, this.hint,
        element("div", { class: "row" }, this.addPhoto, this.file, this.text,
          icon("M4 12h15M13 5.5l6.5 6.5-6.5 6.5", words.send, { type: "submit", class: "send" })),
        element("p", { class: "unseen", id: "keys" }, words.keys)));
    this.write(conversation.memory.get("draft", ""));
    const resized = new ResizeObserver(() => this.#follow());
    resized.observe(this.log);
    resized.observe(this.lines);
  }

  /** Bring everything on the page in line with the conversation. */
  show() {
    const { handler, typing, interrupted, lines } = this.conversation, words = this.words;
    const person = lines.findLast(({ author }) => author === "agent")?.name ?? words.agent;
    put(this.who, words[`with_${handler}`], { name: person });
    this.who.classList.toggle("person", handler === "agent");
    put(this.writing, typing && words.writing, { name: handler === "agent" ? person : words.assistant });
    put(this.trouble, interrupted && words[navigator.onLine ? "unreachable" : "offline"]);
    this.#showLines(lines);
  }

  /** Scroll to the newest words, but not past the customer's last: a long answer is read from its
   *  start. Somebody who has scrolled back is reading; nothing moves under their eyes. */
  #follow() {
    if (this.log.scrollTop < this.#followed - 40) return;
    const own = [...this.lines.querySelectorAll(".customer")].at(-1);
    this.log.scrollTop = own ? own.offsetTop - 12 : this.log.scrollHeight;
    this.#followed = this.log.scrollTop;
  }

  /** As tall as what is written; the stylesheet ends that at a third of the window. */
  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
  }

  #showLines(lines) {
    if (!this.#drawn.size && lines.length > 1) {
      // History is to be read, not read out in one go.
      this.log.ariaLive = "off";
      setTimeout(() => { this.log.ariaLive = "polite"; }, 1000);
    }
    const on = { press: (...pressed) => this.#press(...pressed), takeBack: (line) => this.#takeBack(line) };
    const drawn = new Map();
    for (const [place, line] of lines.entries()) {
      // A message keeps its place when the door gives it a number.
      const key = line.client_id ?? line.id, item = this.#drawn.get(key) ?? drawLine(line, this.words, on);
      refreshLine(item, line, this.words, answered(lines, place), on);
      drawn.set(key, item);
      if (this.lines.children[place] !== item) this.lines.insertBefore(item, this.lines.children[place] ?? null);
    }
    while (this.lines.children.length > lines.length) this.lines.lastChild.remove();
    const own = lines.at(-1)?.client_id;
    if (own && !this.#drawn.has(own)) this.#followed = 0;   // writing is the end of reading
    this.#drawn = drawn;
  }

  #press(option, event) {
    this.conversation.outbox.press(option);
    // The pressed button is no more. A keyboard goes on where one writes; a finger must not bring
    // up the keys over the answer.
    (event.detail ? this.log : this.text).focus({ preventScroll: true });
  }

  #takeBack(line) {
    this.conversation.outbox.drop(line);
    if (line.text) this.write(line.text);
    this.text.focus();
  }

  /** Put words where one writes. */
  write(text) {
    this.text.value = text;
    this.#written();
  }

  #written() {
    this.conversation.memory.set("draft", this.text.value);
    this.grow();
    const left = LONGEST - this.text.value.length;
    this.#tell(left < 0 ? "too_long" : left < 1000 ? "left" : null, { count: Math.abs(left) });
  }

  #key(event) {
    // Enter also ends a word being composed in Japanese or Korean; that is not sending.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#send(event);
  }

  #send(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    this.text.focus();
    if (text.length > LONGEST) return;
    if (this.photo) this.conversation.outbox.sendPhoto(this.photo);
    if (text) this.conversation.outbox.say(text);
    this.#keep(null);
    this.write("");
  }

  #chosen() {
    const file = this.file.files[0];
    if (!file) return;
    this.file.value = "";   // so that choosing the same photo again is noticed
    const values = { name: file.name, size: Math.ceil(file.size / 2 ** 20 * 10) / 10 };
    if (file.size > LARGEST) return this.#tell("photo_large", values);
    this.#tell();
    this.#keep(file, values);
    this.text.focus();
  }

  /** Hold a photo until it is sent or taken out again. */
  #keep(file, values) {
    this.photo = file;
    this.ready.replaceChildren();
    if (!file) return;
    const words = element("p", { role: "status" });
    const takeOut = () => { this.#keep(null); this.addPhoto.focus(); };
    this.ready.append(words, element("button", { type: "button", class: "plain", click: takeOut }, this.words.remove));
    put(words, this.words.photo_ready, values);
  }

  #tell(name, values) {
    put(this.hint, this.words[name], values);
    this.hint.classList.toggle("warn", name !== "left");
  }
}

/** Can the options of this line still be pressed, and which one was? The customer's next words
 *  answer them; a newer question with options takes their place. */
function answered(lines, place) {
  const later = lines.slice(place + 1);
  const answer = later.find(({ author, refused }) => author === "customer" && !refused);
  return { usable: !answer && !later.some(({ buttons }) => buttons?.length), chosen: answer?.text };
}

/** A drawing for the eye only; the words are on the button. */
export function drawing(path) {
  const space = "http://www.w3.org/2000/svg", svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.ariaHidden = true;
  svg.append(document.createElementNS(space, "path"));
  svg.firstChild.setAttribute("d", path);
  return svg;
}

/** Show a sentence with its values, or nothing. Only news is put: a screen reader says each change. */
export function put(place, sentence, values) {
  const words = (sentence || "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
  if (place.textContent !== words) place.textContent = words;
}
