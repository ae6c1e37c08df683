// Formatting of words in the rich text editor.
import { Bold as BaseBold, Italic as BaseItalic, Mark, Strike as BaseStrike } from "django-prose-editor/editor"

// Stars and tildes are no formatting, typed or pasted: "2 * 3 * 4", "* and ** are estimates".
const withoutMarkdown = { addInputRules: () => [], addPasteRules: () => [] }
export const Bold = BaseBold.extend(withoutMarkdown)
export const Italic = BaseItalic.extend(withoutMarkdown)
export const Strike = BaseStrike.extend(withoutMarkdown)

// Text of another direction or language within a line, such as a telephone number in Arabic. In a link, around all other
// formatting: two elements instead of one would change the order in which the text is shown.
const element = (name, tag, priority) =>
  Mark.create({
    name,
    priority,
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [name, HTMLAttributes, 0],
  })
export const Bdi = element("bdi", "bdi", 500)
export const Span = element("span", "span[lang]", 400)
