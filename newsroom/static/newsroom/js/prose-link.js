// Links in the rich text editor. The server completes the address (www.…, an e-mail address) or says that it is none.
import { Link as BaseLink, PasteRule, updateAttrsDialog } from "django-prose-editor/editor"

const labels = document.getElementById("editor-labels")?.dataset || {}
// Words become links while they are typed if they are clearly meant so, and not for a missing space ("Geneva.In").
const CLEARLY_A_LINK = /^(https?:|mailto:|tel:|www\.)|@/i

const linkTo = (href) => {
  const link = document.createElement("a")
  link.setAttribute("href", href)
  link.textContent = href
  return link.outerHTML
}

const completed = async (cleaner, href) => {
  const { html } = await cleaner.ask(linkTo(href))
  if (html === undefined) return href
  return new DOMParser().parseFromString(html, "text/html").querySelector("a")?.getAttribute("href")
}

const askForLink = async (editor) => {
  const field = { type: "string", title: labels.address }
  let { href } = editor.getAttributes("link")
  while (true) {
    const entered = await updateAttrsDialog({ href: field }, { title: labels.link })(editor, { href })
    if (!entered) return
    href = entered.href.trim()
    if (!href) return editor.chain().focus().unsetLink().run()
    const address = await completed(editor.storage.cleaner, href)
    if (address) return setLink(editor, address)
    field.description = labels.notALink
  }
}

const setLink = (editor, href) => {
  const chain = editor.chain().focus()
  if (editor.isActive("link")) chain.extendMarkRange("link").updateAttributes("link", { href }).run()
  else chain.setMark("link", { href }).run()
}

export const Link = BaseLink.extend({
  addOptions() {
    return { ...this.parent?.(), shouldAutoLink: (address) => CLEARLY_A_LINK.test(address) }
  },
  addAttributes() {
    const hreflang = { default: null, parseHTML: (element) => element.getAttribute("hreflang") }
    return { ...this.parent?.(), hreflang }
  },
  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor, dispatch }) => {
          if (dispatch && (!editor.state.selection.empty || editor.isActive("link"))) askForLink(editor)
          return true
        },
    }
  },
  // An address that is pasted becomes a link, except within a link: that one may lead elsewhere.
  addPasteRules() {
    return this.parent().map(
      ({ find, handler }) =>
        new PasteRule({
          find,
          handler: (props) => {
            const { state, range, match } = props
            if (state.doc.rangeHasMark(range.from, range.to, this.type)) return
            if (!/^http:/i.test(match[0])) match.data.href = match.data.href.replace(/^http:/, "https:")
            handler(props)
          },
        }),
    )
  },
})
