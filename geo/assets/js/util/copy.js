// @ts-check
// Copying the content of a field, also where a frame may not write to the clipboard.

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @returns {Promise<boolean>} whether it is copied, and the focus back; else the field is selected
 */
export async function copyField(field) {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  field.focus();
  field.select();
  const copied = await write(field.value);
  if (copied) before?.focus();
  return copied;
}

/** @param {string} text of the field that is selected */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
