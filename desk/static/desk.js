/* The desk in the browser: live regions, deeds without reloading, clocks and keys.
 * Every page works without it; nothing here is the only way to do something. */

const body = document.body;
const { home, token } = body.dataset;
let lead = Date.parse(body.dataset.now) - Date.now(); // a wrong clock here makes nothing late

// Regions: the page asks for itself, and only what differs is replaced

const FIELDS = "input:not([type=hidden]), textarea, select";
const isDirty = (field) =>
  field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
  : field.tagName === "SELECT" ? false
  : field.value !== field.defaultValue;

/** Whether somebody is at work in it: then it stays as it is. */
function isBusy(region) {
  const inHand = document.activeElement;
  return (inHand?.matches(FIELDS) && region.contains(inHand))
    || region.matches("details[open]") || region.querySelector("details[open]") !== null
    || [...region.querySelectorAll(FIELDS)].some(isDirty);
}

function replace(old, fresh) {
  if (old.dataset.region === "append") {
    const box = old.parentElement;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
    for (const line of fresh.children) if (!document.getElementById(line.id)) old.append(line.cloneNode(true));
    if (atEnd) box.scrollTop = box.scrollHeight;
    return;
  }
  if (isBusy(old)) {
    const ready = fresh.querySelector("[data-ready]")?.dataset.ready;
    const reply = old.querySelector("[data-ready]");
    if (reply && ready !== undefined) reply.dataset.ready = ready;
    return;
  }
  if (old.dataset.shown === fresh.innerHTML) return;
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  const copy = fresh.cloneNode(true);
  copy.dataset.shown = fresh.innerHTML;
  old.replaceWith(copy);
  if (focused) document.getElementById(focused)?.focus();
}

let asking = null;
let again = false;
/** Done when a look that began after this call has been shown, whatever was under way. */
function refresh() {
  again = true;
  asking ??= (async () => {
    try { while (again) { again = false; await look(); } } finally { asking = null; }
  })();
  return asking;
}

async function look() {
  const url = new URL(location.href);
  if (body.dataset.look) url.searchParams.set("look", body.dataset.look);
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (answer.redirected && answer.url.includes("/sign-in")) return signedOut();
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  lead = Date.parse(page.body.dataset.now) - Date.now();
  document.title = page.title;
  const acts = document.querySelector(".acts");
  if (acts) reconcile(acts, page.querySelector(".acts"));
  for (const fresh of page.querySelectorAll("[data-region]")) {
    const old = document.getElementById(fresh.id);
    if (old) replace(old, fresh);
  }
  tick();
}

/** Panels come and go with what this person may do. */
function reconcile(old, fresh) {
  const wanted = new Set([...fresh.children].map((child) => child.id));
  for (const child of [...old.children]) if (child.id && child.dataset.region !== undefined && !wanted.has(child.id)) child.remove();
  let before = null;
  for (const child of fresh.children) {
    if (!child.id) continue;
    let here = document.getElementById(child.id);
    if (!here) {
      here = child.cloneNode(true);
      if (before) before.after(here); else old.querySelector("h2").after(here);
    }
    before = here;
  }
}

// Live

function line(text) {
  const said = document.querySelector(".line-down");
  said.textContent = text || said.textContent;
  said.hidden = !text;
}
const signedOut = () => line("Your session is over. Copy what you were writing, then load this page again to sign in.");

if (body.dataset.live) {
  const about = body.dataset.live === "all" ? "" : `?case=${body.dataset.live}`;
  let wait = 0;
  let stream = null;
  const listen = () => {
    stream?.close();
    stream = new EventSource(`${home}/live${about}`);
    stream.onopen = () => { wait = 0; line(""); refresh().catch(() => {}); };
    stream.addEventListener("change", () => refresh().catch(() => {}));
    stream.onerror = () => {
      if (stream.readyState !== EventSource.CLOSED) return wait++ > 1 && line("No connection just now. What you see may be old; it comes back by itself.");
      wait = Math.min(wait + 1, 6);
      line("No connection just now. What you see may be old; it comes back by itself.");
      refresh().catch(() => {});
      setTimeout(listen, wait * 1000);
    };
  };
  listen();
  // A browser has six lines to one house; forty open cases would hold each other up.
  document.addEventListener("visibilitychange", () => {
    if (!body.dataset.look) return;
    if (document.visibilityState === "hidden") stream.close(); else listen();
  });
}

async function keepLooking() {
  const said = new URLSearchParams({ token });
  const answer = await fetch(`${home}/cases/${body.dataset.live}/looking`, { method: "POST", body: said, headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { looking } = await answer.json();
  const place = document.getElementById("looking");
  const text = looking.length ? `· ${looking.join(", ")} ${looking.length === 1 ? "looks" : "look"} too` : "";
  if (place && place.textContent.trim() !== text) place.textContent = text;
}
if (body.dataset.look) {
  setInterval(() => document.visibilityState === "visible" && keepLooking().catch(() => {}), 20_000);
}

// Deeds

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-deed]");
  if (!form) return;
  event.preventDefault();
  const said = form.querySelector("output");
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  said.className = "";
  said.textContent = "…";
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) {
      said.className = "trouble";
      said.textContent = told.error;
      said.scrollIntoView({ block: "nearest" });
      if (answer.status === 409) { announce(told.error); refresh().catch(() => {}); } // the form may go
      return;
    }
    form.reset();
    form.elements.key.value = told.key;
    said.textContent = "";
    announce(told.said);
    if (form.dataset.deed === "reply") form.elements.text.focus();
    else {
      // A field that is hidden keeps the next key for a moment; single keys must work at once.
      if (form.contains(document.activeElement)) document.activeElement.blur();
      form.closest("details")?.removeAttribute("open");
    }
    await refresh();
    if (["take_over", "reopen"].includes(form.dataset.deed)) document.getElementById("reply")?.focus();
  } catch {
    said.className = "trouble";
    said.textContent = "No connection just now. Nothing is lost: send it again, it is done only once.";
  } finally {
    delete form.dataset.sending;
  }
});

/** Says it where the form may already have gone. */
function announce(text) {
  let place = document.getElementById("said");
  if (!place) {
    place = document.createElement("p");
    place.id = "said";
    place.setAttribute("role", "status");
    document.querySelector("main").append(place);
  }
  place.textContent = text;
  clearTimeout(announce.later);
  announce.later = setTimeout(() => { place.textContent = ""; }, 5000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.fills) fill(document.getElementById(button.dataset.fills));
  if (button?.dataset.opens) document.getElementById(button.dataset.opens).showModal();
});
document.addEventListener("change", (event) => {
  const { target } = event;
  if (target.dataset.saved && target.value) {
    fill(document.getElementById(target.dataset.saved), target.value);
    target.value = "";
  }
  if ("facts" in target.dataset) showFact(target);
  if (target.id === "keys-on") localStorage.setItem("amends-desk-keys", target.checked ? "on" : "off");
});
document.addEventListener("toggle", (event) => {
  const inHand = document.activeElement;
  // It comes late: whoever opened it by a key may be typing in it already.
  if (event.target.open && !(event.target.contains(inHand) && inHand.matches(FIELDS))) begin(event.target);
}, true);

function begin(panel) {
  for (const facts of panel.querySelectorAll("[data-facts]")) showFact(facts);
  panel.querySelector(FIELDS)?.focus();
}

function showFact(facts) {
  const value = facts.form.elements.value;
  value.value = value.defaultValue = facts.selectedOptions[0].dataset.value;
}

/** Puts words where the person writes; what stands there already is kept before them. */
function fill(field, text = field.dataset.ready) {
  const own = field.value.trim();
  if (!own.includes(text)) field.value = own ? `${own}\n\n${text}` : text;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

// Clocks

function inWords(seconds) {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const hours = Math.floor(minutes / 60);
  const length = minutes < 60 ? `${minutes} min`
    : hours < 48 ? (minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`)
    : `${Math.floor(hours / 24)} days`;
  return `${length} ${seconds >= 0 ? "left" : "late"}`;
}
function tick() {
  for (const clock of document.querySelectorAll("[data-due]")) {
    const seconds = (Date.parse(clock.dataset.due) - Date.now() - lead) / 1000;
    const words = inWords(seconds);
    if (clock.textContent !== words) clock.textContent = words;
    clock.parentElement.classList.toggle("late", seconds < 0);
  }
}
setInterval(tick, 5000);

// Keys

const keysOn = document.getElementById("keys-on");
if (keysOn) keysOn.checked = localStorage.getItem("amends-desk-keys") !== "off";

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.(FIELDS);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field?.form) {
    event.preventDefault();
    field.form.requestSubmit();
    return;
  }
  if (event.key === "Escape" && field) { field.blur(); return; }
  if (field || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (keysOn && !keysOn.checked && event.key !== "?") return;
  if (event.key === "j" || event.key === "k") { step(event.key === "j" ? 1 : -1); event.preventDefault(); return; }
  const target = document.querySelector(`[data-press="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("summary")) {
    const panel = target.parentElement;
    const wasOpen = panel.open;
    panel.open = true;
    target.scrollIntoView({ block: "nearest" });
    if (wasOpen) panel.querySelector(FIELDS)?.focus(); else begin(panel);
  } else if (target.matches(FIELDS)) target.focus();
  else target.click();
});

function step(by) {
  const cards = [...document.querySelectorAll(".card a")];
  const at = cards.indexOf(document.activeElement);
  const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), cards.length - 1);
  cards[next]?.focus();
}

// The last words are what matters
const log = document.querySelector("[role=log]");
if (log) log.scrollTop = log.scrollHeight;
tick();
