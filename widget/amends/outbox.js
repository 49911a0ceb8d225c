/* What the customer has sent and the front door has not acknowledged: kept over reloads, sent one
 * at a time in the order written, repeated under the same client_id, of which the door keeps one.
 * Photos are too large to keep; they live as long as the page.
 */
import { backoff } from "./door.js";

export class Outbox {
  photos = [];
  failures = 0;

  constructor(conversation) { this.conversation = conversation; }

  get letters() { return this.conversation.memory.get("outbox", []); }
  set letters(letters) { this.conversation.memory.set("outbox", letters); }

  /** All that waits, as lines of the conversation. */
  get waiting() {
    return [...this.letters, ...this.photos].sort((one, other) => (one.at < other.at ? -1 : 1));
  }

  /** Send words. Returns at once; the line shows what becomes of them. */
  say(text) { this.#post({ text }); }

  /** Send a pressed option: the door gets its payload, the customer reads its title. */
  press({ title, payload }) { this.#post({ text: title, button: payload }); }

  sendPhoto(file) {
    const photo = { ...envelope(), photo: true, file };
    this.photos.push(photo);
    this.#upload(photo);
    this.conversation.changed();
  }

  /** Forget what was not sent, or was. */
  drop({ client_id }) {
    const isOther = (line) => line.client_id !== client_id;
    this.letters = this.letters.filter(isOther);
    this.photos = this.photos.filter(isOther);
    this.conversation.changed();
  }

  /** Send what waits, first things first, until nothing is left or the line is lost. */
  async deliver() {
    if (this.isDelivering || !this.conversation.token) return;
    this.isDelivering = true;
    clearTimeout(this.nextTry);
    for (const photo of this.photos) if (photo.late) this.#upload(photo);
    try {
      for (let letter; (letter = this.letters.find(({ refused }) => !refused));) {
        await this.#try(letter, this.conversation.door.send(this.conversation.token, letter));
        this.failures = 0;
      }
    } catch {
      this.nextTry = setTimeout(() => this.deliver(), backoff(++this.failures));
    }
    this.isDelivering = false;
  }

  #post(content) {
    this.letters = [...this.letters, { ...envelope(), ...content }];
    this.conversation.changed();
    this.conversation.retry();
    this.deliver();
  }

  #upload(photo) {
    photo.late = false;
    // Late is shown on its line; the next delivery tries again.
    this.#try(photo, this.conversation.door.photo(this.conversation.token, photo)).catch(() => {});
  }

  /** Wait for the answer and keep it. A refusal is said on the line itself and not tried again;
   *  anything else is raised, to be tried again. */
  async #try(line, answer) {
    try {
      const { message } = await answer;
      this.conversation.remember({ ...message, file: line.file });
      this.drop(line);
      this.conversation.retry();   // the door is there again, so listen again
    } catch (error) {
      if (error.status === 401) this.conversation.enterAgain();
      if (error.isFinal) line.refused = error.message || true;
      else line.late = (error.status === 429 && error.message) || true;
      this.letters = this.letters.map((letter) => (letter.client_id === line.client_id ? line : letter));
      this.conversation.changed();
      if (!error.isFinal) throw error;
    }
  }
}

const envelope = () => ({ client_id: newId(), author: "customer", at: new Date().toISOString() });

/** A random UUID. crypto.randomUUID is missing on plain http, where a shop's test pages live. */
function newId() {
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));
}
