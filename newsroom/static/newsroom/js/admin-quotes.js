// A button beside each quote of an article's form puts it into the text, as a quotation with its speaker.
let bodyEditor = null
document.addEventListener("prose-editor:ready", ({ detail }) => {
  if (detail.textarea.name === "body") bodyEditor = detail.editor
})

const paragraph = (text) => ({ type: "paragraph", content: [{ type: "text", text }] })

const insertQuote = (row) => {
  const value = (name) => row.querySelector(`[name$="-${name}"]`)?.value.trim() || ""
  const said = value("text").split(/\s*\n\s*/).filter(Boolean)
  if (!bodyEditor || !said.length) return row.querySelector('[name$="-text"]')?.focus()
  const speaker = [value("speaker"), value("role")].filter(Boolean).join(", ")
  const content = [...said.map(paragraph), ...(speaker ? [paragraph(`— ${speaker}`)] : [])]
  bodyEditor.chain().focus().insertContent({ type: "blockquote", content }).run()
}

const addInsertButton = (row) => {
  const field = row.querySelector(".field-text")
  if (!field || row.classList.contains("empty-form") || row.querySelector(".insert-quote")) return
  const button = document.createElement("button")
  button.type = "button"
  button.className = "insert-quote"
  button.textContent = document.getElementById("editor-labels")?.dataset.insertQuote || ""
  button.addEventListener("click", () => insertQuote(row))
  field.append(button)
}

// The empty quote, which those without scripts fill in, waits for the button that adds one.
const hideIfEmpty = (row) => {
  const isUsed = [...row.querySelectorAll("input:not([type=hidden]), textarea, select")].some((field) => field.value)
  if (isUsed || row.matches(".has_original, .empty-form") || row.querySelector(".errorlist")) return
  row.classList.add("spare")
  row.hidden = true
}

document.addEventListener("DOMContentLoaded", () => {
  for (const row of document.querySelectorAll("#quotes-group .inline-related")) {
    hideIfEmpty(row)
    addInsertButton(row)
  }
})
document.addEventListener("formset:added", ({ target }) => {
  if (target.closest("#quotes-group")) addInsertButton(target)
})
