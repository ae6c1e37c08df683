// Formatting of words in the rich text editor.
import { Bold as BaseBold, Italic as BaseItalic, Mark, Strike as BaseStrike } from "django-prose-editor/editor"

// In text that is pasted, stars and tildes are no formatting: "* and * are estimates".
const withoutPasteRules = { addPasteRules: () => [] }
export const Bold = BaseBold.extend(withoutPasteRules)
export const Italic = BaseItalic.extend(withoutPasteRules)
export const Strike = BaseStrike.extend(withoutPasteRules)

// Text of another direction within a line, such as a telephone number in Arabic.
export const Bdi = Mark.create({
  name: "bdi",
  parseHTML: () => [{ tag: "bdi" }],
  renderHTML: ({ HTMLAttributes }) => ["bdi", HTMLAttributes, 0],
})
