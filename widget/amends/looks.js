/* How the chat looks: constructed, because a host's strict policy refuses <style>. The defaults
 * keep 4.5 : 1 for words, 3 : 1 for edges; sizes follow the reader's, not html {font-size: 62.5%}.
 */
export const LOOKS = new CSSStyleSheet();

LOOKS.replaceSync(`
:host {
  all: initial;
  direction: inherit;
  --amends-accent: #0b5c55;
  --amends-accent-text: #fff;
  --amends-surface: #fff;
  --amends-text: #1d2327;
  --amends-quiet: #eff3f2;
  --amends-faint: #566065;
  --amends-line: #ccd4d2;
  --amends-warn: #9a3412;
  --amends-radius: 16px;
  --amends-edge: 20px;
  --amends-width: 400px;
  --amends-font: system-ui, "Segoe UI", Roboto, sans-serif;
  color: var(--amends-text);
  font: max(1rem, 16px) / 1.5 var(--amends-font);
}
@media (prefers-color-scheme: dark) {
  :host {
    color-scheme: dark;
    --amends-accent: #7fd1c4;
    --amends-accent-text: #06211e;
    --amends-surface: #171c1e;
    --amends-text: #eceff0;
    --amends-quiet: #262e31;
    --amends-faint: #a9b5b9;
    --amends-line: #465257;
    --amends-warn: #ffb38a;
  }
}
* { box-sizing: border-box; margin: 0; padding: 0; overflow-wrap: anywhere; }
[hidden], b:empty { display: none !important; }
/* Kept, though empty: a screen reader only hears words put into what was there before. */
p:empty, div:empty { padding: 0 !important; border: 0 !important; }
p:empty::before { content: none !important; }
:focus-visible { outline: 3px solid var(--amends-accent); outline-offset: 2px; }
svg { width: 24px; height: 24px; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }

button, textarea { font: inherit; color: inherit; border: 1px solid transparent; border-radius: 23px; background: none; }
button { cursor: pointer; min-width: 46px; min-height: 46px; display: grid; place-items: center; flex: none; }
button:hover:enabled { background: var(--amends-line); }
.launcher, .launcher:hover:enabled, .send, .send:hover:enabled { background: var(--amends-accent); color: var(--amends-accent-text); }
.launcher, dialog { position: fixed; z-index: 2147483000; inset: auto; bottom: var(--amends-edge); inset-inline-end: var(--amends-edge); }
.launcher {
  display: flex; gap: .6em; max-width: calc(100% - 2 * var(--amends-edge)); padding: .9em 1.3em;
  font-weight: 600; text-align: start; line-height: 1.25; border-radius: 30px; box-shadow: 0 4px 20px #0004;
}
.launcher b { padding: .1em .6em; border-radius: 1em; background: var(--amends-surface); color: var(--amends-text); white-space: nowrap; }

dialog {
  width: var(--amends-width); max-width: calc(100% - 2 * var(--amends-edge));
  height: min(760px, 100vh - 2 * var(--amends-edge)); max-height: none; overflow: hidden; flex-direction: column;
  border: 1px solid var(--amends-line); border-radius: var(--amends-radius); background: var(--amends-surface); color: inherit; box-shadow: 0 8px 40px #0005;
}
dialog[open] { display: flex; }
.top { display: flex; padding: .8em .5em .8em 1.1em; background: var(--amends-quiet); border-bottom: 1px solid var(--amends-line); }
.top div { flex: 1; }
h2 { font-size: 1.06em; line-height: 1.3; }
.who, .name, .small, .writing { font-size: .875em; color: var(--amends-faint); }
.who::before { content: "○ " / ""; }
.person, .name { color: var(--amends-text); font-weight: 600; }
.person::before { content: "● " / ""; color: var(--amends-accent); }
.trouble { padding: .6em 1.1em; font-size: .9em; background: var(--amends-quiet); border-inline-start: 4px solid var(--amends-warn); }
.warn { color: var(--amends-warn); }

.log { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 1.1em; position: relative; }
.log:focus-visible { outline-offset: -3px; }
ol, .options { display: flex; flex-direction: column; gap: .8em; list-style: none; }
li { display: flex; flex-direction: column; align-items: start; }
.bubble {
  max-width: 90%; padding: .6em .9em; border: 1px solid transparent; white-space: pre-wrap;
  background: var(--amends-quiet); border-radius: var(--amends-radius); border-end-start-radius: 4px;
}
.bubble a { color: inherit; }
.number { white-space: nowrap; }
.small { font-size: .8em; margin-top: .2em; }
.customer { align-items: end; text-align: end; }
.customer .bubble { background: var(--amends-accent); color: var(--amends-accent-text); text-align: start; border-radius: var(--amends-radius); border-end-end-radius: 4px; }
.agent .bubble { background: var(--amends-surface); border: 2px solid var(--amends-accent); }
.notice { align-items: center; text-align: center; }
.notice .bubble { background: none; border: 1px dashed var(--amends-faint); border-radius: var(--amends-radius); }
.options { gap: .5em; width: 100%; margin-top: .6em; }
.option { padding: .6em 1em; border: 2px solid var(--amends-accent); border-radius: 12px; background: var(--amends-surface); text-align: start; display: block; font-weight: 600; line-height: 1.35; }
.option:disabled { border: 1px solid var(--amends-line); color: var(--amends-faint); font-weight: 400; cursor: default; }
.option.chosen { border: 2px solid var(--amends-accent); color: var(--amends-text); font-weight: 600; }
.option.chosen::before { content: "✓ " / ""; }
.plain { padding: 0 .6em; text-decoration: underline; display: inline-grid; }
.writing { padding: 0 1.25em .7em; }
.writing::before { content: "● ● ●" / ""; font-size: .6em; vertical-align: 2px; margin-inline-end: 1em; animation: breathe 1.4s infinite; }

form { padding: .7em; border-top: 1px solid var(--amends-line); padding-bottom: max(.7em, env(safe-area-inset-bottom)); }
.row, .ready { display: flex; align-items: end; gap: .5em; }
textarea { flex: 1; min-width: 0; min-height: 46px; max-height: 30vh; padding: .6em .9em; line-height: 1.4; resize: none; border-color: var(--amends-faint); }
textarea::placeholder { color: var(--amends-faint); opacity: 1; }
.hint { padding: 0 .5em .6em; font-size: .9em; }
.ready { align-items: center; padding-bottom: .6em; font-size: .9em; }
.ready p { flex: 1; }

@media (max-width: 480px) {
  :host { --amends-edge: 14px; }
  dialog { inset: var(--top, 0) 0 auto; width: 100%; max-width: none; height: var(--height, 100%); border: 0; border-radius: 0; }
  .top { padding-top: max(.8em, env(safe-area-inset-top)); }
}
@media (forced-colors: active) { .bubble, button { border-color: currentColor; } }
@media (prefers-reduced-motion: reduce) { .writing::before { animation: none; } }
@keyframes breathe { 50% { opacity: .3; } }
`);
