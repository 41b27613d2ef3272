// Loaded before the first paint, so that a chosen theme does not flash. The console's src/state/theme.ts owns the key.
try {
  const theme = localStorage.getItem("maillm.theme")
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme
} catch {
  // Storage is off: the system's theme is used.
}
