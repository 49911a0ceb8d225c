/* One line of the conversation as an element. Text is text: nothing anybody wrote is ever markup. */

/** element("p", {class: "name"}, "Ines"). Functions become listeners; false children are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter(Boolean));
  return made;
}

/** Draw a line. `on` says what a press does: press(option, event), takeBack(line). */
export function drawLine(line, words, on) {
  const name = line.name || words[line.author];
  // Who speaks is never told by colour alone: by side and shape for the eye, by name for the ear.
  return element("li", { class: line.author },
    element("p", { class: line.author === "agent" ? "name" : "unseen" }, name),
    element("div", { class: "bubble", dir: "auto" },
      ...(line.photo ? [`▣ ${line.file?.name ?? words.photo}`] : linked(line.text))),
    line.buttons?.length && element("div", { class: "options", role: "group", "aria-label": words.options },
      ...line.buttons.map((option) => element("button", {
        class: "option", dir: "auto", click: (event) => on.press(option, event),
      }, option.title))),
    // Announcing each "Sent" would talk over the answer.
    element("p", { class: "small", "aria-live": "off" }));
}

/** Show what has become of a line. In place, or a screen reader would read all of it again. */
export function refreshLine(drawn, line, words, { usable, chosen }, on) {
  for (const button of drawn.querySelectorAll(".option")) {
    button.disabled = !usable;
    if (button.textContent === chosen) {
      button.classList.add("chosen");
      button.append(element("span", { class: "unseen" }, ` (${words.chosen})`));
    }
  }
  const small = drawn.querySelector(".small"), trouble = line.refused ?? line.late;
  const fate = trouble === true ? words[line.refused ? "refused" : "late"]
    : trouble || line.author === "customer" && words[line.id ? "sent" : "sending"];
  if (small.fate === fate) return;
  small.fate = fate;
  small.classList.toggle("warn", Boolean(trouble));
  small.replaceChildren(time(line.at), fate ? ` · ${fate}` : "");
  if (line.refused) {
    small.setAttribute("role", "alert");
    small.append(element("button", { class: "plain", click: () => on.takeBack(line) }, words.take_back));
  }
}

/** 14:05, with the day when it is not today. */
function time(at) {
  const then = new Date(at), today = then.toDateString() === new Date().toDateString();
  return element("time", { datetime: at }, then.toLocaleString(document.documentElement.lang || [],
    { hour: "2-digit", minute: "2-digit", ...(!today && { weekday: "short", day: "numeric", month: "short" }) }));
}

/** The text, its web addresses as links, its order and case numbers in one piece.
 *  Only http and https ever become a link. */
function linked(text) {
  // A full stop or bracket after an address belongs to the sentence, not to the address.
  return text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?')\]]|\b[A-Z]+-\d+(?:-[A-Z])?\b)/).map((part, place) => {
    if (place % 2 === 0) return part;
    return part.startsWith("http")
      ? element("a", { href: part, target: "_blank", rel: "noopener noreferrer" }, part)
      : element("span", { class: "number" }, part);
  });
}
