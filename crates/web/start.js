// Starts the app: what Trunk would write into the page as an inline script, which a
// Content-Security-Policy without 'unsafe-inline' forbids. The addresses are those of the
// preload links that Trunk writes, so that the browser is already fetching both.
const script = document.querySelector('link[rel="modulepreload"]');
const wasm = document.querySelector('link[rel="preload"][type="application/wasm"]');
try {
  const { default: init } = await import(script.href);
  await init({ module_or_path: wasm.href });
} catch (error) {
  console.error(error);
  const says = document.getElementById("start-says");
  if (says) {
    says.textContent = "The dashboard could not be loaded. Check the connection, then reload the page.";
  }
}
