/* One conversation as this browser knows it: what was said, what is on its way, who answers.
 * Knows nothing of how it looks; says "change" when something did.
 */
import { backoff, Door } from "./door.js";
import { Outbox } from "./outbox.js";

const HIDDEN_ENOUGH = 60_000;  // ms

export class Conversation extends EventTarget {
  said = new Map();       // id → message, as the front door tells it
  handler = "bot";        // bot, queue or agent
  typing = false;
  interrupted = false;    // for long enough to tell the customer
  token = null;           // of the session, once the door has let us in

  constructor(address, customerToken) {
    super();
    this.door = new Door(address);
    this.memory = new Memory(() => localStorage);
    this.customerToken = customerToken;
    this.outbox = new Outbox(this);
  }

  /** Everything said, in order, then what is still on its way; each exactly once. */
  get lines() {
    const said = [...this.said.values()].sort((one, other) => one.id - other.id);
    const arrived = new Set(said.map(({ client_id }) => client_id));
    return [...said, ...this.outbox.waiting.filter(({ client_id }) => !arrived.has(client_id))];
  }

  /** Keep hearing for as long as the page lives. Losing the line is normal: phones do it all day. */
  async listen() {
    if (this.isListening) return;
    this.isListening = true;
    this.#watchWindow();
    for (let failures = 0; ;) {
      let reached = false;
      try {
        await this.#catchUp();
        reached = true;
        this.#heal();
        this.line = new AbortController();
        await this.door.stream(this.token, this.heardUpTo, {
          alive: () => { failures = 0; this.#heal(); },
          event: (name, data) => { this.#hear(name, data); this.changed(); },
        }, this.line);
      } catch (error) {
        failures += 1;
        if (error.status === 401) this.enterAgain();
      }
      this.typing = false;
      // A line lost once heals before anybody noticed. A door not reached twice is worth a sentence.
      this.interrupted = (!reached && failures > 1) || !navigator.onLine;
      this.changed();
      await new Promise((resolve) => {
        this.retry = resolve;
        if (!document.hidden) setTimeout(resolve, backoff(failures));
      });
    }
  }

  /** Stop waiting and try now. Does nothing while connected. */
  retry() {}

  /** Take in one message, whichever way it came. */
  remember(message) {
    this.said.set(message.id, { ...this.said.get(message.id), ...message });
  }

  /** The door no longer knows our session: go in again. What is unsent is kept and sent then. */
  enterAgain() {
    this.token = null;
    this.line?.abort();
  }

  changed() { this.dispatchEvent(new Event("change")); }

  async #catchUp() {
    let answer;
    if (this.token) answer = await this.door.since(this.token, this.heardUpTo);
    else {
      answer = await this.door.enter(this.memory.get("session"), this.customerToken);
      this.memory.set("session", this.token = answer.session);
      // The door's history replaces ours: after an expired session it is another conversation.
      this.said.clear();
      this.heardUpTo = 0;
    }
    for (const message of answer.messages) this.#hear("message", message);
    this.#hear("handler", answer);
  }

  #hear(event, data) {
    if (event === "typing") this.typing = data.on;
    if (event === "handler") this.handler = data.handler;
    if (event === "message") {
      this.remember(data);
      // Only what is heard in order counts. The answer to our own POST may be ahead of a message
      // still on its way to us, and counting it would skip that one.
      this.heardUpTo = Math.max(this.heardUpTo, data.id);
    }
  }

  #heal() {
    this.interrupted = false;
    this.outbox.deliver();
    this.changed();
  }

  #watchWindow() {
    addEventListener("online", () => this.retry());
    addEventListener("offline", () => {
      this.interrupted = true;
      this.line?.abort();
      this.changed();
    });
    // A browser allows six lines to one address; a seventh tab of the shop could send nothing.
    // So a tab nobody looks at lets go of its line.
    let leaving;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(leaving);
      if (document.hidden) leaving = setTimeout(() => this.line?.abort(), HIDDEN_ENOUGH);
      else this.retry();
    });
    addEventListener("storage", () => this.changed());   // another tab wrote something
  }
}

/** What this browser keeps between two pages, so that a reload or an empty battery loses nothing. */
export class Memory {
  #spare = {};

  constructor(storage) { this.storage = storage; }

  get(name, otherwise = null) {
    try { return JSON.parse(this.storage().getItem(`amends-${name}`)) ?? this.#spare[name] ?? otherwise; }
    catch { return this.#spare[name] ?? otherwise; }
  }

  set(name, value) {
    // Storage may be full or forbidden. The chat then works, and forgets when the page goes.
    try { this.storage().setItem(`amends-${name}`, JSON.stringify(value)); }
    catch { this.#spare[name] = value; }
  }
}
