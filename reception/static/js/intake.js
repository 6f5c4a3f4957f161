// @ts-check
// The screen of one dossier by keyboard and by mouse; everything that changes is asked of the server.

import { isTyping } from "./keys.js";

const screen = /** @type {HTMLElement} */ (document.querySelector(".intake"));
const base = `/intake/${screen.dataset.code}`;
/** Id of the page that keys and buttons mean; survives that the screen is drawn anew. */
let chosenId = "";
/** Id of the page that is dragged. */
let draggedId = "";
/** What a dragged page may be dropped on: a page, a slot, a tool; a page that lies aside, among the papers. */
const PLACES = "[data-page],[data-slot],[data-act]";

/** @param {string} path @param {Record<string, string>} values */
function post(path, values = {}) {
  const htmx = /** @type {any} */ (window).htmx;
  return htmx.ajax("POST", `${base}${path}`, { target: "#live", swap: "morph:outerHTML", values: { sent: "1", ...values } });
}

/** @param {string} id */
function byId(id) {
  const found = document.getElementById(id);
  return found instanceof HTMLElement ? found : null;
}

/** @returns {HTMLElement[]} */
function tiles() {
  return Array.from(document.querySelectorAll("#live [data-page]")).filter((each) => each instanceof HTMLElement);
}

/** @returns {HTMLElement | null} the page that is meant: the chosen one, else the first */
function chosen() {
  return byId(`page-${chosenId}`) ?? tiles()[0] ?? null;
}

/** @param {HTMLElement | null | undefined} tile */
function choose(tile) {
  if (!tile?.dataset.page) return;
  chosenId = tile.dataset.page;
  showChosen();
}

function showChosen() {
  for (const each of tiles()) each.classList.toggle("chosen", each.dataset.page === chosenId);
}

/** @param {number} by */
function walk(by) {
  const all = tiles();
  const at = all.findIndex((each) => each.dataset.page === chosenId);
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
  choose(next);
  next?.focus();
}

/** @param {number} by */
function movePage(by) {
  const all = tiles();
  const at = all.findIndex((each) => each.dataset.page === chosenId);
  const target = all[at + by];
  if (at < 0 || !target?.dataset.page) return;
  post(`/pages/${chosenId}/move`, { target: target.dataset.page, side: by < 0 ? "before" : "behind" });
}

/** @param {string} act */
function act(act) {
  const tile = chosen();
  if (!tile?.dataset.page) return;
  choose(tile);
  const page = tile.dataset.page;
  if (act === "split" || act === "join") post(`/pages/${page}/${act}`);
  if (act === "turn-left") post(`/pages/${page}/turn`, { way: "left" });
  if (act === "turn-right") post(`/pages/${page}/turn`, { way: "right" });
  if (act === "aside") post(`/pages/${page}/set_aside`);
  if (act === "rescan") post("/scan", { ...scanValues(), sheets: "", replaces: page });
  if (act === "earlier" && tile.dataset.earlier) post(`/pages/${tile.dataset.earlier}/restore`);
  if (act === "type") openTypes();
  if (act === "large") openLarge(tile);
}

function scanValues() {
  const device = byId("device");
  const sheets = byId("sheets");
  return {
    device: device instanceof HTMLSelectElement ? device.value : "",
    sheets: sheets instanceof HTMLInputElement ? sheets.value : "",
  };
}

/** @param {string} what */
function run(what) {
  const live = byId("live");
  if (what === "scan") post("/scan", scanValues());
  if (what === "end") post("/scan/end");
  if (what === "undo") post("/undo");
  if (what === "reuse" && live?.dataset.nextReuse) post(`/reuse/${live.dataset.nextReuse}`, { decision: "accept" });
  if (what === "consent") byId("consent")?.click();
  if (what === "receipt") askForReceipt();
  if (what === "receipt-anyway") {
    closeDialog("incomplete");
    post("/receipt", { incomplete: "yes" });
  }
}

function askForReceipt() {
  const names = (byId("missing")?.dataset.names ?? "").split("\n").filter((each) => each);
  if (!names.length) {
    post("/receipt");
    return;
  }
  const list = byId("incomplete-names");
  list?.replaceChildren(...names.map((name) => Object.assign(document.createElement("li"), { textContent: name })));
  openDialog("incomplete");
}

/** @param {string} id */
function openDialog(id) {
  const dialog = byId(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** @param {string} id */
function closeDialog(id) {
  const dialog = byId(id);
  if (dialog instanceof HTMLDialogElement) dialog.close();
}

/** @param {HTMLElement} tile */
function openLarge(tile) {
  const picture = byId("large-picture");
  const small = tile.querySelector("img");
  if (picture instanceof HTMLImageElement && small) picture.src = small.src.replace(/width=\d+/, "width=1200");
  openDialog("large");
}

/** @param {string} text */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

function openTypes() {
  const words = byId("type-words");
  openDialog("types");
  if (words instanceof HTMLInputElement) {
    words.value = "";
    filterTypes("");
    words.focus();
  }
}

/** @param {string} typed */
function filterTypes(typed) {
  const asked = folded(typed).split(/\s+/).filter((each) => each);
  for (const each of document.querySelectorAll("#type-list li")) {
    const words = folded(each.textContent ?? "").split(/[^a-z0-9]+/);
    if (each instanceof HTMLElement) each.hidden = !asked.every((word) => words.some((own) => own.startsWith(word)));
  }
}

/** @param {Element | null | undefined} choice */
function nameAs(choice) {
  if (!(choice instanceof HTMLElement) || !choice.dataset.type || !chosenId) return;
  closeDialog("types");
  post(`/pages/${chosenId}/name`, { type: choice.dataset.type });
}

/** @param {string} number */
function fillSlot(number) {
  const slot = document.querySelector(`#live [data-slot][data-number="${number}"]`);
  const document_ = chosen()?.dataset.document;
  if (slot instanceof HTMLElement && document_) post(`/slots/${slot.dataset.slot}`, { document: document_ });
}

/** Keys that mean the screen, and keys that mean the chosen page. */
const DO = { s: "scan", d: "end", r: "receipt", a: "reuse", u: "undo", c: "consent" };
const ACT = { x: "split", j: "join", ",": "turn-left", ".": "turn-right", t: "type", n: "rescan", b: "earlier", Delete: "aside" };

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (document.querySelector("dialog[open]")) {
    onDialogKey(event);
    return;
  }
  if (isTyping(event)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isPage = event.target instanceof HTMLElement && !!event.target.closest("[data-page]");
  const onBody = event.target === document.body || isPage || event.target === byId("content");
  if (key in DO) run(DO[/** @type {keyof typeof DO} */ (key)]);
  else if (key in ACT) act(ACT[/** @type {keyof typeof ACT} */ (key)]);
  else if (key === "i") location.assign("/intake");
  else if (key === "g") byId("to-case")?.click();
  else if (/^[1-9]$/.test(key)) fillSlot(key);
  else if (key === "ArrowRight" && onBody) event.shiftKey ? movePage(1) : walk(1);
  else if (key === "ArrowLeft" && onBody) event.shiftKey ? movePage(-1) : walk(-1);
  else if (key === "Enter" && isPage) act("large");
  else return;
  event.preventDefault();
}

/** @param {KeyboardEvent} event */
function onDialogKey(event) {
  if (event.key !== "Enter" || !(event.target instanceof Element)) return;
  if (event.target.id === "type-words") {
    event.preventDefault();
    nameAs(document.querySelector("#type-list li:not([hidden]) [data-type]"));
  } else if (event.target.closest("#incomplete") && !(event.target instanceof HTMLButtonElement && event.target.value === "no")) {
    event.preventDefault();
    run("receipt-anyway");
  }
}

/** @param {MouseEvent} event */
function onClick(event) {
  const target = event.target instanceof Element ? event.target : null;
  const button = target?.closest("[data-do],[data-act],[data-accept],[data-ask],[data-restore],[data-type],[data-page]");
  if (!(button instanceof HTMLElement)) return;
  const { dataset } = button;
  if (dataset.do) run(dataset.do);
  else if (dataset.act) act(dataset.act);
  else if (dataset.accept) post(`/reuse/${dataset.accept}`, { decision: "accept" });
  else if (dataset.ask) post(`/reuse/${dataset.ask}`, { decision: "ask" });
  else if (dataset.restore) post(`/pages/${dataset.restore}/restore`);
  else if (dataset.type) nameAs(button);
  else choose(button);
}

/** @param {DragEvent} event @returns {HTMLElement | null} what is under a dragged page and takes it */
function placeUnder(event) {
  const isAside = !!byId(`aside-${draggedId}`);
  const found = event.target instanceof Element ? event.target.closest(isAside ? ".papers" : PLACES) : null;
  return found instanceof HTMLElement && draggedId ? found : null;
}

/** @param {DragEvent} event */
function onDrop(event) {
  const target = placeUnder(event);
  if (!target) return;
  event.preventDefault();
  target.classList.remove("over");
  if (byId(`aside-${draggedId}`)) {
    post(`/pages/${draggedId}/restore`);
    draggedId = "";
    return;
  }
  if (target.dataset.act) {
    choose(byId(`page-${draggedId}`));
    act(target.dataset.act);
  }
  const document_ = byId(`page-${draggedId}`)?.dataset.document;
  if (target.dataset.slot && document_) post(`/slots/${target.dataset.slot}`, { document: document_ });
  else if (target.dataset.page && target.dataset.page !== draggedId)
    post(`/pages/${draggedId}/move`, { target: target.dataset.page, side: "before" });
  draggedId = "";
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", onClick);
document.addEventListener("focusin", (event) => {
  if (event.target instanceof HTMLElement) choose(event.target.closest("[data-page]"));
});
document.addEventListener("dragstart", (event) => {
  const tile = event.target instanceof Element ? event.target.closest("[data-page],[data-aside]") : null;
  draggedId = tile instanceof HTMLElement ? tile.dataset.page ?? tile.dataset.aside ?? "" : "";
  event.dataTransfer?.setData("text/plain", draggedId);
});
document.addEventListener("dragover", (event) => {
  const target = placeUnder(event);
  if (!target) return;
  event.preventDefault();
  document.querySelectorAll(".over").forEach((each) => each.classList.remove("over"));
  target.classList.add("over");
});
document.addEventListener("drop", onDrop);
document.addEventListener("htmx:afterSettle", showChosen);
document.addEventListener("receipt-ready", (event) => {
  if (event instanceof CustomEvent) window.open(event.detail.url, "_blank", "noopener");
});
byId("type-words")?.addEventListener("input", (event) => {
  if (event.target instanceof HTMLInputElement) filterTypes(event.target.value);
});
