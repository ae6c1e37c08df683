// Paragraphs, headings, quotes and list items keep the language and direction they came with.
import { Extension } from "django-prose-editor/editor"

const keep = (name) => ({
  default: null,
  parseHTML: (element) => element.getAttribute(name),
  renderHTML: (attributes) => (attributes[name] ? { [name]: attributes[name] } : {}),
})

export const OwnLanguage = Extension.create({
  name: "ownLanguage",
  addGlobalAttributes() {
    return [
      {
        types: ["paragraph", "heading", "blockquote", "listItem", "bulletList", "orderedList", "caption"],
        attributes: { dir: keep("dir"), lang: keep("lang") },
      },
    ]
  },
})
