// Accessible names, translated labels, language and direction of the rich text editor.
const editorLabels = document.getElementById("editor-labels")?.dataset || {}
const camel = (name) => name.replace(/[:-](\w)/g, (_, letter) => letter.toUpperCase())

document.addEventListener("prose-editor:ready", (event) => {
  const { editor, textarea } = event.detail
  const area = editor.view.dom
  const label = textarea.getAttribute("aria-label") || textarea.labels?.[0]?.textContent.replace(/:\s*$/, "").trim()
  area.setAttribute("role", "textbox")
  area.setAttribute("aria-multiline", "true")
  area.setAttribute("aria-label", label || textarea.name)
  for (const name of ["lang", "dir", "aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) area.setAttribute(name, textarea.getAttribute(name))
  }
  const described = [textarea.getAttribute("aria-describedby"), `${textarea.id}_notes`] // with what the cleaner changed
  area.setAttribute("aria-describedby", described.filter(Boolean).join(" "))
  area.addEventListener("focus", () => setTimeout(() => reveal(area)))
  // The editor builds its menu right after this event.
  setTimeout(() => nameMenu(editor, area, label))
})

// Browsers show the caret of a focused text, and forget the bar with the buttons at the foot (WCAG 2.4.11).
const BAR = 120
const reveal = (area) => {
  const { top, bottom, height } = area.getBoundingClientRect()
  const end = window.innerHeight - BAR
  if (top > end) area.firstElementChild?.scrollIntoView({ block: "nearest" })
  else if (bottom > end && height < end / 2) area.scrollIntoView({ block: "nearest" })
}

const nameMenu = (editor, area, label) => {
  const bar = area.parentElement.querySelector(".prose-menubar")
  if (!bar) return
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", [editorLabels.toolbar, label].filter(Boolean).join(": "))
  const buttons = [...bar.querySelectorAll("button[data-name]")]
  for (const button of buttons) {
    const name = editorLabels[camel(button.dataset.name)]
    if (!name) continue
    button.title = name
    button.setAttribute("aria-label", name)
  }
  const updateStates = () => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.classList.contains("active")))
      button.setAttribute("aria-disabled", String(button.classList.contains("disabled")))
    }
  }
  editor.on("transaction", updateStates)
  updateStates()
}
