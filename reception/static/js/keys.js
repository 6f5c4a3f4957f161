// @ts-check
// Which keys are a person typing text, and which are commands.

/**
 * @param {KeyboardEvent} event
 * @returns {boolean} whether the key goes into a field, or is part of a chord that the browser owns
 */
export function isTyping(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
