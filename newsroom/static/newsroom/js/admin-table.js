// How far the background is with a large table. Without this script there is the link "Look again".
const EVERY = 2000; // milliseconds
const shown = document.querySelector(".table-progress");

async function look() {
  try {
    const response = await fetch("?state", { redirect: "error" });
    const { line, done } = await response.json();
    if (!line) return location.reload();
    const label = shown.querySelector("label");
    if (label.textContent !== line) label.textContent = line;
    shown.querySelector("progress").value = done;
  } catch {
    // the server is away, or the session has ended: look again
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
