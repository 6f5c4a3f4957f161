// @ts-check
// The first half of the intake by keyboard: number, procedure, open. A card reader types its line and Enter.

import { isTyping } from "./keys.js";

/** @typedef {{ajax: (verb: string, path: string, context: object) => Promise<void>}} Htmx */

/** @returns {Htmx} */
function htmx() {
  return /** @type {any} */ (window).htmx;
}

/** @param {string} id */
function field(id) {
  const found = document.getElementById(id);
  return found instanceof HTMLInputElement ? found : null;
}

/** @type {HTMLElement | null} */
let chosen = null;
/** Whether Enter was pressed before the list for what was typed had come. */
let isWaitingForList = false;

/** Chooses the first procedure, once the list is that of the words as they stand. */
function chooseFirst() {
  const list = document.querySelector("#procedures [data-asked]");
  isWaitingForList = !(list instanceof HTMLElement) || list.dataset.asked !== field("query")?.value;
  const first = document.querySelector("[data-figure-key='1']");
  if (!isWaitingForList && first instanceof HTMLElement) choose(first);
}

/** @param {HTMLElement} choice a button with data-procedure */
function choose(choice) {
  document.querySelectorAll(".choice[aria-pressed]").forEach((each) => each.removeAttribute("aria-pressed"));
  choice.setAttribute("aria-pressed", "true");
  chosen = choice;
  showNeed();
}

/** Shows what the procedure needs, once it is chosen. */
function showNeed() {
  if (!chosen) return;
  const who = document.getElementById("found-citizen");
  const values = { procedure: chosen.dataset.procedure, variant: chosen.dataset.variant, number: who?.dataset.number ?? "" };
  htmx().ajax("POST", "/intake/checklist", { target: "#need", swap: "innerHTML", values });
}

/** Walks from the empty number into the dossiers of the day and through them. @param {KeyboardEvent} event @param {number} by */
function walkToday(event, by) {
  const rows = Array.from(document.querySelectorAll("#today a"));
  const at = event.target instanceof Element ? rows.indexOf(event.target) : -1;
  if (at < 0 && !(event.target === field("citizen") && !field("citizen")?.value && by > 0)) return;
  event.preventDefault();
  const next = at + by < 0 ? field("citizen") : rows[Math.min(rows.length - 1, at + by)];
  if (next instanceof HTMLElement) next.focus();
}

/** Walks from the search into the list and through it. @param {KeyboardEvent} event @param {number} by */
function walk(event, by) {
  const choices = Array.from(document.querySelectorAll("#procedures .choice"));
  const at = event.target instanceof Element ? choices.indexOf(event.target) : -1;
  if (at < 0 && event.target !== field("query")) return;
  event.preventDefault();
  const next = at + by < 0 ? field("query") : choices[Math.min(choices.length - 1, at + by)];
  if (next instanceof HTMLElement) next.focus();
}

/** Alt and a letter press a button of the screen, wherever the focus is. @param {KeyboardEvent} event */
function onAltKey(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const button = document.querySelector(`[data-alt-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  button.click();
}

/**
 * While nobody is found, what is typed with the focus nowhere is the number: a card reader does not look where it types.
 * @param {KeyboardEvent} event
 */
function leadToNumber(event) {
  const isNowhere = event.target === document.body || event.target === document.getElementById("content");
  const isBusy = document.getElementById("found-citizen") || document.querySelector("dialog[open]");
  if (isNowhere && !isBusy && event.key.length === 1 && event.key !== "?") field("citizen")?.focus();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  onAltKey(event);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  leadToNumber(event);
  if (document.activeElement === field("citizen") && event.key.length === 1) return;
  const inQuery = event.target === field("query");
  const isFigure = /^[1-9]$/.test(event.key);
  // A figure behind words chooses; in front of anything else it begins a code.
  if (isFigure && (!isTyping(event) || (inQuery && /\p{L}/u.test(field("query")?.value ?? "")))) {
    const choice = document.querySelector(`[data-figure-key="${event.key}"]`);
    if (choice instanceof HTMLElement) {
      event.preventDefault();
      choose(choice);
    }
  }
  if (event.key === "Enter" && inQuery) {
    event.preventDefault();
    chooseFirst();
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    walk(event, event.key === "ArrowDown" ? 1 : -1);
    walkToday(event, event.key === "ArrowDown" ? 1 : -1);
  }
  if (event.key === "Enter" && event.target === field("owner-name")) {
    event.preventDefault();
    field("query")?.focus();
  }
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) field("query")?.focus();
}

/** @param {Event} event */
function onSwap(event) {
  const target = event instanceof CustomEvent ? event.detail.target : null;
  if (!(target instanceof HTMLElement)) return;
  if (target.id === "who") {
    const next = document.getElementById("found-citizen") ? field("owner-name") ?? field("query") : field("citizen");
    next?.focus();
    showNeed();
  }
  if (target.id === "procedures" && chosen) {
    const again = target.querySelector(`[data-procedure="${chosen.dataset.procedure}"][data-variant="${chosen.dataset.variant}"]`);
    again?.setAttribute("aria-pressed", "true");
  }
  if (target.id === "procedures" && isWaitingForList) chooseFirst();
  if (target.id === "need") {
    const key = document.querySelector("[data-fresh-key]");
    if (key instanceof HTMLInputElement) key.value = crypto.randomUUID?.() ?? String(Math.random());
    const [ticket, own] = [document.querySelector("[data-own-ticket]"), document.querySelector("[data-ticket]")];
    if (ticket instanceof HTMLInputElement && own instanceof HTMLElement) ticket.value = own.dataset.ticket ?? "";
    document.getElementById("open-dossier")?.focus();
  }
}

/** What the card said travels with the form that opens the dossier. @param {Event} event */
function onRequest(event) {
  if (!(event instanceof CustomEvent) || event.detail.path !== "/intake/open") return;
  const who = document.getElementById("found-citizen");
  if (who?.dataset.name) event.detail.parameters.set?.("name", who.dataset.name) ?? (event.detail.parameters.name = who.dataset.name);
  if (who?.dataset.address) event.detail.parameters.set?.("address", who.dataset.address) ?? (event.detail.parameters.address = who.dataset.address);
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", (event) => {
  const choice = event.target instanceof Element ? event.target.closest("[data-procedure]") : null;
  if (choice instanceof HTMLElement) choose(choice);
});
document.addEventListener("htmx:afterSettle", onSwap);
for (const [name, isScanning] of [["htmx:beforeRequest", true], ["htmx:afterRequest", false]])
  document.addEventListener(String(name), (event) => {
    const line = document.getElementById("card-scanning");
    if (line && event.target instanceof Element && event.target.id === "scan-card") line.hidden = !isScanning;
  });
document.addEventListener("htmx:configRequest", onRequest);
