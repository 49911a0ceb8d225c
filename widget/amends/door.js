/* The front door. The session goes in a header, because addresses end up in logs; and so the
 * stream is read with fetch, for EventSource cannot send one.
 */
const PATIENCE = 20_000;         // ms for an answer, or one request could hold up all later ones
const PHOTO_PATIENCE = 180_000;  // 10 MB from a train
const SILENCE = 45_000;          // three missed pings are a dead line

/** The door said no, perhaps with a sentence a customer can read. */
const refusal = (status, sentence) => Object.assign(new Error(sentence), {
  status,
  // Sending the same again cannot help; anything else is worth another try.
  isFinal: status >= 400 && status < 500 && ![401, 408, 429].includes(status),
});

/** How long to wait after so many failures, in ms; never in step with other customers' browsers. */
export const backoff = (failures) => Math.min(30_000, 500 * 2 ** failures) * (0.5 + Math.random());

export class Door {
  constructor(address) { this.address = address; }

  /** Begin a conversation, or go on with the one of `token`. Times are told by this clock. */
  enter(token, customerToken) {
    const { timeZone: timezone } = Intl.DateTimeFormat().resolvedOptions();
    return this.#ask("session", token, JSON.stringify({ timezone, customer_token: customerToken }));
  }

  /** What was said after message `id`. */
  since(token, id) { return this.#ask(`messages?after=${id}`, token); }

  /** Send words or a pressed option. The same client_id twice is one message. */
  send(token, { client_id, text, button }) {
    return this.#ask("messages", token, JSON.stringify(button ? { client_id, button } : { client_id, text }));
  }

  photo(token, { client_id, file }) {
    const form = new FormData();
    form.append("client_id", client_id);
    form.append("photo", file);
    return this.#ask("photos", token, form, PHOTO_PATIENCE);
  }

  /** Hear everything after message `id`, until the door ends it. Throws when the line is lost,
   *  refused, silent for too long, or let go of by `controller`. */
  async stream(token, id, { alive, event }, controller) {
    let watch, rest = "";
    const heard = () => {
      clearTimeout(watch);
      watch = setTimeout(() => controller.abort(), SILENCE);
    };
    try {
      heard();
      const response = await this.#fetch(`stream?after=${id}`, token, { signal: controller.signal });
      if (!response.ok) throw refusal(response.status);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        heard();
        alive();
        const blocks = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
        rest = blocks.pop();
        for (const block of blocks) {
          // Pings have no data, and are not events.
          const field = (name) => block.match(new RegExp(`^${name}: ?(.*)$`, "m"))?.[1];
          if (field("data")) event(field("event"), JSON.parse(field("data")));
        }
      }
    } finally {
      clearTimeout(watch);
    }
  }

  async #ask(path, token, body, patience = PATIENCE) {
    const response = await this.#fetch(path, token, {
      method: body ? "POST" : "GET", body, signal: AbortSignal.timeout(patience),
    });
    // A proxy on the way may answer with a page of its own.
    const answer = await response.json().catch(() => null);
    if (response.ok && answer) return answer;
    throw refusal(response.status, answer?.error);
  }

  #fetch(path, token, options) {
    const headers = token ? { Authorization: `Bearer ${token}` } : {};
    if (typeof options.body === "string") headers["Content-Type"] = "application/json";
    return fetch(new URL(path, this.address), { ...options, headers, cache: "no-store" });
  }
}
