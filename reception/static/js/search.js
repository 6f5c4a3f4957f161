// @ts-check
// Keys of search and viewer: / goes to the box, arrows walk through answers and pages; the print view prints.

import { isTyping } from "./keys.js";

/** @param {number} step to another answer */
function walk(step) {
  const hits = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("a.hit"))];
  if (!hits.length) return false;
  const at = hits.findIndex((each) => each === document.activeElement);
  hits[Math.min(hits.length - 1, Math.max(0, at + step))].focus();
  return true;
}

/** Shows the page as wide as the window lets it be, or all of it. */
function enlarge() {
  const button = document.getElementById("enlarge");
  const frame = document.querySelector(".sheet-frame");
  if (!button || !(frame instanceof HTMLElement)) return;
  const isLarge = frame.classList.toggle("large");
  button.setAttribute("aria-pressed", String(isLarge));
  frame.tabIndex = isLarge ? 0 : -1;
  if (isLarge) frame.querySelector("rect")?.scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || document.querySelector("dialog[open]")) return;
  if (event.key === "/") {
    const box = document.getElementById("q");
    if (!box) return;
    event.preventDefault();
    box.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (walk(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
  } else if (event.key.toLowerCase() === "z" && !event.ctrlKey && !event.metaKey) {
    enlarge();
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const link = document.querySelector(event.key === "ArrowLeft" ? "a[rel=prev]" : "a[rel=next]");
    if (link instanceof HTMLAnchorElement) link.click();
  }
});
document.getElementById("enlarge")?.addEventListener("click", enlarge);
document.getElementById("print")?.addEventListener("click", () => window.print());
const first = document.querySelector("a.hit");
if (first instanceof HTMLElement) first.focus();
