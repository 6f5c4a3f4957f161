// @ts-check
// The ticket clock: minutes and seconds since a citizen was called, coloured when the promise is at risk.

const AMBER_MINUTES = 12;
const RED_MINUTES = 18;
const LIMIT_MINUTES = 20;

/**
 * @param {number} elapsed seconds
 * @returns {"calm" | "amber" | "red" | "over"} as dossiers/reports/ticket.py names them
 */
export function stateOf(elapsed) {
  if (elapsed >= LIMIT_MINUTES * 60) return "over";
  if (elapsed >= RED_MINUTES * 60) return "red";
  return elapsed >= AMBER_MINUTES * 60 ? "amber" : "calm";
}

/** @param {HTMLElement} clock with data-since, an ISO moment, and data-now, that of the server when it made the page */
function show(clock, skew = 0) {
  const since = Date.parse(clock.dataset.since ?? "");
  if (Number.isNaN(since)) return;
  const elapsed = Math.max(0, Math.floor((Date.now() + skew - since) / 1000));
  const text = `${Math.floor(elapsed / 60)}:${String(elapsed % 60).padStart(2, "0")}`;
  const figure = clock.querySelector("[data-figure]");
  if (figure && figure.textContent !== text) figure.textContent = text;
  const state = stateOf(elapsed);
  if (clock.dataset.state !== state) clock.dataset.state = state;
}

/** Moves every clock of the page once a second; the clock of the server counts, not that of the PC. */
export function startClocks() {
  const skews = new WeakMap();
  const tick = () => {
    for (const clock of document.querySelectorAll("[data-since]")) {
      if (!(clock instanceof HTMLElement)) continue;
      if (!skews.has(clock)) skews.set(clock, Date.parse(clock.dataset.now ?? "") - Date.now() || 0);
      show(clock, skews.get(clock));
    }
  };
  tick();
  setInterval(tick, 1000);
}
