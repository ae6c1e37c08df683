// The checks beside an article's form: asked again a moment after something was typed or chosen.
const found = document.getElementById("checks-found")
const form = document.querySelector("body.change-form form[id$=_form]")
const PAUSE_MS = 1500

let timer
let running
const ask = async () => {
  const data = new FormData(form)
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name)
  running?.abort()
  running = new AbortController()
  try {
    const options = { method: "POST", body: data, redirect: "error", signal: running.signal }
    const response = await fetch(found.dataset.url, options)
    if (!response.ok) return
    const html = (await response.text()).trim()
    // What has not changed is not read out again.
    if (html !== found.dataset.shown) {
      found.innerHTML = html
      document.getElementById("checks-sum")?.replaceChildren(document.getElementById("checks-sum-now").content)
    }
    found.dataset.shown = html
  } catch {
    // Offline, or a newer question is on its way: what is shown stays.
  }
}
const later = () => {
  clearTimeout(timer)
  timer = setTimeout(ask, PAUSE_MS)
}

if (found && form?.elements.csrfmiddlewaretoken) {
  form.addEventListener("input", later)
  form.addEventListener("change", later)
}

// A link leads to its field. That of a text with the editor is hidden: its editing area stands for it.
found?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']")
  const field = link && document.getElementById(link.hash.slice(1))
  if (!field) return
  const place = field.closest(".prose-editor")?.querySelector(".ProseMirror") || field
  // A choice is hidden, too: the field to find another stands for it, or the button that removes what is chosen.
  const part = place.matches("select.picker") ? place.parentElement : place
  for (let closed = part.closest("details:not([open])"); closed; closed = closed.parentElement.closest("details:not([open])")) closed.open = true
  const isOne = part.matches("input, select, textarea, [contenteditable]")
  const controls = (isOne ? [part] : [...part.querySelectorAll("input, select, textarea, button, a")]).filter((one) => one.checkVisibility())
  const shown = controls.find((one) => one.matches("[role=combobox]")) || controls[0]
  if (!shown) return
  event.preventDefault()
  shown.focus()
  shown.scrollIntoView({ block: "center" })
})
