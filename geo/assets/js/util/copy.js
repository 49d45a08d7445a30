// @ts-check
// Copying the content of a field, also where a frame may not write to the clipboard.

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @returns {Promise<boolean>} whether it is copied; it is selected at least
 */
export async function copyField(field) {
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
