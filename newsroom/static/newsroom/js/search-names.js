// Suggests names of topics, places, offices and people while somebody types a search. Without it, searching works.
const field = document.querySelector("#q");
const { address } = document.currentScript.dataset;
const list = document.createElement("datalist");
const PAUSE = 150; // milliseconds
let waiting;
let asked = "";

async function suggest() {
  const typed = field.value.trim();
  if (typed.length < 2 || typed === asked) return;
  asked = typed;
  const response = await fetch(`${address}?q=${encodeURIComponent(typed)}`);
  if (!response.ok || asked !== typed) return;
  const names = await response.json();
  list.replaceChildren(...names.map(({ name, kind }) => new Option(kind, name)));
  // Only a field that has suggestions tells screen readers of a list.
  if (names.length) field.setAttribute("list", list.id);
  else field.removeAttribute("list");
}

if (field) {
  list.id = "names";
  field.after(list);
  field.autocomplete = "off";
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => suggest().catch(() => {}), PAUSE);
  });
}
