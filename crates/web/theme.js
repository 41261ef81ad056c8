// Runs before the first paint, so that nobody sees the wrong theme flash by. The app
// takes over from here: see src/browser/theme.rs, which uses the same key and attribute.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("omni2.theme");
  } catch {
    // Storage may be forbidden: the system's preference it is.
  }
  const light = choice === "light" || (choice !== "dark" && matchMedia("(prefers-color-scheme: light)").matches);
  document.documentElement.dataset.theme = light ? "light" : "dark";
})();
