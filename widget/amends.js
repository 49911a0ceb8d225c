/* Amends: the chat a website embeds with one tag, <script src="https://…/amends.js"></script>.
 * It adds one <amends-chat> and nothing else. README.md beside this file explains the attributes
 * (data-label, data-open, data-customer-token, data-words) and the colours (--amends-…).
 */
(() => {
  // A page may load us as a module too; then there is no current script.
  const tag = document.currentScript ?? document.querySelector('script[src*="amends.js"]');
  const parsed = document.body ?? new Promise((resolve) => addEventListener("DOMContentLoaded", resolve));
  Promise.all([import(new URL("amends/chat.js", tag.src)), parsed]).then(() => {
    if (document.querySelector("amends-chat")) return;
    const chat = document.createElement("amends-chat");
    chat.setAttribute("door", new URL("chat/", tag.src));
    for (const name of ["label", "open", "customer-token", "words"])
      if (tag.hasAttribute(`data-${name}`)) chat.setAttribute(name, tag.getAttribute(`data-${name}`));
    document.body.append(chat);
  });
})();
