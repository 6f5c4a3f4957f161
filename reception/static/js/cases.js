// @ts-check
// Keys of the screen of a case: figures choose what is done, letters press the button that names them.

import { isTyping } from "./keys.js";

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (document.querySelector("dialog[open]")) return;
  if (event.key !== "Escape" && isTyping(event)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const target = Array.from(document.querySelectorAll("[data-key]")).find(
    (each) => each instanceof HTMLElement && each.dataset.key === key,
  );
  if (!(target instanceof HTMLElement)) return;
  event.preventDefault();
  target.click();
}

document.addEventListener("keydown", onKey);
