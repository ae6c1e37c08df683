// Keeps the attributes `lang` and `dir` of every element in the rich text editor.
import { Extension } from "django-prose-editor/editor"

const keep = (name) => ({
  default: null,
  parseHTML: (element) => element.getAttribute(name),
  renderHTML: (attributes) => (attributes[name] ? { [name]: attributes[name] } : {}),
})

export const OwnLanguage = Extension.create({
  name: "ownLanguage",
  addGlobalAttributes() {
    return [{ types: "*", attributes: { dir: keep("dir"), lang: keep("lang") } }]
  },
})
