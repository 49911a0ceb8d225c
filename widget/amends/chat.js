/* <amends-chat>: the button in the corner, the panel it opens, and what connects them. */
import { Conversation, Memory } from "./conversation.js";
import { element } from "./line.js";
import { LOOKS } from "./looks.js";
import { drawing, Panel, put } from "./panel.js";

/* Every word the chat itself says. What the assistant says is in domain.yml; these labels are the
 * exception, for they must be there when the front door is not. data-words replaces them.
 */
const WORDS = {
  label: "Help with an order",
  unread: "{count} new",
  close: "Close the chat",
  log: "Conversation",

  with_bot: "Automated assistant · a person if you ask",
  with_queue: "Waiting for a person to join",
  with_agent: "You’re now talking to {name}",

  customer: "You",
  assistant: "Assistant",
  agent: "a person",
  notice: "Note",
  writing: "{name} is writing…",
  options: "Choose one",
  chosen: "chosen",

  write: "Your message",
  placeholder: "In your own words",
  keys: "Enter sends. Shift and Enter starts a new line.",
  send: "Send",
  left: "{count} characters left",
  too_long: "This is {count} characters longer than one message can be. Two messages will do.",

  add_photo: "Add a photo, up to 10 MB",
  photo: "Photo",
  photo_ready: "{name} ({size} MB) is ready to send",
  photo_large: "{name} is {size} MB; a photo can be up to 10 MB. A screenshot of it works too.",
  remove: "Remove the photo",

  sending: "Sending…",
  sent: "Sent",
  late: "Not sent yet. We’ll try again by ourselves.",
  refused: "This could not be sent as it is.",
  take_back: "Take back",

  offline: "You’re offline. What you write is kept, and sent when you’re back.",
  unreachable: "The connection is interrupted. What you write is kept, and sent when it’s back.",
};

class AmendsChat extends HTMLElement {
  connectedCallback() {
    if (this.conversation) return;   // only moved within the page
    this.words = { ...WORDS, ...JSON.parse(this.getAttribute("words") ?? "{}") };
    this.words.label = this.getAttribute("label") ?? this.words.label;
    this.conversation = new Conversation(this.getAttribute("door"), this.getAttribute("customer-token"));
    // Opened or closed is a matter of one tab, unlike what was said.
    this.tab = new Memory(() => sessionStorage);

    this.panel = new Panel(this.conversation, this.words, () => this.close());
    this.dialog = this.panel.dialog;
    this.count = element("b");
    this.launcher = element("button", { class: "launcher", "aria-haspopup": "dialog", click: () => this.open() },
      drawing("M4 5.5h16v11h-8.5L7 20.5v-4H4z"), this.words.label, this.count);
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", this.words.label);
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [LOOKS];
    shadow.append(this.launcher, this.dialog);
    this.#watch();
    this.#show();

    // A page that only just loaded keeps its focus, even when the chat was open before.
    if (this.tab.get("open", this.hasAttribute("open"))) this.open({ focus: false });
    // Somebody who never wrote here needs no conversation at the door on every page they look at.
    else if (this.conversation.memory.get("session")) this.conversation.listen();
  }

  /** Open the chat; `text` is put where one writes. */
  open({ focus = true, text } = {}) {
    this.tab.set("open", true);
    if (text) this.panel.write(text);
    if (this.dialog.open) return this.panel.text.focus();
    this.conversation.listen();
    this.launcher.hidden = true;
    // On a phone the chat covers the page, which must be out of reach then. Elsewhere it sits
    // beside it, and one may want to look up an order.
    if (matchMedia("(max-width: 480px)").matches) this.dialog.showModal();
    else this.dialog.show();
    this.panel.grow();
    this.#fit();
    this.#show();
    // Touch: the keys would come up and hide the greeting before it is read.
    if (focus) this.panel[matchMedia("(pointer: coarse)").matches ? "title" : "text"].focus();
    else this.shadowRoot.activeElement?.blur();
  }

  close() {
    this.tab.set("open", false);
    this.dialog.close();
    this.launcher.hidden = false;
    this.launcher.focus();
  }

  #show() {
    this.panel.show();
    const { memory, said } = this.conversation;
    if (this.dialog.open) memory.set("read", Math.max(0, ...said.keys()));
    const read = memory.get("read", 0);
    const count = [...said.values()].filter(({ id, author }) => id > read && author !== "customer").length;
    put(this.count, count && this.words.unread, { count });
  }

  #watch() {
    this.conversation.addEventListener("change", () => this.#show());
    this.dialog.addEventListener("keydown", (event) => {
      // Escape also ends a word being composed.
      if (event.key === "Escape" && !event.isComposing) this.close();
    });
    this.dialog.addEventListener("cancel", () => this.close());   // a phone's own way back
    for (const change of ["resize", "scroll"]) visualViewport.addEventListener(change, () => this.#fit());
  }

  /** Keys on the screen cover a phone's page without telling its layout; fit what is left of it. */
  #fit() {
    if (visualViewport.scale > 1) return;   // zoomed in to read
    this.dialog.style.setProperty("--height", `${visualViewport.height}px`);
    this.dialog.style.setProperty("--top", `${visualViewport.offsetTop}px`);
  }
}

customElements.define("amends-chat", AmendsChat);
