// Streamlit sends this text again with every step, so it is short, and only fetches the real host.
export default (component) => {
  let leave;
  import(new URL("$address", location)).then((module) => {
    leave = module.default(component);
  });
  return () => leave?.();
};
