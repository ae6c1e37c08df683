// Improvements of the admin's pages, which also work without scripts.
const label = (name) => document.getElementById("desk-labels")?.dataset[name] || name

// A choice in the language menu by mouse or touch submits the form at once. With the keyboard the button does,
// because the arrow keys already change the choice (WCAG 3.2.2).
const languages = document.getElementById("language-choice")
if (languages) {
  let isPointer = false
  languages.addEventListener("pointerdown", () => { isPointer = true })
  languages.addEventListener("keydown", () => { isPointer = false })
  languages.addEventListener("change", () => { if (isPointer) languages.form.requestSubmit() })
}

// A choice of language, of an article or of a row of translations, is that of the texts beside it.
const RTL = ["ar", "fa", "he", "ur", "ps", "dv", "yi"]
const directionOf = (language) => (language ? (RTL.includes(language.split("-")[0]) ? "rtl" : "ltr") : "auto")
document.addEventListener("change", ({ target }) => {
  if (!target.matches("select[name=language], select[name$=-language]")) return
  const part = target.closest("tr.form-row, .inline-related") || target.form
  for (const text of part.querySelectorAll("input[lang], textarea[lang], .ProseMirror[lang]")) {
    text.setAttribute("lang", target.value)
    text.setAttribute("dir", directionOf(target.value))
  }
})

// On a phone each row of a list is a card (admin-lists.css): its cells get the names of their columns.
const columns = [...document.querySelectorAll("#result_list thead th")].map((column) => column.querySelector(".text")?.textContent.trim())
for (const row of document.querySelectorAll("#result_list tbody tr")) {
  for (const [number, cell] of [...row.cells].entries()) {
    if (columns[number] && cell.matches("td")) cell.dataset.label = columns[number]
    if (!cell.querySelector("img, input") && /^[-–\s]*$/.test(cell.textContent)) cell.dataset.empty = ""
  }
}

// Times are typed in the zone of the issuing office; UTC and the reader's own time are shown beside them.
const moment = (local, zone) => {
  const shown = (at) => {
    const parts = new Intl.DateTimeFormat("en", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" }).formatToParts(at)
    const part = (type) => Number(parts.find((one) => one.type === type).value)
    return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"))
  }
  const wanted = Date.parse(`${local}Z`)
  let at = wanted
  for (let step = 0; step < 2; step += 1) at += wanted - shown(at)
  return new Date(at)
}
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone
for (const output of document.querySelectorAll(".office-time[data-zone]")) {
  const field = output.closest(".form-row")?.querySelector('input[type="datetime-local"]')
  if (!field || !output.closest("form")) continue
  const { zone, city, own, other } = output.dataset
  const show = () => {
    if (!field.value) return
    const at = moment(field.value, zone)
    const format = (timeZone, options) =>
      new Intl.DateTimeFormat(document.documentElement.lang, { timeZone, hourCycle: "h23", timeStyle: "short", ...options }).format(at)
    const times = [`${format(zone, { dateStyle: "medium" })} (${city})`]
    if (zone !== "UTC") times.push(`${format("UTC")} UTC`)
    if (ownZone && ownZone !== zone && ownZone !== "UTC") times.push(`${format(ownZone)} ${own}`)
    output.textContent = times.join(" · ")
  }
  show()
  field.addEventListener("input", show)
  const stored = field.form.elements.office?.value
  field.form.addEventListener("change", ({ target }) => {
    if (target.matches("select[name=office]") && target.value !== stored) output.textContent = other
  })
}

// Ordered inlines: two buttons move a row up and down; the rows are renumbered.
const renumber = (group) => {
  const rows = [...group.querySelectorAll("tbody > tr.form-row:not(.empty-form)")]
  let order = 0
  for (const row of rows) {
    const input = row.querySelector(".field-order input")
    if (!input) continue
    const isFilled = row.classList.contains("has_original") || [...row.querySelectorAll("select, input[type=text], input[type=url], textarea")].some((field) => field.value)
    input.value = isFilled ? ++order : ""
  }
}
const addMoveButtons = (row) => {
  const cell = row.querySelector(".field-order")
  if (!cell || cell.querySelector("button") || row.classList.contains("empty-form")) return
  for (const [step, sign, name] of [[-1, "↑", "up"], [1, "↓", "down"]]) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "move-row"
    button.textContent = sign
    button.setAttribute("aria-label", label(name))
    button.addEventListener("click", () => {
      const other = step < 0 ? row.previousElementSibling : row.nextElementSibling
      if (!other?.matches("tr.form-row:not(.empty-form)")) return
      step < 0 ? other.before(row) : other.after(row)
      renumber(row.closest(".inline-group"))
      button.focus()
    })
    cell.append(button)
  }
}
for (const row of document.querySelectorAll(".ordered tr.form-row")) addMoveButtons(row)
document.addEventListener("formset:added", (event) => { if (event.target.closest?.(".ordered")) addMoveButtons(event.target) })

// Give select2's autocomplete fields the names of their labels for screen readers.
const nameChoice = (select) => {
  const label = select.getAttribute("aria-label") || select.labels?.[0]?.textContent.replace(/:\s*$/, "").trim()
  const shown = select.parentElement.querySelector('[role="combobox"]')
  if (label) select.parentElement.querySelector(".select2-search--inline .select2-search__field")?.setAttribute("aria-label", label)
  if (!label || !shown || select.multiple) return
  const chosen = select.selectedOptions[0]?.textContent.trim()
  shown.removeAttribute("aria-labelledby")
  shown.setAttribute("aria-label", chosen ? `${label}: ${chosen}` : label)
  shown.querySelector(".select2-selection__rendered")?.removeAttribute("role")
  shown.querySelector(".select2-selection__rendered")?.removeAttribute("aria-readonly")
}
const nameChoices = () => document.querySelectorAll("select.admin-autocomplete:not(.picker)").forEach(nameChoice)
window.addEventListener("load", () => setTimeout(nameChoices)) // after the handlers of jQuery, which makes them
document.addEventListener("formset:added", () => setTimeout(nameChoices))
window.django?.jQuery?.(document).on("change", "select.admin-autocomplete", () => setTimeout(nameChoices))

// Warn before unsaved changes are lost.
const form = document.querySelector("body.change-form form[id$=_form]")
if (form) {
  let changed = false
  form.addEventListener("input", () => { changed = true })
  // A preview opens beside the form: what is in the form is still not saved.
  form.addEventListener("submit", (event) => { if (!event.submitter?.formTarget) changed = false })
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault() })
}

// What this browser keeps of unsaved texts (admin-unsaved.js) is gone when somebody logs out.
document.getElementById("logout-form")?.addEventListener("submit", () => {
  for (const name of Object.keys(localStorage)) if (name.startsWith("unsaved:")) localStorage.removeItem(name)
})

// Enter adds no line break to a headline: it is a text area only so that it wraps.
document.querySelectorAll("textarea.one-line").forEach((field) => field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing) event.preventDefault()
}))
