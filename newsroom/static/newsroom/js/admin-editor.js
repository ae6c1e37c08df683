// The editor for people who do not see it, or do not read English: names, language, direction.
const editorWords = document.getElementById("editor-words")?.dataset || {}
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
  // The menu is built right after this event.
  setTimeout(() => nameMenu(editor, area, label))
})

const nameMenu = (editor, area, label) => {
  const bar = area.parentElement.querySelector(".prose-menubar")
  if (!bar) return
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", [editorWords.toolbar, label].filter(Boolean).join(": "))
  const buttons = [...bar.querySelectorAll("button[data-name]")]
  for (const button of buttons) {
    const word = editorWords[camel(button.dataset.name)]
    if (!word) continue
    button.title = word
    button.setAttribute("aria-label", word)
  }
  const tell = () => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.classList.contains("active")))
      button.setAttribute("aria-disabled", String(button.classList.contains("disabled")))
    }
  }
  editor.on("transaction", tell)
  tell()
}
