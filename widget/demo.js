/* A page's own buttons can open the chat, with words to begin with. They are put where one
 * writes, not sent: it is the customer who speaks.
 */
for (const button of document.querySelectorAll("[data-say]"))
  button.addEventListener("click", () => document.querySelector("amends-chat")?.open({ text: button.dataset.say }));
