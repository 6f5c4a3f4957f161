// @ts-check
// The confirm screen: the picture follows the field, Enter accepts and goes on, everything typed is kept at once.

import { csrfToken, showConnection } from "./frame.js";

/** @returns {HTMLInputElement[]} all inputs of fields, in order */
function inputs() {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[data-field]"))];
}

/** @param {HTMLElement} from @returns {string} the document an input belongs to */
function documentOf(from) {
  return from.closest("[data-document]")?.getAttribute("data-document") ?? "";
}

/** Shows the place of a field, large; the page stays where it is for a field without one. @param {HTMLInputElement} input */
function show(input) {
  const { page, window: view, mark } = input.dataset;
  if (!page || !view || !mark) return;
  for (const sheet of document.querySelectorAll("svg.sheet")) {
    const isOurs = sheet.getAttribute("data-page") === page;
    sheet.toggleAttribute("hidden", !isOurs);
    if (!isOurs) continue;
    sheet.setAttribute("viewBox", view);
    const [x, y, width, height] = mark.split(" ");
    for (const [name, value] of Object.entries({ x, y, width, height })) sheet.querySelector("rect")?.setAttribute(name, value);
  }
}

function showWhole() {
  const sheet = document.querySelector("svg.sheet:not([hidden])");
  const whole = sheet?.getAttribute("data-whole");
  if (!sheet || !whole) return;
  const current = document.activeElement;
  if (sheet.getAttribute("viewBox") !== whole) sheet.setAttribute("viewBox", whole);
  else if (current instanceof HTMLInputElement && current.dataset.field) show(current);
}

/** @param {string} text of an error */
function tell(text) {
  const place = document.getElementById("messages");
  if (place) place.innerHTML = text;
}

/**
 * Keeps one field on the server.
 * @param {HTMLInputElement} input
 * @returns {Promise<boolean>} whether it was kept
 */
async function keep(input) {
  const isKept = await send(input, "field", { name: input.dataset.field ?? "", text: input.value, read: input.dataset.read ?? "" });
  if (isKept) markSeen(input);
  return isKept;
}

/**
 * Keeps what stands in an input; says so where it is refused or the server does not answer.
 * @param {HTMLElement} from
 * @param {string} what
 * @param {Record<string, string>} values
 * @returns {Promise<boolean>} whether it was kept
 */
async function send(from, what, values) {
  try {
    const answer = await fetch(`/review/document/${documentOf(from)}/${what}`, {
      method: "POST",
      body: new URLSearchParams(values),
      headers: { "X-CSRF-Token": csrfToken(), "HX-Request": "true" },
    });
    showConnection(false);
    tell(answer.ok ? "" : await answer.text());
    from.setAttribute("aria-invalid", String(!answer.ok));
    return answer.ok;
  } catch {
    showConnection(true);
    return false;
  }
}

/** @param {HTMLInputElement} input */
function markSeen(input) {
  input.closest(".field")?.classList.add("seen");
  const count = document.getElementById("open-count");
  if (count) count.textContent = String(document.querySelectorAll(".field.doubtful:not(.seen)").length);
}

/** @param {HTMLInputElement} input @param {number} step @param {boolean} onlyOpen */
function go(input, step, onlyOpen) {
  const all = inputs();
  for (let at = all.indexOf(input) + step; at >= 0 && at < all.length; at += step) {
    if (!onlyOpen || all[at].tabIndex === 0) {
      all[at].focus();
      all[at].select();
      return;
    }
  }
  if (step > 0) document.getElementById("confirm")?.focus();
}

/** Puts the next suggestion into the field, and what was read after the last. @param {HTMLInputElement} input */
function suggest(input) {
  const buttons = [...(input.closest(".field")?.querySelectorAll("button.suggestion") ?? [])];
  const texts = [input.dataset.read ?? "", ...buttons.map((each) => each.textContent ?? "")];
  input.value = texts[(texts.indexOf(input.value) + 1) % texts.length];
}

/** @param {KeyboardEvent} event */
async function onKey(event) {
  const form = document.getElementById("review-form");
  if (event.key === "Enter" && event.ctrlKey && form instanceof HTMLFormElement) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    const release = document.getElementById("release");
    if (release instanceof HTMLFormElement) release.requestSubmit();
    return;
  }
  if (event.key === "F8") {
    event.preventDefault();
    showWhole();
    return;
  }
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.dataset.field) return;
  if (event.key === "F2") {
    event.preventDefault();
    suggest(input);
  } else if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    if (await keep(input)) go(input, 1, true);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    go(input, event.key === "ArrowDown" ? 1 : -1, false);
  }
}

/** @param {Event} event */
async function onChange(event) {
  const target = event.target;
  if (target instanceof HTMLInputElement && target.dataset.field) await keep(target);
  if (!(target instanceof HTMLSelectElement) || !("kind" in target.dataset) || !target.form) return;
  await send(target, "kind", chosenKind(target.form));
}

/** Whether a confirmation is on its way. */
let isConfirming = false;

/**
 * Confirms only where the server answers: a lost connection leaves the screen, and what was typed, as it is.
 * @param {SubmitEvent} event
 */
async function onSubmit(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.id !== "review-form") return;
  event.preventDefault();
  if (isConfirming) return;
  isConfirming = true;
  if (await send(form, "kind", chosenKind(form))) form.submit();
  else isConfirming = false;
}

/** @param {HTMLFormElement} form */
function chosenKind(form) {
  const chosen = new FormData(form);
  return { type_id: String(chosen.get("type_id") ?? ""), copy_kind: String(chosen.get("copy_kind") ?? "") };
}

document.addEventListener("submit", onSubmit);
document.addEventListener("keydown", onKey);
document.addEventListener("change", onChange);
document.addEventListener("focusin", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.dataset.field) show(event.target);
});
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button.suggestion") : null;
  const input = button?.closest(".field")?.querySelector("input[data-field]");
  if (button && input instanceof HTMLInputElement) {
    input.value = button.textContent ?? "";
    input.focus();
    void keep(input);
  }
});
const first = inputs().find((each) => each.tabIndex === 0) ?? document.getElementById("confirm");
if (first instanceof HTMLElement) first.focus();
