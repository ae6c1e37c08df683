// Entries of the calendar can be dragged to another day: this fills in the form that each entry has, and sends it.
const calendar = document.querySelector("[data-calendar]")
let dragged = null
for (const entry of calendar?.querySelectorAll("[data-entry]") ?? []) {
  entry.draggable = true
  entry.addEventListener("dragstart", (event) => {
    dragged = entry
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", entry.textContent.trim())
  })
  entry.addEventListener("dragend", () => { dragged = null })
}
for (const day of calendar?.querySelectorAll("[data-day]") ?? []) {
  day.addEventListener("dragover", (event) => {
    if (!dragged || day.contains(dragged)) return
    event.preventDefault()
    day.classList.add("over")
  })
  day.addEventListener("dragleave", () => day.classList.remove("over"))
  day.addEventListener("drop", (event) => {
    day.classList.remove("over")
    if (!dragged || day.contains(dragged)) return
    event.preventDefault()
    const field = dragged.querySelector('input[type="datetime-local"]')
    // The days of the page may be those of another zone than the form's: move by as many days.
    const days = (Date.parse(day.dataset.day) - Date.parse(dragged.closest("[data-day]").dataset.day)) / 86400000
    const at = new Date(`${field.value}Z`)
    at.setUTCDate(at.getUTCDate() + days)
    field.value = at.toISOString().slice(0, field.value.length)
    field.form.requestSubmit()
  })
}
