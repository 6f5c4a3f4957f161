// @ts-check
// What every screen does: keys of the frame, messages, the line that says the connection is lost, the clock.

import { startClocks } from "./clock.js";
import { isTyping } from "./keys.js";

/** Header in which every request of the page carries the token against forged requests. */
const TOKEN_HEADER = "X-CSRF-Token";

/** @returns {string} the token of this page; empty where nobody has signed in */
export function csrfToken() {
  const meta = document.querySelector("meta[name=csrf-token]");
  return meta instanceof HTMLMetaElement ? meta.content : "";
}

/** @param {boolean} isLost whether the server does not answer */
export function showConnection(isLost) {
  const line = document.getElementById("connection");
  if (line) line.hidden = !isLost;
}

/** @param {string} id of a dialog */
function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** @param {MouseEvent} event */
function onClick(event) {
  const target = event.target instanceof Element ? event.target : null;
  const opener = target?.closest("[data-opens]");
  if (opener instanceof HTMLElement && opener.dataset.opens) openDialog(opener.dataset.opens);
  const remover = target?.closest("[data-removes]");
  if (remover instanceof HTMLElement && remover.dataset.removes) remover.closest(remover.dataset.removes)?.remove();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.key === "?" && !isTyping(event)) {
    event.preventDefault();
    openDialog("shortcuts");
  }
}

document.addEventListener("click", onClick);
document.addEventListener("keydown", onKey);
document.addEventListener("htmx:configRequest", (event) => {
  if (event instanceof CustomEvent) event.detail.headers[TOKEN_HEADER] = csrfToken();
});
document.addEventListener("htmx:sendError", () => showConnection(true));
document.addEventListener("htmx:timeout", () => showConnection(true));
document.addEventListener("htmx:beforeOnLoad", () => showConnection(false));
window.addEventListener("offline", () => showConnection(true));
startClocks();
