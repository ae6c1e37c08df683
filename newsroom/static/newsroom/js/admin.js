// What the desk's pages do better with a script. Each works without it.
const words = (name) => document.getElementById("desk-words")?.dataset[name] || name

// The language menu and the filters answer to a choice at once, but only of a mouse or a finger:
// with the keyboard a choice is made by Enter on the button (WCAG 3.2.2).
for (const select of document.querySelectorAll("#language-choice, .filter-select select")) {
  let pointed = false
  select.addEventListener("pointerdown", () => { pointed = true })
  select.addEventListener("keydown", () => { pointed = false })
  select.addEventListener("change", () => { if (pointed) select.form.requestSubmit() })
}

// Changing the language of a new article turns its fields to that language.
const RTL = ["ar", "fa", "he", "ur", "ps", "dv", "yi"]
document.getElementById("id_language")?.addEventListener("change", (event) => {
  const language = event.target.value
  const direction = RTL.includes(language.split("-")[0]) ? "rtl" : "ltr"
  for (const name of ["headline", "summary", "body", "notes_to_editors", "slug", "dateline_place"]) {
    const field = document.getElementById(`id_${name}`)
    if (!field) continue
    for (const element of [field, field.parentElement.querySelector(".ProseMirror")]) {
      element?.setAttribute("lang", language)
      element?.setAttribute("dir", direction)
    }
  }
})

// Dates are typed in UTC; beside them stands the time on the office's clock.
for (const shown of document.querySelectorAll(".office-time[data-zone]")) {
  const field = shown.closest(".form-row")?.querySelector('input[type="datetime-local"]')
  if (!field || !shown.closest("form")) continue
  field.addEventListener("input", () => {
    if (!field.value) return
    const at = new Date(`${field.value}Z`)
    const zone = shown.dataset.zone
    const format = (timeZone, options) =>
      new Intl.DateTimeFormat(document.documentElement.lang, { timeZone, ...options }).format(at)
    const there = format(zone, { dateStyle: "long", timeStyle: "short" })
    shown.textContent = `${there} (${zone}) · ${format("UTC", { timeStyle: "short", hourCycle: "h23" })} UTC`
  })
}

// Ordered rows: two buttons that move a row; the numbers are written anew.
const number = (group) => {
  const rows = [...group.querySelectorAll("tbody > tr.form-row:not(.empty-form)")]
  let place = 0
  for (const row of rows) {
    const input = row.querySelector(".field-order input")
    if (!input) continue
    const used = row.classList.contains("has_original") || [...row.querySelectorAll("select, input[type=text], input[type=url], textarea")].some((field) => field.value)
    input.value = used ? ++place : ""
  }
}
const movers = (row) => {
  const cell = row.querySelector(".field-order")
  if (!cell || cell.querySelector("button") || row.classList.contains("empty-form")) return
  for (const [step, sign, name] of [[-1, "↑", "up"], [1, "↓", "down"]]) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "mover"
    button.textContent = sign
    button.setAttribute("aria-label", words(name))
    button.addEventListener("click", () => {
      const other = step < 0 ? row.previousElementSibling : row.nextElementSibling
      if (!other?.matches("tr.form-row:not(.empty-form)")) return
      step < 0 ? other.before(row) : other.after(row)
      number(row.closest(".inline-group"))
      button.focus()
    })
    cell.append(button)
  }
}
for (const row of document.querySelectorAll(".ordered tr.form-row")) movers(row)
document.addEventListener("formset:added", (event) => { if (event.target.closest?.(".ordered")) movers(event.target) })

// Choices drawn by select2 have no name for screen readers but their own text, and none while empty.
const nameChoice = (select) => {
  const label = select.getAttribute("aria-label") || select.labels?.[0]?.textContent.replace(/:\s*$/, "").trim()
  const shown = select.parentElement.querySelector('[role="combobox"]')
  if (!label || !shown) return
  const chosen = select.selectedOptions[0]?.textContent.trim()
  shown.removeAttribute("aria-labelledby")
  shown.setAttribute("aria-label", chosen ? `${label}: ${chosen}` : label)
  shown.querySelector(".select2-selection__rendered")?.removeAttribute("role")
  shown.querySelector(".select2-selection__rendered")?.removeAttribute("aria-readonly")
}
const nameChoices = () => document.querySelectorAll("select.admin-autocomplete").forEach(nameChoice)
window.addEventListener("load", nameChoices)
document.addEventListener("formset:added", () => setTimeout(nameChoices))
window.django?.jQuery(document).on("change", "select.admin-autocomplete", () => setTimeout(nameChoices))

// Nobody loses words by a wrong click.
const form = document.querySelector("body.change-form form[id$=_form]")
if (form) {
  let changed = false
  form.addEventListener("input", () => { changed = true })
  form.addEventListener("submit", () => { changed = false })
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault() })
}

// A headline wraps, and has no lines.
document.querySelectorAll("textarea.one-line").forEach((field) => field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing) event.preventDefault()
}))
