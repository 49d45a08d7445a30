// Streamlit sends this text again with every step, so it is short, and only fetches the real host.
export default (component) => {
  const loaded = import(new URL("$address", location)).then((module) => module.default(component));
  return () => loaded.then((leave) => leave());
};
