// Streamlit sends this text again with every step, so it only fetches the real host, once.
const host = import(new URL("$address", document.baseURI));
export default function (component) {
  let leave;
  host.then((module) => { leave = module.default(component); });
  return () => leave?.();
}
